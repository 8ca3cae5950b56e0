"""YAML front matter: the fields between two lines of dashes at the head of a page.

Only texts and lists of texts are taken out of it, event by event. Nothing is built that the text
describes, so that aliases, which make little text describe a lot, do not matter. What is nested
deeply is taken for no YAML.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from tui.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui.digests.parsing.report import ReportProblem

MAX_FRONT_MATTER_CHARS = 262_144
"""Characters of front matter; some hold the places of every figure of a paper."""

MAX_NESTING = 100
"""Lists within lists; for each more the parser takes longer than for the one before."""

_MATTER = re.compile(r"---[ \t]*\n(?P<yaml>.*?)(?<=\n)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_PLAIN_FIELD = re.compile(r"(?P<name>[A-Za-z_][\w-]{0,60})[ \t]*:[ \t]+(?P<value>[^\n]*)")
_NOTHING = {"", "~", "null", "Null", "NULL"}

Fields = dict[str, object]
"""Texts and lists of texts by name."""


class FrontMatter(NamedTuple):
    """The front matter of a page.

    Attributes:
        yaml: what stands between the dashes.
        body: what follows.
        lines: how many lines stand above the body.
    """

    yaml: str
    body: str
    line_count: int


def split_front_matter(text: str) -> FrontMatter | None:
    """Return the front matter that a text begins with, or None if it has none."""
    if not text.startswith("---"):
        return None
    match = _MATTER.match(text, 0, MAX_FRONT_MATTER_CHARS)
    if match is None:
        return None
    return FrontMatter(match["yaml"], text[match.end() :], text.count("\n", 0, match.end()))


def parse_fields(matter: FrontMatter, report: ReportProblem) -> Fields:
    """Return the fields; if they are no valid YAML, as many as can be read line by line."""
    # The parser is needed for nothing else.
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    values: Fields = {}
    name = ""
    try:
        for name, value in _fields(_shallow(yaml.parse(matter.yaml, Loader=loader))):
            values[name] = value
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        # The first line of the matter is the second of the page.
        line = mark.line + 2 if mark else 2
        words = N_("the front matter is no YAML from here on: it is read line by line")
        report(min(line, matter.line_count), words)
        # It may have gone wrong in the middle of the last value.
        values.pop(name, None)
        for match in map(_PLAIN_FIELD.fullmatch, matter.yaml.split("\n")):
            if match:
                values.setdefault(match["name"], match["value"].strip().strip("\"'"))
    return values


def _shallow(events: Iterator[object]) -> Iterator[object]:
    """Yield events as long as nothing is nested too deeply."""
    from yaml import MarkedYAMLError
    from yaml import events as kinds

    depth = 0
    for event in events:
        depth += isinstance(event, kinds.CollectionStartEvent)
        depth -= isinstance(event, kinds.CollectionEndEvent)
        if depth > MAX_NESTING:
            raise MarkedYAMLError(problem_mark=getattr(event, "start_mark", None))
        yield event


def _fields(events: Iterator[object]) -> Iterator[tuple[str, object]]:
    """Yield names and values of the mapping that the events begin with."""
    from yaml import events as kinds

    depth = 0
    name: str | None = None
    items: list[object] | None = None
    for event in events:
        if isinstance(event, kinds.CollectionEndEvent):
            depth -= 1
            if depth == 1:
                if name is not None and items is not None:
                    yield name, items
                name = items = None
        elif isinstance(event, kinds.CollectionStartEvent):
            depth += 1
            if depth == 1 and not isinstance(event, kinds.MappingStartEvent):
                return
            if depth == 2 and name is None:
                # A key that is no text; its value is taken for one, and does no harm.
                name = ""
            if depth == 2 and isinstance(event, kinds.SequenceStartEvent):
                items = []
        elif isinstance(event, kinds.ScalarEvent | kinds.AliasEvent):
            value = _scalar(event)
            if depth == 1 and name is None:
                name = value or ""
            elif depth == 1:
                yield name or "", value
                name = None
            elif depth == 2 and items is not None:
                items.append(value)


def _scalar(event: object) -> str | None:
    """Return the text of a scalar; None for null and for an alias."""
    value = getattr(event, "value", None)
    if not isinstance(value, str):
        return None
    is_plain = getattr(event, "implicit", (False,))[0]
    return None if is_plain and value in _NOTHING else value
