"""Convert marks to and from the documents of a shard.

A shard has two tables: the marks, and the times at which each field got its value. Showing marks
needs the first one only.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tui.marks.edits import NO_MARKS
from tui.marks.sync.last_write_wins import MAX_TIME, UNKNOWN_TIME, Time, TimestampedMarks
from tui.marks.tags import by_normalized_tag, parse_tags
from tui.models import Marks
from tui.storage.tables import DamagedFileError

if TYPE_CHECKING:
    from tui.storage.database import Database

SCHEMA = 2
"""2: with the times of changes. Files without them are read as they are, with unknown times."""

OLDEST_SCHEMA = 1

MARKS_TABLE = "marks"
TIMES_TABLE = "times"

_READ = Marks(read=True)


def marks_from_documents(
    documents: Mapping[str, Mapping[str, Any]], file: Path
) -> dict[str, Marks]:
    """Return the marks in the documents of a marks table, by arXiv id.

    Raises:
        DamagedFileError: a document is malformed.
    """
    just_read = {"read": True}
    try:
        # Most marked papers are only marked as read; they share one object.
        return {
            arxiv_id: _READ if document == just_read else marks_from_document(document)
            for arxiv_id, document in documents.items()
        }
    except (TypeError, ValueError) as error:
        raise DamagedFileError.because(file, error) from error


def marks_from_document(document: Mapping[str, Any]) -> Marks:
    """Return the marks in a document, sanitized because it may have been written by hand.

    Raises:
        TypeError: the document has an unknown field.
        ValueError: a field has the wrong type.
    """
    marks = Marks(**document)
    if not (
        isinstance(marks.read, bool)
        and isinstance(marks.starred, bool)
        and isinstance(marks.note, str)
        and isinstance(marks.tags, (list, tuple))
        and all(isinstance(tag, str) for tag in marks.tags)
    ):
        raise ValueError("a mark has the wrong type")
    if not (marks.tags or marks.note):
        return marks
    from tui.sanitize import clean

    return marks._replace(tags=parse_tags(" ".join(marks.tags)), note=clean(marks.note))


def marks_to_document(marks: Marks) -> dict[str, Any]:
    """Return the fields of marks that are set."""
    return {name: value for name, value in marks._asdict().items() if value}


def add_times(marks: Marks, times: Mapping[str, Any]) -> TimestampedMarks:
    """Return marks with the times of their changes.

    Args:
        marks: a paper's marks.
        times: the document with its times. Malformed times are read as unknown: losing one is
            better than losing the mark.
    """
    tags = {key: (UNKNOWN_TIME, tag) for key, tag in by_normalized_tag(marks.tags).items()}
    tag_times = times.get("tags")
    for key, at in tag_times.items() if isinstance(tag_times, dict) else ():
        # A tag that has only a time was removed then.
        if key in tags or _time_or_unknown(at) != UNKNOWN_TIME:
            tags[key] = _time_or_unknown(at), tags.get(key, (UNKNOWN_TIME, ""))[1]
    return TimestampedMarks(
        read=(_time_or_unknown(times.get("read")), marks.read),
        starred=(_time_or_unknown(times.get("starred")), marks.starred),
        note=(_time_or_unknown(times.get("note")), marks.note),
        tags=tags,
    )


def times_to_document(marks: TimestampedMarks) -> dict[str, Any]:
    """Return the document with the known times, including those of removed tags."""
    fields = {"read": marks.read[0], "starred": marks.starred[0], "note": marks.note[0]}
    times: dict[str, Any] = {name: at for name, at in fields.items() if at != UNKNOWN_TIME}
    tags = {key: at for key, (at, _) in sorted(marks.tags.items()) if at != UNKNOWN_TIME}
    return {**times, "tags": tags} if tags else times


def is_valid_time(value: object) -> bool:
    """Return whether a value is a time within the supported range."""
    return type(value) is int and UNKNOWN_TIME <= value <= MAX_TIME


def _time_or_unknown(value: Any) -> Time:
    return int(value) if is_valid_time(value) else UNKNOWN_TIME


def write_marks(database: Database, papers: Mapping[str, tuple[Marks, TimestampedMarks]]) -> None:
    """Write papers' marks and times to a shard; papers without marks keep their times only."""
    documents = {
        paper: marks_to_document(marks) for paper, (marks, _) in papers.items() if marks != NO_MARKS
    }
    table = database.keyed(MARKS_TABLE)
    table.put(documents.items())
    table.drop(papers.keys() - documents.keys())
    times = database.keyed(TIMES_TABLE)
    times.put((paper, times_to_document(timed)) for paper, (_, timed) in papers.items())
