"""The driver of the terminal: sends the differences between frames, and reads the input.

It extends Textual's driver, which paints whole lines, and which stops at malformed input or when
the terminal disconnects.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from selectors import EVENT_READ, DefaultSelector
from threading import Event, RLock
from time import monotonic
from typing import TYPE_CHECKING, Any

from textual import events
from textual.app import App
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message

from tui.runtime import first_frame
from tui.terminal.capabilities import terminal_size
from tui.ui.drivers.output_stream import DisconnectSafeStream, terminal_stream
from tui.ui.drivers.screen_buffer import ScreenBuffer
from tui.ui.drivers.terminal_input import MAX_CELLS, GraphicsReply, TerminalInput
from tui.ui.textual_internals import (
    disable_mouse,
    handle_exception,
    is_reading_keys,
    is_writing,
    wrap_output,
)

if TYPE_CHECKING:
    from tui.terminal.pictures.support import GraphicsSupport
    from tui.ui.drivers.flow_control import FlowControl
    from tui.ui.drivers.graphics_query import GraphicsQuery

_CURSOR_QUERY = "\x1b[6n"
"""Device status report: the terminal replies after drawing everything before it."""

_BEGIN_FRAME, _END_FRAME = "\x1b[?2026h", "\x1b[?2026l"
"""Synchronized output (DEC mode 2026): the terminal shows the frame at once."""

_ALTERNATE_SCREEN = "\x1b[?1049h"
"""Switches to the alternate screen, which terminals clear even if they already show it."""

_CLEAR = "\x1b[m\x1b[H\x1b[J"
"""Erases the screen before all of it is drawn again: tmux loses a character where the edge of a
narrower screen has cut off a wide one."""

_FINAL_REPLY_SECONDS = 1.0
"""Time for outstanding replies to arrive before the terminal is restored."""

_LIVENESS_CHECK_SECONDS = 0.05
"""Interval of checks whether the terminal is still connected."""

_SEQUENCE_POLL_SECONDS = 0.1
"""How often to check whether a sequence stays incomplete."""

_READ_BYTES = 4096
"""Size of one read."""


class TerminalDriver(LinuxDriver):
    """Textual's driver, which sends only what changes on the screen.

    Textual's output is applied to a screen buffer, and the differences from what the terminal shows
    are sent. Over a slow connection they wait until it is idle, and intermediate states are never
    sent.

    Args:
        app: the app.
        throttles: whether frames wait for the connection, which requires a cursor query after each.
        options: those of Textual's driver.
    """

    def __init__(self, app: App[Any], *, throttles: bool = False, **options: Any) -> None:
        super().__init__(app, **options)
        self.app = app
        self._throttles = throttles
        # Wakes the thread that reads the keys, which otherwise sleeps until there is input.
        self._wake_reader, self._wake_writer = os.pipe()
        self._graphics_query: GraphicsQuery | None = None
        self._on_graphics_answer: Callable[[GraphicsSupport], object] = lambda _support: None
        wrap_output(self, lambda stream: DisconnectSafeStream(terminal_stream(stream)))
        self._event_loop = asyncio.get_running_loop()
        self._lock = RLock()
        self._shown = self._target = ScreenBuffer(0, 0)
        self._flow: FlowControl | None = None
        self._in_frame = self._is_stale = self._has_frames = self._has_failed = False
        self._is_sent = True
        self._has_sent = self._is_to_clear = False
        self._first_frame: first_frame.ShownFrame | None = None
        self._is_held = False
        self._timer: asyncio.TimerHandle | None = None
        self._all_replied = Event()

    # Start and stop

    def start_application_mode(self) -> None:
        """Take over the terminal, whose content is unknown unless it shows the first frame."""
        self._is_stale = True
        frame = self._first_frame = first_frame.shown_frame()
        # What is painted before the opening screen is complete would remove parts of the frame.
        self._is_held = frame is not None
        if self._throttles:
            from tui.ui.drivers.flow_control import FlowControl

            self._flow = FlowControl()
        super().start_application_mode()  # type: ignore[no-untyped-call]  # Textual's
        if frame is not None:
            self.attrs_before = frame.attributes
            self._first_frame = None if frame.was_resized else frame
            self._is_stale = True
        if is_writing(self):
            self._query_cursor()

    def disable_input(self) -> None:
        """End the thread that reads the keys, before the terminal is restored or lent.

        Outstanding replies are awaited: the next program would take them for keys. Mouse reports
        are disabled before the last query for the same reason.
        """
        flow = self._flow
        if flow and self._is_listening() and not flow.is_unresponsive(monotonic()):
            disable_mouse(self)
            self._all_replied.clear()
            self._query_cursor()
            deadline = monotonic() + _FINAL_REPLY_SECONDS
            while self._is_listening() and monotonic() < deadline:
                if self._all_replied.wait(_LIVENESS_CHECK_SECONDS):
                    break
        if is_reading_keys(self):
            os.write(self._wake_writer, b"\0")
        super().disable_input()

    def _is_listening(self) -> bool:
        """Return whether input is still read and the terminal is still connected."""
        return is_reading_keys(self) and os.isatty(self.fileno)

    def stop_application_mode(self) -> None:
        """Restore the terminal."""
        if self._timer is not None:
            self._timer.cancel()
        super().stop_application_mode()
        first_frame.forget()

    def _get_terminal_size(self) -> tuple[int, int]:
        # Called when the size may have changed, which leaves the screen in an unknown state.
        self._is_stale = True
        self._first_frame = None
        columns, lines = terminal_size(self.fileno, os.environ)
        return min(columns, MAX_CELLS), min(lines, MAX_CELLS)

    # Output

    def write(self, data: str) -> None:
        """Apply Textual's output and send the differences when the connection is idle."""
        if self._has_failed:
            super().write(data)
            return
        if data == _ALTERNATE_SCREEN and self._is_held:
            return
        with self._lock, self._passing_through_after_failure():
            has_new_size = self._target.size != self.app.size
            if self._is_stale or has_new_size:
                self._is_stale = False
                self._is_to_clear = self._has_sent
                self._shown = self._shown_after_start()
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

    def _shown_after_start(self) -> ScreenBuffer:
        """Return what the terminal shows: the first frame, or unknown cells."""
        shown, frame = ScreenBuffer(*self.app.size), self._first_frame
        if frame is not None and frame.size == shown.size:
            shown.apply(frame.text)
        return shown

    def show_opening_screen(self) -> None:
        """Send what has changed on the opening screen since the first frame, which is complete."""
        if self._is_held:
            self._is_held = False
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
        """Write sequences past the screen buffer; frames wait until they have arrived.

        Args:
            data: complete escape sequences that change no cell for good.
            has_cursor_query: whether they contain a query of the cursor's position.
        """
        with self._lock:
            if not is_writing(self):
                return
            LinuxDriver.write(self, data)
            if has_cursor_query and self._flow:
                self._flow.frame_sent(monotonic(), len(data))
            else:
                self._query_cursor(data)

    def invalidate(self) -> None:
        """Treat the screen's content as unknown, so that the next frame is sent in full."""
        self._is_stale = True

    def _send(self) -> None:
        """Send the differences now, or later if the connection is busy."""
        with self._lock, self._passing_through_after_failure():
            if self._timer is not None:
                self._timer.cancel()
                self._timer = None
            is_waiting = self._in_frame or self._is_held
            if self._has_failed or self._is_sent or is_waiting or not is_writing(self):
                return
            delay = self._flow.delay(monotonic()) if self._flow else 0.0
            if delay > 0:
                self._timer = self._event_loop.call_later(delay, self._send)
                return
            self._is_sent = True
            self._first_frame = None
            frame = self._shown.update_to(self._target)
            if not frame:
                return
            if self._is_to_clear:
                frame = _CLEAR + frame
                self._is_to_clear = False
            self._has_sent = True
            if self._has_frames:
                frame = f"{_BEGIN_FRAME}{frame}{_END_FRAME}"
            super().write(frame)
            self._query_cursor(frame)

    def _query_cursor(self, frame: str = "") -> None:
        """Query the cursor after a frame, unless frames do not wait for replies."""
        if self._flow and not self._flow.is_unresponsive(monotonic()):
            super().write(_CURSOR_QUERY)
            self._flow.frame_sent(monotonic(), len(frame.encode()) + len(_CURSOR_QUERY))

    # Input

    def run_input_thread(self) -> None:
        """Read input until the program ends; report an unexpected error to the app.

        Textual's own loop stops at invalid UTF-8 and at malformed sequences, takes replies of the
        terminal for keys, and prints a traceback with local variables.
        """
        try:
            self._read_keys()
        except Exception as error:
            self.app.call_later(handle_exception, self.app, error)

    def _read_keys(self) -> None:
        received = TerminalInput()
        with DefaultSelector() as selector:
            selector.register(self.fileno, EVENT_READ)
            selector.register(self._wake_reader, EVENT_READ)
            while True:
                timeout = _SEQUENCE_POLL_SECONDS if received.is_incomplete else None
                ready = {key.fd for key, _events in selector.select(timeout)}
                if self._wake_reader in ready:
                    os.read(self._wake_reader, 1)
                    return
                if ready:
                    try:
                        data = os.read(self.fileno, _READ_BYTES)
                    except OSError:
                        data = b""
                    if not data:
                        # The terminal has disconnected; the app receives SIGHUP.
                        return
                    for message in received.feed(data, monotonic()):
                        self.process_message(message)
                # A lone escape becomes the Escape key after a timeout.
                for message in received.tick(monotonic()):
                    self.process_message(message)

    def process_message(self, message: Message) -> None:
        """Take the terminal's replies; runs in the input thread."""
        if isinstance(message, events.MouseEvent) and self._is_outside(message):
            return
        is_graphics = self._take_graphics_reply(message)
        if isinstance(message, events.CursorPosition) and self._flow:
            with self._lock:
                self._flow.reply_received(monotonic())
                if not self._flow.has_frames_in_flight:
                    self._all_replied.set()
            if not self._event_loop.is_closed():
                self._event_loop.call_soon_threadsafe(self._send)
        elif not is_graphics:
            if isinstance(message, events.Resize) and not self._is_size_of_first_frame(message):
                self._is_stale = True
                self._first_frame = None
            super().process_message(message)

    def _is_outside(self, event: events.MouseEvent) -> bool:
        """Return whether the mouse is where there is no cell.

        Textual would take the focus from a note or prompt that is open.
        """
        columns, lines = self.app.size
        return not (0 <= event.x < columns and 0 <= event.y < lines)

    def _is_size_of_first_frame(self, message: events.Resize) -> bool:
        """Return whether a terminal reports the size only because it was asked to report it."""
        return self._first_frame is not None and message.size == self._first_frame.size

    # Graphics

    def ask_for_graphics(
        self, on_answer: Callable[[GraphicsSupport], object], *, asks_for_kitty: bool
    ) -> None:
        """Ask the terminal once what it can draw.

        Args:
            on_answer: called in the input thread with the answer; never if it does not come.
            asks_for_kitty: whether to ask for kitty's graphics protocol, too.
        """
        from tui.ui.drivers.graphics_query import GraphicsQuery

        self._on_graphics_answer = on_answer
        self._graphics_query = GraphicsQuery(asks_for_kitty=asks_for_kitty)
        self.send_directly(self._graphics_query.text, has_cursor_query=True)

    def _take_graphics_reply(self, message: Message) -> bool:
        """Return whether a message needs no other handling."""
        query = self._graphics_query
        is_reply = query is not None and query.take(message)
        if query is not None and query.support is not None:
            self._graphics_query = None
            with self._lock:
                # The query has measured a character there.
                self._shown.forget(0, 2)
                self._is_sent = False
            if not self._event_loop.is_closed():
                self._event_loop.call_soon_threadsafe(self._send)
            self._on_graphics_answer(query.support)
        return is_reply or isinstance(message, GraphicsReply)
