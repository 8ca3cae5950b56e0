"""A server that settings or the environment may replace by a mirror."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import urlsplit

import httpx

from tui.sanitize import escape_unprintable, is_web_url


class Endpoint(NamedTuple):
    """A server to use.

    Attributes:
        url: its URL, without a slash at the end.
        token: the reader's access token, sent to this host only; may be empty.
    """

    url: str
    token: str = ""

    def __repr__(self) -> str:
        """Leave the token out: the text may be logged."""
        return f"Endpoint({self.host})"

    @property
    def host(self) -> str:
        """The printable host name, with the port if the URL has one."""
        return printable_host(self.url)


def printable_host(url: str) -> str:
    """Return the printable host name and port of a URL, without a password."""
    return escape_unprintable(urlsplit(url).netloc.rpartition("@")[2])


def is_valid_endpoint(url: str) -> bool:
    """Return whether a text is the URL of a server or of a folder on one, without a query."""
    try:
        parts = urlsplit(url)
        is_reachable = has_valid_address(httpx.URL(url))
    except (ValueError, httpx.InvalidURL):
        return False
    has_only_path = not parts.query and not parts.fragment
    return is_web_url(url) and is_reachable and url.isprintable() and has_only_path


def has_valid_address(url: httpx.URL) -> bool:
    """Return whether a URL has a host name and a port that can be looked up.

    httpx accepts others, and fails in several ways when it uses them.
    """
    try:
        # Decoding and encoding find invalid, empty and overlong labels.
        host = url.host and url.raw_host.decode("ascii").encode("idna")
    except UnicodeError:
        return False
    # httpx escapes some characters that cannot be in a name, and accepts others.
    is_valid_host = bool(host) and not set(b"%[]@") & set(url.raw_host)
    return is_valid_host and (url.port is None or 0 < url.port < 1 << 16)
