"""The objects of a JSON file, one after the other, with their lines.

Whether they stand in an array, one a line (JSON lines) or alone makes no difference, and neither
does an object around the array. Where the text is broken, what can be read around it is.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, NamedTuple

from tui.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui.digests.parsing.report import ReportProblem

_MOST_BROKEN = 100
"""Broken objects after which a file is given up: so many are no accident."""

_LONGEST_AROUND = 10_000
_VALUE = r'(?:"(?:[^"\\]|\\.)*+"|[-+.\w]++)'
_AROUND = re.compile(
    rf'\s*+\{{(?:\s*+"\w++"\s*+:\s*+{_VALUE}\s*+,)*+'
    r'\s*+"(?:papers|daily_papers|data|items|results|rows)"\s*+:\s*+(?=\[)'
)
_BETWEEN = re.compile(r"[\s,]*+")
# Numbers stay as they are written: an id is no number, and thirty thousand digits are none either.
_DECODER = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=lambda _: None)


class JsonObject(NamedTuple):
    """One object of a file.

    Attributes:
        line: where it begins, counted from 1.
        values: by name; texts, lists, objects, True, False and None, and numbers as texts.
    """

    line: int
    fields: dict[str, object]


def peek_objects(text: str) -> Iterator[dict[str, object]]:
    """Yield the first few objects of a text, to tell what they are."""
    for _, row in zip(range(5), parse_objects(text, lambda *_told, **_values: None), strict=False):
        yield row.fields


def parse_objects(text: str, report: ReportProblem) -> Iterator[JsonObject]:
    """Yield the objects of a text in its order.

    Args:
        text: as decoded, with plain line ends.
        report: takes what is broken.
    """
    around = _AROUND.match(text, 0, _LONGEST_AROUND)
    at = around.end() if around else 0
    opening = re.compile(r"\s*+\[").match(text, at)
    at = opening.end() if opening else at
    line, counted, broken = 1, 0, 0
    while True:
        at = _BETWEEN.match(text, at).end()  # type: ignore[union-attr]  # it matches nothing, too
        if at == len(text) or text[at] == "]":
            if opening and at == len(text):
                _report_break(text, at, False, report)
            return
        line += text.count("\n", counted, at)
        counted = at
        try:
            value, end = _DECODER.raw_decode(text, at)
        except (ValueError, RecursionError) as error:
            broken += 1
            following = _next_like(text, at) if broken < _MOST_BROKEN else -1
            position = error.pos if isinstance(error, json.JSONDecodeError) else at
            if 0 <= following <= position:
                # It was missed no sooner than in the next object.
                position = text.rindex("\n", 0, following)
            _report_break(text, position, following >= 0, report)
            if following < 0:
                return
            at = following
            continue
        if isinstance(value, dict):
            yield JsonObject(line, value)
        else:
            report(line, N_("not an object with the fields of a paper: it is left out"))
        at = end


def _next_like(text: str, at: int) -> int:
    """Return where the next line begins as the one of an object does; -1 if none does."""
    line = text[text.rfind("\n", 0, at) + 1 : at]
    # Deeper ones belong to the broken object itself.
    indent = line[: len(line) - len(line.lstrip())]
    found = text.find(f"\n{indent}{{", at)
    return found + 1 + len(indent) if found >= 0 else -1


def _report_break(text: str, at: int, goes_on: bool, report: ReportProblem) -> None:  # noqa: FBT001
    line = text.count("\n", 0, at) + 1
    column = at - text.rfind("\n", 0, at)
    words = N_(
        "the JSON breaks off in column {column}: the papers before are kept; get the file once more"
    )
    if goes_on:
        words = N_("the JSON is broken in column {column}: this paper is left out")
    report(line, words, column=column)
