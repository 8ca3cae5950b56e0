"""How long the hub is waited for."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from re import search
from typing import NamedTuple


class RetryPolicy(NamedTuple):
    """How often something is tried, and how long each part of it may take.

    Attributes:
        tries: how often one thing is asked for.
        first_wait: seconds until it is asked for again; twice as many after each time more.
        longest_wait: most seconds that are waited, also where the hub asks for more.
        connecting: seconds until there is a line to the hub.
        silence: seconds in which the hub may say nothing.
        answer: seconds until all of an answer must be there.
    """

    attempts: int = 4
    first_wait: float = 1.0
    max_wait: float = 310.0
    connect_timeout: float = 10.0
    read_timeout: float = 30.0
    total_timeout: float = 120.0

    def wait_before(self, turn: int) -> float:
        """Return for how long to wait before a turn (2, 3, …): less or more by chance.

        Many who were refused at once would else come back at once.
        """
        wait = self.first_wait * 2.0 ** (turn - 2) * random.uniform(0.75, 1.25)
        return min(wait, self.max_wait)


DEFAULT_POLICY = RetryPolicy()


def retry_after_seconds(headers: Mapping[str, str]) -> float | None:
    """Return for how many seconds an answer asks to leave the hub alone; None if it does not.

    Args:
        headers: of the answer; ``Retry-After`` in seconds or as a date, or ``RateLimit`` with the
            seconds ``t`` until more may be asked.
    """
    told = headers.get("retry-after", "").strip()
    # Of a number of any length, the first digits are too much already.
    if told.isascii() and told.isdecimal():
        return float(told[:9])
    try:
        when = parsedate_to_datetime(told)
    except (ValueError, OverflowError):
        # Numbers in it may be larger than the library can count to.
        limit = search(r";\s*t=(\d{1,9})", headers.get("ratelimit", ""))
        return float(limit[1]) if limit else None
    if when.tzinfo is None:
        when = when.replace(tzinfo=UTC)
    return max(0.0, (when - datetime.now(UTC)).total_seconds())
