"""Marks of two machines become one: in whatever order they meet, and however often."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tui.marks.serialization import dated_from, document_of, marks_from, times_of
from tui.marks.sync.last_write_wins import (
    LATEST,
    NOTHING_KNOWN,
    TimestampedMarks,
    changed,
    marks_of,
    merged,
)
from tui.models import Marks

TAGS = {"rl": ("RL", "rl", "Rl"), "강화학습": ("강화학습",), "strasse": ("Straße", "STRASSE")}

# Few times, so that changes at the same time are met.
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
def test_it_does_not_matter_who_begins(one: TimestampedMarks, other: TimestampedMarks) -> None:
    assert merged(one, other) == merged(other, one)
    assert marks_of(merged(one, other)) == marks_of(merged(other, one))


@given(dated, dated, dated)
def test_it_does_not_matter_which_two_meet_first(
    one: TimestampedMarks, two: TimestampedMarks, three: TimestampedMarks
) -> None:
    assert merged(merged(one, two), three) == merged(one, merged(two, three))


@given(dated, dated)
def test_to_meet_again_changes_nothing(one: TimestampedMarks, other: TimestampedMarks) -> None:
    both = merged(one, other)
    assert merged(one, one) == merged(one, NOTHING_KNOWN) == one
    assert merged(both, one) == merged(both, other) == both


@given(dated, marks, st.integers(0, 9))
def test_a_change_wins_over_what_it_replaces_whatever_the_clock_says(
    before: TimestampedMarks, wanted: Marks, now: int
) -> None:
    after = changed(before, wanted, now)
    assert marks_of(after, order=wanted.tags) == wanted
    assert merged(before, after) == merged(after, before) == after


@given(dated)
def test_what_is_not_changed_keeps_its_time(before: TimestampedMarks) -> None:
    assert changed(before, marks_of(before), 99) == before


def test_the_last_change_of_each_field_wins() -> None:
    laptop = changed(NOTHING_KNOWN, Marks(read=True, note="On the train"), 1000)
    desk = changed(NOTHING_KNOWN, Marks(starred=True, note="At the desk"), 2000)
    assert marks_of(merged(laptop, desk)) == Marks(read=True, starred=True, note="At the desk")
    unread = changed(laptop, Marks(note="On the train"), 3000)
    assert not marks_of(merged(merged(laptop, desk), unread)).read


def test_tags_of_both_stay_and_one_taken_away_stays_away() -> None:
    start = changed(NOTHING_KNOWN, Marks(tags=("old", "todo")), 1000)
    one = changed(start, Marks(tags=("old", "todo", "RL")), 2000)
    other = changed(start, Marks(tags=("old", "vision")), 2000)
    assert marks_of(merged(one, other)).tags == ("old", "RL", "vision")
    again = changed(merged(one, other), Marks(tags=("old", "todo")), 3000)
    assert marks_of(merged(again, other)).tags == ("old", "todo")


def test_marks_from_before_there_were_times_are_older_than_all() -> None:
    old = dated_from(Marks(read=True, tags=("rl",), note="old"), {})
    new = changed(NOTHING_KNOWN, Marks(note="new"), 1)
    assert marks_of(merged(old, new)) == Marks(read=True, tags=("rl",), note="new")


def test_tags_keep_the_order_in_which_the_reader_put_them() -> None:
    mine = changed(NOTHING_KNOWN, Marks(tags=("z", "a")), 1000)
    theirs = changed(NOTHING_KNOWN, Marks(tags=("m",)), 500)
    assert marks_of(merged(mine, theirs), order=("z", "a")).tags == ("z", "a", "m")


@given(dated)
def test_what_is_kept_is_what_was_known(before: TimestampedMarks) -> None:
    there = marks_of(before)
    kept = dated_from(marks_from(document_of(there)), times_of(before))
    assert kept == before._replace(tags=kept.tags)
    assert dict(kept.tags) == dict(before.tags)


def test_a_time_that_cannot_be_is_taken_for_unknown() -> None:
    spoiled = {"read": -1, "starred": True, "note": "1", "tags": {"rl": LATEST + 1, "x": None}}
    there = Marks(read=True, starred=True, tags=("rl",), note="n")
    assert dated_from(there, spoiled) == dated_from(there, {})
    assert dated_from(there, {"tags": ["rl"]}) == dated_from(there, {})


def test_there_is_a_last_time() -> None:
    last = dated_from(Marks(read=True), {"read": LATEST})
    assert changed(last, Marks(), 5).read == (LATEST, False)
