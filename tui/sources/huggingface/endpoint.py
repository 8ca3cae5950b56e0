"""Where the hub is, and who asks."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import urlsplit

from tui.i18n import _
from tui.sanitize import escape_unprintable

HUB = "https://huggingface.co"


class HubError(Exception):
    """Something could not be fetched; the text is a sentence for the reader."""


class HubEndpoint(NamedTuple):
    """The hub that is asked.

    Attributes:
        url: where it is, without a slash at the end.
        token: the reader's own, which is told to nobody else; empty for none.
    """

    url: str = HUB
    token: str = ""

    def __repr__(self) -> str:
        """Leave the token out: what is printed may be kept."""
        return f"Address({self.host})"

    @property
    def host(self) -> str:
        """The hub's name, for people."""
        return host_of(self.url)


def host_of(url: str) -> str:
    """Return the host of an address without who asks there, fit to be shown."""
    return escape_unprintable(urlsplit(url).netloc.rpartition("@")[2])


def endpoint_from_environment(environment: Mapping[str, str] = os.environ) -> HubEndpoint:
    """Return the hub that the environment names: ``HF_ENDPOINT``, with ``HF_TOKEN``.

    Raises:
        HubError: it is no address.
    """
    url = environment.get("HF_ENDPOINT", "").strip().rstrip("/") or HUB
    # What stands in a header must be printable, and a file's last line ends with a newline.
    token = environment.get("HF_TOKEN", "").strip()
    try:
        parts = urlsplit(url)
        is_good = parts.scheme in {"http", "https"} and bool(parts.hostname)
        # Asking for it is what finds that it is none.
        _port = parts.port
    except ValueError:
        is_good = False
    if not is_good or not url.isprintable() or parts.query or parts.fragment:
        raise HubError(_("HF_ENDPOINT is no address of a hub; write it as {hub}").format(hub=HUB))
    if not (token.isascii() and token.isprintable()):
        raise HubError(_("HF_TOKEN is no token: it holds what none can hold"))
    return HubEndpoint(url, token)
