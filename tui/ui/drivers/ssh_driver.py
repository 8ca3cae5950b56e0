"""A driver for terminals behind a slow connection."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, RLock
from time import monotonic
from typing import Any

from textual import events
from textual.app import App
from textual.message import Message

from tui.ui.drivers.flow_control import FlowControl
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
        self._in_frame = self._is_stale = self._has_frames = False
        self._is_sent = True
        self._has_failed = False
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
            if self._is_stale or (self._target.width, self._target.height) != self.app.size:
                self._reset_buffers()
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

    def invalidate(self) -> None:
        """Treat the screen's content as unknown, so that the next frame is sent in full."""
        self._is_stale = True

    def _reset_buffers(self) -> None:
        self._is_stale = False
        width, height = self.app.size
        self._shown = ScreenBuffer(width, height)
        if (self._target.width, self._target.height) != (width, height):
            self._target = ScreenBuffer(width, height)

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
            self._reply_received()
            return
        if isinstance(message, events.Resize):
            self._is_stale = True
        super().process_message(message)

    def _reply_received(self) -> None:
        with self._lock:
            self._flow.reply_received(monotonic())
            if not self._flow.has_frames_in_flight:
                self._all_replied.set()
        if not self._event_loop.is_closed():
            self._event_loop.call_soon_threadsafe(self._send)
