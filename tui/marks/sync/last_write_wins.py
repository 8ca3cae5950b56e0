"""Marks with the time of each field's last change, and how those of two machines become one. Pure.

Merging is commutative, associative and idempotent: whoever has met the same changes has the same
marks, in whatever order and however often they came.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple, TypeAlias

from tui.marks.tags import by_normalized_tag
from tui.models import Marks

UNKNOWN_TIME = 0
"""The time of what was changed before times were kept: older than all others."""

MAX_TIME = 2**53 - 1
"""The last time that there is; programs in other languages cannot count farther without loss."""

Time: TypeAlias = int
"""Milliseconds since 1970, in UTC."""


class TimestampedMarks(NamedTuple):
    """What is known of a paper's marks, each with the time at which it became so.

    Each is a pair that compares: the later wins, and of two at the same time the greater value, so
    that it does not matter who was asked first.

    Attributes:
        read: when, and whether the reader has read it.
        starred: when, and whether it has a star.
        note: when, and the text.
        tags: by the folded tag, when, and its spelling; empty for one that was taken away.
    """

    read: tuple[Time, bool] = (UNKNOWN_TIME, False)
    starred: tuple[Time, bool] = (UNKNOWN_TIME, False)
    note: tuple[Time, str] = (UNKNOWN_TIME, "")
    tags: Mapping[str, tuple[Time, str]] = MappingProxyType({})


NO_TIMESTAMPED_MARKS = TimestampedMarks()


def merge(one: TimestampedMarks, other: TimestampedMarks) -> TimestampedMarks:
    """Return what is known by two, the last change of each field."""
    keys = {**one.tags, **other.tags}
    never = (UNKNOWN_TIME, "")
    return TimestampedMarks(
        read=max(one.read, other.read),
        starred=max(one.starred, other.starred),
        note=max(one.note, other.note),
        tags={key: max(one.tags.get(key, never), other.tags.get(key, never)) for key in keys},
    )


def update(before: TimestampedMarks, marks: Marks, now: Time) -> TimestampedMarks:
    """Return what is known once a paper has other marks.

    Args:
        before: what was known.
        marks: what it has now.
        now: the time. Whatever the clock says, a change is later than what it replaces.

    Returns:
        The same, with a later time for each field that is another one.
    """

    def at(last: Time) -> Time:
        return min(max(now, last + 1), MAX_TIME)

    wanted = by_normalized_tag(marks.tags)
    tags = dict(before.tags)
    for key in {**before.tags, **wanted}:
        last, spelling = before.tags.get(key, (UNKNOWN_TIME, ""))
        if wanted.get(key, "") != spelling:
            tags[key] = at(last), wanted.get(key, "")
    read, starred, note = before.read, before.starred, before.note
    return TimestampedMarks(
        read=read if marks.read == read[1] else (at(read[0]), marks.read),
        starred=starred if marks.starred == starred[1] else (at(starred[0]), marks.starred),
        note=note if marks.note == note[1] else (at(note[0]), marks.note),
        tags=tags,
    )


def without_times(dated: TimestampedMarks, order: Iterable[str] = ()) -> Marks:
    """Return a paper's marks without their times.

    Args:
        dated: what is known.
        order: tags in the order in which they stood. Others come after them, the oldest first.
    """
    there = {key: tag for key, tag in dated.tags.items() if tag[1]}
    keys = [key for key in by_normalized_tag(order) if key in there]
    keys += sorted(there.keys() - set(keys), key=lambda key: (there[key][0], key))
    tags = tuple(there[key][1] for key in keys)
    return Marks(dated.read[1], dated.starred[1], tags, dated.note[1])
