"""Normalize texts for comparison, and quote them for queries."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from tui.models import ET_AL

if TYPE_CHECKING:
    from tui.models import Paper

SEPARATOR = "\x00"
"""Stands between texts that no match may span: it is not a space, and in no digest."""

FOLDING = 1
"""The version of the rules of ``fold``, which caches name. Increased when its results change."""

# Words that need no quotes. A few others need none either, but these are easy to recognize.
_PLAIN = r'[^\s":()!|&-][^\s":()]*'


def normalize(text: str) -> str:
    """Return a text in NFC and casefolded: the identity of a tag. For searching, see ``fold``.

    Idempotent.
    """
    # A third faster, and true of most texts.
    if text.isascii():
        return text.lower()
    # NFC before, because casefold() decomposes some characters, and after, to compose them again.
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())


def fold(text: str) -> str:
    """Return a text in which all spellings that a search does not distinguish are the same.

    Beyond case and Unicode's forms of a character, these are accents, dotless and dotted i, letters
    like ø, dashes, quotes and apostrophes, and full-width characters. Idempotent.
    """
    # Several times faster, and true of most texts.
    if text.isascii():
        return text.lower()
    folding = _folding()
    # lower() is faster than casefold(), and the table has what else that changes.
    folded = folding.pattern.sub(folding.replace, text.lower())
    # Composed last: the marks that lower() separates from their letters are gone.
    return folded if folded.isascii() else unicodedata.normalize("NFC", folded)


def folds_one_to_one(text: str) -> bool:
    """Return whether ``fold`` replaces each character of a text by exactly one."""
    if text.isascii():
        return True
    lower = text.lower()
    is_same_length = len(lower) == len(text) and unicodedata.is_normalized("NFC", text)
    return is_same_length and not _folding().resizing.search(lower)


class _Folding(NamedTuple):
    """What ``fold`` replaces in a text in lower case.

    Attributes:
        pattern: matches one character to replace.
        resizing: matches one whose replacement is shorter or longer.
        replacements: the replacements.
    """

    pattern: re.Pattern[str]
    resizing: re.Pattern[str]
    replacements: Mapping[str, str]

    def replace(self, match: re.Match[str]) -> str:
        """Return the replacement of a match."""
        return self.replacements[match[0]]


_MARKS = (*range(0x300, 0x334), *range(0x339, 0x370))
"""Marks above, below and after letters; the others make another symbol: = and ≠."""

_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63"
_APOSTROPHES = "\u00b4\u02b9\u02bb\u02bc\u02bd\u2018\u2019\u201a\u201b\u2032"
_QUOTES = "\u201c\u201d\u201e\u201f\u2033"
_LETTERS = {
    "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t", "ı": "i", "æ": "ae", "œ": "oe",
    "þ": "th",
}  # fmt: skip
"""Letters that Unicode does not decompose into a Latin letter and marks."""

_ALPHABETS = (
    *(0xB5, 0x587), *range(0xC0, 0x250), *range(0x370, 0x530), *range(0x1C80, 0x1C89),
    *range(0x1E00, 0x2000), *range(0xFB00, 0xFB18),
)  # fmt: skip
"""Letters that have accents, or that casefold() changes and lower() does not."""


@lru_cache(1)
def _folding() -> _Folding:
    """Compute the table, in milliseconds, for the first text that is not ASCII."""
    replacements = {chr(code): chr(code - 0xFEE0).lower() for code in range(0xFF01, 0xFF5F)}
    replacements |= dict.fromkeys(_DASHES, "-") | {"\u3000": " "}
    replacements |= dict.fromkeys(_APOSTROPHES, "'") | dict.fromkeys(_QUOTES, '"') | _LETTERS
    replacements |= dict.fromkeys(map(chr, _MARKS), "") | {"\u0345": "ι"}
    for code in _ALPHABETS:
        parts = unicodedata.normalize("NFD", chr(code).lower().casefold())
        plain = "".join(replacements.get(part, part) for part in parts)
        replacements.setdefault(chr(code), plain)
    replacements = {char: plain for char, plain in replacements.items() if char != plain}
    resized = (char for char, plain in replacements.items() if len(plain) != 1)
    return _Folding(_any_of(replacements), _any_of(resized), replacements)


def _any_of(characters: Iterable[str]) -> re.Pattern[str]:
    return re.compile(f"[{re.escape(''.join(sorted(characters)))}]")


def metadata_text(paper: Paper) -> str:
    """Return a paper's folded title, authors and id, with SEPARATOR between them."""
    return SEPARATOR.join((fold(paper.title), folded_authors(paper), fold(paper.paper_id)))


def folded_authors(paper: Paper) -> str:
    """Return a paper's folded authors, with SEPARATOR between them."""
    names = paper.author_lines.removesuffix(f"\n{ET_AL}")
    return fold(names).replace("\n", SEPARATOR)


def bare_paper_id(text: str) -> str:
    """Return the folded id in a URL, a citation or an id with a version; other text as it is."""
    from tui.paper_ids.references import pasted_paper_id

    paper_id = pasted_paper_id(text)
    return text if paper_id is None else fold(paper_id)


def quote_if_needed(text: str) -> str:
    """Return a folded text for a query, in quotes if it would mean something else without."""
    from tui.paper_ids.references import pasted_paper_id

    is_plain = re.fullmatch(_PLAIN, text) and not text.endswith((",", ";"))
    if is_plain and pasted_paper_id(text) in {None, text}:
        return text
    return quote(text)


def quote(text: str) -> str:
    """Return a text in quotes."""
    return '"' + text.replace('"', '""') + '"'
