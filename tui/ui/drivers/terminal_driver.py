"""Textual's Linux driver, hardened against malformed input and a disconnected terminal."""

from __future__ import annotations

import os
from selectors import EVENT_READ, DefaultSelector
from typing import Any, TextIO

from textual.app import App
from textual.drivers.linux_driver import LinuxDriver

from tui.ui.drivers.input_decoder import InputDecoder
from tui.ui.textual_internals import XTermParser, handle_exception, wrap_output

_POLL_SECONDS = 0.1
"""How long to wait for input before checking whether the program is ending."""

_READ_BYTES = 4096
"""Size of one read."""


class TerminalDriver(LinuxDriver):
    """Textual's driver, which also survives a terminal that disconnects."""

    def __init__(self, app: App[Any], **options: Any) -> None:
        super().__init__(app, **options)
        self.app = app
        wrap_output(self, _DisconnectSafeStream)

    def run_input_thread(self) -> None:
        """Read input until the program ends; report an unexpected error to the app.

        Textual's own loop stops at invalid UTF-8, takes escape sequences in pasted text for keys,
        and prints a traceback with local variables.
        """
        try:
            self._read_keys()
        except Exception as error:
            self.app.call_later(handle_exception, self.app, error)

    def _read_keys(self) -> None:
        decoder, parser = InputDecoder(), XTermParser()
        with DefaultSelector() as selector:
            selector.register(self.fileno, EVENT_READ)
            while not self.exit_event.is_set():
                if selector.select(_POLL_SECONDS):
                    try:
                        data = os.read(self.fileno, _READ_BYTES)
                    except OSError:
                        data = b""
                    if not data:
                        # The terminal has disconnected; the app receives SIGHUP.
                        return
                    # The parser takes an empty string for the end of input.
                    if text := decoder.decode(data):
                        for message in parser.feed(text):
                            self.process_message(message)
                # A lone escape becomes the Escape key after a timeout.
                for message in parser.tick():
                    self.process_message(message)

    def invalidate(self) -> None:
        """Invalidate the cached screen; a no-op for drivers without one."""


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
        try:
            self._stream.flush()
        except OSError:
            return

    def fileno(self) -> int:
        """Return the stream's file descriptor."""
        return self._stream.fileno()
