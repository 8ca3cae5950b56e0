"""Lines with votes or authors, and their values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from tui.digests.parsing.markdown_lines import plain_text, truncate
from tui.digests.registry import ReportProblem
from tui.i18n import N_
from tui.models import ET_AL

MAX_VOTES = 9_999_999
"""More than any paper has, and narrow enough for every place that shows a number."""

_MAX_VOTES_DIGITS = 7

_MAX_NAME_CHARS = 200
_MAX_AUTHORS = 5000

_MAX_AUTHORS_CHARS = 2_000_000
"""A longer list has too many authors, or names that are too long, in its part before this, too."""

_LABELLED = re.compile(
    r"(?:[^\w\[(<]|_){0,8}"  # a bullet, stars, an emoji
    r"(?P<name>(?:up-?)?votes?|authors?|투표|저자)"
    r"(?:[*_]{1,3}[ \t]*[:：]|[ \t]*[:：][*_]{0,3})(?P<value>[^\n]*)",
    re.IGNORECASE,
)
_VOTES = re.compile(
    r"(?:[^\w\s.,/%+()-]{1,3}\s*)?\+?(?P<number>\d{1,3}(?:,\d{3})+|\d+)(?:\s*[^\w\s.,/%-]+|\s+(?:up-?)?votes?)?"
)
_NAME_LINK = re.compile(r"\[([^\[\]]*)\]\([^()\s]*\)")
_QUOTED_NAME = re.compile(r"'([^']*)'|\"([^\"]*)\"")
_COMMA = re.compile("[,，、،]")
_SEMICOLON = re.compile("[;；]")
_COLLABORATION = re.compile(
    r"(.{1,150}\b(?:collaboration|consortium|team|group|project))\s*:\s*(\S.*)", re.IGNORECASE
)
_AND = re.compile(r"^\s*(?:and|&)\s+")
_OTHERS = re.compile(
    r"(?:^|[\s,(\[]+)(?:"
    r"(?:(?:and\s+|&\s*)?et(?:\.\s*|\s+)|&\s*)al(?:ii|ia|iae)?\b|(?:and\s+|&\s*|^)others\b"
    r"|(?:and\s+|&\s*|\+\s*)?(?:\d+|many|several)\s+(?:more|others?)(?:\s+authors?)?\b"
    r"|\+\s*\d+|…|\.{3}|u\.\s?a\b|y\s+otros\b|e\s+outros\b|et\s+autres\b|и\s+др\b"
    r"|외(?:\s*(?:\d+\s*[명인]|다수))?|등(?:\s*\d+\s*[명인])?|(?:等|ほか|他)(?:\s*\d+\s*[名人])?"
    r")[\s.)\]]*$"
    r"|외\s*\d+\s*[명인][\s.)]*$"
    r"|(?<=[\u3040-\u9fff])(?:等(?:\s*\d*\s*人)?|ほか(?:\s*\d+\s*名)?|他\s*\d+\s*名)$",
    re.IGNORECASE,
)
"""Words after the last name that stand for further authors."""

_OTHERS_ENDS = (
    *".…)]0123456789", "al", "alii", "alia", "aliae", "others", "other", "more", "authors",
    "author", "u.a", "otros", "outros", "autres", "др", *"명인수외등等か他名人",
)  # fmt: skip
"""How these words end. Nearly all names end in other ways, and the pattern is slow."""

_WIKI_LINK = re.compile(r"\[\[(?:[^\[\]|]{0,200}\|)?([^\[\]|]{1,200})\]\]")
_PLAIN_WORD = r"[A-ZÀ-ÖØ-ÞŠŽŁ][a-zà-öø-ÿ.'’A-Z-]*+"
_PLAIN_NAMES = re.compile(
    rf"(?:{_PLAIN_WORD}(?: {_PLAIN_WORD}){{1,3}}+, )*+{_PLAIN_WORD}(?: {_PLAIN_WORD}){{1,3}}+"
)
"""A list of names that need no change, as nearly all lists are."""

_NAME_SUFFIX = re.compile(
    r"(?:jr|sr|ii|iii|iv|ph\.?d|m\.?d|inc|ltd|llc|gmbh|corp)\.?", re.IGNORECASE
)
# "Roe, Jane" and "van der Berg, Jan", but not "Jane Roe, MIT".
_LAST_FIRST = re.compile(r"(?P<last>(?:[^\W\d_A-Z][^\s,]*\s+)*[^\s,]+)\s*,\s*(?P<first>[^,]+)")

_BETWEEN_NAMES = re.compile(r"\s(?:and|&)\s")
_PERSON = re.compile(
    r"[가-힣]{2,5}|[^\W\d_a-z][\w.'’-]*(?:\s+(?:(?:v[ao]n|d[aei]|de[lnr]|l[ae]|bin|al|el)|"
    r"[^\W\d_a-z][\w.'’-]*)){1,4}"
)
"""A name of two to five words, such as "Jan van der Berg"."""

_ORGANIZATION = re.compile(
    r"\b(?:Affairs|AI|Academy|Alliance|Cent(?:er|re)|Collaboration|Collective|Community|Company"
    r"|Consortium|Corporation|Department|Development|Education|Engineering|Foundation|Group"
    r"|Health|Inc|Initiative|Institute|Intelligence|Lab(?:s|oratory)?|Ministry|Network"
    r"|Organi[sz]ation|Partners|Project|Research|Sciences?|Society|Studio|Systems|Team"
    r"|Technolog(?:y|ies)|University|Working)\b",
    re.IGNORECASE,
)


class LabelledLine(NamedTuple):
    """A line like ``Vote: 44``.

    Attributes:
        is_votes: whether it has votes; otherwise it has authors.
        value: the text after the colon.
    """

    is_votes: bool
    value: str


def parse_labelled_line(line: str) -> LabelledLine | None:
    """Return the label and value of a line with votes or authors, or None for any other line."""
    match = _LABELLED.match(line)
    if not match:
        return None
    is_votes = "vote" in match["name"].casefold() or match["name"] == "투표"
    value = match["value"].strip()
    # These stars close what was opened before the label: `**Authors: A, B**`.
    return LabelledLine(is_votes, value.removesuffix("**") if value.count("**") == 1 else value)


def parse_votes(value: str) -> int | None:
    """Return a number of votes, or None if the value is not a plausible one."""
    text = value.strip(" *_")
    if text.isascii() and text.isdigit() and len(text) <= _MAX_VOTES_DIGITS:
        return int(text)
    match = _VOTES.fullmatch(text)
    # `int` is slow for millions of digits.
    if not match or len(match["number"]) > 12:
        return None
    number = int(match["number"].replace(",", ""))
    return number if number <= MAX_VOTES else None


def parse_authors(value: str) -> tuple[str, ...]:
    """Return the names in a list of authors, in order; a ``+`` (for more authors) is dropped.

    Words such as "et al." become ET_AL.
    """
    value = value[:_MAX_AUTHORS_CHARS]
    if _PLAIN_NAMES.fullmatch(value) and not value.lower().endswith(_OTHERS_ENDS):
        return tuple(value.split(", "))
    if value.startswith(("['", '["')) and value.endswith(("']", '"]')):
        # A list as printed by Python.
        names = [quoted[1] or quoted[2] or "" for quoted in _QUOTED_NAME.finditer(value)]
    else:
        value = plain_text(value)
        text = _NAME_LINK.sub(r"\1", value) if "](" in value else value
        names = _split_names(text)
        if len(names) > 1:
            names[-1] = _AND.sub("", names[-1])
    is_styled = "*" in value or "_" in value
    names = [plain_text(name) if is_styled else name.strip() for name in names]
    return tidy_authors(names)


def _split_names(text: str) -> list[str]:
    """Split a list at its semicolons; without any, or within a part of it, at its commas.

    Names as in BibTeX ("Roe, Jane and Doe, John") are split at each "and", others at the last one.
    """
    parts = _SEMICOLON.split(text)
    if len(parts) == 1:
        return _split_at_and(text) if _BETWEEN_NAMES.search(text) else _COMMA.split(text)
    names: list[str] = []
    for part in parts:
        others = _OTHERS.search(part)
        person = _AND.sub("", part[: others.start()] if others else part).strip(" ,")
        if _LAST_FIRST.fullmatch(person):
            names += [person, others[0]] if others else [person]
        else:
            names += _COMMA.split(part)
    return names


def _split_at_and(text: str) -> list[str]:
    """Split a list in which some names are separated by "and" or "&"."""
    others = _OTHERS.search(text)
    listed, rest = (text[: others.start()], [others[0]]) if others else (text, [])
    people = [part.strip() for part in _BETWEEN_NAMES.split(listed)]
    if len(people) > 1 and all(map(_LAST_FIRST.fullmatch, people)):
        return [*people, *rest]
    *names, last = _COMMA.split(listed)
    pair = [part.strip() for part in _BETWEEN_NAMES.split(last)]
    if len(pair) > 1 and all(map(_is_person, pair)):
        return [*names, *pair, *rest]
    return _COMMA.split(text)


def _is_person(name: str) -> bool:
    return _PERSON.fullmatch(name) is not None and _ORGANIZATION.search(name) is None


def tidy_authors(names: Iterable[str]) -> tuple[str, ...]:
    """Return names of a list without what is no name; ``Roe, Jane`` becomes ``Jane Roe``.

    Returns:
        The names, followed by ET_AL if words such as "et al." or "외 3명" were among them.
    """
    tidy: list[str] = []
    has_more = False
    for name in _without_collaborations(names):
        person = name
        if name.startswith("[["):
            person = _WIKI_LINK.sub(r"\1", name)
        if name.lower().endswith(_OTHERS_ENDS) and (match := _OTHERS.search(name)):
            has_more = True
            person = name[: match.start()]
        person = _in_natural_order(_AND.sub("", person).strip(" ,;"))
        if any(map(str.isalnum, person)):
            tidy.append(person)
    return (*tidy, ET_AL) if has_more and tidy else tuple(tidy)


def _without_collaborations(names: Iterable[str]) -> Iterator[str]:
    """Yield names; a collaboration before the first of its members is a name of its own."""
    for name in names:
        match = _COLLABORATION.fullmatch(name) if ":" in name else None
        yield from match.groups() if match else (name,)


def _in_natural_order(name: str) -> str:
    match = _LAST_FIRST.fullmatch(name)
    if match is None or _NAME_SUFFIX.fullmatch(match["first"].strip()):
        return name
    return f"{match['first'].strip()} {match['last']}"


def limit_authors(authors: tuple[str, ...], line: int, note: ReportProblem) -> tuple[str, ...]:
    """Return authors that fit a table; note lists and names that are cut."""
    if len(authors) > _MAX_AUTHORS:
        template = N_("{number} authors; only the first {limit} are kept")
        note(line, template, number=len(authors), limit=_MAX_AUTHORS)
        authors = authors[:_MAX_AUTHORS]
    if max(map(len, authors), default=0) > _MAX_NAME_CHARS:
        template = N_("a name is longer than {limit} characters; shortened")
        note(line, template, limit=_MAX_NAME_CHARS)
        authors = tuple(truncate(name, _MAX_NAME_CHARS) for name in authors)
    return authors
