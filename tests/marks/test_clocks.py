"""Machines whose clocks differ, and one that writes any time: merging converges, edits win.

``--hypothesis-profile=deep`` tries 5,000 sequences of each kind.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from types import SimpleNamespace
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.marks.added_fields import (
    ADDED_FIELDS,
    MAX_PLACE,
    MAX_VERSION,
    added_document,
    with_added_fields,
    with_added_times,
)
from tui.marks.edits import MAX_CLOCK_ERROR, now
from tui.marks.sync.jsonl_file import format_line, read_marks_file
from tui.marks.timestamped_marks import (
    MAX_TIME,
    TimestampedMarks,
    add_times,
    is_credible_time,
    marks_from_document,
    marks_to_document,
    merge,
    times_to_document,
    update,
    without_times,
)
from tui.models import Marks

PAPER = "2505.00001"
DAY = 86_400_000
NOW = 1_796_000_000_000
"""In November 2026."""

MAX_SKEW = 400 * DAY
MAX_STEPS = 30


@contextmanager
def clock() -> Iterator[SimpleNamespace]:
    """Yield a clock that is set by its attribute ``now``, in milliseconds."""
    fake = SimpleNamespace(now=NOW)
    fake.time_ns = lambda: fake.now * 1_000_000
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("tui.marks.edits.time", fake)
        yield fake


class Machine:
    """One paper's marks on a machine, stored and sent as the program does."""

    def __init__(self) -> None:
        self._documents: tuple[dict[str, Any], dict[str, Any], dict[str, Any]] = ({}, {}, {})

    def read(self) -> TimestampedMarks:
        document, times, added = self._documents
        marks = with_added_fields({PAPER: marks_from_document(document)}, {PAPER: added})
        return add_times(marks[PAPER], with_added_times({PAPER: times}, {PAPER: added})[PAPER])

    def marks(self) -> Marks:
        return without_times(self.read())

    def edit(self, marks: Marks) -> None:
        self._write(update(self.read(), marks, now()))

    def send(self) -> bytes:
        return format_line(PAPER, self.read())

    def receive(self, line: bytes) -> None:
        received = read_marks_file(BytesIO(line), "peer").papers[PAPER]
        self._write(merge(self.read(), received))

    def _write(self, marks: TimestampedMarks) -> None:
        added = added_document({name: getattr(marks, name) for name in ADDED_FIELDS})
        times = times_to_document(marks)
        self._documents = (marks_to_document(without_times(marks)), times, added)


some_marks = st.builds(
    Marks,
    st.booleans(),
    st.booleans(),
    st.lists(st.sampled_from(("RL", "rl2", "강화학습")), unique=True).map(tuple),
    st.sampled_from(("", "mine", "yours", "둘째")),
    st.booleans(),
    st.integers(0, MAX_PLACE),
    st.integers(0, MAX_VERSION),
)
# Not those that only some of the machines believe, because of their clocks.
any_time = (
    st.integers(0, NOW + MAX_CLOCK_ERROR - MAX_SKEW)
    | st.integers(NOW - 5, NOW + MAX_SKEW)
    | st.integers(NOW + MAX_CLOCK_ERROR + MAX_SKEW + (MAX_STEPS + 2) * DAY, MAX_TIME)
    | st.sampled_from((0, 1, NOW + MAX_CLOCK_ERROR - MAX_SKEW, MAX_TIME - 1, MAX_TIME))
)


@st.composite
def hostile_lines(draw: st.DrawFn) -> bytes:
    """Return a line of a machine that writes any times."""
    marks = draw(some_marks)
    times = draw(
        st.fixed_dictionaries(dict.fromkeys(("read", "starred", "note", *ADDED_FIELDS), any_time))
    )
    tags = draw(st.dictionaries(st.sampled_from(("rl", "rl2", "강화학습")), any_time))
    return orjson.dumps({"id": PAPER, **marks._asdict(), "changed": {**times, "tags": tags}})


machine_numbers = st.integers(0, 2)
steps = st.lists(
    st.tuples(machine_numbers, some_marks | machine_numbers | hostile_lines(), st.integers(1, DAY)),
    max_size=MAX_STEPS,
)
skews = st.tuples(*[st.integers(-MAX_SKEW, MAX_SKEW)] * 3)


def exchange(machines: Sequence[Machine], skews: Sequence[int], clock: SimpleNamespace) -> None:
    """Send everything to everybody, in two rounds."""
    start = clock.now
    for _ in range(2):
        for receiver, skew in zip(machines, skews, strict=True):
            clock.now = start + skew
            for sender in machines:
                receiver.receive(sender.send())
    clock.now = start


@given(skews, steps, machine_numbers, some_marks, hostile_lines())
def test_machines_converge_and_the_next_edit_wins(
    skews: tuple[int, ...],
    steps: list[tuple[int, Marks | int | bytes, int]],
    editor: int,
    marks: Marks,
    known_line: bytes,
) -> None:
    with clock() as wall:
        machines = [Machine() for _ in skews]
        for number, step, milliseconds in steps:
            start = wall.now = wall.now + milliseconds
            wall.now = start + skews[number]
            if isinstance(step, Marks):
                machines[number].edit(step)
            else:
                machines[number].receive(machines[step].send() if isinstance(step, int) else step)
            wall.now = start
        for machine, skew in zip(machines, skews, strict=True):
            wall.now, start = wall.now + skew, wall.now
            machine.receive(known_line)
            wall.now = start
        exchange(machines, skews, wall)
        first, *others = machines
        for machine in others:
            assert (machine.read(), machine.marks()) == (first.read(), first.marks())
        # The next edit, which follows everything, wins everywhere and for good.
        wall.now, start = wall.now + skews[editor], wall.now
        machines[editor].edit(marks)
        wall.now = start + DAY
        for machine in machines:
            machine.receive(known_line)
        exchange(machines, skews, wall)
        for machine in machines:
            assert machine.marks()._replace(tags=()) == marks._replace(tags=())
            assert set(machine.marks().tags) == set(marks.tags)


@given(st.lists(hostile_lines(), min_size=1, max_size=6), st.randoms(use_true_random=False))
def test_order_and_repetition_do_not_matter(lines: list[bytes], rng: random.Random) -> None:
    with clock():
        one, other = Machine(), Machine()
        for line in lines:
            one.receive(line)
        for line in rng.sample(lines * 2, len(lines) * 2):
            other.receive(line)
        assert one.read() == other.read()


@pytest.mark.parametrize("at", [NOW, NOW + 90 * 365 * DAY, NOW + MAX_CLOCK_ERROR, MAX_TIME])
def test_local_edit_wins_over_any_time(at: int) -> None:
    theirs = {"note": at, "starred": at, "tags": {"x": at}}
    line = {"id": PAPER, "starred": True, "note": "theirs", "tags": ["x"], "changed": theirs}
    with clock() as wall:
        machine = Machine()
        machine.receive(orjson.dumps(line))
        assert machine.marks() == Marks(starred=True, tags=("x",), note="theirs")
        for note in ("my new note", "my last note"):
            wall.now += 1
            machine.edit(Marks(note=note))
            machine.receive(orjson.dumps(line))
            assert machine.marks() == Marks(note=note)


@pytest.mark.parametrize("wrong", [0, 946_684_800_000, 2**32 * 1000, MAX_TIME])
def test_wrong_clock_forgets_no_times(wrong: int) -> None:
    with clock() as wall:
        machine, other = Machine(), Machine()
        machine.edit(Marks(read=True, note="before"))
        other.receive(machine.send())
        wall.now = wrong
        machine.edit(Marks(read=True, note="while it was wrong"))
        assert machine.read().read == (NOW, True)
        wall.now = NOW + DAY
        other.receive(machine.send())
        assert other.marks() == Marks(read=True, note="while it was wrong")
        other.edit(Marks(read=True, note="after"))
        machine.receive(other.send())
        assert machine.marks().note == "after"


def test_credible_times() -> None:
    with clock():
        for time in (0, 1, NOW, NOW + MAX_CLOCK_ERROR):
            assert is_credible_time(time)
        for value in (-1, NOW + MAX_CLOCK_ERROR + 1, MAX_TIME, MAX_TIME + 1, 1.5, True, None, "1"):
            assert not is_credible_time(value)
