"""When the next frame may be sent over a line, so that none ever waits behind many. Pure.

Between us and the reader's terminal lie buffers that take seconds of frames; what is in them can
only be waited for, and a held key would run on after its release. So the terminal is asked for an
answer after each frame, which tells how far it is and how fast the line is, and what follows is
held back until the line is free.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

LONGEST = 2.0
"""Seconds after which an answer is not waited for any more: it may have been lost."""

MANY_BYTES = 512
"""From so many on, a frame tells how fast the line is; a smaller one, how long it is."""

_REMEMBERED = 8
"""Answers by which the line is judged, so that it may change."""

_SHORTEST = 0.002
"""Seconds; less is not the line but the machine."""


@dataclass(slots=True)
class _Frame:
    sent_at: float
    size: int
    was_alone: bool
    done_at: float


class FlowControl:
    """What is known of a line. All times are seconds of one clock that only goes forward."""

    def __init__(self) -> None:
        self._asked_at: float | None = None
        self._is_answered = False
        self._frames: deque[_Frame] = deque()
        self._rates: deque[float] = deque(maxlen=_REMEMBERED)
        self._trips: deque[float] = deque(maxlen=_REMEMBERED)
        self._arrived_at = 0.0

    @property
    def is_waiting(self) -> bool:
        """Whether an answer is on its way."""
        return bool(self._frames)

    def is_silent(self, now: float) -> bool:
        """Tell whether the terminal never answers, so that asking it is in vain."""
        asked = self._asked_at
        return not self._is_answered and asked is not None and now - asked > LONGEST

    def wait(self, now: float) -> float:
        """Return for how long the next frame has to wait; 0 if it may be sent at once."""
        if not self._frames or not self._is_answered:
            return 0.0
        last = self._frames[-1]
        patience = last.sent_at + LONGEST - now
        if patience <= 0:
            # What comes now answers something else than we would take it for.
            self._frames.clear()
            return 0.0
        return max(0.0, min(last.done_at - now, patience))

    def sent(self, now: float, size: int) -> None:
        """Note that a frame of so many bytes was sent, with the question for an answer."""
        if self._asked_at is None:
            self._asked_at = now
        free_at = max(now, self._frames[-1].done_at if self._frames else now)
        self._frames.append(_Frame(now, size, not self._frames, free_at + self._lasts(size)))

    def answered(self, now: float) -> None:
        """Note an answer: the oldest frame has been drawn."""
        if not self._frames:
            return
        self._is_answered = True
        frame = self._frames.popleft()
        took = now - frame.sent_at
        if frame.was_alone and frame.size < MANY_BYTES:
            self._trips.append(took)
        # A trip is how long a frame without bytes would take.
        arrived = now - min([took, *self._trips])
        if frame.size >= MANY_BYTES:
            # The line is at work on a frame once the one before is through.
            worked = arrived - max(frame.sent_at, self._arrived_at)
            self._rates.append(frame.size / max(worked, _SHORTEST))
        self._arrived_at = arrived
        # What is still on its way is through when it lasts as long as that.
        free_at = arrived
        for each in self._frames:
            free_at = each.done_at = max(free_at, each.sent_at) + self._lasts(each.size)

    def _lasts(self, size: int) -> float:
        """Return for how long the line is at work on so many bytes."""
        if not self._rates:
            return 0.0
        return size / sorted(self._rates)[len(self._rates) // 2]
