"""Marks with the time of each field's last change: how they are merged, and how they are stored.

The last write wins. Merging is commutative, associative and idempotent: machines that have seen
the same changes have the same marks, whatever the order in which they saw them and however often.

Times are those of hybrid logical clocks: a change gets the time of the clock, or the next one after
that of the value it replaces. So a change that follows another wins, even if clocks differ. Nothing
could follow the greatest possible time, so times that no clock can have count as unknown.

A shard has a table of the marks, and one of the times at which each field got its value, which
showing marks does not need. ``tui.marks.added_fields`` describes a third one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sized
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias, TypeVar

from tui.i18n import _
from tui.marks.added_fields import (
    ADDED_FIELDS,
    ADDED_TABLE,
    added_document,
    is_valid_place,
    is_valid_version,
    with_added_fields,
    with_added_times,
)
from tui.marks.edits import MAX_CLOCK_ERROR, RELEASE_TIME, now
from tui.marks.tags import by_normalized_tag, parse_tags
from tui.models import NO_MARKS, Marks
from tui.storage.tables import DamagedFileError, Tables, read_tables

if TYPE_CHECKING:
    from tui.storage.database import Database

SCHEMA = 2
"""2: with the times of changes. Files without them are read as they are, with unknown times."""

OLDEST_SCHEMA = 1

MARKS_TABLE = "marks"
TIMES_TABLE = "times"

_READ = Marks(read=True)

UNKNOWN_TIME = 0
"""The time of changes made before times were stored: earlier than any other."""

MAX_TIME = 2**53 - 1
"""The largest integer that programs in other languages read from JSON without loss."""

Time: TypeAlias = int
"""Milliseconds since 1970 (UTC)."""

_Value = TypeVar("_Value")


class TimestampedMarks(NamedTuple):
    """A paper's marks with the times at which the fields got their values.

    A field is a tuple (time, value). Tuples are compared to merge them: the later one wins, and of
    two with the same time the one with the greater value, so that all machines agree.

    Attributes:
        read: time, and whether the paper is read.
        starred: time, and whether the paper is starred.
        note: time, and text.
        tags: by normalized tag: time and spelling, which is empty for a removed tag.
        hidden: time, and whether the paper is hidden.
        later: time, and the place in the reading list.
        version: time, and the newest version of the paper that the reader knows about.
    """

    read: tuple[Time, bool] = (UNKNOWN_TIME, False)
    starred: tuple[Time, bool] = (UNKNOWN_TIME, False)
    note: tuple[Time, str] = (UNKNOWN_TIME, "")
    tags: Mapping[str, tuple[Time, str]] = MappingProxyType({})
    hidden: tuple[Time, bool] = (UNKNOWN_TIME, False)
    later: tuple[Time, int] = (UNKNOWN_TIME, 0)
    version: tuple[Time, int] = (UNKNOWN_TIME, 0)


NO_TIMESTAMPED_MARKS = TimestampedMarks()

_NO_TAG = (UNKNOWN_TIME, "")


def merge(one: TimestampedMarks, other: TimestampedMarks) -> TimestampedMarks:
    """Return the later value of each field."""
    return TimestampedMarks(
        read=max(one.read, other.read),
        starred=max(one.starred, other.starred),
        note=max(one.note, other.note),
        tags={
            key: max(one.tags.get(key, _NO_TAG), other.tags.get(key, _NO_TAG))
            for key in {**one.tags, **other.tags}
        },
        hidden=max(one.hidden, other.hidden),
        later=max(one.later, other.later),
        version=max(one.version, other.version),
    )


def update(before: TimestampedMarks, marks: Marks, at: Time) -> TimestampedMarks:
    """Return the marks after a change.

    Args:
        before: the marks before it.
        marks: the new marks.
        at: the time of the change. If a clock is wrong, the changed fields still get a later time
            than the values that they replace.
    """

    def updated(field: tuple[Time, _Value], value: _Value) -> tuple[Time, _Value]:
        last, old = field
        return field if value == old else (max(at, last + 1), value)

    tags = by_normalized_tag(marks.tags)
    return TimestampedMarks(
        read=updated(before.read, marks.read),
        starred=updated(before.starred, marks.starred),
        note=updated(before.note, marks.note),
        tags={
            key: updated(before.tags.get(key, _NO_TAG), tags.get(key, ""))
            for key in {**before.tags, **tags}
        },
        hidden=updated(before.hidden, marks.hidden),
        later=updated(before.later, marks.later),
        version=updated(before.version, marks.version),
    )


def without_times(marks: TimestampedMarks, order: Iterable[str] = ()) -> Marks:
    """Return plain marks.

    Args:
        marks: the marks with their times.
        order: tags whose order to keep. Other tags follow, the oldest first.
    """
    present = {key: tag for key, tag in marks.tags.items() if tag[1]}
    keys = [key for key in by_normalized_tag(order) if key in present]
    keys += sorted(present.keys() - set(keys), key=lambda key: (present[key][0], key))
    tags = tuple(present[key][1] for key in keys)
    return Marks(
        marks.read[1],
        marks.starred[1],
        tags,
        marks.note[1],
        marks.hidden[1],
        marks.later[1],
        marks.version[1],
    )


def read_marks(file: Path) -> dict[str, Marks]:
    """Return the marks in a shard's file, by paper id; none if the file is missing.

    Raises:
        StorageError: the file is damaged, or newer than this program.
        OSError: it cannot be read.
    """
    return _marks_in(_read_tables(file), file)


def _marks_in(tables: Tables, file: Path) -> dict[str, Marks]:
    marks = marks_from_documents(tables.get(MARKS_TABLE, {}), file)
    return with_added_fields(marks, tables.get(ADDED_TABLE, {}))


def read_marks_with_times(file: Path) -> dict[str, TimestampedMarks]:
    """Return the marks in a shard's file with their times; raises as ``read_marks``."""
    tables = _read_tables(file)
    marks = _marks_in(tables, file)
    times = with_added_times(tables.get(TIMES_TABLE, {}), tables.get(ADDED_TABLE, {}))
    return {
        paper_id: add_times(marks.get(paper_id, NO_MARKS), times.get(paper_id, {}))
        for paper_id in sorted({**marks, **times})
    }


def stored_marks(database: Database, file: Path) -> dict[str, Marks]:
    """Return the marks in the open tables of a shard's file; raises as ``read_marks``."""
    documents = database.keyed(MARKS_TABLE).documents()
    added = database.keyed(ADDED_TABLE).documents()
    return with_added_fields(marks_from_documents(documents, file), added)


def stored_times(database: Database) -> Mapping[str, Mapping[str, Any]]:
    """Return the documents with the times in a shard's open tables, for ``add_times``."""
    added = database.keyed(ADDED_TABLE).documents()
    return with_added_times(database.keyed(TIMES_TABLE).documents(), added)


def _read_tables(file: Path) -> Tables:
    tables = read_tables(file, SCHEMA, oldest_schema=OLDEST_SCHEMA)
    if not tables and file.exists():
        # Read again, because another process may have just created it.
        tables = read_tables(file, SCHEMA, oldest_schema=OLDEST_SCHEMA)
        check_tables(tables, file)
    elif tables:
        check_tables(tables, file)
    return tables


def check_tables(tables: Mapping[str, Sized], file: Path) -> None:
    """Check that a file has marks. Earlier versions wrote times only if no mark was left.

    Raises:
        DamagedFileError: it has none; something emptied it.
    """
    if MARKS_TABLE not in tables and not tables.get(TIMES_TABLE):
        raise DamagedFileError.because(file, _("it has no marks"))


def marks_from_documents(
    documents: Mapping[str, Mapping[str, Any]], file: Path
) -> dict[str, Marks]:
    """Return the marks in the documents of a marks table, by paper id.

    Raises:
        DamagedFileError: a document is malformed.
    """
    just_read = {"read": True}
    try:
        # Most marked papers are only marked as read; they share one object.
        return {
            paper_id: _READ if document == just_read else marks_from_document(document)
            for paper_id, document in documents.items()
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
        and isinstance(marks.hidden, bool)
        and is_valid_place(marks.later)
        and is_valid_version(marks.version)
        and isinstance(marks.tags, (list, tuple))
        and all(isinstance(tag, str) for tag in marks.tags)
    ):
        raise ValueError("a mark has the wrong type")
    if not (marks.tags or marks.note):
        return marks
    from tui.sanitize import clean

    return marks._replace(tags=parse_tags(" ".join(marks.tags)), note=clean(marks.note))


def marks_to_document(marks: Marks) -> dict[str, Any]:
    """Return the fields of marks that are set, without the added fields."""
    fields = marks._asdict().items()
    return {name: value for name, value in fields if value and name not in ADDED_FIELDS}


def add_times(marks: Marks, times: Mapping[str, Any]) -> TimestampedMarks:
    """Return marks with the times of their changes.

    Args:
        marks: a paper's marks.
        times: the document with its times. Malformed times, and those that no clock can have, are
            read as unknown: losing one is better than losing the mark.
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
        hidden=(_time_or_unknown(times.get("hidden")), marks.hidden),
        later=(_time_or_unknown(times.get("later")), marks.later),
        version=(_time_or_unknown(times.get("version")), marks.version),
    )


def times_to_document(marks: TimestampedMarks) -> dict[str, Any]:
    """Return the document with the known times, including those of removed tags."""
    fields = {name: getattr(marks, name)[0] for name in ("read", "starred", "note", *ADDED_FIELDS)}
    times: dict[str, Any] = {name: at for name, at in fields.items() if at != UNKNOWN_TIME}
    tags = {key: at for key, (at, _) in sorted(marks.tags.items()) if at != UNKNOWN_TIME}
    return {**times, "tags": tags} if tags else times


def is_valid_time(value: object) -> bool:
    """Return whether a value is a time within the supported range."""
    return type(value) is int and UNKNOWN_TIME <= value <= MAX_TIME


def is_credible_time(value: Any) -> bool:
    """Return whether a value is a time that a clock, however wrong, can have.

    The limit moves on with this machine's clock, so there is always a later time for the next
    change.
    """
    return is_valid_time(value) and value <= max(now(), RELEASE_TIME) + MAX_CLOCK_ERROR


def _time_or_unknown(value: Any) -> Time:
    return int(value) if is_credible_time(value) else UNKNOWN_TIME


def write_marks(database: Database, papers: Mapping[str, tuple[Marks, TimestampedMarks]]) -> None:
    """Write papers' marks and times to a shard; papers without marks keep their times only."""
    every = ((paper, marks_to_document(marks)) for paper, (marks, _) in papers.items())
    documents = {paper: document for paper, document in every if document}
    table = database.keyed(MARKS_TABLE)
    # A file without this table counts as damaged, even if all its marks were removed.
    table.create()
    table.put(documents.items())
    table.drop(papers.keys() - documents.keys())
    times, added = {}, {}
    for paper, (_marks, timed) in papers.items():
        document = times_to_document(timed)
        times[paper] = {name: at for name, at in document.items() if name not in ADDED_FIELDS}
        added[paper] = added_document({name: getattr(timed, name) for name in ADDED_FIELDS})
    database.keyed(TIMES_TABLE).put(times.items())
    database.keyed(ADDED_TABLE).put((paper, each) for paper, each in added.items() if each)
