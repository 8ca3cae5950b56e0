"""Lines with votes or authors, and their values."""

from __future__ import annotations

import re
from typing import NamedTuple

from tui.digests.parsing.markdown_lines import plain_text, truncate
from tui.digests.registry import ReportProblem
from tui.i18n import N_

MAX_VOTES = 9_999_999
"""More than any paper has, and narrow enough for every place that shows a number."""

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
    r"\+?(?P<number>\d{1,3}(?:,\d{3})+|\d+)(?:\s*[^\w\s.,/%-]+|\s+(?:up-?)?votes?)?"
)
_NAME_LINK = re.compile(r"\[([^\[\]]*)\]\([^()\s]*\)")
_QUOTED_NAME = re.compile(r"'([^']*)'|\"([^\"]*)\"")
_COMMA = re.compile("[,，、]")
_AND = re.compile(r"^\s*(?:and|&)\s+")


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
    match = _VOTES.fullmatch(value.strip(" *_"))
    # `int` is slow for millions of digits.
    if not match or len(match["number"]) > 12:
        return None
    number = int(match["number"].replace(",", ""))
    return number if number <= MAX_VOTES else None


def parse_authors(value: str) -> tuple[str, ...]:
    """Return the names in a list of authors, in order; a ``+`` (for more authors) is dropped."""
    value = value[:_MAX_AUTHORS_CHARS]
    if value.startswith(("['", '["')) and value.endswith(("']", '"]')):
        # A list as printed by Python.
        names = [quoted[1] or quoted[2] or "" for quoted in _QUOTED_NAME.finditer(value)]
    else:
        value = plain_text(value)
        text = _NAME_LINK.sub(r"\1", value) if "](" in value else value
        names = _COMMA.split(text) if _COMMA.search(text) else text.split(";")
        if len(names) > 1:
            names[-1] = _AND.sub("", names[-1])
    is_styled = "*" in value or "_" in value
    names = [plain_text(name) if is_styled else name.strip() for name in names]
    return tuple([name for name in names if name and name != "+"])


def limit_authors(authors: tuple[str, ...], line: int, report: ReportProblem) -> tuple[str, ...]:
    """Return authors that fit a table; report lists and names that are cut."""
    if len(authors) > _MAX_AUTHORS:
        template = N_("{number} authors; only the first {limit} are kept")
        report(line, template, number=len(authors), limit=_MAX_AUTHORS)
        authors = authors[:_MAX_AUTHORS]
    if max(map(len, authors), default=0) > _MAX_NAME_CHARS:
        template = N_("a name is longer than {limit} characters; shortened")
        report(line, template, limit=_MAX_NAME_CHARS)
        authors = tuple(truncate(name, _MAX_NAME_CHARS) for name in authors)
    return authors
