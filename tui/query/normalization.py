"""How texts are made comparable, and how a query's words are written."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from tui.arxiv import parse_id

if TYPE_CHECKING:
    from tui.models import Paper

SEPARATOR = "\x00"
"""Stands between parts of a text that no match may cross: it is no space, and in no digest."""

# Words that mean themselves without quotes; a few more would, but this is easily seen to be so.
_PLAIN = r'[^\s":()-][^\s":()]*'


def normalize(text: str) -> str:
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
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())


def metadata_text(paper: Paper) -> str:
    """Return what stands over a paper's summaries, folded: its title, each author and its id.

    Between them is a border, so that nothing is found that begins in one and ends in another.
    """
    return SEPARATOR.join(
        (normalize(paper.title), normalized_authors(paper), normalize(paper.arxiv_id))
    )


def normalized_authors(paper: Paper) -> str:
    """Return a paper's authors, folded, with a border between two."""
    return normalize(paper.author_lines).replace("\n", SEPARATOR)


def bare_arxiv_id(text: str) -> str:
    """Return the arXiv id out of an address, a citation or an id with a version.

    Args:
        text: folded text.

    Returns:
        The id alone; the text as it is if it is nothing of that kind.
    """
    return parse_id(text) or text


def quote_if_needed(text: str) -> str:
    """Return the text as a query must write it to mean just this text.

    Args:
        text: folded text, not empty.

    Returns:
        The text, in quotes where it would read as something else without them.
    """
    if re.fullmatch(_PLAIN, text) and bare_arxiv_id(text) == text:
        return text
    return quote(text)


def quote(text: str) -> str:
    """Return the text in quotes."""
    return '"' + text.replace('"', '""') + '"'
