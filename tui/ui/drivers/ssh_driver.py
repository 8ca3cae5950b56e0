"""A driver for terminals behind a slow connection, and when it may send the next frame.

The buffers between the program and a remote terminal hold seconds' worth of frames. A frame in
them cannot be taken back, so a held key would keep moving after its release. A cursor query
therefore follows each frame; the reply shows that the frame was drawn and how fast the connection
is, and the next frame is held back until the connection is idle.
"""

from __future__ import annotations

import asyncio
import os
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from math import inf
from threading import Event, RLock
from time import monotonic
from typing import Any

from textual import events
from textual.app import App
from textual.message import Message

from tui.ui.drivers.screen_buffer import ScreenBuffer
from tui.ui.drivers.terminal_driver import TerminalDriver
from tui.ui.textual_internals import disable_mouse, is_reading_keys, is_writing

_CURSOR_QUERY = "\x1b[6n"
"""Device status report: the terminal replies after drawing everything before it."""

_BEGIN_FRAME, _END_FRAME = "\x1b[?2026h", "\x1b[?2026l"
"""Synchronized output (DEC mode 2026): the terminal shows the frame at once."""

_FINAL_REPLY_SECONDS = 1.0
"""Time for outstanding replies to arrive before the terminal is restored."""

_LIVENESS_CHECK_SECONDS = 0.05
"""Interval of checks whether the terminal is still connected."""

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


class SshDriver(TerminalDriver):
    """A driver that sends only screen differences, throttled to the connection's bandwidth.

    Textual paints whole lines and panes. This driver applies them to a screen buffer and sends the
    difference from what the terminal shows. While the connection is busy it waits, and intermediate
    states are never sent.
    """

    def __init__(self, app: App[Any], **options: Any) -> None:
        super().__init__(app, **options)
        self._event_loop = asyncio.get_running_loop()
        self._lock = RLock()
        self._shown = self._target = ScreenBuffer(0, 0)
        self._flow = FlowControl()
        self._in_frame = self._is_stale = self._has_frames = self._has_failed = False
        self._is_sent = True
        self._timer: asyncio.TimerHandle | None = None
        self._all_replied = Event()

    # Start and stop

    def start_application_mode(self) -> None:
        """Take over the terminal, whose content is unknown."""
        self._is_stale = True
        self._flow = FlowControl()
        super().start_application_mode()  # type: ignore[no-untyped-call]  # Textual's
        if is_writing(self):
            self._query_cursor(0)

    def disable_input(self) -> None:
        """Wait for outstanding replies; the next program would take them for keys.

        Mouse reports are disabled before the last query for the same reason.
        """
        if self._is_listening() and not self._flow.is_unresponsive(monotonic()):
            disable_mouse(self)
            self._all_replied.clear()
            self._query_cursor(0)
            deadline = monotonic() + _FINAL_REPLY_SECONDS
            while self._is_listening() and monotonic() < deadline:
                if self._all_replied.wait(_LIVENESS_CHECK_SECONDS):
                    break
        super().disable_input()

    def _is_listening(self) -> bool:
        """Return whether input is still read and the terminal is still connected."""
        return is_reading_keys(self) and os.isatty(self.fileno)

    def stop_application_mode(self) -> None:
        """Restore the terminal."""
        if self._timer is not None:
            self._timer.cancel()
        super().stop_application_mode()

    def _get_terminal_size(self) -> tuple[int, int]:
        # Called when the size may have changed, which leaves the screen in an unknown state.
        self._is_stale = True
        return super()._get_terminal_size()

    # Output

    def write(self, data: str) -> None:
        """Apply Textual's output and send the differences when the connection is idle."""
        if self._has_failed:
            super().write(data)
            return
        with self._lock, self._passing_through_after_failure():
            has_new_size = self._target.size != self.app.size
            if self._is_stale or has_new_size:
                self._is_stale = False
                self._shown = ScreenBuffer(*self.app.size)
            if has_new_size:
                self._target = ScreenBuffer(*self.app.size)
            if data == _BEGIN_FRAME:
                self._in_frame = self._has_frames = True
                return
            if data == _END_FRAME:
                self._in_frame = False
            elif unhandled := self._target.apply(data):
                super().write(unhandled)
            self._is_sent = False
        self._send()

    @contextmanager
    def _passing_through_after_failure(self) -> Iterator[None]:
        """Write output unchanged after a failure, so that the app can restore the terminal."""
        try:
            yield
        except Exception:
            self._has_failed = True
            raise

    def send_directly(self, data: str, *, has_cursor_query: bool = False) -> None:
        """Write sequences past the screen buffer; frames wait until they have arrived."""
        with self._lock:
            if not is_writing(self):
                return
            if not (has_cursor_query or self._flow.is_unresponsive(monotonic())):
                data += _CURSOR_QUERY
                has_cursor_query = True
            TerminalDriver.write(self, data)
            if has_cursor_query:
                self._flow.frame_sent(monotonic(), len(data))

    def _redraw_corner(self) -> None:
        with self._lock:
            self._shown.forget(0, 2)
            self._is_sent = False

    def invalidate(self) -> None:
        """Treat the screen's content as unknown, so that the next frame is sent in full."""
        self._is_stale = True

    def _send(self) -> None:
        """Send the differences now, or later if the connection is busy."""
        with self._lock, self._passing_through_after_failure():
            if self._timer is not None:
                self._timer.cancel()
                self._timer = None
            if self._has_failed or self._is_sent or self._in_frame or not is_writing(self):
                return
            now = monotonic()
            delay = self._flow.delay(now)
            if delay > 0:
                self._timer = self._event_loop.call_later(delay, self._send)
                return
            self._is_sent = True
            frame = self._shown.update_to(self._target)
            if not frame:
                return
            if self._has_frames:
                frame = f"{_BEGIN_FRAME}{frame}{_END_FRAME}"
            super().write(frame)
            if not self._flow.is_unresponsive(now):
                self._query_cursor(len(frame.encode()))

    def _query_cursor(self, size: int) -> None:
        super().write(_CURSOR_QUERY)
        self._flow.frame_sent(monotonic(), size + len(_CURSOR_QUERY))

    # Input

    def process_message(self, message: Message) -> None:
        """Handle cursor reports; runs in the input thread."""
        if isinstance(message, events.CursorPosition):
            self._take_graphics_reply(message)
            with self._lock:
                self._flow.reply_received(monotonic())
                if not self._flow.has_frames_in_flight:
                    self._all_replied.set()
            if not self._event_loop.is_closed():
                self._event_loop.call_soon_threadsafe(self._send)
            return
        if isinstance(message, events.Resize):
            self._is_stale = True
        super().process_message(message)
