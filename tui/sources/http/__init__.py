"""A polite HTTP client: one request at a time, bounded in time and size, with retries.

This module has what is needed before anything is requested: a check of the optional dependency.
"""

from __future__ import annotations

from importlib.util import find_spec

from tui.i18n import _


def missing_dependency_message() -> str:
    """Return how to install the dependencies of fetching; empty if they are installed."""
    if find_spec("httpx") is not None:
        return ""
    return _("Fetching needs httpx: pip install 'broadsheet[fetch]'")
