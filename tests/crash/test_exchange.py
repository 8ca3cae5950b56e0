"""An exchange of marks that repairs a damaged file is killed at some of its file operations.

``--hypothesis-profile=deep`` kills it at all of them.
"""

from __future__ import annotations

import itertools
import json
import signal
from pathlib import Path

from hypothesis import settings

from tests.crash.exchange_rounds import run_exchange
from tests.crash.file_operations import FileOperationCounter
from tui.marks.edits import set_note, set_read
from tui.marks.store import MarkStore
from tui.marks.sync.merge_store import MarkMerger
from tui.marks.sync.shared_folder import exchange_marks
from tui.models import Marks

PAPER, OTHER = "2505.00001", "2404.00002"
MACHINE = "here-00000000"
DAMAGE = b'{"damaged'

STEP = 1 if settings().max_examples > 1000 else 3
"""Steps between the file operations at which the exchange is killed."""


def prepare(root: Path) -> tuple[Path, Path]:
    """Return a shared folder with a peer's file, and marks of which one file is damaged."""
    shared, marks = root / "shared", root / "marks"
    (shared / "peer-00000000").mkdir(parents=True)
    MarkStore(marks).apply(set_read([PAPER, OTHER], True))
    exchange_marks(shared, MACHINE, MarkMerger(marks))
    MarkStore(marks).apply(set_note([PAPER, OTHER], "backed up before"))
    lines = (json.dumps({"id": paper, "starred": True}) for paper in (PAPER, OTHER))
    (shared / "peer-00000000" / "all.jsonl").write_text("\n".join(lines))
    (marks / "2505.json").write_bytes(DAMAGE)
    return shared, marks


def test_exchange_killed_at_file_operations(tmp_path: Path) -> None:
    expected = {PAPER: Marks(True, True), OTHER: Marks(True, True, note="backed up before")}
    with FileOperationCounter(tmp_path) as operations:
        for last in itertools.count(1, STEP):
            shared, marks = prepare(tmp_path / str(last))
            code = run_exchange(operations, shared, MACHINE, marks, last)
            if code != 0:
                assert code == -signal.SIGKILL
                known = MarkStore(marks).all_marks()
                for paper in (PAPER, OTHER):
                    assert known[paper]._replace(starred=True) == expected[paper]
                assert run_exchange(operations, shared, MACHINE, marks) == 0
            store = MarkStore(marks)
            assert (store.all_marks(), store.read_errors) == (expected, [])
            assert {file.read_bytes() for file in store.quarantined_files()} == {DAMAGE}
            assert not list((tmp_path / str(last)).rglob("*.tmp"))
            own = (shared / MACHINE / "2505.jsonl").read_text()
            assert json.loads(own)["starred"] is True
            if code == 0:
                break
    assert last > 10
