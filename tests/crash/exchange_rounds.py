"""Rounds in which an exchange of marks through a shared folder is killed while it writes."""

from __future__ import annotations

import random
import signal
import subprocess
from pathlib import Path
from typing import Self

from tests.crash.file_operations import FileOperationCounter
from tests.crash.round_result import RoundResult
from tests.support.accounts import ROOT
from tests.support.home import TIMEOUT_SECONDS
from tui.marks.edits import MarkEdit, set_note, set_read, set_starred
from tui.marks.store import MarkStore
from tui.marks.sync.merge_store import MarkMerger
from tui.marks.sync.shared_folder import exchange_marks

MACHINES = ("a-00000000", "b-00000000", "c-00000000")
PAPERS = ("2505.00001", "2505.00002", "2404.00001", "2404.00002", "math/0309136")
MAX_OPERATIONS = 12
"""The number of file operations that most exchanges do not exceed."""

EXCHANGE = """
import sys
from pathlib import Path
from tui.marks.sync.merge_store import MarkMerger
from tui.marks.sync.shared_folder import exchange_marks
exchange_marks(Path(sys.argv[1]), sys.argv[2], MarkMerger(Path(sys.argv[3])))
"""


def run_exchange(
    operations: FileOperationCounter, shared: Path, machine: str, marks: Path, last: int = 0
) -> int:
    """Exchange marks in a process, killed at file operation ``last``; return its exit code."""
    command = [*operations.program(EXCHANGE, last=last), str(shared), machine, str(marks)]
    return subprocess.run(command, cwd=ROOT, timeout=TIMEOUT_SECONDS, check=False).returncode


class ExchangeRounds:
    """Three machines that share a folder, one of which edits marks and exchanges them in a round.

    Sometimes a file is damaged whose marks have all been shared.

    Args:
        folder: where to create everything.
    """

    def __init__(self, folder: Path) -> None:
        self._shared = folder / "shared"
        self._shared.mkdir()
        self._marks = {machine: folder / machine for machine in MACHINES}
        self._last_edits: dict[tuple[str, str], tuple[str, MarkEdit]] = {}
        self._restored: set[str] = set()
        self._edits = 0
        self._operations = FileOperationCounter(folder)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Close the counter of file operations."""
        self._operations.close()

    def play(self, rng: random.Random) -> RoundResult:
        """Edit marks on a machine, kill its exchange, and check its marks, or everybody's."""
        machine = rng.choice(MACHINES)
        marks = self._marks[machine]
        confirmed = 0
        store = MarkStore(marks)
        for _ in range(rng.randint(1, 4)):
            for edit in store.apply(self._random_edits(rng)):
                self._last_edits[edit.paper, edit.field] = machine, edit
                confirmed += 1
        last = rng.randint(1, MAX_OPERATIONS)
        code = run_exchange(self._operations, self._shared, machine, marks, last)
        assert code in {0, -signal.SIGKILL}, f"exit code {code}"
        if machine not in self._restored:
            self._check(machine, only_own=True)
        if rng.random() < 0.3:
            self._check_all()
            if rng.random() < 0.5:
                self._damage(rng)
        return RoundResult(code != 0, code != 0, confirmed)

    def _random_edits(self, rng: random.Random) -> list[MarkEdit]:
        self._edits += 1
        paper = rng.choice(PAPERS)
        return rng.choice(
            (
                set_read([paper], rng.random() < 0.5),
                set_starred([paper], rng.random() < 0.5),
                set_note([paper], f"note {self._edits}"),
            )
        )

    def _check(self, machine: str, *, only_own: bool) -> None:
        """Check that a machine has the last edits, or those of them that were made on it."""
        store = MarkStore(self._marks[machine])
        for (paper, field), (editor, edit) in self._last_edits.items():
            if not only_own or editor == machine:
                actual = getattr(store.get(paper), field)
                assert actual == edit.value, f"{paper}, {field} on {machine}: {actual}, not {edit}"
        assert only_own or not store.read_errors, store.read_errors

    def _check_all(self) -> None:
        """Check that all machines have all edits after two exchanges without a kill."""
        for _ in range(2):
            for machine, marks in self._marks.items():
                exchange_marks(self._shared, machine, MarkMerger(marks))
        for machine, marks in self._marks.items():
            self._check(machine, only_own=False)
            leftovers = [*marks.rglob("*.tmp"), *(self._shared / machine).rglob("*.tmp")]
            assert not leftovers, f"leftover files: {leftovers}"
        self._restored.clear()

    def _damage(self, rng: random.Random) -> None:
        """Damage a file; what its backup lacks comes back with the next exchange."""
        machine = rng.choice(MACHINES)
        files = sorted(self._marks[machine].glob("[0-9]*.json"))
        if files:
            file = rng.choice(files)
            data = bytearray(file.read_bytes())
            data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
            file.write_bytes(data)
            self._restored.add(machine)
