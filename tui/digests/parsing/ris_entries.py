"""The grammar of RIS: lines with a tag of two letters, from ``TY`` to ``ER``."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import NamedTuple

_LINE = re.compile(r"(?P<tag>[A-Z][A-Z0-9])  ?- ?(?P<value>.*)")


class RisEntry(NamedTuple):
    """A record.

    Attributes:
        line: the line where it starts, from 1.
        fields: the values of each tag, in order.
    """

    line: int
    fields: Mapping[str, list[str]]


class UnendedRecordError(Exception):
    """A record has no end.

    Args:
        line: the line where it starts, from 1.
        is_last: whether the file ends within it; else another record starts.
    """

    def __init__(self, line: int, *, is_last: bool) -> None:
        super().__init__(line, is_last)
        self.line = line
        self.is_last = is_last


def read_records(text: str) -> Iterator[RisEntry]:
    """Yield the records of a file.

    Raises:
        UnendedRecordError: a record has no end, or another one starts before it.
    """
    start = 0
    tag = ""
    fields: dict[str, list[str]] = defaultdict(list)
    for number, line in enumerate(text.split("\n"), start=1):
        match = _LINE.fullmatch(line.rstrip())
        if match is None:
            if start and line.strip() and fields[tag]:
                # The rest of a long value.
                fields[tag][-1] += f" {line.strip()}"
            continue
        tag = match["tag"]
        if tag == "TY":
            if start:
                raise UnendedRecordError(start, is_last=False)
            start, fields = number, defaultdict(list)
        elif tag == "ER" and start:
            yield RisEntry(start, fields)
            start = 0
        elif start:
            fields[tag].append(match["value"].strip())
    if start:
        raise UnendedRecordError(start, is_last=True)
