"""Authors in little space: ``Shao +46``."""

from __future__ import annotations

from rich.cells import cell_len

from tui.models import ET_AL, Paper
from tui.query.family_names import family_name
from tui.ui.typeset.cell_width import truncate

_MIN_WIDTH_FOR_NAMES = 20
"""Cells. A narrower column has family names only, so that its rows look alike."""


def shorten_authors(paper: Paper, width: int, *, only_family: bool = False) -> str:
    """Return as many authors as fit, and the number of the others.

    Args:
        paper: the paper.
        width: in cells. Less than the family name of the first author cuts it.
        only_family: whether to leave out given names, as in ``Shao, Xu +45``.

    Returns:
        All authors, or the first ones as in ``Wenqi Shao, Weiye Xu +45``, or only the family name
        of the first one; empty if they are unknown.
    """
    first, newline, _others = paper.author_lines.partition("\n")
    if not newline:
        fits = not only_family and cell_len(first) <= width
        return first if fits else truncate(family_name(first), width)
    authors = [family_name(name) for name in paper.authors] if only_family else paper.authors
    # A letter of ASCII has one cell, so that most lists of authors need not be measured.
    if only_family or len(paper.author_lines) <= width or not paper.author_lines.isascii():
        end = f" {ET_AL}" if paper.has_more_authors else ""
        everything = ", ".join(authors) + end
        if cell_len(everything) <= width:
            return everything
    shown = 0
    if width >= _MIN_WIDTH_FOR_NAMES:
        # Most lines have room for two or three names.
        while cell_len(_with_rest(", ".join(authors[: shown + 1]), paper, shown + 1)) <= width:
            shown += 1
    if shown:
        return _with_rest(", ".join(authors[:shown]), paper, shown)
    return truncate(_with_rest(family_name(authors[0]), paper, 1), width)


def _with_rest(names: str, paper: Paper, shown: int) -> str:
    others = len(paper.authors) - shown
    if paper.has_more_authors:
        return f"{names} {ET_AL}"
    return f"{names} +{others}" if others else names
