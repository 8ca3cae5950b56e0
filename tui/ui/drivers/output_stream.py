"""The stream on which the program draws, which outlives the terminal."""

from __future__ import annotations

import sys
from contextlib import suppress
from typing import TextIO

_CONTROLLING_TERMINAL = "/dev/tty"


def terminal_stream(stream: TextIO | None) -> TextIO:
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


class DisconnectSafeStream:
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
