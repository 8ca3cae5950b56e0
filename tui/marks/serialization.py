"""Marks as documents of a shard: what they are in one table, when they became so in another.

Whoever shows marks does without the times: the first table is read as quickly as if they were not.
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
"""2: with times of change. What has none reads as it is: its changes are older than all others."""

OLDEST_SCHEMA = 1

MARKS_TABLE = "marks"
TIMES_TABLE = "times"

_READ = Marks(read=True)


def marks_from_documents(
    documents: Mapping[str, Mapping[str, Any]], file: Path
) -> dict[str, Marks]:
    """Return the marks that documents tell, by arXiv id.

    Raises:
        DamagedFileError: a document is not one of ours.
    """
    read_only = {"read": True}
    try:
        # Most papers are read and no more: they share one record.
        return {
            arxiv_id: _READ if document == read_only else marks_from_document(document)
            for arxiv_id, document in documents.items()
        }
    except (TypeError, ValueError) as error:
        raise DamagedFileError(file, f"is damaged ({error})") from error


def marks_from_document(document: Mapping[str, Any]) -> Marks:
    """Return the marks that a document tells, cleaned: somebody may have written it by hand.

    Raises:
        TypeError: there is something in it that no marks have.
        ValueError: something in it is of the wrong kind.
    """
    marks = Marks(**document)
    if not (
        isinstance(marks.read, bool)
        and isinstance(marks.starred, bool)
        and isinstance(marks.note, str)
        and isinstance(marks.tags, (list, tuple))
        and all(isinstance(tag, str) for tag in marks.tags)
    ):
        raise ValueError("a mark is of the wrong kind")
    if not (marks.tags or marks.note):
        return marks
    from tui.sanitize import clean

    return marks._replace(tags=parse_tags(" ".join(marks.tags)), note=clean(marks.note))


def marks_to_document(marks: Marks) -> dict[str, Any]:
    """Return the marks that there are, by name."""
    return {name: value for name, value in marks._asdict().items() if value}


def add_times(marks: Marks, times: Mapping[str, Any]) -> TimestampedMarks:
    """Return marks with their times.

    Args:
        marks: what a paper has.
        times: the document of its times. What is no time in it counts as unknown: it is not worth
            losing a mark for.
    """
    tags = {
        key: (UNKNOWN_TIME, spelling) for key, spelling in by_normalized_tag(marks.tags).items()
    }
    told = times.get("tags")
    for key, at in told.items() if isinstance(told, dict) else ():
        if key in tags or _time(at) != UNKNOWN_TIME:
            tags[key] = _time(at), tags.get(key, (UNKNOWN_TIME, ""))[1]
    return TimestampedMarks(
        read=(_time(times.get("read")), marks.read),
        starred=(_time(times.get("starred")), marks.starred),
        note=(_time(times.get("note")), marks.note),
        tags=tags,
    )


def times_to_document(dated: TimestampedMarks) -> dict[str, Any]:
    """Return the document of the times that are known; those of tags that are gone, too."""
    fields = {"read": dated.read[0], "starred": dated.starred[0], "note": dated.note[0]}
    times: dict[str, Any] = {name: at for name, at in fields.items() if at != UNKNOWN_TIME}
    tags = {key: at for key, (at, _) in sorted(dated.tags.items()) if at != UNKNOWN_TIME}
    return {**times, "tags": tags} if tags else times


def is_valid_time(value: object) -> bool:
    """Tell whether something is a time that can be."""
    return type(value) is int and UNKNOWN_TIME <= value <= MAX_TIME


def _time(value: Any) -> Time:
    return int(value) if is_valid_time(value) else UNKNOWN_TIME


def write_marks(database: Database, papers: Mapping[str, tuple[Marks, TimestampedMarks]]) -> None:
    """Write what papers' marks are and when they became so; one without marks keeps the times."""
    there = {
        each: marks_to_document(marks) for each, (marks, _) in papers.items() if marks != NO_MARKS
    }
    marks_table = database.keyed(MARKS_TABLE)
    marks_table.put(there.items())
    marks_table.drop(papers.keys() - there.keys())
    database.keyed(TIMES_TABLE).put(
        (each, times_to_document(dated)) for each, (_, dated) in papers.items()
    )
