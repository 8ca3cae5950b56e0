"""The next writer removes the leftovers of killed writers, but not files of running ones."""

from __future__ import annotations

import itertools
import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.crash.file_operations import FileOperationCounter, stopped
from tests.crash.write_operations import WRITE_OPERATIONS, leftover_files, lock_of, run
from tests.support.home import TIMEOUT_SECONDS, Home
from tests.support.unprivileged import as_nobody, folder_of_nobody
from tui.marks.edits import set_read
from tui.marks.store import MarkStore, NotPersistedError
from tui.storage.locks import LOCK_FILE, BusyError

PAPER = "2505.00001"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[FileOperationCounter]:
    with FileOperationCounter(tmp_path) as counter:
        yield counter


@pytest.mark.parametrize("name", WRITE_OPERATIONS)
def test_kill_at_every_file_operation(home: Home, counter: FileOperationCounter, name: str) -> None:
    operation = WRITE_OPERATIONS[name]
    numbers = itertools.count()
    had_leftovers = False
    for last in itertools.count(1):
        code = run(home, counter, operation, next(numbers), last)
        if code == 0:
            break
        assert code == -signal.SIGKILL
        had_leftovers |= bool(leftover_files(home))
        before = operation.read_result(home)
        # Its lock was released when it died; otherwise this would time out.
        assert run(home, counter, operation, next(numbers)) == 0
        assert leftover_files(home) == []
        assert operation.read_result(home) != before
    assert had_leftovers, "no kill left a temporary file"


@pytest.mark.parametrize("name", WRITE_OPERATIONS)
def test_files_of_running_writers_are_left_alone(
    home: Home, counter: FileOperationCounter, name: str
) -> None:
    operation = WRITE_OPERATIONS[name]
    numbers = itertools.count()
    assert run(home, counter, operation, next(numbers)) == 0
    for last in itertools.count(1):
        assert run(home, counter, operation, next(numbers), last) == -signal.SIGKILL
        leftovers = leftover_files(home)
        assert run(home, counter, operation, next(numbers)) == 0
        if leftovers:
            break
    before = operation.read_result(home)
    program = counter.program(operation.code, last=last, end=signal.SIGSTOP)
    command = (*program, *operation.arguments(home, next(numbers)))
    with stopped(command, at=home.root, environment=home.environment) as process:
        leftovers = leftover_files(home)
        assert leftovers
        store = lock_of(home, operation)
        if store is None:
            # Operations without a lock are not blocked.
            assert run(home, counter, operation, next(numbers)) == 0
        else:
            with pytest.raises(BusyError, match="another Broadsheet"), store.locked(timeout=0.05):
                pytest.fail("two processes hold the lock")
        assert leftover_files(home) == leftovers
        process.send_signal(signal.SIGCONT)
        assert process.wait(TIMEOUT_SECONDS) == 0
    assert operation.read_result(home) != before
    assert leftover_files(home) == []


def test_leftovers_beside_backups_are_removed_without_a_new_backup(tmp_path: Path) -> None:
    folder = tmp_path / "marks"
    store = MarkStore(folder)
    store.apply(set_read([PAPER], True))
    store.apply(set_read([PAPER], False))
    [backup] = (folder / "backups").iterdir()
    leftover = backup.with_name(f".{backup.name}.abcdefgh.tmp")
    leftover.write_bytes(b"half")
    store.apply(set_read([PAPER], True))
    assert list((folder / "backups").iterdir()) == [backup]


def test_leftovers_that_cannot_be_removed_do_no_harm(tmp_path: Path) -> None:
    folder = tmp_path / "marks"
    (folder / ".2505.json.abcdefgh.tmp").mkdir(parents=True)
    MarkStore(folder).apply(set_read([PAPER], True))
    assert MarkStore(folder).get(PAPER).read


def replaced_by_a_link(folder: Path) -> None:
    (folder / LOCK_FILE).symlink_to(folder / "elsewhere")


def replaced_by_a_folder(folder: Path) -> None:
    (folder / LOCK_FILE).mkdir()


@pytest.mark.parametrize("spoil", [replaced_by_a_link, replaced_by_a_folder])
def test_invalid_lock_file_is_named_in_the_error(spoil: Callable[[Path], None]) -> None:
    with folder_of_nobody() as folder, as_nobody():
        store = MarkStore(folder / "marks")
        store.apply(set_read([PAPER], True))
        (folder / "marks" / LOCK_FILE).unlink()
        spoil(folder / "marks")
        assert_not_writable(folder, store, "this lock cannot .* delete it and try again")


def test_lock_file_of_another_user_is_named_in_the_error() -> None:
    with folder_of_nobody() as folder:
        with as_nobody():
            store = MarkStore(folder / "marks")
            store.apply(set_read([PAPER], True))
            (folder / "marks" / LOCK_FILE).unlink()
        # It belongs to root if the tests run as root.
        (folder / "marks" / LOCK_FILE).touch(mode=0o600)
        why = "it belongs to root"
        if os.geteuid() != 0:
            (folder / "marks" / LOCK_FILE).chmod(0)
            why = "delete it and try again"
        with as_nobody():
            assert_not_writable(folder, store, why)


def assert_not_writable(folder: Path, store: MarkStore, why: str) -> None:
    """Check that marks are read, but kept in memory until they can be written."""
    with pytest.raises(NotPersistedError, match=why) as raised:
        store.apply(set_read([PAPER], False))
    assert str(raised.value).startswith(f"{folder / 'marks' / LOCK_FILE}: ")
    assert MarkStore(folder / "marks").get(PAPER).read
    assert not store.get(PAPER).read
    assert not (folder / "elsewhere").exists()


def test_lock_file_may_have_any_writable_mode() -> None:
    with folder_of_nobody() as folder, as_nobody():
        store = MarkStore(folder / "marks")
        store.apply(set_read([PAPER], True))
        for mode in (0o600, 0o666, 0o777):
            (folder / "marks" / LOCK_FILE).chmod(mode)
            (folder / "marks" / LOCK_FILE).write_text("any text")
            assert store.apply(set_read([f"2505.{mode:05}"], True))
