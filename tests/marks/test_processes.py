"""Several processes that change the same marks, and processes that are killed."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.concurrent_processes import WAIT_FOR_START, run_concurrently
from tui.marks.edits import set_note, set_read, set_starred
from tui.marks.store import MarkStore, NotPersistedError
from tui.models import Marks
from tui.storage.folder import TinyDbFolder

pytestmark = pytest.mark.slow

MARK_SCRIPT = f"""
from pathlib import Path
from tui.marks.store import MarkStore
from tui.marks.edits import set_read
{WAIT_FOR_START}
store = MarkStore(Path(sys.argv[1]))
for number in range(25):
    store.apply(set_read([f"250{{number % 2}}.{{sys.argv[2]}}{{number:04}}"], True))
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "marks"


def test_two_processes_lose_no_mark(folder: Path) -> None:
    run_concurrently(MARK_SCRIPT, str(folder), names=("1", "2"))
    marked = MarkStore(folder).all_marks()
    assert set(marked.values()) == {Marks(read=True)}
    assert marked.keys() == {f"250{n % 2}.{name}{n:04}" for name in "12" for n in range(25)}


def test_refresh_shows_changes_by_another_process(folder: Path) -> None:
    mine, other_store = MarkStore(folder), MarkStore(folder)
    assert mine.all_marks() == {}
    assert mine.get("2505.00001") == Marks()
    other_store.apply(set_read(["2505.00001", "2504.00001"], True))
    assert mine.get("2505.00001") == Marks()
    assert mine.refresh()
    assert mine.get("2505.00001") == Marks(read=True)
    assert mine.all_marks() == other_store.all_marks()
    assert not mine.refresh()
    assert not other_store.refresh()  # its own changes do not count
    mine.apply(set_starred(["2505.00001"], True))
    assert other_store.refresh()
    assert other_store.get("2505.00001") == Marks(read=True, starred=True)
    mine.apply(set_read(["2505.00001"], False))
    mine.apply(set_read(["2505.00001"], True))
    assert not other_store.refresh()  # the file was replaced, but has the same marks


def test_edits_apply_to_marks_written_by_another_process(folder: Path) -> None:
    mine, other_store = MarkStore(folder), MarkStore(folder)
    mine.apply(set_read(["2505.00001"], True))
    other_store.apply(set_starred(["2505.00001", "2505.00002"], True))
    mine.apply(set_note(["2505.00001"], "mine"))
    assert mine.get("2505.00001") == Marks(read=True, starred=True, note="mine")
    assert mine.get("2505.00002") == Marks(starred=True)


def test_lock_held_by_another_process_is_reported(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = MarkStore(folder)
    store.apply(set_read(["2505.00001"], True))
    locked = TinyDbFolder.locked
    monkeypatch.setattr(TinyDbFolder, "locked", lambda self: locked(self, timeout=0.1))
    with (
        locked(TinyDbFolder(folder, 1)),
        pytest.raises(NotPersistedError, match="another Broadsheet is writing"),
    ):
        store.apply(set_starred(["2505.00001"], True))
    assert store.get("2505.00001") == Marks(read=True, starred=True)
    assert MarkStore(folder).get("2505.00001") == Marks(read=True)
    store.retry_pending()
    assert MarkStore(folder).get("2505.00001") == Marks(read=True, starred=True)


NOTE_SCRIPT = """
import sys
from pathlib import Path
from tui.marks.store import MarkStore
from tui.marks.edits import set_note
store = MarkStore(Path(sys.argv[1]))
papers = [f"250{n % 3}.{n:05}" for n in range(30)]
for number in range(1000):
    store.apply(set_note(papers[:20], "x" * number))
    print(number, flush=True)
"""


def test_process_killed_while_writing_loses_no_confirmed_edit(folder: Path) -> None:
    rng = random.Random(1)
    for _ in range(8):
        command = [sys.executable, "-c", NOTE_SCRIPT, str(folder)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            for _ in range(rng.randint(1, 12)):
                confirmed = int(process.stdout.readline())
            process.kill()
            confirmed = max([confirmed, *map(int, process.stdout.read().split())])
        assert process.returncode == -signal.SIGKILL
        store = MarkStore(folder)
        months = [store.get(f"250{month}.0000{month}") for month in range(3)]
        # The confirmed edit is on disk; shards of the next one are old or new.
        assert {len(marks.note) for marks in months} <= {confirmed, confirmed + 1}
        marked = store.all_marks()
        assert len(marked) == 20 or not confirmed  # the very first note is empty
        for arxiv_id, marks in marked.items():
            assert marks == months[int(arxiv_id[3])]
        assert store.read_errors == []
        # The next writer removes leftovers.
        store.apply(set_read(["2500.99999"], True))
        assert list(folder.rglob("*.tmp")) == []
        store.apply(set_read(["2500.99999"], False))
