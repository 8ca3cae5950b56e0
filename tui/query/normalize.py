"""How texts are made comparable, and how a query's words are written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from unicodedata import normalize

from tui.arxiv import parse_id

if TYPE_CHECKING:
    from tui.models import Paper

BORDER = "\x00"
"""Stands between parts of a text that no match may cross: it is no space, and in no digest."""

# Words that mean themselves without quotes; a few more would, but this is easily seen to be so.
_PLAIN = r'[^\s":()-][^\s":()]*'


def fold(text: str) -> str:
    """Return the text as it is compared: NFC and casefolded, so that folding twice is folding once.

    Args:
        text: any text.

    Returns:
        Text that is equal for all spellings and cases of the same characters.
    """
    # Most text is, and this is a third faster.
    if text.isascii():
        return text.lower()
    # Before, for folding takes combined characters apart; after, for it leaves them so.
    return normalize("NFC", normalize("NFC", text).casefold())


def heading(paper: Paper) -> str:
    """Return what stands over a paper's summaries, folded: its title, each author and its id.

    Between them is a border, so that nothing is found that begins in one and ends in another.
    """
    return BORDER.join((fold(paper.title), folded_names(paper), fold(paper.arxiv_id)))


def folded_names(paper: Paper) -> str:
    """Return a paper's authors, folded, with a border between two."""
    return fold(paper.author_lines).replace("\n", BORDER)


def without_dressing(text: str) -> str:
    """Return the arXiv id out of an address, a citation or an id with a version.

    Args:
        text: folded text.

    Returns:
        The id alone; the text as it is if it is nothing of that kind.
    """
    return parse_id(text) or text


def quoted(text: str) -> str:
    """Return the text as a query must write it to mean just this text.

    Args:
        text: folded text, not empty.

    Returns:
        The text, in quotes where it would read as something else without them.
    """
    if re.fullmatch(_PLAIN, text) and without_dressing(text) == text:
        return text
    return in_quotes(text)


def in_quotes(text: str) -> str:
    """Return the text in quotes."""
    return '"' + text.replace('"', '""') + '"'
