"""YAML front matter: the fields between two lines of dashes at the top of a page.

Only strings and lists of strings are extracted, from the parser's events. No object graph is built,
so that aliases, with which a short text can describe a huge one, are harmless. Deep nesting is
rejected as invalid YAML.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import yaml

from tui.digests.registry import ReportProblem
from tui.i18n import N_

MAX_FRONT_MATTER_CHARS = 262_144
"""Some front matter has the positions of all figures of a paper."""

MAX_NESTING = 100
"""Levels of nested collections; the parser's time per level grows with the depth."""

_FRONT_MATTER = re.compile(
    r"---[ \t]*\n(?P<yaml>.*?)(?<=\n)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL
)
_SIMPLE_FIELD = re.compile(r"(?P<name>[A-Za-z_][\w-]{0,60})[ \t]*:[ \t]+(?P<value>[^\n]*)")
_NULLS = {"", "~", "null", "Null", "NULL"}

Fields = dict[str, object]
"""Strings and lists of strings, by name."""


class FrontMatter(NamedTuple):
    """A page split at its front matter.

    Attributes:
        yaml: the text between the dashes.
        body: the text after them.
        line_count: the number of lines above the body.
    """

    yaml: str
    body: str
    line_count: int


def split_front_matter(text: str) -> FrontMatter | None:
    """Split a page into front matter and body; return None if it has no front matter."""
    if not text.startswith("---"):
        return None
    match = _FRONT_MATTER.match(text, 0, MAX_FRONT_MATTER_CHARS)
    if match is None:
        return None
    return FrontMatter(match["yaml"], text[match.end() :], text.count("\n", 0, match.end()))


def parse_fields(matter: FrontMatter, report: ReportProblem) -> Fields:
    """Return the fields of front matter; read it line by line if it is not valid YAML."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    fields: Fields = {}
    name = ""
    try:
        for name, value in _iter_fields(_limit_nesting(yaml.parse(matter.yaml, Loader=loader))):
            fields[name] = value
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        # The first line of the YAML is line 2 of the page; marks count from 0.
        line = mark.line + 2 if mark else 2
        template = N_("the front matter is not valid YAML from here on; read line by line")
        report(min(line, matter.line_count), template)
        # The error may be in the middle of the last value.
        fields.pop(name, None)
        for match in map(_SIMPLE_FIELD.fullmatch, matter.yaml.split("\n")):
            if match:
                fields.setdefault(match["name"], match["value"].strip().strip("\"'"))
    return fields


def _limit_nesting(events: Iterator[object]) -> Iterator[object]:
    """Yield events; raise a YAML error if they are nested too deeply."""
    depth = 0
    for event in events:
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_NESTING:
            raise yaml.MarkedYAMLError(problem_mark=getattr(event, "start_mark", None))
        yield event


def _iter_fields(events: Iterator[object]) -> Iterator[tuple[str, object]]:
    """Yield the names and values of the top-level mapping, if there is one."""
    depth = 0
    name: str | None = None
    items: list[object] | None = None
    for event in events:
        if isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
            if depth == 1:
                if name is not None and items is not None:
                    yield name, items
                name = items = None
        elif isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth == 1 and not isinstance(event, yaml.MappingStartEvent):
                return
            if depth == 2 and name is None:
                # The key is a collection. Its value becomes the key of the next field: harmless.
                name = ""
            if depth == 2 and isinstance(event, yaml.SequenceStartEvent):
                items = []
        elif isinstance(event, yaml.ScalarEvent | yaml.AliasEvent):
            value = _scalar(event)
            if depth == 1 and name is None:
                name = value or ""
            elif depth == 1:
                yield name or "", value
                name = None
            elif depth == 2 and items is not None:
                items.append(value)


def _scalar(event: object) -> str | None:
    """Return the text of a scalar, or None for null and aliases."""
    value = getattr(event, "value", None)
    if not isinstance(value, str):
        return None
    is_plain = getattr(event, "implicit", (False,))[0]
    return None if is_plain and value in _NULLS else value
