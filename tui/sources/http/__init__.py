"""A polite HTTP client: one request at a time, bounded in time and size, with retries.

This module has what is needed before anything is requested: a check of the optional dependency.
"""

from __future__ import annotations

from tui.i18n import _
from tui.runtime.extras import how_to_install


def missing_dependency_message() -> str:
    """Return how to install the dependencies of fetching; empty if they are installed."""
    command = how_to_install("httpx", "fetch")
    return _("Fetching needs httpx: {command}").format(command=command) if command else ""
