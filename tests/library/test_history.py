"""The history of views, as in a web browser."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from tui.library.history import MAX_HISTORY_ENTRIES, History, HistoryEntry
from tui.library.scope import Scope

A, B, C, D = (HistoryEntry(Scope(f"2025-05-0{number}"), str(number)) for number in range(1, 5))


def test_history_ends_at_first_and_last_entry() -> None:
    history = History()
    assert history.back(A) is None
    assert history.forward(A) is None
    history.push(A)
    assert history.forward(B) is None


def test_back_and_forward_move_between_entries() -> None:
    history = History()
    history.push(A)
    history.push(B)
    assert history.back(C) == B
    assert history.back(B) == A
    assert history.back(A) is None
    assert history.forward(A) == B
    assert history.forward(B) == C
    assert history.forward(C) is None
    assert history.back(C) == B


def test_push_drops_the_entries_after_the_current_one() -> None:
    history = History()
    history.push(A)
    assert history.back(B) == A
    history.push(A)
    assert history.forward(D) is None
    assert history.back(D) == A


def test_repeated_entry_is_added_once() -> None:
    history = History()
    history.push(A)
    history.push(A)
    history.push(HistoryEntry(A.scope, "another paper"))
    assert history.back(B) == HistoryEntry(A.scope, "another paper")
    assert history.back(B) == A
    assert history.back(A) is None


def test_oldest_entries_are_forgotten() -> None:
    history = History()
    entries = [HistoryEntry(A.scope, str(number)) for number in range(MAX_HISTORY_ENTRIES + 9)]
    for entry in entries:
        history.push(entry)
    found = list(iter(lambda: history.back(B), None))
    assert found == entries[: -MAX_HISTORY_ENTRIES - 1 : -1]


class HistoryModel(RuleBasedStateMachine):
    """Compares the history with a model: a list of entries and a position."""

    def __init__(self) -> None:
        super().__init__()
        self.history = History()
        self.entries = [A]
        self.position = 0

    @rule(entry=st.sampled_from([A, B, C, D]))
    def visit(self, entry: HistoryEntry) -> None:
        if entry != self.entries[self.position] and (
            not self.position or entry != self.entries[self.position - 1]
        ):
            self.history.push(self.entries[self.position])
            self.entries[self.position + 1 :] = [entry]
            self.position += 1

    @rule()
    def back(self) -> None:
        result = self.history.back(self.entries[self.position])
        assert result == (self.entries[self.position - 1] if self.position else None)
        self.position -= self.position > 0

    @rule()
    def forward(self) -> None:
        is_last = self.position == len(self.entries) - 1
        result = self.history.forward(self.entries[self.position])
        assert result == (None if is_last else self.entries[self.position + 1])
        self.position += not is_last

    @invariant()
    def position_is_valid(self) -> None:
        assert 0 <= self.position < len(self.entries)


TestHistoryModel = HistoryModel.TestCase
