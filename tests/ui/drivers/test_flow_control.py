"""Frames over simulated connections of different bandwidth and latency."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from tui.ui.drivers.flow_control import REPLY_TIMEOUT_SECONDS, FlowControl

FRAME = 1 / 30
"""Seconds between the frames of a held key."""


@dataclass
class SlowLine:
    """A connection with a rate in bytes per second and a one-way latency in seconds."""

    rate: float
    one_way: float
    free_at: float = 0.0
    replies: list[float] = field(default_factory=list)

    def carry(self, now: float, size: int) -> float:
        """Send bytes; return when they arrive."""
        self.free_at = max(self.free_at, now) + size / self.rate
        arrives = self.free_at + self.one_way
        self.replies.append(arrives + self.one_way)
        return arrives


def hold(line: SlowLine, size: int, seconds: float) -> tuple[float, int]:
    """Hold a key down; return the delay of the last frame and the number of frames sent."""
    flow = FlowControl()
    now, sent, arrives = 0.0, 0, 0.0

    def send(size: int) -> None:
        nonlocal sent, arrives
        arrives = line.carry(now, size)
        flow.frame_sent(now, size)
        sent += 1

    send(4)
    now = 4 * line.one_way
    flow.reply_received(line.replies.pop(0))
    send(5000)
    now = line.replies[0]
    flow.reply_received(line.replies.pop(0))
    started_at, wanted_at = now, now
    while wanted_at < started_at + seconds:
        wanted_at += FRAME
        is_sent = False
        while not is_sent:
            wait = flow.delay(now)
            soonest = min([now + wait, *line.replies])
            if wait == 0:
                send(size)
                is_sent = True
            elif soonest > wanted_at + FRAME:
                break  # superseded by the next frame
            else:
                now = max(now, soonest)
                while line.replies and line.replies[0] <= now:
                    flow.reply_received(line.replies.pop(0))
        now = max(now, wanted_at)
        while line.replies and line.replies[0] <= now:
            flow.reply_received(line.replies.pop(0))
    while (wait := flow.delay(now)) > 0:
        now = min([now + wait, *line.replies])
        while line.replies and line.replies[0] <= now:
            flow.reply_received(line.replies.pop(0))
    send(size)
    return arrives - wanted_at, sent


@pytest.mark.parametrize("one_way", [0.005, 0.1, 0.4])
@pytest.mark.parametrize("rate", [2_000, 8_000, 50_000])
@pytest.mark.parametrize("size", [200, 900, 3000])
def test_last_frame_waits_for_at_most_two(rate: float, one_way: float, size: int) -> None:
    line = SlowLine(rate, one_way)
    late, sent = hold(line, size, 3.0)
    assert late <= one_way + 2.5 * size / rate + FRAME
    # The connection is also used nearly all the time that there are frames to send.
    possible = min(3.0 / FRAME, 3.0 * rate / size)
    assert sent >= 0.6 * possible


def test_fast_connection_sends_every_frame() -> None:
    _, sent = hold(SlowLine(1e7, 0.001), 900, 3.0)
    assert sent >= 3.0 / FRAME


def test_unresponsive_terminal_causes_no_delay() -> None:
    flow = FlowControl()
    for number in range(100):
        assert flow.delay(number * FRAME) == 0
        flow.frame_sent(number * FRAME, 900)
    assert not flow.is_unresponsive(REPLY_TIMEOUT_SECONDS)
    assert flow.is_unresponsive(REPLY_TIMEOUT_SECONDS + 1)


def test_lost_reply_is_given_up_after_a_timeout() -> None:
    flow = FlowControl()
    flow.frame_sent(0.0, 4)
    flow.reply_received(0.2)
    flow.frame_sent(1.0, 5000)
    flow.reply_received(2.0)
    flow.frame_sent(3.0, 50_000)
    assert flow.delay(3.1) > 0
    assert flow.delay(3.0 + REPLY_TIMEOUT_SECONDS + 0.1) == 0
    assert not flow.has_frames_in_flight
