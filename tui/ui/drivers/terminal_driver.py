"""Textual's Linux driver, hardened against malformed input and a disconnected terminal."""

from __future__ import annotations

import os
from codecs import getincrementaldecoder
from contextlib import suppress
from selectors import EVENT_READ, DefaultSelector
from typing import Any, TextIO

from textual.app import App
from textual.drivers.linux_driver import LinuxDriver

from tui.ui.textual_internals import XTermParser, handle_exception, wrap_output

_POLL_SECONDS = 0.1
"""How long to wait for input before checking whether the program is ending."""

_READ_BYTES = 4096
"""Size of one read."""

_ESCAPE = "\x1b"
_PASTE_BEGIN, _PASTE_END = "\x1b[200~", "\x1b[201~"
"""Begin and end markers of bracketed paste."""


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
        with suppress(OSError):
            self._stream.flush()

    def fileno(self) -> int:
        """Return the stream's file descriptor."""
        return self._stream.fileno()


class InputDecoder:
    """Decodes bytes from a terminal into text for the key parser.

    Invalid UTF-8 becomes U+FFFD. Escape characters inside a bracketed paste are removed: they could
    fake the end of the paste, and the text after it would be taken for keys.
    """

    def __init__(self) -> None:
        self._decode_utf8 = getincrementaldecoder("utf-8")("replace").decode
        self._in_paste = False
        self._recent = ""
        self._pending = ""

    def decode(self, data: bytes) -> str:
        """Return the text of the next bytes; a possibly incomplete end marker is kept back."""
        rest = self._pending + self._decode_utf8(data)
        self._pending = ""
        decoded = ""
        while rest:
            split = self._split_pasted if self._in_paste else self._split_typed
            part, rest = split(rest)
            decoded += part
        return decoded

    def _split_typed(self, text: str) -> tuple[str, str]:
        """Split text outside a paste: up to and including its begin marker, and the rest."""
        # The marker may have started in an earlier chunk, which was passed on because a lone
        # escape is a key.
        seen = self._recent + text
        start = seen.find(_PASTE_BEGIN)
        if start < 0:
            self._recent = seen[1 - len(_PASTE_BEGIN) :]
            return text, ""
        self._in_paste = True
        self._recent = ""
        end = start + len(_PASTE_BEGIN) - (len(seen) - len(text))
        return text[:end], text[end:]

    def _split_pasted(self, text: str) -> tuple[str, str]:
        """Split text inside a paste: up to and including its end marker, and the rest."""
        start = text.find(_PASTE_END)
        if start >= 0:
            self._in_paste = False
            return text[:start].replace(_ESCAPE, "") + _PASTE_END, text[start + len(_PASTE_END) :]
        escape = text.rfind(_ESCAPE)
        if escape >= 0 and _PASTE_END.startswith(text[escape:]):
            text, self._pending = text[:escape], text[escape:]
        return text.replace(_ESCAPE, ""), ""
