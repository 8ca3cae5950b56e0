"""How far something is, on a terminal."""

from __future__ import annotations

import os
import sys


class ProgressLine:
    """Tells on a terminal how far something is, and takes that away; a log stays without it."""

    def __init__(self) -> None:
        self._can_show = sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
        self._is_shown = False

    def show(self, text: str) -> None:
        """Write over the same line."""
        if self._can_show:
            self._is_shown = True
            self._write(text)

    def clear(self) -> None:
        """Leave no trace."""
        if self._is_shown:
            self._write("")
            self._is_shown = False

    def _write(self, text: str) -> None:
        sys.stderr.write(f"\r{text}\x1b[K")
        sys.stderr.flush()
