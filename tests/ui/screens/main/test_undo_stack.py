from __future__ import annotations

import pytest

from tui.marks.edits import MarkEdit, set_read, set_starred
from tui.ui.screens.main.undo_stack import MAX_STEPS, UndoStack, UndoStep, edit_label, short_title

A, B, C = (UndoStep(name, ()) for name in "ABC")


def test_steps_are_undone_and_redone_in_turn() -> None:
    stack = UndoStack()
    for step in (A, B):
        stack.record(step)
    for expected in (B, A):
        assert stack.take(redo=False) == expected
        stack.put(expected, redo=True)
    assert stack.take(redo=False) is None
    for expected in (A, B):
        assert stack.take(redo=True) == expected
        stack.put(expected, redo=False)
    assert stack.take(redo=True) is None
    assert stack.take(redo=False) == B


def test_new_step_drops_those_to_redo() -> None:
    stack = UndoStack()
    stack.put(A, redo=True)
    stack.record(C)
    assert stack.take(redo=True) is None
    assert stack.take(redo=False) == C


def test_oldest_steps_are_forgotten() -> None:
    stack = UndoStack()
    for number in range(MAX_STEPS + 5):
        stack.record(UndoStep(str(number), ()))
    taken = [step.label for step in iter(lambda: stack.take(redo=False), None)]
    assert taken == [str(number) for number in range(MAX_STEPS + 4, 4, -1)]


@pytest.mark.parametrize(
    ("edits", "label"),
    [
        (set_starred(["2505.00001"], True), "starred 'DynToM'"),
        (set_starred(["2505.00001"], False), "removed the star of 'DynToM'"),
        ([MarkEdit("2505.00001", "note", "mine", 0, "")], "changed the note on 'DynToM'"),
        ([MarkEdit("2505.00001", "tags", (), 0, ("rl",))], "removed the tags of 'DynToM'"),
        (set_read(["2505.00001", "2505.00002"], True), "marked 2 papers as read"),
        (set_read(["2505.00001", "2505.00002"], False), "marked 2 papers as unread"),
    ],
)
def test_labels_name_the_change_and_the_paper(edits: list[MarkEdit], label: str) -> None:
    assert edit_label(edits, "DynToM: A Benchmark of Changing Minds") == label


def test_long_title_is_cut() -> None:
    assert short_title("On Mills") == "On Mills"
    assert short_title("A Mill That Counts the Wind of Each Morning and Night") == (
        "A Mill That Counts the Wind of Each Mor⋯"
    )
    assert short_title("A Mill That Counts the Wind of Each Morning and Night", 50) == (
        "A Mill That Counts the Wind of Each Morning and N⋯"
    )
