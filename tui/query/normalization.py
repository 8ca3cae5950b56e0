"""Normalize texts for comparison, and quote them for queries."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from tui.arxiv import parse_id

if TYPE_CHECKING:
    from tui.models import Paper

SEPARATOR = "\x00"
"""Stands between texts that no match may span: it is not a space, and in no digest."""

# Words that need no quotes. A few others need none either, but these are easy to recognize.
_PLAIN = r'[^\s":()-][^\s":()]*'


def normalize(text: str) -> str:
    """Return a text in NFC and casefolded, so that all spellings and cases compare equal.

    Idempotent.
    """
    # A third faster, and true of most texts.
    if text.isascii():
        return text.lower()
    # NFC before, because casefold() decomposes some characters, and after, to compose them again.
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())


def metadata_text(paper: Paper) -> str:
    """Return a paper's normalized title, authors and id, with SEPARATOR between them."""
    parts = (normalize(paper.title), normalized_authors(paper), normalize(paper.arxiv_id))
    return SEPARATOR.join(parts)


def normalized_authors(paper: Paper) -> str:
    """Return a paper's normalized authors, with SEPARATOR between them."""
    return normalize(paper.author_lines).replace("\n", SEPARATOR)


def bare_arxiv_id(text: str) -> str:
    """Return the arXiv id in a URL, a citation or an id with a version; any other text as it is."""
    return parse_id(text) or text


def quote_if_needed(text: str) -> str:
    """Return a normalized text for a query, in quotes if it would mean something else without."""
    if re.fullmatch(_PLAIN, text) and bare_arxiv_id(text) == text:
        return text
    return quote(text)


def quote(text: str) -> str:
    """Return a text in quotes."""
    return '"' + text.replace('"', '""') + '"'
