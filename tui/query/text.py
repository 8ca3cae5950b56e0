"""How texts are made comparable, and how a query's words are written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from unicodedata import normalize

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tui.model import Paper

# An id in what people paste: an address, a DOI or the prefix of citations before it, a version
# and the rest of the address after it. It is matched against folded text.
_PASTED_ID = re.compile(
    r"""
    (?: (?:https?://)? (?:[a-z0-9-]+\.)*
        (?: (?:arxiv|alphaxiv)\.org/(?:abs|pdf|html)/
          | huggingface\.co/papers/
          | doi\.org/10\.48550/arxiv\. )
      | arxiv: )?
    (?P<id> [0-9]{4}\.[0-9]{4,5} | [a-z-]+(?:\.[a-z]{2})?/[0-9]{7} )
    (?:v[0-9]+)? (?:\.pdf)? (?:[/?\#]\S*)?
    """,
    re.VERBOSE,
)

# Words that mean themselves without quotes; a few more would, but this is easily seen to be so.
_PLAIN = re.compile(r'[^\s":()-][^\s":()]*')


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


def haystack(paper: Paper, summaries: Iterable[str]) -> str:
    """Return the text in which bare words are looked for, folded.

    Args:
        paper: gives the title, the authors and the id.
        summaries: the Markdown of the paper's summaries; may be empty.

    Returns:
        The parts, each beginning on its own line.
    """
    return fold("\n".join((paper.title, paper.names, paper.arxiv_id, *summaries)))


def without_dressing(text: str) -> str:
    """Return the arXiv id out of an address, a citation or an id with a version.

    Args:
        text: folded text.

    Returns:
        The id alone; the text as it is if it is nothing of that kind.
    """
    match = _PASTED_ID.fullmatch(text)
    return match["id"] if match else text


def quoted(text: str) -> str:
    """Return the text as a query must write it to mean just this text.

    Args:
        text: folded text, not empty.

    Returns:
        The text, in quotes where it would read as something else without them.
    """
    if _PLAIN.fullmatch(text) and without_dressing(text) == text:
        return text
    return '"' + text.replace('"', '""') + '"'
