"""Textual's Linux driver, hardened against malformed input and a disconnected terminal."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from selectors import EVENT_READ, DefaultSelector
from time import monotonic
from typing import TYPE_CHECKING, Any, TextIO

from textual.app import App
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message

from tui.terminal.capabilities import terminal_size
from tui.ui.drivers.terminal_input import MAX_CELLS, GraphicsReply, TerminalInput
from tui.ui.textual_internals import handle_exception, is_reading_keys, is_writing, wrap_output

if TYPE_CHECKING:
    from tui.terminal.pictures.support import GraphicsSupport
    from tui.ui.drivers.graphics_query import GraphicsQuery

_SEQUENCE_POLL_SECONDS = 0.1
"""How often to check whether a sequence stays incomplete."""

_READ_BYTES = 4096
"""Size of one read."""

_CONTROLLING_TERMINAL = "/dev/tty"


class TerminalDriver(LinuxDriver):
    """Textual's driver, which also survives a terminal that disconnects."""

    def __init__(self, app: App[Any], **options: Any) -> None:
        super().__init__(app, **options)
        self.app = app
        # Wakes the thread that reads the keys, which otherwise sleeps until there is input.
        self._wake_reader, self._wake_writer = os.pipe()
        self._graphics_query: GraphicsQuery | None = None
        self._on_graphics_answer: Callable[[GraphicsSupport], object] = lambda _support: None
        wrap_output(self, lambda stream: _DisconnectSafeStream(_terminal_stream(stream)))

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

    def disable_input(self) -> None:
        """End the thread that reads the keys, before the terminal is restored or lent."""
        if is_reading_keys(self):
            os.write(self._wake_writer, b"\0")
        super().disable_input()

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

    def send_directly(self, data: str, *, has_cursor_query: bool = False) -> None:  # noqa: ARG002
        """Write sequences that change no cell for good.

        Args:
            data: complete escape sequences.
            has_cursor_query: whether they contain a query of the cursor's position.
        """
        if is_writing(self):
            LinuxDriver.write(self, data)

    def process_message(self, message: Message) -> None:
        """Take replies about graphics; runs in the input thread."""
        if not self._take_graphics_reply(message):
            super().process_message(message)

    def _take_graphics_reply(self, message: Message) -> bool:
        """Return whether a message needs no other handling."""
        if isinstance(message, GraphicsReply) or self._graphics_query is not None:
            query = self._graphics_query
            is_reply = query is not None and query.take(message)
            if query is not None and query.support is not None:
                self._graphics_query = None
                self._redraw_corner()
                self._on_graphics_answer(query.support)
            return is_reply or isinstance(message, GraphicsReply)
        return False

    def _redraw_corner(self) -> None:
        """Draw the cells again on which a query measured a character."""
        self.app.call_later(self.app.refresh)

    def _get_terminal_size(self) -> tuple[int, int]:
        columns, lines = terminal_size(self.fileno, os.environ)
        return min(columns, MAX_CELLS), min(lines, MAX_CELLS)

    def invalidate(self) -> None:
        """Invalidate the cached screen; a no-op for drivers without one."""


def _terminal_stream(stream: TextIO | None) -> TextIO:
    """Return a stream that draws on the terminal.

    Args:
        stream: standard error, or None if it is closed. If it is redirected, the program draws on
            the terminal that controls it, or else on standard output.
    """
    if stream is not None and stream.isatty():
        return stream
    output = sys.__stdout__
    encoding = output.encoding if output else None
    try:
        # As long as the program runs.
        return open(_CONTROLLING_TERMINAL, "w", encoding=encoding, errors="replace")  # noqa: PTH123
    except OSError:
        if output is None:
            raise
        return output


class _DisconnectSafeStream:
    """A stream that discards output after the terminal has disconnected.

    An error would end Textual's writer thread, and the program would wait for it forever.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Write, or discard the text if the terminal has disconnected."""
        try:
            return self._stream.write(text)
        except OSError:
            return len(text)

    def flush(self) -> None:
        """Flush, or do nothing if the terminal has disconnected."""
        with suppress(OSError):
            self._stream.flush()

    def fileno(self) -> int:
        """Return the stream's file descriptor."""
        return self._stream.fileno()
