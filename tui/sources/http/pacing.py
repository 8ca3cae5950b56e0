"""Minimum intervals between requests to one host, shared by all clients of the process."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from types import MappingProxyType

HOST_INTERVALS: Mapping[str, float] = MappingProxyType({"arxiv.org": 3.0})
"""Seconds between requests that hosts ask for (https://info.arxiv.org/help/api/tou.html).

A name includes its subdomains, which share the interval.
"""

_lock = threading.Lock()
_next_times: dict[str, float] = {}
"""When the next request may start, on the monotonic clock, by name."""


def reserve_request(host: str, intervals: Mapping[str, float]) -> float:
    """Reserve the next turn of a host; return the seconds to wait until then.

    Args:
        host: a host name without a port.
        intervals: seconds between requests, by name.
    """
    for name, interval in intervals.items():
        if is_in_domain(host, name):
            with _lock:
                now = time.monotonic()
                start = max(now, _next_times.get(name, now))
                _next_times[name] = start + interval
            return start - now
    return 0.0


def is_in_domain(host: str, domain: str) -> bool:
    """Return whether a host is a domain or one of its subdomains."""
    return host == domain or host.endswith(f".{domain}")
