"""Titles as plain text. ``broadsheet list`` uses this as well."""

from __future__ import annotations


def typeset_title(title: str) -> str:
    """Return a title without LaTeX. Few titles have any, so all others are returned at once."""
    if "$" not in title and "\\" not in title:
        return title
    from tui.ui.typeset.latex_title import typeset_latex_title

    return typeset_latex_title(title)
