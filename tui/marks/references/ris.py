"""Read references in RIS."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tui.digests.parsing.ris_entries import UnendedRecordError, read_records
from tui.marks.references import PaperReference, first_id
from tui.marks.sync.json_values import RejectedFileError

_ID_TAGS = ("AN", "DO", "UR", "L1", "L2", "LK", "M1", "M3", "C7", "JO", "JF", "T2", "PB", "N1")


def read(text: str) -> Iterator[PaperReference]:
    """Yield the records of a file.

    Raises:
        RejectedFileError: a record has no end, or another one starts before it.
    """
    try:
        for line, fields in read_records(text):
            yield _reference(line, fields)
    except UnendedRecordError as error:
        message = "this record has no end (ER); the file is damaged"
        if error.is_last:
            message += " or incomplete"
        raise RejectedFileError(error.line, message) from None


def _reference(line: int, fields: Mapping[str, list[str]]) -> PaperReference:
    values = (value for tag in _ID_TAGS for value in fields.get(tag, ()))
    note = "\n".join(fields.get("N1", ()))
    return PaperReference(line, first_id(values), tuple(fields.get("KW", ())), note)
