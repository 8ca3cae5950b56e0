"""Iterate over the objects of a JSON file, with their line numbers.

The objects may be in an array, in an array that is a field of an object, one per line (JSON Lines)
or alone. Where the text is invalid, the objects around the error are still read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import islice

from tui.digests.registry import ReportProblem
from tui.i18n import N_

_MAX_INVALID_OBJECTS = 100
"""A file with more of them is not read to its end."""

_MAX_ENVELOPE_CHARS = 10_000
_VALUE = r'(?:"(?:[^"\\]|\\.)*+"|[-+.\w]++)'
_ENVELOPE = re.compile(
    rf'\s*+\{{(?:\s*+"\w++"\s*+:\s*+{_VALUE}\s*+,)*+'
    r'\s*+"(?:papers|daily_papers|data|items|results|rows)"\s*+:\s*+(?=\[)'
)
_SEPARATOR = re.compile(r"[\s,]*+")
# Numbers stay strings: an id is not a number, and neither are thirty thousand digits.
_DECODER = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=lambda _: None)


def peek_objects(text: str) -> Iterator[dict[str, object]]:
    """Return the fields of the first five objects, to recognize a dialect."""
    objects = parse_objects(text, lambda *_args, **_values: None)
    return (fields for _line, fields in islice(objects, 5))


def parse_objects(text: str, report: ReportProblem) -> Iterator[tuple[int, dict[str, object]]]:
    r"""Yield the objects of a text in order, each with the line where it starts, from 1.

    Their values are strings, lists, dicts, True, False and None. Numbers are strings.

    Args:
        text: decoded, with ``\n`` as line end.
        report: called with each problem.
    """
    envelope = _ENVELOPE.match(text, 0, _MAX_ENVELOPE_CHARS)
    offset = envelope.end() if envelope else 0
    opening = re.compile(r"\s*+\[").match(text, offset)
    offset = opening.end() if opening else offset
    line, line_offset, invalid_count = 1, 0, 0
    while True:
        offset = _SEPARATOR.match(text, offset).end()  # type: ignore[union-attr]  # it may be empty
        if offset == len(text) or text[offset] == "]":
            if opening and offset == len(text):
                _report_error(text, offset, report, is_last=True)
            return
        line += text.count("\n", line_offset, offset)
        line_offset = offset
        try:
            value, end = _DECODER.raw_decode(text, offset)
        except (ValueError, RecursionError) as error:
            invalid_count += 1
            is_limit = invalid_count == _MAX_INVALID_OBJECTS
            next_start = -1 if is_limit else _find_next_object(text, offset)
            position = error.pos if isinstance(error, json.JSONDecodeError) else offset
            if 0 <= next_start <= position:
                # The decoder noticed the error only in the next object.
                position = text.rindex("\n", 0, next_start)
            _report_error(text, position, report, is_last=next_start < 0)
            if next_start < 0:
                return
            offset = next_start
            continue
        if isinstance(value, dict):
            yield line, value
        else:
            report(line, N_("not an object with the fields of a paper; skipped"))
        offset = end


def _find_next_object(text: str, offset: int) -> int:
    """Return the offset of the next object with the same indentation, or -1.

    Objects with more indentation belong to the invalid object itself.
    """
    line = text[text.rfind("\n", 0, offset) + 1 : offset]
    indent = line[: len(line) - len(line.lstrip())]
    found = text.find(f"\n{indent}{{", offset)
    return found + 1 + len(indent) if found >= 0 else -1


def _report_error(text: str, offset: int, report: ReportProblem, *, is_last: bool) -> None:
    """Report invalid JSON at an offset; ``is_last`` if nothing can be read after it."""
    line = text.count("\n", 0, offset) + 1
    column = offset - text.rfind("\n", 0, offset)
    template = N_("the JSON is invalid at column {column}; this paper is skipped")
    if is_last:
        template = N_(
            "the JSON is incomplete from column {column}; only the papers before it were read."
            " Download the file again"
        )
    report(line, template, column=column)
