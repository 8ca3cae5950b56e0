"""Rounds in which a program that edits marks through the library is killed."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any, Self

from tests.crash.confirmed_marks import ConfirmedMarks
from tests.crash.file_operations import kill_after
from tests.crash.round_result import RoundResult
from tests.support.accounts import ROOT
from tui.marks.edits import set_starred
from tui.marks.store import MarkStore
from tui.models import Marks

_PROBE_PAPER = "2606.99999"
"""A paper that is marked to check whether the next writer removes leftover files."""


class MarkerRounds:
    """A folder of marks that is edited in every round.

    Args:
        folder: where to create it.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "marks"
        self._confirmed = ConfirmedMarks()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Do nothing; no resources are open."""

    def play(self, rng: random.Random) -> RoundResult:
        """Kill a program that edits marks, and check the ones that it confirmed."""
        if rng.random() < 0.3:
            self._backdate_backups()
        command = [sys.executable, "-m", "tests.crash.marker", str(self._folder)]
        with subprocess.Popen(
            [*command, str(rng.random())], cwd=ROOT, stdout=subprocess.PIPE
        ) as process:
            assert process.stdout is not None
            lines = []
            if rng.random() < 0.25:
                wait = rng.uniform(0, 0.5)
            else:
                lines = [process.stdout.readline() for _ in range(rng.randint(1, 40))]
                wait = rng.uniform(0, 0.004)
            killed = kill_after(process, wait)
            lines += process.stdout.readlines()
        assert killed, "the program exited by itself"
        confirmed = sum(self._record_line(line) for line in lines if line.endswith(b"\n"))
        was_writing = self._confirmed.is_in_flight
        store = MarkStore(self._folder)
        self._confirmed.check(store.all_marks())
        assert not store.read_errors, store.read_errors
        for starred in (True, False):
            store.apply(set_starred([_PROBE_PAPER], starred))
        leftovers = list(self._folder.rglob("*.tmp"))
        assert not leftovers, f"leftover files: {leftovers}"
        return RoundResult(killed, was_writing, confirmed)

    def _record_line(self, line: bytes) -> int:
        """Record a line of output; return the number of marks it confirms."""
        sign, _, payload = line.decode().partition(" ")
        if sign == "!":
            return self._confirmed.confirm()
        marks: dict[str, list[Any]] = json.loads(payload)
        self._confirmed.begin_edit(
            {
                arxiv_id: Marks(read, starred, tuple(tags), *others)
                for arxiv_id, (read, starred, tags, *others) in marks.items()
            }
        )
        return 0

    def _backdate_backups(self) -> None:
        """Backdate today's backups, so that new ones are made."""
        today = date.today().isoformat()
        for backup in sorted((self._folder / "backups").glob(f"*-{today}.json")):
            backup.rename(backup.with_name(backup.name.replace(today, "2025-01-01")))
