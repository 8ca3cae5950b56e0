"""A progress line on a terminal."""

from __future__ import annotations

import os
import sys


class ProgressLine:
    """One line on standard error that is overwritten, and cleared at the end of a with block.

    Nothing is written unless standard error is a terminal that can overwrite a line.
    """

    def __init__(self) -> None:
        self._is_enabled = sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
        self._is_shown = False

    def __enter__(self) -> ProgressLine:
        """Return the line, which is still empty."""
        return self

    def __exit__(self, *_: object) -> None:
        """Clear the line."""
        self.clear()

    def show(self, text: str) -> None:
        """Replace the line."""
        if self._is_enabled:
            self._is_shown = True
            self._write(text)

    def clear(self) -> None:
        """Remove the line, so that other output can follow."""
        if self._is_shown:
            self._write("")
            self._is_shown = False

    def _write(self, text: str) -> None:
        sys.stderr.write(f"\r{text}\x1b[K")
        sys.stderr.flush()
