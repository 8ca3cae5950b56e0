"""Edits as records: conflicts with other processes, undo, and stored times."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui.marks.edits import MarkEdit, apply_edits, set_note, set_read, set_tags
from tui.marks.store import MarkStore
from tui.marks.sync.merge_store import MarkMerger
from tui.models import Marks

PAPER = "2505.00001"


def apply(edit: MarkEdit, marks: Marks) -> Marks:
    return apply_edits([edit], {PAPER: marks})[0][PAPER]


@pytest.mark.parametrize(
    ("original", "edited", "current", "merged"),
    [
        (("a",), ("a", "b"), ("a",), ("a", "b")),
        ((), ("a",), ("b",), ("a", "b")),
        (("a", "b"), ("b",), ("a", "b", "c"), ("b", "c")),
        (("a", "b"), ("a", "b", "c"), ("b",), ("b", "c")),
        (("rl",), ("RL",), ("rl", "x"), ("RL", "x")),
        (("a",), ("a", "B"), ("a", "b"), ("a", "B")),
        (None, ("a",), ("b", "c"), ("a",)),
    ],
)
def test_tags_changed_by_another_process_are_merged(
    original: tuple[str, ...] | None,
    edited: tuple[str, ...],
    current: tuple[str, ...],
    merged: tuple[str, ...],
) -> None:
    [edit] = set_tags([PAPER], edited, replaces=original)
    assert apply(edit, Marks(tags=current)).tags == merged


@pytest.mark.parametrize(
    ("original", "edited", "current", "merged"),
    [
        ("old", "new", "old", "new"),
        ("old", "new", "theirs", "theirs\n\nnew"),
        ("old", "", "theirs", "theirs"),
        ("old", "new", "", "new"),
        (None, "new", "theirs", "new"),
    ],
)
def test_note_changed_by_another_process_is_kept(
    original: str | None, edited: str, current: str, merged: str
) -> None:
    [edit] = set_note([PAPER], edited, replaces=original)
    assert apply(edit, Marks(note=current)).note == merged


def test_undo_keeps_a_note_that_was_changed_since() -> None:
    [edit] = apply_edits(set_note([PAPER], "new"), {PAPER: Marks(note="old")})[1]
    assert apply(edit.inverted(), Marks(note="new")).note == "old"
    assert apply(edit.inverted(), Marks(note="newer")).note == "newer"
    assert not apply(edit.inverted(), Marks()).note


def test_time_of_an_edit_is_stored(tmp_path: Path) -> None:
    [edit] = set_read([PAPER], True)
    MarkStore(tmp_path).apply([edit._replace(at=1_700_000_000_000)])
    [(_, marks)] = MarkMerger(tmp_path).read_shards()
    assert marks[PAPER].read == (1_700_000_000_000, True)


def test_edits_can_be_compared_and_printed() -> None:
    assert MarkEdit(PAPER, "read", True, 5) == MarkEdit(PAPER, "read", True, 5)
    assert "paper='2505.00001', field='read', value=True, at=5" in repr(
        MarkEdit(PAPER, "read", True, 5)
    )
