"""Holds the reading of digests up at a certain one."""

from __future__ import annotations

import threading

import pytest
from textual.worker import get_current_worker

from tui.digests import reader
from tui.models import Digest


class Gate:
    """Lets a number of digests be read, and then none before it is opened or the app is left."""

    def __init__(self, count: int, monkeypatch: pytest.MonkeyPatch) -> None:
        self.reached, self.opened = threading.Event(), threading.Event()
        begun: list[str] = []
        read_now = reader.read

        def read(data: bytes, path: str) -> Digest:
            begun.append(path)
            if len(begun) > count:
                self.reached.set()
                while not self.opened.wait(0.005) and not get_current_worker().is_cancelled:
                    pass
            return read_now(data, path)

        monkeypatch.setattr(reader, "read", read)
