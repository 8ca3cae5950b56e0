"""Data as plain values: JSON of any nesting, JSON lines, reprs of Python, YAML, CSV and TSV.

All scalars are strings, so that the id ``2505.10`` is not the number 2505.1.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterator, Mapping
from io import StringIO
from typing import Any

import yaml

from tui.digests.general.records.cell_formulas import cell_value
from tui.digests.general.records.python_literals import parse_repr
from tui.digests.parsing.json_objects import parse_objects

_DECODER = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=lambda _: None)
_DATA_START = re.compile(r"\s*+[\[{]")
_SEPARATOR = re.compile(r"[\s,]*+")
_MAX_REPR_CHARS = 1_000_000
_MAX_OBJECT_CHARS = 32_000_000
_MAX_DEPTH = 60
_MAX_YAML_EVENTS = 2_000_000
_FRONT_MATTER = re.compile(
    r"\s*(?:---[ \t]*\n(?P<yaml>.*?\n)(?:---|\.\.\.)|\+\+\+[ \t]*\n(?P<toml>.*?\n)\+\+\+)"
    r"[ \t]*(?:\n|\Z)",
    re.DOTALL,
)
_YAML_START = re.compile(
    r"(?:(?:#[^\n]*|---[ \t]*)?\n)*(?:- +)?[\w\"'-]{1,40}[\"']?:(?:[ \t]|\n|\Z)"
)
_PLAIN_FIELD = re.compile(r"([\w-]{1,60}):[ \t]+(\S[^\n]*?)[ \t]*")
_SECOND_DOCUMENT = re.compile(r"\n---[ \t]*\n")
_MARKDOWN_RULE = re.compile(r"[ \t]*\|?[ \t]*:?-{1,200}:?[ \t]*\|")
_EXCEL_SEPARATOR = re.compile(r"\"?sep=[,;|\t]\"?[ \t]*\n", re.IGNORECASE)
"""The first line of a file that Excel is to read with this separator."""

_MAX_HEADER_CHARS = 2000
_MAX_ROW_CHARS = 100_000
_MAX_LINES_ABOVE = 4
"""Lines of a spreadsheet above the names of its columns."""


def starts_like_data(text: str) -> bool:
    """Return whether a text starts like JSON or the repr of a Python object."""
    return _DATA_START.match(text) is not None


def iter_values(text: str) -> Iterator[object]:
    """Yield the values that a text consists of: the elements of an array, lines, or one object.

    They are parsed one at a time, so that memory does not depend on their number. An object of more
    than 32 million characters is not parsed. What is invalid is left out.
    """
    start = _DATA_START.match(text)
    if start is None or (len(text) > _MAX_OBJECT_CHARS and _is_one_object(text)):
        return
    offset = start.end() if start[0].endswith("[") else start.end() - 1
    is_first = True
    while True:
        offset = _SEPARATOR.match(text, offset).end()  # type: ignore[union-attr]  # may be empty
        if offset == len(text):
            return
        if text[offset] == "]":
            offset += 1
            continue
        try:
            value, offset = _DECODER.raw_decode(text, offset)
        except (ValueError, RecursionError):
            break
        yield value
        is_first = False
    rest = text[offset:]
    count = 0
    for value in map(parse_embedded, rest.split("\n")):
        if value is not None:
            count += 1
            yield value
    if not count:
        for _, fields in parse_objects(rest, lambda *_args, **_values: None):
            count += 1
            yield fields
    if not count and is_first and (value := parse_repr(text)) is not None:
        yield value


def _is_one_object(text: str) -> bool:
    """Return whether a text is an object over many lines, or on a very long one."""
    first_line = text[: _MAX_REPR_CHARS + 1].lstrip().split("\n", 1)[0]
    return first_line.strip() == "{" or len(first_line) > _MAX_REPR_CHARS


def parse_embedded(text: str) -> object | None:
    """Return the JSON object, list or repr of one that a string contains, or None."""
    text = text.strip().rstrip(",")
    if not text.startswith(("{", "[")):
        return None
    try:
        return _DECODER.decode(text)  # type: ignore[no-any-return]
    except (ValueError, RecursionError):
        return parse_repr(text)


def _with_strings(value: object, depth: int) -> object:
    """Return a literal whose numbers are strings and whose tuples are lists."""
    if depth > _MAX_DEPTH:
        return None
    if isinstance(value, dict):
        return {str(key): _with_strings(item, depth + 1) for key, item in value.items()}
    if isinstance(value, list | tuple | set):
        return [_with_strings(item, depth + 1) for item in value]
    return value if value is None or isinstance(value, bool) else str(value)


def split_front_matter(text: str) -> tuple[object | None, int]:
    """Return the data at the start of a page, and the offset of the text below it."""
    match = _FRONT_MATTER.match(text)
    if match is None:
        return None, 0
    if match["toml"] is None:
        value = parse_yaml(match["yaml"]) or _plain_fields(match["yaml"])
    else:
        value = parse_toml(match["toml"])
    return (value, match.end()) if isinstance(value, dict) else (None, 0)


def _plain_fields(text: str) -> dict[str, str] | None:
    """Return the fields on lines of their own in invalid YAML: a title may have a colon."""
    fields = (_PLAIN_FIELD.fullmatch(line) for line in text.split("\n"))
    return {field[1]: field[2].strip("\"'") for field in fields if field} or None


def parse_toml(text: str) -> object | None:
    """Return the value of a TOML document, or None if it is invalid; days are in ISO format."""
    import tomllib

    try:
        return _with_strings(tomllib.loads(text, parse_float=str), 0)
    except (ValueError, RecursionError):
        return None


def looks_like_yaml(text: str) -> bool:
    """Return whether a text starts like a YAML file with fields."""
    return _YAML_START.match(text) is not None


def parse_yaml(text: str) -> object | None:
    """Return the value of a YAML document, or None if it is invalid, too deep or too large.

    Aliases become None: a short text can describe a huge value with them.
    """
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return _build(yaml.parse(text, Loader=loader))
    except (yaml.YAMLError, RecursionError, ValueError):
        return None


def parse_documents(
    text: str, is_record: Callable[[Mapping[str, object]], bool]
) -> list[object] | None:
    """Return the values of a YAML file of several documents; None for a page with front matter.

    Args:
        text: the file, which starts with ``---``.
        is_record: returns whether an object has the fields of a paper, as each document must.
    """
    second = _SECOND_DOCUMENT.search(text, 3)
    if second is None or not looks_like_yaml(text[second.end() :]):
        return None
    values = parse_yaml(text)
    if not isinstance(values, list) or len(values) < 2:
        return None
    are_records = all(isinstance(value, dict) and is_record(value) for value in values if value)
    return values if are_records else None


def _build(events: Iterator[object]) -> object | None:
    root: list[object] = []
    stack: list[list[object]] = [root]
    for count, event in enumerate(events):
        if len(stack) > _MAX_DEPTH or count > _MAX_YAML_EVENTS:
            return None
        if isinstance(event, yaml.CollectionStartEvent):
            stack.append([event])
        elif isinstance(event, yaml.CollectionEndEvent):
            start, *items = stack.pop()
            if isinstance(start, yaml.MappingStartEvent):
                pairs = zip(items[::2], items[1::2], strict=False)
                fields = {str(key): value for key, value in pairs}
                if len(fields) < len(items) // 2:
                    return None  # several papers in plain text, with the same labels
                stack[-1].append(fields)
            else:
                stack[-1].append(items)
        elif isinstance(event, yaml.ScalarEvent):
            is_null = event.implicit[0] and event.value in {"", "~", "null", "Null", "NULL"}
            stack[-1].append(None if is_null else event.value)
        elif isinstance(event, yaml.AliasEvent):
            stack[-1].append(None)
    return root[0] if len(root) == 1 else root or None


def parse_table(
    text: str, is_header: Callable[[list[str]], bool]
) -> list[tuple[int, dict[str, str]]] | None:
    """Return line and cells by column of each row of CSV or TSV, or None if it is something else.

    Args:
        text: the file; a spreadsheet may have some lines above the header.
        is_header: returns whether the cells of a line name the fields of papers.
    """
    start = separator.end() if (separator := _EXCEL_SEPARATOR.match(text)) else 0
    for number in range(_MAX_LINES_ABOVE + 1):
        first, _, rest = text[start : start + _MAX_HEADER_CHARS].partition("\n")
        if _MARKDOWN_RULE.match(rest):
            return None
        for delimiter in ("\t", ",", ";", "|"):
            cells = _first_row(first, delimiter)
            if len(cells) > 1 and is_header(cells):
                below = text[start + len(first) + 1 :][:_MAX_ROW_CHARS]
                if number and len(_first_row(below, delimiter)) != len(cells):
                    continue
                if delimiter == "\t" and not _has_strict_quotes(text):
                    return _rows(cells, text, start, delimiter="\t", quoting=csv.QUOTE_NONE)
                return _rows(cells, text, start, delimiter=delimiter)
        start += len(first) + 1
    return None


def _first_row(text: str, delimiter: str) -> list[str]:
    """Return the cells in the first row of a text, which may span several lines; empty if none."""
    try:
        return next(csv.reader(StringIO(text, newline=""), delimiter=delimiter), [])
    except csv.Error:
        return []


def _has_strict_quotes(text: str) -> bool:
    """Return whether a text in TSV quotes cells as a whole; otherwise quotes are characters."""
    try:
        for _row in csv.reader(StringIO(text, newline=""), delimiter="\t", strict=True):
            pass
    except csv.Error:
        return False
    return True


def _rows(cells: list[str], text: str, start: int, **form: Any) -> list[tuple[int, dict[str, str]]]:
    rows: list[tuple[int, dict[str, str]]] = []
    table = StringIO(text, newline="")
    table.seek(start)
    reader = csv.reader(table, **form)
    first_line = 1 + text.count("\n", 0, start)
    line = first_line
    try:
        for number, row in enumerate(reader):
            if number and row:
                rows.append((line, dict(zip(cells, map(cell_value, row), strict=False))))
            line = reader.line_num + first_line
    except csv.Error:
        pass  # a cell that is too long; the rows before it are read
    return rows
