"""Textual's Linux driver, hardened against malformed input and a disconnected terminal."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from selectors import EVENT_READ, DefaultSelector
from time import monotonic
from typing import Any, TextIO

from textual.app import App
from textual.drivers.linux_driver import LinuxDriver

from tui.terminal.capabilities import terminal_size
from tui.ui.drivers.terminal_input import MAX_CELLS, TerminalInput
from tui.ui.textual_internals import handle_exception, is_reading_keys, wrap_output

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
