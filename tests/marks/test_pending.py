"""Marks that a disk does not take: kept in memory, and written when it does."""

from __future__ import annotations

import resource
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tui.marks import (
    Change,
    MarkStore,
    NotPersistedError,
    set_read,
    set_starred,
    with_note,
    with_tags,
)
from tui.models import Marks


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "state" / "marks"


@pytest.fixture
def store(folder: Path) -> MarkStore:
    return MarkStore(folder)


@pytest.fixture
def full() -> Iterator[Callable[[bool], None]]:
    """Let files be at most one byte long, or any length."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)

    def turn(is_full: bool) -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1, limits[1]) if is_full else limits)

    yield turn
    turn(False)


def test_what_cannot_be_written_waits_in_memory(
    store: MarkStore, folder: Path, full: Callable[[bool], None]
) -> None:
    paper, other = "2505.00001", "2504.00001"
    store.change([paper], with_note("before"))
    full(True)
    with pytest.raises(NotPersistedError, match=r"2505.*\.json: .*ulimit") as raised:
        store.change([paper], set_starred(True))
    assert raised.value.path.is_relative_to(folder)
    with pytest.raises(NotPersistedError):
        store.change([paper, other], with_tags(["a"], instead_of=()))
    # What changes nothing has nothing to be written, but something still waits.
    with pytest.raises(NotPersistedError) as raised:
        store.change([paper], set_starred(True))
    assert raised.value.changes == []
    with pytest.raises(NotPersistedError):
        store.write_again()
    # Another process, which can write, does meanwhile.
    full(False)
    MarkStore(folder).change([paper], with_tags(["b"]))
    full(True)
    assert store.refresh()
    assert store.get(paper) == Marks(starred=True, tags=("a", "b"), note="before")
    full(False)
    # The next change takes along what waits, and tells its own.
    assert store.change([other], set_read(True)) == [
        Change(other, Marks(tags=("a",)), Marks(read=True, tags=("a",)))
    ]
    assert store.unwritten == 0
    expected = {
        paper: Marks(starred=True, tags=("a", "b"), note="before"),
        other: Marks(read=True, tags=("a",)),
    }
    assert store.marked() == MarkStore(folder).marked() == expected


def test_what_waits_can_be_undone(
    store: MarkStore, folder: Path, full: Callable[[bool], None]
) -> None:
    full(True)
    with pytest.raises(NotPersistedError) as raised:
        store.change(["2505.00001"], set_starred(True))
    # Nothing is to be written any more.
    [change] = store.undo(raised.value.changes)
    assert change.before.starred
    assert (store.marked(), store.unwritten) == ({}, 0)
    full(False)
    store.write_again()
    assert MarkStore(folder).marked() == {}


def test_the_last_chance_is_when_the_reader_leaves(
    store: MarkStore, folder: Path, full: Callable[[bool], None]
) -> None:
    def star(paper: str) -> None:
        with suppress(NotPersistedError):
            store.change([paper], set_starred(True))

    full(True)
    store.later(lambda: star("2505.00001"))
    [why] = store.wait()
    assert "2505.json" in str(why)
    full(False)
    store.later(lambda: star("2505.00002"))
    assert store.wait() == []
    assert MarkStore(folder).marked().keys() == {"2505.00001", "2505.00002"}
