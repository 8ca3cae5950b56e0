"""The keys as data: nothing is bound twice, and everything can be explained."""

from __future__ import annotations

from collections import Counter

import pytest
from textual.keys import KEY_NAME_REPLACEMENTS, Keys, _character_to_key

from tui.config.keybindings import (
    BY_ID,
    KEYS,
    HelpSection,
    KeyBinding,
    KeyContext,
    key_label,
    key_labels,
)

every_key = pytest.mark.parametrize("key", KEYS, ids=[key.id for key in KEYS])


def test_ids_are_unique() -> None:
    assert [name for name, times in Counter(key.id for key in KEYS).items() if times > 1] == []
    assert [BY_ID[key.id] for key in KEYS] == list(KEYS)


def test_no_key_does_two_things() -> None:
    # All contexts overlap: a pane is on the main screen, the sidebar is a pane, the app is around.
    bound = Counter(name for key in KEYS for name in key.keys.split(","))
    assert [name for name, times in bound.items() if times > 1] == []


@every_key
def test_every_key_is_explained(key: KeyBinding) -> None:
    assert key.help[0].isupper()
    assert not key.help.endswith((".", " "))
    assert len(key.hint) <= 8
    assert key.action
    assert key.section in HelpSection
    assert key.context in KeyContext
    assert all(key_label(each).strip() for each in key.keys.split(","))


@every_key
def test_keys_are_named_as_textual_names_them(key: KeyBinding) -> None:
    named = {str(each.value) for each in Keys} | set(KEY_NAME_REPLACEMENTS.values())
    punctuation = {_character_to_key(char) for char in "[]+-\\!?.,<>/*~@#$%^&()_={}|;:'\"`"}
    for name in key.keys.split(","):
        assert name == name.strip()
        assert len(name) == 1 or name in named | punctuation


@pytest.mark.parametrize(
    ("key", "shown"),
    [
        ("j", "j"), ("G", "G"), ("1", "1"), ("plus", "+"), ("minus", "-"), ("backslash", "\\"),
        ("left_square_bracket", "["), ("right_square_bracket", "]"), ("exclamation_mark", "!"),
        ("question_mark", "?"), ("full_stop", "."), ("comma", ","), ("less_than_sign", "<"),
        ("greater_than_sign", ">"), ("pagedown", "PgDn"), ("pageup", "PgUp"), ("f1", "F1"),
        ("ctrl+d", "Ctrl+D"), ("shift+tab", "Shift+Tab"), ("tab", "Tab"), ("enter", "Enter"),
        ("escape", "Escape"), ("down", "Down"), ("home", "Home"), ("space", "Space"),
        ("asterisk", "*"), ("semicolon", ";"), ("left_curly_bracket", "{"),
        ("right_curly_bracket", "}"), ("f2", "F2"),
    ],
)  # fmt: skip
def test_signs(key: str, shown: str) -> None:
    assert key_label(key) == shown


def test_every_sign_is_another() -> None:
    shown = Counter(key_label(name) for key in KEYS for name in key.keys.split(","))
    assert [name for name, times in shown.items() if times > 1] == []
    assert not any("_" in name and len(name) > 1 for name in shown)


def test_several_keys_stand_side_by_side() -> None:
    assert key_labels("j,down") == "j Down"
