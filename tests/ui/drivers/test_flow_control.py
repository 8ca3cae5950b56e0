"""Frames over a line of which nothing is known but what it answers."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from tui.ui.drivers.flow_control import LONGEST, FlowControl

FRAME = 1 / 30
"""Seconds after which a held key wants the next one."""


@dataclass
class Line:
    """A line that carries so many bytes a second, and so many seconds each way."""

    rate: float
    one_way: float
    free_at: float = 0.0
    answers: list[float] = field(default_factory=list)

    def carry(self, now: float, size: int) -> float:
        """Take bytes; return when they arrive."""
        self.free_at = max(self.free_at, now) + size / self.rate
        arrives = self.free_at + self.one_way
        self.answers.append(arrives + self.one_way)
        return arrives


def hold(line: Line, size: int, seconds: float) -> tuple[float, int]:
    """Hold a key down; return how late the last frame arrives after it is wanted, and how many."""
    pace = FlowControl()
    now, sent, arrives = 0.0, 0, 0.0

    def send(size: int) -> None:
        nonlocal sent, arrives
        arrives = line.carry(now, size)
        pace.sent(now, size)
        sent += 1

    send(4)
    now = 4 * line.one_way
    pace.answered(line.answers.pop(0))
    send(5000)
    now = line.answers[0]
    pace.answered(line.answers.pop(0))
    begun, wanted_at = now, now
    while wanted_at < begun + seconds:
        wanted_at += FRAME
        is_sent = False
        while not is_sent:
            wait = pace.wait(now)
            soonest = min([now + wait, *line.answers])
            if wait == 0:
                send(size)
                is_sent = True
            elif soonest > wanted_at + FRAME:
                break  # the next one takes its place
            else:
                now = max(now, soonest)
                while line.answers and line.answers[0] <= now:
                    pace.answered(line.answers.pop(0))
        now = max(now, wanted_at)
        while line.answers and line.answers[0] <= now:
            pace.answered(line.answers.pop(0))
    while (wait := pace.wait(now)) > 0:
        now = min([now + wait, *line.answers])
        while line.answers and line.answers[0] <= now:
            pace.answered(line.answers.pop(0))
    send(size)
    return arrives - wanted_at, sent


@pytest.mark.parametrize("one_way", [0.005, 0.1, 0.4])
@pytest.mark.parametrize("rate", [2_000, 8_000, 50_000])
@pytest.mark.parametrize("size", [200, 900, 3000])
def test_the_last_frame_waits_for_two_at_most(rate: float, one_way: float, size: int) -> None:
    line = Line(rate, one_way)
    late, sent = hold(line, size, 3.0)
    assert late <= one_way + 2.5 * size / rate + FRAME
    # And the line is at work nearly all the time, or there is nothing to do.
    possible = min(3.0 / FRAME, 3.0 * rate / size)
    assert sent >= 0.6 * possible


def test_a_quick_line_holds_nothing_back() -> None:
    _, sent = hold(Line(1e7, 0.001), 900, 3.0)
    assert sent >= 3.0 / FRAME


def test_who_never_answers_is_not_waited_for() -> None:
    pace = FlowControl()
    for number in range(100):
        assert pace.wait(number * FRAME) == 0
        pace.sent(number * FRAME, 900)
    assert not pace.is_silent(LONGEST)
    assert pace.is_silent(LONGEST + 1)


def test_an_answer_that_is_lost_is_not_waited_for_forever() -> None:
    pace = FlowControl()
    pace.sent(0.0, 4)
    pace.answered(0.2)
    pace.sent(1.0, 5000)
    pace.answered(2.0)
    pace.sent(3.0, 50_000)
    assert pace.wait(3.1) > 0
    assert pace.wait(3.0 + LONGEST + 0.1) == 0
    assert not pace.is_waiting
