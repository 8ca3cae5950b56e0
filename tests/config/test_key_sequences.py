from __future__ import annotations

import pytest

from tui.config.key_sequences import KeyResult, KeySequences, counted_action
from tui.config.keybindings import BY_ID, COUNTED, KeyContext

PASSED = KeyResult(is_key_left=True)


def feed(sequences: KeySequences, *keys: str, counted: str = "j") -> KeyResult:
    """Feed keys; return the last result."""
    results = [sequences.feed(key, is_counted=key in counted) for key in keys]
    return results[-1]


@pytest.mark.parametrize(("keys", "repeat"), [("5j", 5), ("10j", 10), ("3j", 3), ("100j", 100)])
def test_number_before_a_counted_key_repeats_it(keys: str, repeat: int) -> None:
    sequences = KeySequences()
    assert feed(sequences, *keys) == PASSED._replace(repeat=repeat)
    assert not sequences.is_pending


def test_key_without_a_number_is_left_alone() -> None:
    assert feed(KeySequences(), "j") == PASSED
    assert feed(KeySequences(), "0") == PASSED


def test_number_before_another_key_is_dropped() -> None:
    sequences = KeySequences()
    assert feed(sequences, "5", "x") == PASSED
    assert feed(sequences, "j") == PASSED


def test_digit_of_a_pane_runs_if_no_counted_key_follows() -> None:
    sequences = KeySequences()
    feed(sequences, "3")
    assert sequences.pane is BY_ID["pane.viewer"]
    assert sequences.resolve() == (BY_ID["pane.viewer"],)
    assert feed(sequences, "3", "x") == PASSED._replace(runs=(BY_ID["pane.viewer"],))


def test_several_digits_are_not_a_pane() -> None:
    sequences = KeySequences()
    feed(sequences, "1", "2")
    assert sequences.pane is None
    assert sequences.count == "12"
    assert feed(sequences, "x") == PASSED


@pytest.mark.parametrize("key", ["escape", "ctrl+c"])
@pytest.mark.parametrize("pending", ["5", "3", "y"])
def test_pending_keys_can_be_cancelled(pending: str, key: str) -> None:
    sequences = KeySequences()
    assert feed(sequences, pending, key) == KeyResult()
    assert not sequences.is_pending
    assert feed(sequences, key) == PASSED


def test_sequence_runs_its_binding() -> None:
    sequences = KeySequences()
    assert feed(sequences, "y") == KeyResult()
    assert {"y", "t", "m", "b", "i"} <= {key for key, _binding in sequences.continuations()}
    assert feed(sequences, "t") == KeyResult((BY_ID["copy.title"],))
    assert feed(sequences, "Z", "Z") == KeyResult((BY_ID["app.quit"],))


def test_unknown_sequence_is_named() -> None:
    assert feed(KeySequences(), "y", "plus") == KeyResult(unknown="y+")


def test_only_sequences_of_the_program_work_outside_the_main_screen() -> None:
    sequences = KeySequences()
    assert sequences.feed("y", context=KeyContext.APP) == PASSED
    assert sequences.feed("5", context=KeyContext.APP) == PASSED
    assert sequences.feed("Z", context=KeyContext.APP) == KeyResult()
    assert sequences.feed("Z", context=KeyContext.APP).runs == (BY_ID["app.quit"],)


def test_keymap_replaces_sequences_and_digits() -> None:
    sequences = KeySequences(
        {"copy.title": "T", "day.older": "g g,5", "pane.viewer": "f5", "copy.link": "y y"}
    )
    assert feed(sequences, "T") == KeyResult((BY_ID["copy.title"],))
    assert feed(sequences, "g", "g") == KeyResult((BY_ID["day.older"],))
    assert feed(sequences, "5") == PASSED, "the reader's key"
    assert feed(sequences, "3") == KeyResult()
    assert sequences.pane is None
    assert feed(sequences, "5") == KeyResult(), "a second digit"
    assert feed(sequences, "j").repeat == 35


@pytest.mark.parametrize(
    ("action", "expected"),
    [
        ("move('down')", "move('down', 12)"),
        ("step_day(-1)", "step_day(-12)"),
        ("resize_table(2)", "resize_table(24)"),
    ],
)
def test_actions_with_counts(action: str, expected: str) -> None:
    assert counted_action(action, 12) == expected


def test_counted_bindings_exist() -> None:
    assert set(BY_ID) >= COUNTED
