"""The parts of a line beside a title that may be names: ``by Ada Bell · [code](…)``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from tui.digests.general.fields.titles import PRAISE, without_own_links
from tui.digests.general.names.author_lists import unlabelled_names
from tui.digests.general.names.title_and_names import are_full_names
from tui.digests.general.tree.line_labels import label_kind, split_label
from tui.digests.general.vocabulary.labels import Field
from tui.digests.general.vocabulary.venue_names import is_venue, without_venue_behind

_FIRST_BRACKET = re.compile(r"\s*[(（]([^()（）]{3,400})[)）]\s*(?=[:：.,;–—-]|$)")
_YEAR_AT_END = re.compile(r",?\s*(?:19|20)\d\d[a-z]?$")
_VENUE = re.compile(r"[,.;]?\s+(?=[*_(（\[])")
_INITIAL_AT_END = re.compile(r"(?<![^\W\d_])[^\W\d_]\.\s*$")
_VENUE_AT_END = re.compile(
    r"(?:[,.;]|\s[|·–—-])\s+(?:In:?\s)?[*_]?(?:[A-Z][\w&-]{1,14}|arXiv(?:\spreprint)?)"
    r"(?:\s[A-Z][\w&-]{1,14}){0,2},?\s?(?:['’]\d\d|(?:19|20)\d\d)[*_]?\W*$"
)
_LABELLED_LINK = re.compile(r"\[[^\[\]]{0,60}\]\([^()\s]{0,2000}\)")
_MAY_HAVE_NAMES = re.compile(
    r"[,，、;；&·・|/*_👥👤✍]|\A\W*(?:by|von|par|por|bởi)\s|\s(?:and|und|et|y|e|và|и|和|与|及|및)\s",
    re.IGNORECASE,
)
_EMPTY = re.compile(r"[(（\[][\s,;/|、，]{0,9}[)）\]]|(?<=[,;/|、，])\s?[,;/|、，]")
_VOTES_AT_END = re.compile(
    r"[\s|·(]{0,9}(?:[👍⬆🔼▲△🔥❤♥♡💗💖👏🗳]\ufe0f?|:(?:thumbsup|\+1|heart):|[+↑])\s?[\d,.]{1,9}[kK]?[\s)]*$"
)
_MAX_LINE_CHARS = 4000
_BRACKETED = re.compile(r"^[(（\[](.*)[)）\]]$")
_PARTS = re.compile(r"\s[·•|–—-]\s|\s?[／｜]\s?")
_ITALIC_AT_START = re.compile(
    r"[\s.,:;·–—-]{0,9}([*_])(?P<names>[^\s*_][^*_\n]{2,2000})\1(?:\s*(?=[.,:;|·／(（\[`–—-]|$)|(?<=\.[*_])\s)"
)
_END_OF_NAMES = re.compile(r"(?<=[^\W\d_]{2})\.\s")
_SEVERAL = re.compile(r",| and | & |，|、")
_FIRST_PART = re.compile(r"\s+[·|•–—-]\s+|\s*[／｜]\s*")


def parts_with_names(line: str) -> Iterator[tuple[str, str]]:
    """Yield each part of a line that may be names, and the same without marks around it."""
    if italic := italic_names(_behind_venue(line)):
        yield italic
    before = (_before_venue(line), _VENUE_AT_END.sub("", line), _VOTES_AT_END.sub("", line))
    parts = _PARTS.split(line)
    for part in (_in_first_bracket(line), line, *parts, *before, before_sentence(parts[0])):
        yield part, _BRACKETED.sub(r"\1", _without_marks(part))


def italic_names(line: str) -> tuple[str, str] | None:
    """Return what a line has in italics at its start, as it is and as names; None if nothing.

    ``*Ada Bell, Cy Dorn*. A remark``. One name alone may be a remark as well.
    """
    italic = _ITALIC_AT_START.match(line)
    if italic is None:
        return None
    names = _without_marks(italic["names"])
    return italic[0], f"*{names}*" if _SEVERAL.search(names) else names


@lru_cache(maxsize=256)
def names_beside_links(line: str) -> tuple[str, ...]:
    """Return the authors if a line has links to a paper, and nothing else but their names.

    ``Ada Bell, Cy Dorn. [arXiv](…), [code](…)``, also with a venue and year.
    """
    if "://" not in line and "rxiv" not in line.lower():
        return ()
    text = _LABELLED_LINK.sub("", without_own_links(line[:_MAX_LINE_CHARS]))
    if label_kind(text) is Field.AUTHORS and (labelled := split_label(text)):
        text = f"by {labelled[1]}"
    text = _EMPTY.sub("", text).strip(" :：")
    if "://" in text or "](" in text or ":" in text or not _MAY_HAVE_NAMES.search(text):
        return ()
    names = (unlabelled_names(bare) for _, bare in parts_with_names(text) if bare)
    return next(filter(None, names), ())


def _without_marks(text: str) -> str:
    """Return a text without punctuation around it, but with the full stop of an initial."""
    bare = text.strip(" -–—·|*_.,;，、。；/\t" + PRAISE)
    return f"{bare}." if _INITIAL_AT_END.search(text) else bare


def _in_first_bracket(text: str) -> str:
    """Return what stands in brackets before a colon or a sentence: ``(Ada Bell, Cy Dorn): …``."""
    bracket = _FIRST_BRACKET.match(text)
    if bracket is None:
        return ""
    if is_venue(bracket[1]):
        return ""
    listed = without_venue_behind(bracket[1])
    names = _YEAR_AT_END.sub("", listed)
    return names if names == listed else f"by {names}"  # a reference has authors and a year


def _behind_venue(text: str) -> str:
    """Return a text without the venue in brackets that it starts with: ``(ICLR 2025), …``."""
    bracket = _FIRST_BRACKET.match(text)
    return text[bracket.end() :] if bracket and is_venue(bracket[1]) else text


def before_sentence(text: str) -> str:
    """Return the names before the first sentence of a text: ``by Ada Bell, Cy Dorn. A remark``."""
    end = _END_OF_NAMES.search(text)
    names = text[: end.start()] if end else ""
    is_list = _SEVERAL.search(names) is not None
    return "" if is_list and not are_full_names(names.strip(" –—-")) else names


def _before_venue(text: str) -> str:
    """Return the names before a venue in italics or brackets: ``Ada Bell, Cy Dorn, *ACL 2025*``."""
    venue = _VENUE.search(text)
    names = text[: venue.start()] if venue else ""
    return names if all(" " in name.strip() for name in names.split(",")) else ""


def first_parts(line: str) -> Iterator[tuple[str, str]]:
    """Yield what a line starts with that may be names, and the same without marks around it."""
    first = _FIRST_PART.split(line, maxsplit=1)[0]
    yield first, first
    if names := before_sentence(first):
        yield names, names
    if italic := italic_names(line):
        yield italic
