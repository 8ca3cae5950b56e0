"""Textual's driver, made for terminals that send anything, and may go away at any time."""

from __future__ import annotations

import os
from selectors import EVENT_READ, DefaultSelector
from typing import Any, TextIO

from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver

from tui.ui.drivers.input_decoder import InputDecoder

_LISTEN = 0.1
"""Seconds to wait for keys, before seeing whether the program ends."""

_PIECE = 4096
"""Bytes that are read at once."""


class TerminalDriver(LinuxDriver):
    """Textual's driver; a terminal that has gone does not stop it."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._file: Any = _DisconnectSafeStream(self._file)

    def run_input_thread(self) -> None:
        """Read the keys; what stops that stops the app, which Textual would have print it all.

        Textual's own way ends at a byte that is no text, and takes what an escape in a pasted text
        begins for keys.
        """
        try:
            self._read_keys()
        except Exception as error:
            self._app.call_later(self._app._handle_exception, error)

    def _read_keys(self) -> None:
        typed, parser = InputDecoder(), XTermParser(self._debug)
        with DefaultSelector() as selector:
            selector.register(self.fileno, EVENT_READ)
            while not self.exit_event.is_set():
                if selector.select(_LISTEN):
                    try:
                        data = os.read(self.fileno, _PIECE)
                    except OSError:
                        data = b""
                    if not data:
                        # The terminal has gone; a signal tells the app.
                        return
                    # To feed nothing would mean the end.
                    if text := typed.text(data):
                        for message in parser.feed(text):
                            self.process_message(message)
                # An escape that nothing follows was the key.
                for message in parser.tick():
                    self.process_message(message)

    def forget(self) -> None:
        """Know nothing of what the terminal shows; of such as know something."""


class _DisconnectSafeStream:
    """A stream that takes what is written when nobody is there to read it, too.

    The thread that writes would end on an error, and the program then wait for it.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Write, if that can still be."""
        try:
            return self._stream.write(text)
        except OSError:
            return len(text)

    def flush(self) -> None:
        """Flush, likewise."""
        try:
            self._stream.flush()
        except OSError:
            return

    def fileno(self) -> int:
        """Return the stream's descriptor."""
        return self._stream.fileno()
