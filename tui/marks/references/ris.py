"""Read RIS: lines with a tag of two letters, from ``TY`` to ``ER``."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from tui.marks.references import PaperReference, first_id
from tui.marks.sync.json_values import RejectedFileError

_LINE = re.compile(r"(?P<tag>[A-Z][A-Z0-9])  ?- ?(?P<value>.*)")
_ID_TAGS = ("AN", "DO", "UR", "L1", "L2", "LK", "M1", "M3", "C7", "JO", "JF", "T2", "PB", "N1")


def read(text: str) -> Iterator[PaperReference]:
    """Yield the records of a file.

    Raises:
        RejectedFileError: a record has no end, or another one starts before it.
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
                raise RejectedFileError(start, "this record has no end (ER); the file is damaged")
            start, fields = number, defaultdict(list)
        elif tag == "ER" and start:
            yield _reference(start, fields)
            start = 0
        elif start:
            fields[tag].append(match["value"].strip())
    if start:
        message = "this record has no end (ER); the file is damaged or incomplete"
        raise RejectedFileError(start, message)


def _reference(line: int, fields: dict[str, list[str]]) -> PaperReference:
    values = (value for tag in _ID_TAGS for value in fields.get(tag, ()))
    note = "\n".join(fields.get("N1", ()))
    return PaperReference(line, first_id(values), tuple(fields.get("KW", ())), note)
