"""When the next frame may be sent over a slow connection. No input or output.

The buffers between the program and a remote terminal hold seconds' worth of frames. A frame in
them cannot be taken back, so a held key would keep moving after its release. A cursor query
therefore follows each frame; the reply shows that the frame was drawn and how fast the connection
is, and the next frame is held back until the connection is idle.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from math import inf

REPLY_TIMEOUT_SECONDS = 2.0
"""After this time without a reply, consider it lost."""

MIN_RATE_SAMPLE_BYTES = 512
"""Frames of at least this size measure the transfer rate, smaller ones the round trip."""

_SAMPLE_COUNT = 8
"""Number of recent measurements kept, so that the estimate follows the connection."""

_MIN_TRANSFER_SECONDS = 0.002
"""Lower bound for a measured transfer; shorter times measure the machine."""


@dataclass(slots=True)
class _Frame:
    sent_at: float
    size: int
    is_only_in_flight: bool
    arrives_at: float


class FlowControl:
    """Decides when the next frame may be sent, by an estimate of the connection's speed. No I/O.

    All times are seconds of one monotonic clock.
    """

    def __init__(self) -> None:
        self._first_query_at = inf
        self._has_replied = False
        self._in_flight: deque[_Frame] = deque()
        self._rates: deque[float] = deque(maxlen=_SAMPLE_COUNT)
        self._round_trips: deque[float] = deque(maxlen=_SAMPLE_COUNT)
        self._last_arrival = 0.0

    @property
    def has_frames_in_flight(self) -> bool:
        """Whether a reply is outstanding."""
        return bool(self._in_flight)

    def is_unresponsive(self, now: float) -> bool:
        """Return whether the terminal never replies, so that queries are useless."""
        return not self._has_replied and now - self._first_query_at > REPLY_TIMEOUT_SECONDS

    def delay(self, now: float) -> float:
        """Return the seconds to wait before the next frame; 0 if it may be sent now."""
        if not self._in_flight or not self._has_replied:
            return 0.0
        newest = self._in_flight[-1]
        time_left = newest.sent_at + REPLY_TIMEOUT_SECONDS - now
        if time_left <= 0:
            # A late reply would be attributed to the wrong frame.
            self._in_flight.clear()
            return 0.0
        return max(0.0, min(newest.arrives_at - now, time_left))

    def frame_sent(self, now: float, size: int) -> None:
        """Record that a frame of ``size`` bytes was sent, followed by a cursor query."""
        self._first_query_at = min(self._first_query_at, now)
        idle_at = max(now, self._in_flight[-1].arrives_at if self._in_flight else now)
        self._in_flight.append(
            _Frame(now, size, not self._in_flight, idle_at + self._transfer_seconds(size))
        )

    def reply_received(self, now: float) -> None:
        """Record a reply: the oldest frame in flight has been drawn."""
        if not self._in_flight:
            return
        self._has_replied = True
        frame = self._in_flight.popleft()
        elapsed = now - frame.sent_at
        if frame.is_only_in_flight and frame.size < MIN_RATE_SAMPLE_BYTES:
            self._round_trips.append(elapsed)
        # The shortest round trip is the time that an empty frame would take.
        arrived = now - min([elapsed, *self._round_trips])
        if frame.size >= MIN_RATE_SAMPLE_BYTES:
            # The transfer of a frame starts when the previous frame has arrived.
            transfer = arrived - max(frame.sent_at, self._last_arrival)
            self._rates.append(frame.size / max(transfer, _MIN_TRANSFER_SECONDS))
        self._last_arrival = arrived
        # Update the expected arrival of the frames still in flight.
        idle_at = arrived
        for other in self._in_flight:
            idle_at = other.arrives_at = max(idle_at, other.sent_at) + self._transfer_seconds(
                other.size
            )

    def _transfer_seconds(self, size: int) -> float:
        """Return the estimated seconds that ``size`` bytes occupy the connection."""
        if not self._rates:
            return 0.0
        return size / sorted(self._rates)[len(self._rates) // 2]
