"""Fetches the daily papers of the Hugging Face hub and saves each day as a file."""

from __future__ import annotations

from importlib.util import find_spec

from tui.i18n import _


def missing_dependency_message() -> str:
    """Return how to install the dependencies of fetching; empty if they are installed."""
    if find_spec("httpx") is not None:
        return ""
    return _("Fetching needs httpx: pip install 'broadsheet[fetch]'")
