"""A driver for a terminal at the end of a line that may be thin."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, RLock
from time import monotonic
from typing import Any

from textual import events
from textual.message import Message

from tui.ui.drivers.flow_control import FlowControl
from tui.ui.drivers.screen_buffer import ScreenBuffer
from tui.ui.drivers.terminal_driver import TerminalDriver

_QUESTION = "\x1b[6n"
"""Where is the cursor? Every terminal answers, and when it has drawn all that came before."""

_BEGIN, _END = "\x1b[?2026h", "\x1b[?2026l"
"""Around a frame, where the terminal can show it as a whole."""

_PATIENCE = 1.0
"""Seconds for answers to arrive before the terminal is given back."""

_MOMENT = 0.05
"""Seconds after which it is asked again whether the terminal is still there."""


class SshDriver(TerminalDriver):
    """A driver that sends only what looks otherwise than before, and no more than arrives.

    Textual paints whole lines and panes. Here they are drawn on a grid, and what is sent is the
    difference between that and what the terminal shows; while the line is busy, it waits, and
    what was painted meanwhile is never sent.
    """

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._lock = RLock()
        self._shown = self._wanted = ScreenBuffer(0, 0)
        self._pace = FlowControl()
        self._in_frame = self._is_stale = self._has_frames = False
        self._is_drawn = True
        self._is_broken = False
        self._timer: asyncio.TimerHandle | None = None
        self._all_answered = Event()

    # Textual starts and stops

    def start_application_mode(self) -> None:
        """Take the terminal, of which nothing is known."""
        self._is_stale = True
        self._pace = FlowControl()
        super().start_application_mode()  # type: ignore[no-untyped-call]  # Textual's
        if self._writer_thread is not None:
            self._ask(0)

    def disable_input(self) -> None:
        """Give the terminal's answers time to arrive; whoever comes next would take them for keys.

        So would it take reports of the mouse, which is told to be quiet before the last question.
        """
        if self._is_read() and not self._pace.is_silent(monotonic()):
            self._disable_mouse_support()
            self._all_answered.clear()
            self._ask(0)
            until = monotonic() + _PATIENCE
            while self._is_read() and monotonic() < until:
                if self._all_answered.wait(_MOMENT):
                    break
        super().disable_input()

    def _is_read(self) -> bool:
        """Tell whether we still listen to the terminal, and it has not gone."""
        thread = self._key_thread
        return thread is not None and thread.is_alive() and os.isatty(self.fileno)

    def stop_application_mode(self) -> None:
        """Give the terminal back."""
        if self._timer is not None:
            self._timer.cancel()
        super().stop_application_mode()

    def _get_terminal_size(self) -> tuple[int, int]:
        # Textual asks when the size may have changed, and then nobody knows what is left.
        self._is_stale = True
        return super()._get_terminal_size()

    # Out

    def write(self, data: str) -> None:
        """Draw what Textual writes, and send what it changes as soon as the line is free."""
        if self._is_broken:
            super().write(data)
            return
        with self._lock, self._breaking():
            if self._is_stale or (self._wanted.width, self._wanted.height) != self._app.size:
                self._begin_anew()
            if data == _BEGIN:
                self._in_frame = self._has_frames = True
                return
            if data == _END:
                self._in_frame = False
            elif others := self._wanted.draw(data):
                super().write(others)
            self._is_drawn = False
        self._send()

    @contextmanager
    def _breaking(self) -> Iterator[None]:
        """Draw no more after a failure: the app ends, and has to give the terminal back."""
        try:
            yield
        except Exception:
            self._is_broken = True
            raise

    def forget(self) -> None:
        """Know nothing of what the terminal shows; what is painted next is sent as a whole."""
        self._is_stale = True

    def _begin_anew(self) -> None:
        self._is_stale = False
        width, height = self._app.size
        self._shown = ScreenBuffer(width, height)
        if (self._wanted.width, self._wanted.height) != (width, height):
            self._wanted = ScreenBuffer(width, height)

    def _send(self) -> None:
        """Send what is wanted, or come back when the line is free."""
        with self._lock, self._breaking():
            if self._timer is not None:
                self._timer.cancel()
                self._timer = None
            if self._is_broken or self._is_drawn or self._in_frame or self._writer_thread is None:
                return
            now = monotonic()
            wait = self._pace.wait(now)
            if wait > 0:
                self._timer = self._loop.call_later(wait, self._send)
                return
            self._is_drawn = True
            frame = self._shown.catch_up(self._wanted)
            if not frame:
                return
            if self._has_frames:
                frame = f"{_BEGIN}{frame}{_END}"
            super().write(frame)
            if not self._pace.is_silent(now):
                self._ask(len(frame.encode()))

    def _ask(self, size: int) -> None:
        super().write(_QUESTION)
        self._pace.sent(monotonic(), size + len(_QUESTION))

    # In

    def process_message(self, message: Message) -> None:
        """Take the terminal's answers; runs in the thread that reads."""
        if isinstance(message, events.CursorPosition):
            self._answered()
            return
        if isinstance(message, events.Resize):
            self._is_stale = True
        super().process_message(message)

    def _answered(self) -> None:
        with self._lock:
            self._pace.answered(monotonic())
            if not self._pace.is_waiting:
                self._all_answered.set()
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._send)
