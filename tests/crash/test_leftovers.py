"""What killed writers leave is cleared away by the next one; what the living write is not."""

from __future__ import annotations

import itertools
import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.crash.watched_process import Steps, stopped
from tests.crash.writings import WRITINGS, left_in, lock_of, run
from tests.support.home import TIMEOUT_SECONDS, Home
from tests.support.unprivileged import as_nobody, folder_of_nobody
from tui.marks import MarkStore, NotPersistedError, set_read
from tui.storage.folder import LOCK, BusyError

PAPER = "2505.00001"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


@pytest.fixture
def steps(tmp_path: Path) -> Iterator[Steps]:
    with Steps(tmp_path) as steps:
        yield steps


@pytest.mark.parametrize("name", WRITINGS)
def test_killed_at_every_step(home: Home, steps: Steps, name: str) -> None:
    writing = WRITINGS[name]
    numbers = itertools.count()
    ever_left = False
    for last in itertools.count(1):
        code = run(home, steps, writing, next(numbers), last)
        if code == 0:
            break
        assert code == -signal.SIGKILL
        ever_left |= bool(left_in(home))
        before = writing.found(home)
        # Its lock is gone with it, or this would wait and fail.
        assert run(home, steps, writing, next(numbers)) == 0
        assert left_in(home) == []
        assert writing.found(home) != before
    assert ever_left, "it was never killed before a file was in its place"


@pytest.mark.parametrize("name", WRITINGS)
def test_what_the_living_write_is_left_alone(home: Home, steps: Steps, name: str) -> None:
    writing = WRITINGS[name]
    numbers = itertools.count()
    assert run(home, steps, writing, next(numbers)) == 0
    for last in itertools.count(1):
        assert run(home, steps, writing, next(numbers), last) == -signal.SIGKILL
        left = left_in(home)
        assert run(home, steps, writing, next(numbers)) == 0
        if left:
            break
    before = writing.found(home)
    program = steps.program(writing.code, last=last, end=signal.SIGSTOP)
    command = (*program, *writing.words(home, next(numbers)))
    with stopped(command, at=home.root, environment=home.environment) as process:
        left = left_in(home)
        assert left
        store = lock_of(home, writing)
        if store is None:
            # Who needs no lock goes by.
            assert run(home, steps, writing, next(numbers)) == 0
        else:
            with pytest.raises(BusyError, match="another Broadsheet"), store.locked(timeout=0.05):
                pytest.fail("two have the lock")
        assert left_in(home) == left
        process.send_signal(signal.SIGCONT)
        assert process.wait(TIMEOUT_SECONDS) == 0
    assert writing.found(home) != before
    assert left_in(home) == []


def test_what_was_left_beside_copies_goes_though_no_copy_is_made(tmp_path: Path) -> None:
    folder = tmp_path / "marks"
    store = MarkStore(folder)
    store.apply(set_read([PAPER], True))
    store.apply(set_read([PAPER], False))
    [copy] = (folder / "backups").iterdir()
    left = copy.with_name(f".{copy.name}.abcdefgh.tmp")
    left.write_bytes(b"half")
    store.apply(set_read([PAPER], True))
    assert list((folder / "backups").iterdir()) == [copy]


def test_what_cannot_be_cleared_away_is_in_nobody_s_way(tmp_path: Path) -> None:
    folder = tmp_path / "marks"
    (folder / ".2505.json.abcdefgh.tmp").mkdir(parents=True)
    MarkStore(folder).apply(set_read([PAPER], True))
    assert MarkStore(folder).get(PAPER).read


def linked(folder: Path) -> None:
    (folder / LOCK).symlink_to(folder / "elsewhere")


def another_s(folder: Path) -> None:
    (folder / LOCK).touch(mode=0o600)
    if os.geteuid() != 0:
        (folder / LOCK).chmod(0)


def made_a_folder(folder: Path) -> None:
    (folder / LOCK).mkdir()


@pytest.mark.parametrize("spoil", [linked, another_s, made_a_folder])
def test_what_is_no_lock_of_ours_is_named(spoil: Callable[[Path], None]) -> None:
    with folder_of_nobody() as folder:
        with as_nobody():
            store = MarkStore(folder / "marks")
            store.apply(set_read([PAPER], True))
            (folder / "marks" / LOCK).unlink()
        # By root, where that is who runs this.
        spoil(folder / "marks")
        with as_nobody():
            with pytest.raises(NotPersistedError, match="remove it, and try again") as raised:
                store.apply(set_read([PAPER], False))
            assert str(raised.value).startswith(f"{folder / 'marks' / LOCK}: this lock cannot")
            assert MarkStore(folder / "marks").get(PAPER).read
            assert not store.get(PAPER).read  # as the reader wants it, as soon as it can be written
            assert not (folder / "elsewhere").exists()


def test_any_mode_of_a_lock_that_can_be_written_will_do() -> None:
    with folder_of_nobody() as folder, as_nobody():
        store = MarkStore(folder / "marks")
        store.apply(set_read([PAPER], True))
        for mode in (0o600, 0o666, 0o777):
            (folder / "marks" / LOCK).chmod(mode)
            (folder / "marks" / LOCK).write_text("whatever stands in it")
            assert store.apply(set_read([f"2505.{mode:05}"], True))
