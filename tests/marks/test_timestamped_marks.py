"""Merging is commutative, associative and idempotent, and the last write wins."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tui.marks.added_fields import ADDED_FIELDS, added_document, with_added_fields
from tui.marks.timestamped_marks import (
    MAX_TIME,
    NO_TIMESTAMPED_MARKS,
    TimestampedMarks,
    add_times,
    marks_from_document,
    marks_to_document,
    merge,
    times_to_document,
    update,
    without_times,
)
from tui.models import Marks

TAGS = {"rl": ("RL", "rl", "Rl"), "강화학습": ("강화학습",), "strasse": ("Straße", "STRASSE")}

# Few distinct times, so that some are equal.
times = st.integers(0, 5)
tags = st.fixed_dictionaries(
    {},
    optional={
        key: st.tuples(times, st.sampled_from(spellings))
        | st.tuples(st.integers(1, 5), st.just(""))
        for key, spellings in TAGS.items()
    },
)
timestamped_marks = st.builds(
    TimestampedMarks,
    read=st.tuples(times, st.booleans()),
    starred=st.tuples(times, st.booleans()),
    note=st.tuples(times, st.sampled_from(("", "mine", "yours", "둘째"))),
    tags=tags,
    hidden=st.tuples(times, st.booleans()),
    later=st.tuples(times, st.integers(0, 3)),
    version=st.tuples(times, st.integers(0, 3)),
)
some_tags = st.permutations(["RL", "강화학습", "Straße"]).flatmap(
    lambda tags: st.integers(0, 3).map(lambda count: tuple(tags[:count]))
)
marks = st.builds(
    Marks, st.booleans(), st.booleans(), some_tags, st.sampled_from(("", "a", "b")),
    st.booleans(), st.integers(0, 3), st.integers(0, 3),
)  # fmt: skip


@given(timestamped_marks, timestamped_marks)
def test_merge_is_commutative(first: TimestampedMarks, second: TimestampedMarks) -> None:
    assert merge(first, second) == merge(second, first)
    assert without_times(merge(first, second)) == without_times(merge(second, first))


@given(timestamped_marks, timestamped_marks, timestamped_marks)
def test_merge_is_associative(
    first: TimestampedMarks, second: TimestampedMarks, third: TimestampedMarks
) -> None:
    assert merge(merge(first, second), third) == merge(first, merge(second, third))


@given(timestamped_marks, timestamped_marks)
def test_merge_is_idempotent(first: TimestampedMarks, second: TimestampedMarks) -> None:
    merged = merge(first, second)
    assert merge(first, first) == merge(first, NO_TIMESTAMPED_MARKS) == first
    assert merge(merged, first) == merge(merged, second) == merged


@given(timestamped_marks, marks, st.integers(0, 9))
def test_update_wins_over_the_values_it_replaces_even_if_the_clock_is_wrong(
    before: TimestampedMarks, new_marks: Marks, now: int
) -> None:
    after = update(before, new_marks, now)
    assert without_times(after, order=new_marks.tags) == new_marks
    assert merge(before, after) == merge(after, before) == after


@given(timestamped_marks)
def test_unchanged_fields_keep_their_times(before: TimestampedMarks) -> None:
    assert update(before, without_times(before), 99) == before


def test_last_change_of_each_field_wins() -> None:
    laptop = update(NO_TIMESTAMPED_MARKS, Marks(read=True, note="On the train"), 1000)
    desk = update(NO_TIMESTAMPED_MARKS, Marks(starred=True, note="At the desk"), 2000)
    assert without_times(merge(laptop, desk)) == Marks(read=True, starred=True, note="At the desk")
    unread = update(laptop, Marks(note="On the train"), 3000)
    assert not without_times(merge(merge(laptop, desk), unread)).read


def test_tags_of_both_are_kept_and_removed_tags_stay_removed() -> None:
    start = update(NO_TIMESTAMPED_MARKS, Marks(tags=("old", "todo")), 1000)
    first = update(start, Marks(tags=("old", "todo", "RL")), 2000)
    second = update(start, Marks(tags=("old", "vision")), 2000)
    assert without_times(merge(first, second)).tags == ("old", "RL", "vision")
    fewer = update(merge(first, second), Marks(tags=("old", "todo")), 3000)
    assert without_times(merge(fewer, second)).tags == ("old", "todo")


def test_marks_without_times_are_the_oldest() -> None:
    old = add_times(Marks(read=True, tags=("rl",), note="old"), {})
    new = update(NO_TIMESTAMPED_MARKS, Marks(note="new"), 1)
    assert without_times(merge(old, new)) == Marks(read=True, tags=("rl",), note="new")


def test_tags_keep_their_order() -> None:
    mine = update(NO_TIMESTAMPED_MARKS, Marks(tags=("z", "a")), 1000)
    theirs = update(NO_TIMESTAMPED_MARKS, Marks(tags=("m",)), 500)
    assert without_times(merge(mine, theirs), order=("z", "a")).tags == ("z", "a", "m")


@given(timestamped_marks)
def test_times_survive_serialization(before: TimestampedMarks) -> None:
    marks_only = without_times(before)
    stored = marks_from_document(marks_to_document(marks_only))
    fields = {name: getattr(before, name) for name in ADDED_FIELDS}
    with_added = with_added_fields({"1": stored}, {"1": added_document(fields)}).get("1", stored)
    restored = add_times(with_added, times_to_document(before))
    assert restored == before._replace(tags=restored.tags)
    assert dict(restored.tags) == dict(before.tags)


def test_invalid_times_are_unknown() -> None:
    invalid_times = {
        "read": -1,
        "starred": True,
        "note": "1",
        "tags": {"rl": MAX_TIME + 1, "x": None},
    }
    marks_only = Marks(read=True, starred=True, tags=("rl",), note="n")
    assert add_times(marks_only, invalid_times) == add_times(marks_only, {})
    assert add_times(marks_only, {"tags": ["rl"]}) == add_times(marks_only, {})


def test_times_after_which_no_change_could_follow_are_unknown() -> None:
    marks_only = Marks(read=True, tags=("rl",))
    at_maximum = add_times(marks_only, {"read": MAX_TIME, "tags": {"rl": MAX_TIME, "x": MAX_TIME}})
    assert at_maximum == add_times(marks_only, {})
    assert update(at_maximum, Marks(), 5).read == (5, False)
