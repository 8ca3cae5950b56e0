"""Marks that a disk does not take: kept in memory, and written when it does."""

from __future__ import annotations

import resource
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tui.marks import MarkStore, NotPersistedError, set_note, set_read, set_starred, set_tags
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
    store.apply(set_note([paper], "before"))
    full(True)
    with pytest.raises(NotPersistedError, match=r"2505.*\.json: .*ulimit") as raised:
        store.apply(set_starred([paper], True))
    assert raised.value.path.is_relative_to(folder)
    with pytest.raises(NotPersistedError):
        store.apply(set_tags([paper, other], ["a"], replaces=()))
    # What changes nothing has nothing to be written, but something still waits.
    with pytest.raises(NotPersistedError) as raised:
        store.apply(set_starred([paper], True))
    assert raised.value.edits == []
    with pytest.raises(NotPersistedError):
        store.retry_pending()
    # Another process, which can write, does meanwhile.
    full(False)
    MarkStore(folder).apply(set_tags([paper], ["b"]))
    full(True)
    assert store.refresh()
    assert store.get(paper) == Marks(starred=True, tags=("a", "b"), note="before")
    full(False)
    # The next change takes along what waits, and tells its own.
    edits = set_read([other], True)
    assert store.apply(edits) == [edits[0]._replace(replaces=False)]
    assert store.pending_count == 0
    expected = {
        paper: Marks(starred=True, tags=("a", "b"), note="before"),
        other: Marks(read=True, tags=("a",)),
    }
    assert store.all_marks() == MarkStore(folder).all_marks() == expected


def test_what_waits_can_be_undone(
    store: MarkStore, folder: Path, full: Callable[[bool], None]
) -> None:
    full(True)
    with pytest.raises(NotPersistedError) as raised:
        store.apply(set_starred(["2505.00001"], True))
    # Nothing is to be written any more.
    [undone] = store.undo(raised.value.edits)
    assert (undone.value, undone.replaces) == (False, True)
    assert (store.all_marks(), store.pending_count) == ({}, 0)
    full(False)
    store.retry_pending()
    assert MarkStore(folder).all_marks() == {}


def test_the_last_chance_is_when_the_reader_leaves(
    store: MarkStore, folder: Path, full: Callable[[bool], None]
) -> None:
    def star(paper: str) -> None:
        with suppress(NotPersistedError):
            store.apply(set_starred([paper], True))

    full(True)
    store.submit(lambda: star("2505.00001"))
    [why] = store.flush()
    assert "2505.json" in str(why)
    full(False)
    store.submit(lambda: star("2505.00002"))
    assert store.flush() == []
    assert MarkStore(folder).all_marks().keys() == {"2505.00001", "2505.00002"}
