"""The hub to fetch from."""

from __future__ import annotations

import os
from collections.abc import Mapping

from tui.i18n import _
from tui.sources.http.errors import HttpError
from tui.sources.http.mirrors import Endpoint, is_valid_endpoint

HUB_URL = "https://huggingface.co"


def endpoint_from_environment(environment: Mapping[str, str] = os.environ) -> Endpoint:
    """Return the hub that ``HF_ENDPOINT`` and ``HF_TOKEN`` select.

    Raises:
        HttpError: one of them is invalid.
    """
    url = environment.get("HF_ENDPOINT", "").strip().rstrip("/") or HUB_URL
    # A token read from a file may end with a newline, which is not allowed in a header.
    token = environment.get("HF_TOKEN", "").strip()
    if not is_valid_endpoint(url):
        raise HttpError(_("HF_ENDPOINT is not the URL of a hub; use the form {hub}"), hub=HUB_URL)
    if not (token.isascii() and token.isprintable()):
        raise HttpError(_("HF_TOKEN contains characters that are not allowed in a token"))
    return Endpoint(url, token)
