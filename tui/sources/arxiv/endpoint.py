"""The arXiv server, or a mirror of it."""

from __future__ import annotations

import os
from collections.abc import Mapping

from tui.i18n import _
from tui.sources.http.errors import HttpError
from tui.sources.http.mirrors import Endpoint, is_valid_endpoint

ARXIV_URL = "https://arxiv.org"

VARIABLE = "ARXIV_ENDPOINT"
SETTING = "arxiv_endpoint"


def arxiv_endpoint(setting: str = "", environment: Mapping[str, str] = os.environ) -> Endpoint:
    """Return the server of arXiv's pages.

    Args:
        setting: the URL in the reader's settings; empty for arXiv itself.
        environment: ``ARXIV_ENDPOINT`` in it takes precedence over the setting.

    Raises:
        HttpError: the URL is invalid.
    """
    variable = environment.get(VARIABLE, "").strip()
    url = (variable or setting.strip()).rstrip("/") or ARXIV_URL
    if not is_valid_endpoint(url):
        message = _("{name} is not the URL of a server; use the form {url}")
        raise HttpError(message, name=VARIABLE if variable else SETTING, url=ARXIV_URL)
    return Endpoint(url)
