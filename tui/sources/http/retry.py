"""Timeouts of requests, and pauses between attempts."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from re import search
from typing import NamedTuple


class RetryPolicy(NamedTuple):
    """How often a request is attempted, and how long each part of it may take.

    Attributes:
        attempts: attempts for each request.
        first_wait: seconds before the second attempt; doubled for each further one.
        max_wait: most seconds to wait, even if the server asks for more.
        connect_timeout: seconds to establish a connection.
        read_timeout: seconds without any data.
        total_timeout: seconds for the whole response.
    """

    attempts: int = 4
    first_wait: float = 1.0
    max_wait: float = 310.0
    connect_timeout: float = 10.0
    read_timeout: float = 30.0
    total_timeout: float = 120.0

    def wait_before(self, attempt: int) -> float:
        """Return the seconds to wait before an attempt (2, 3, …), with random jitter.

        Without jitter, clients that failed together would return together.
        """
        wait = self.first_wait * 2.0 ** (attempt - 2) * random.uniform(0.75, 1.25)
        return min(wait, self.max_wait)


DEFAULT_POLICY = RetryPolicy()


def retry_after_seconds(headers: Mapping[str, str]) -> float | None:
    """Return how many seconds a response asks to wait; None if it does not.

    Args:
        headers: with ``Retry-After`` as seconds or a date, or ``RateLimit`` with the seconds ``t``
            until its window ends.
    """
    value = headers.get("retry-after", "").strip()
    if value.isascii() and value.isdecimal():
        # Nine digits already exceed any acceptable wait.
        return float(value[:9])
    try:
        when = parsedate_to_datetime(value)
    except (ValueError, OverflowError):
        # The date may be missing, malformed or out of range.
        limit = search(r";\s*t=(\d{1,9})", headers.get("ratelimit", ""))
        return float(limit[1]) if limit else None
    if when.tzinfo is None:
        when = when.replace(tzinfo=UTC)
    return max(0.0, (when - datetime.now(UTC)).total_seconds())
