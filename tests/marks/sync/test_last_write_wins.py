"""Merging is commutative, associative and idempotent, and the last write wins."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tui.marks.mark_serialization import (
    add_times,
    marks_from_document,
    marks_to_document,
    times_to_document,
)
from tui.marks.sync.last_write_wins import (
    MAX_TIME,
    NO_TIMESTAMPED_MARKS,
    TimestampedMarks,
    merge,
    update,
    without_times,
)
from tui.models import Marks

TAGS = {"rl": ("RL", "rl", "Rl"), "강화학습": ("강화학습",), "strasse": ("Straße", "STRASSE")}

# Few different times, so that some are equal.
times = st.integers(0, 5)
tags = st.fixed_dictionaries(
    {},
    optional={
        key: st.tuples(times, st.sampled_from(spellings))
        | st.tuples(st.integers(1, 5), st.just(""))
        for key, spellings in TAGS.items()
    },
)
dated = st.builds(
    TimestampedMarks,
    read=st.tuples(times, st.booleans()),
    starred=st.tuples(times, st.booleans()),
    note=st.tuples(times, st.sampled_from(("", "mine", "yours", "둘째"))),
    tags=tags,
)
some_tags = st.permutations(["RL", "강화학습", "Straße"]).flatmap(
    lambda each: st.integers(0, 3).map(lambda many: tuple(each[:many]))
)
marks = st.builds(Marks, st.booleans(), st.booleans(), some_tags, st.sampled_from(("", "a", "b")))


@given(dated, dated)
def test_merge_is_commutative(one: TimestampedMarks, other: TimestampedMarks) -> None:
    assert merge(one, other) == merge(other, one)
    assert without_times(merge(one, other)) == without_times(merge(other, one))


@given(dated, dated, dated)
def test_merge_is_associative(
    one: TimestampedMarks, two: TimestampedMarks, three: TimestampedMarks
) -> None:
    assert merge(merge(one, two), three) == merge(one, merge(two, three))


@given(dated, dated)
def test_merge_is_idempotent(one: TimestampedMarks, other: TimestampedMarks) -> None:
    both = merge(one, other)
    assert merge(one, one) == merge(one, NO_TIMESTAMPED_MARKS) == one
    assert merge(both, one) == merge(both, other) == both


@given(dated, marks, st.integers(0, 9))
def test_update_wins_over_the_values_it_replaces_even_if_the_clock_is_wrong(
    before: TimestampedMarks, wanted: Marks, now: int
) -> None:
    after = update(before, wanted, now)
    assert without_times(after, order=wanted.tags) == wanted
    assert merge(before, after) == merge(after, before) == after


@given(dated)
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
    one = update(start, Marks(tags=("old", "todo", "RL")), 2000)
    other = update(start, Marks(tags=("old", "vision")), 2000)
    assert without_times(merge(one, other)).tags == ("old", "RL", "vision")
    again = update(merge(one, other), Marks(tags=("old", "todo")), 3000)
    assert without_times(merge(again, other)).tags == ("old", "todo")


def test_marks_without_times_are_the_oldest() -> None:
    old = add_times(Marks(read=True, tags=("rl",), note="old"), {})
    new = update(NO_TIMESTAMPED_MARKS, Marks(note="new"), 1)
    assert without_times(merge(old, new)) == Marks(read=True, tags=("rl",), note="new")


def test_tags_keep_their_order() -> None:
    mine = update(NO_TIMESTAMPED_MARKS, Marks(tags=("z", "a")), 1000)
    theirs = update(NO_TIMESTAMPED_MARKS, Marks(tags=("m",)), 500)
    assert without_times(merge(mine, theirs), order=("z", "a")).tags == ("z", "a", "m")


@given(dated)
def test_serialization_round_trip(before: TimestampedMarks) -> None:
    there = without_times(before)
    kept = add_times(marks_from_document(marks_to_document(there)), times_to_document(before))
    assert kept == before._replace(tags=kept.tags)
    assert dict(kept.tags) == dict(before.tags)


def test_invalid_times_are_unknown() -> None:
    spoiled = {"read": -1, "starred": True, "note": "1", "tags": {"rl": MAX_TIME + 1, "x": None}}
    there = Marks(read=True, starred=True, tags=("rl",), note="n")
    assert add_times(there, spoiled) == add_times(there, {})
    assert add_times(there, {"tags": ["rl"]}) == add_times(there, {})


def test_times_have_a_maximum() -> None:
    last = add_times(Marks(read=True), {"read": MAX_TIME})
    assert update(last, Marks(), 5).read == (MAX_TIME, False)
