"""The parts of a line beside a title that may be names: ``by Ada Bell · [code](…)``."""

from __future__ import annotations

import re
from collections.abc import Iterator

_FIRST_BRACKET = re.compile(r"\s*[(（]([^()（）]{3,400})[)）]\s*(?=[:：.,;–—-]|$)")
_YEAR_AT_END = re.compile(r",?\s*(?:19|20)\d\d[a-z]?$")
_VENUE = re.compile(r"[,.;]?\s+(?=[*_(（\[])")
_INITIAL_AT_END = re.compile(r"(?<![^\W\d_])[^\W\d_]\.\s*$")
_BRACKETED = re.compile(r"^[(（\[](.*)[)）\]]$")
_PARTS = re.compile(r"\s[·|•–—-]\s")


def parts_with_names(line: str) -> Iterator[tuple[str, str]]:
    """Yield each part of a line that may be names, and the same without marks around it."""
    for part in (_in_first_bracket(line), line, *_PARTS.split(line), _before_venue(line)):
        yield part, _BRACKETED.sub(r"\1", _without_marks(part))


def _without_marks(text: str) -> str:
    """Return a text without punctuation around it, but with the full stop of an initial."""
    bare = text.strip(" -–—·|*_.,\t")
    return f"{bare}." if _INITIAL_AT_END.search(text) else bare


def _in_first_bracket(text: str) -> str:
    """Return what stands in brackets before a colon or a sentence: ``(Ada Bell, Cy Dorn): …``."""
    bracket = _FIRST_BRACKET.match(text)
    if bracket is None:
        return ""
    names = _YEAR_AT_END.sub("", bracket[1])
    return names if names == bracket[1] else f"by {names}"  # a reference has authors and a year


def _before_venue(text: str) -> str:
    """Return the names before a venue in italics or brackets: ``Ada Bell, Cy Dorn, *ACL 2025*``."""
    venue = _VENUE.search(text)
    names = text[: venue.start()] if venue else ""
    return names if all(" " in name.strip() for name in names.split(",")) else ""
