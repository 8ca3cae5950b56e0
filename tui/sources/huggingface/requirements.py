"""Whether there is what fetching needs besides what every Broadsheet has."""

from __future__ import annotations

from importlib.util import find_spec

from tui.i18n import _


def missing_dependency_message() -> str:
    """Return why nothing can be fetched, and what to do; empty if all that it needs is there."""
    if find_spec("httpx") is not None:
        return ""
    return _("Fetching needs httpx: pip install 'broadsheet[fetch]'")
