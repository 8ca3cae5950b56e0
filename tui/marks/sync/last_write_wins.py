"""Marks with the time of each field's last change, merged by last write wins. Pure.

Merging is commutative, associative and idempotent: machines that have seen the same changes have
the same marks, whatever the order in which they saw them and however often.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple, TypeAlias, TypeVar

from tui.marks.tags import by_normalized_tag
from tui.models import Marks

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
    """

    read: tuple[Time, bool] = (UNKNOWN_TIME, False)
    starred: tuple[Time, bool] = (UNKNOWN_TIME, False)
    note: tuple[Time, str] = (UNKNOWN_TIME, "")
    tags: Mapping[str, tuple[Time, str]] = MappingProxyType({})


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
    )


def update(before: TimestampedMarks, marks: Marks, now: Time) -> TimestampedMarks:
    """Return the marks after a change.

    Args:
        before: the marks before it.
        marks: the new marks.
        now: the time of the change. If a clock is wrong, the changed fields still get a later time
            than the values that they replace.
    """

    def updated(field: tuple[Time, _Value], value: _Value) -> tuple[Time, _Value]:
        last, old = field
        return field if value == old else (min(max(now, last + 1), MAX_TIME), value)

    tags = by_normalized_tag(marks.tags)
    return TimestampedMarks(
        read=updated(before.read, marks.read),
        starred=updated(before.starred, marks.starred),
        note=updated(before.note, marks.note),
        tags={
            key: updated(before.tags.get(key, _NO_TAG), tags.get(key, ""))
            for key in {**before.tags, **tags}
        },
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
    return Marks(marks.read[1], marks.starred[1], tags, marks.note[1])
