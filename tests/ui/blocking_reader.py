"""Block the reading of digests."""

from __future__ import annotations

import threading

import pytest
from textual.worker import get_current_worker

from tui.digests import reader
from tui.models import Digest


class BlockingReader:
    """Lets a number of digests be read, and blocks the next one until it is released.

    Attributes:
        is_blocked: set when the next digest is reached.
        is_released: set by the test.
    """

    def __init__(self, count: int, monkeypatch: pytest.MonkeyPatch) -> None:
        self.is_blocked, self.is_released = threading.Event(), threading.Event()
        paths: list[str] = []
        original_read = reader.read_text

        def read(text: reader.DigestText, path: str) -> Digest:
            paths.append(path)
            if len(paths) > count:
                self.is_blocked.set()
                while not self.is_released.wait(0.005) and not get_current_worker().is_cancelled:
                    pass
            return original_read(text, path)

        monkeypatch.setattr(reader, "read_text", read)
