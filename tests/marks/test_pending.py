"""Edits that cannot be written stay pending in memory until they can."""

from __future__ import annotations

import resource
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tui.marks.edits import set_note, set_read, set_starred, set_tags
from tui.marks.store import MarkStore, NotPersistedError
from tui.models import Marks


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "state" / "marks"


@pytest.fixture
def store(folder: Path) -> MarkStore:
    return MarkStore(folder)


@pytest.fixture
def limit_file_size() -> Iterator[Callable[[bool], None]]:
    """Turn a limit of one byte per file on or off."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)

    def set_limit(is_full: bool) -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1, limits[1]) if is_full else limits)

    yield set_limit
    set_limit(False)


def test_edits_that_cannot_be_written_stay_pending(
    store: MarkStore, folder: Path, limit_file_size: Callable[[bool], None]
) -> None:
    paper, other_paper = "2505.00001", "2504.00001"
    store.apply(set_note([paper], "before"))
    limit_file_size(True)
    with pytest.raises(NotPersistedError, match=r"2505.*\.json: .*ulimit") as raised:
        store.apply(set_starred([paper], True))
    assert raised.value.path.is_relative_to(folder)
    with pytest.raises(NotPersistedError):
        store.apply(set_tags([paper, other_paper], ["a"], replaces=()))
    # An edit without effect still raises, because others are pending.
    with pytest.raises(NotPersistedError) as raised:
        store.apply(set_starred([paper], True))
    assert raised.value.edits == []
    with pytest.raises(NotPersistedError):
        store.retry_pending()
    # In the meantime, another process changes the marks.
    limit_file_size(False)
    MarkStore(folder).apply(set_tags([paper], ["b"]))
    limit_file_size(True)
    assert store.refresh()
    assert store.get(paper) == Marks(starred=True, tags=("a", "b"), note="before")
    limit_file_size(False)
    # The next edit also writes the pending ones, and returns only itself.
    edits = set_read([other_paper], True)
    assert store.apply(edits) == [edits[0]._replace(replaces=False)]
    assert store.pending_count == 0
    expected = {
        paper: Marks(starred=True, tags=("a", "b"), note="before"),
        other_paper: Marks(read=True, tags=("a",)),
    }
    assert store.all_marks() == MarkStore(folder).all_marks() == expected


def test_pending_edits_can_be_undone(
    store: MarkStore, folder: Path, limit_file_size: Callable[[bool], None]
) -> None:
    limit_file_size(True)
    with pytest.raises(NotPersistedError) as raised:
        store.apply(set_starred(["2505.00001"], True))
    # No edits are pending.
    [undone] = store.undo(raised.value.edits)
    assert (undone.value, undone.replaces) == (False, True)
    assert (store.all_marks(), store.pending_count) == ({}, 0)
    limit_file_size(False)
    store.retry_pending()
    assert MarkStore(folder).all_marks() == {}


def test_pending_edits_are_written_on_exit(
    store: MarkStore, folder: Path, limit_file_size: Callable[[bool], None]
) -> None:
    def star(paper: str) -> None:
        with suppress(NotPersistedError):
            store.apply(set_starred([paper], True))

    limit_file_size(True)
    store.submit(lambda: star("2505.00001"))
    [why] = store.flush()
    assert "2505.json" in str(why)
    limit_file_size(False)
    store.submit(lambda: star("2505.00002"))
    assert store.flush() == []
    assert MarkStore(folder).all_marks().keys() == {"2505.00001", "2505.00002"}
