"""Votes and authors: the lines that tell them, and what they tell."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from tui.digests.parsing.markdown_lines import plain_text, truncate
from tui.i18n import N_

if TYPE_CHECKING:
    from tui.digests.parsing.report import ReportProblem

# More than anybody gave, and few enough digits for every place a number goes to.
MAX_VOTES = 9_999_999

_LONGEST_NAME = 200
_MOST_AUTHORS = 5000

_FIELD = re.compile(
    r"(?:[^\w\[(<]|_){0,8}"  # a bullet, stars, an emoji
    r"(?P<name>(?:up-?)?votes?|authors?|투표|저자)"
    r"(?:[*_]{1,3}[ \t]*[:：]|[ \t]*[:：][*_]{0,3})(?P<value>[^\n]*)",
    re.IGNORECASE,
)
_VOTES = re.compile(
    r"\+?(?P<number>\d{1,3}(?:,\d{3})+|\d+)(?:\s*[^\w\s.,/%-]+|\s+(?:up-?)?votes?)?"
)
_NAME_LINK = re.compile(r"\[([^\[\]]*)\]\([^()\s]*\)")
_QUOTED_NAME = re.compile(r"'([^']*)'|\"([^\"]*)\"")
_COMMA = re.compile("[,，、]")
_AND = re.compile(r"^\s*(?:and|&)\s+")


class LabelledLine(NamedTuple):
    """A line like ``Vote: 44``.

    Attributes:
        is_votes: whether it tells votes; else it tells authors.
        value: what stands behind the colon.
    """

    is_votes: bool
    value: str


def parse_labelled_line(line: str) -> LabelledLine | None:
    """Return what the line tells if it tells votes or authors, else None."""
    match = _FIELD.match(line)
    if not match:
        return None
    is_votes = "vote" in match["name"].casefold() or match["name"] == "투표"
    value = match["value"].strip()
    # Stars that close what began before the label: `**Authors: A, B**`.
    return LabelledLine(is_votes, value.removesuffix("**") if value.count("**") == 1 else value)


def parse_votes(value: str) -> int | None:
    """Return the number that a votes line tells, or None if it is not one to believe."""
    match = _VOTES.fullmatch(value.strip(" *_"))
    # Thirty digits are no votes, and `int` takes its time for a million of them.
    if not match or len(match["number"]) > 12:
        return None
    number = int(match["number"].replace(",", ""))
    return number if number <= MAX_VOTES else None


def parse_authors(value: str) -> tuple[str, ...]:
    """Return the names that an authors line tells, in its order; ``+`` (and others) is none."""
    if value.startswith(("['", '["')) and value.endswith(("']", '"]')):
        # A list as Python prints it.
        names = [quoted[1] or quoted[2] or "" for quoted in _QUOTED_NAME.finditer(value)]
    else:
        value = plain_text(value)
        names = _split(_NAME_LINK.sub(r"\1", value) if "](" in value else value)
    is_styled = "*" in value or "_" in value
    names = [plain_text(name) if is_styled else name.strip() for name in names]
    return tuple([name for name in names if name and name != "+"])


def limit_authors(names: tuple[str, ...], line: int, report: ReportProblem) -> tuple[str, ...]:
    """Return the names, cut so that no digest can make a table grow without end."""
    if len(names) > _MOST_AUTHORS:
        words = N_("{number} authors: the first {most} are kept")
        report(line, words, number=len(names), most=_MOST_AUTHORS)
    kept = tuple(truncate(name, _LONGEST_NAME) for name in names[:_MOST_AUTHORS])
    if kept != names[:_MOST_AUTHORS]:
        words = N_("a name is longer than {longest} characters: it is cut")
        report(line, words, longest=_LONGEST_NAME)
    return kept


def _split(value: str) -> list[str]:
    names = _COMMA.split(value) if _COMMA.search(value) else value.split(";")
    if len(names) > 1:
        names[-1] = _AND.sub("", names[-1])
    return names
