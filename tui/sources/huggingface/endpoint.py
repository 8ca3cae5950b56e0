"""The hub to fetch from, and the errors of fetching."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import urlsplit

import httpx

from tui.i18n import _
from tui.sanitize import escape_unprintable, is_web_url

HUB_URL = "https://huggingface.co"


class HubError(Exception):
    """Papers could not be fetched; the message is a sentence for the reader.

    Args:
        template: the message, translated, with a ``{placeholder}`` for each value.
        **values: the values.
    """

    def __init__(self, template: str, **values: object) -> None:
        super().__init__(template.format(**values))


class HubUnreachableError(HubError):
    """The hub cannot be reached at all, or not now, so other days would fail as well."""


class HubEndpoint(NamedTuple):
    """The hub to use.

    Attributes:
        url: its URL, without a slash at the end.
        token: the reader's access token, sent to this host only; may be empty.
    """

    url: str = HUB_URL
    token: str = ""

    def __repr__(self) -> str:
        """Leave the token out: the text may be logged."""
        return f"HubEndpoint({self.host})"

    @property
    def host(self) -> str:
        """The printable host name."""
        return escape_unprintable(urlsplit(self.url).netloc.rpartition("@")[2])


def endpoint_from_environment(environment: Mapping[str, str] = os.environ) -> HubEndpoint:
    """Return the hub that ``HF_ENDPOINT`` and ``HF_TOKEN`` select.

    Raises:
        HubError: one of them is invalid.
    """
    url = environment.get("HF_ENDPOINT", "").strip().rstrip("/") or HUB_URL
    # A token read from a file may end with a newline, which is not allowed in a header.
    token = environment.get("HF_TOKEN", "").strip()
    if not _is_valid_endpoint(url):
        raise HubError(_("HF_ENDPOINT is not the URL of a hub; use the form {hub}"), hub=HUB_URL)
    if not (token.isascii() and token.isprintable()):
        raise HubError(_("HF_TOKEN contains characters that are not allowed in a token"))
    return HubEndpoint(url, token)


def _is_valid_endpoint(url: str) -> bool:
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
