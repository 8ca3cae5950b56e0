"""Split an untrusted file of JSON into values: one per line, in arrays, or over several lines."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any, BinaryIO

import orjson

MAX_FILE_BYTES = 128 << 20
"""More than the export of any store that is within its own limit."""

MAX_LINE_BYTES = 4 << 20
"""More than the marks of any paper."""

_SPACE = re.compile(r"[ \t\r\n,]*")


class RejectedFileError(Exception):
    """A file is refused as a whole; the message follows its name.

    Attributes:
        line: the line that is the reason, or 0.
    """

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


def read_values(file: BinaryIO) -> Iterator[tuple[int, Any]]:
    """Yield the values in a file, with the numbers of the lines on which they start.

    A byte order mark is skipped. The elements of an array are values of their own. Only one line is
    in memory, or the rest of the file if a value spans several lines.

    Args:
        file: the open file.

    Yields:
        Line number and value; a ValueError in place of a line that cannot be used.

    Raises:
        RejectedFileError: the file is too large, or an array that is not valid JSON: some of its
            lines may look complete, but others are missing.
        OSError: the file cannot be read.
    """
    number = size = 0
    is_first = may_span_lines = True
    while line := file.readline(MAX_LINE_BYTES + 1):
        number += 1
        if number == 1:
            line = line.removeprefix(codecs.BOM_UTF8)
        size += len(line)
        _check_size(size)
        if not line.strip():
            continue
        try:
            values = _values_of_line(line, is_first=is_first)
        except ValueError as error:
            start = line.lstrip()[:1]
            if may_span_lines and start in {b"[", b"{"}:
                may_span_lines = False
                rest = line + file.read(MAX_FILE_BYTES + 1 - size)
                _check_size(size - len(line) + len(rest))
                try:
                    # Nothing is used before all of it is known to be valid.
                    for _ in _values_of_text(rest, number):
                        pass
                except _InvalidTextError as invalid:
                    if is_first and start == b"[":
                        message = "is not valid JSON; the file is damaged or incomplete"
                        raise RejectedFileError(invalid.line, message) from error
                    # The same lines again, each by itself.
                    file, number, size = BytesIO(rest), number - 1, 0
                    continue
                yield from _values_of_text(rest, number)
                return
            while len(line) > MAX_LINE_BYTES and not line.endswith(b"\n"):
                line = file.readline(MAX_LINE_BYTES + 1)
                size += len(line)
                _check_size(size)
            values = [error]
        is_first = False
        yield from ((number, value) for value in values)


def _check_size(size: int) -> None:
    if size > MAX_FILE_BYTES:
        raise RejectedFileError(0, f"is larger than {MAX_FILE_BYTES >> 20} MB")


def _values_of_line(line: bytes, *, is_first: bool) -> list[Any]:
    """Return the values of a complete line; raises ValueError if it is not one."""
    if len(line) > MAX_LINE_BYTES:
        raise ValueError(f"is longer than {MAX_LINE_BYTES >> 20} MB")
    try:
        value = orjson.loads(line)
    except ValueError:
        raise ValueError("is not JSON") from None
    # An empty array is a file without values, or a line that is not one.
    return value if isinstance(value, list) and (value or is_first) else [value]


class _InvalidTextError(Exception):
    """A text is not JSON from a line on."""

    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line


def _values_of_text(data: bytes, line: int) -> Iterator[tuple[int, Any]]:
    """Yield the values in a text that starts on a line; raises _InvalidTextError."""
    decode = json.JSONDecoder().raw_decode
    position = counted = 0
    is_in_array = False
    try:
        text = data.decode()
        while (position := _end_of_space(text, position)) < len(text):
            line += text.count("\n", counted, position)
            counted = position
            if text[position] == ("]" if is_in_array else "["):
                is_in_array = not is_in_array
                position += 1
            else:
                value, position = decode(text, position)
                yield line, value
    except (ValueError, RecursionError) as error:
        raise _InvalidTextError(line) from error
    if is_in_array:
        raise _InvalidTextError(line)


def _end_of_space(text: str, position: int) -> int:
    """Return the end of the spaces and commas at a position."""
    space = _SPACE.match(text, position)
    return space.end() if space else position
