"""Pictures in a terminal: decoding them, and the ways to show them.

Loaded when the reader asks for a picture. This module has what is needed before that: a check of
the optional dependency.
"""

from __future__ import annotations

from importlib.util import find_spec

from tui.i18n import _


def missing_dependency_message() -> str:
    """Return how to install the library that decodes pictures; empty if it is installed."""
    if find_spec("PIL") is not None:
        return ""
    return _("Pictures need Pillow: pip install 'broadsheet[pictures]'")
