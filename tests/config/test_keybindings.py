"""The table of key bindings: no key is bound twice, and every binding has a help text."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

import pytest
from textual.keys import KEY_NAME_REPLACEMENTS, Keys, _character_to_key

from tui.config.keybindings import (
    BY_ID,
    KEYS,
    HelpSection,
    KeyBinding,
    KeyContext,
    bound_keys,
    first_key_label,
    key_label,
    key_labels,
    may_share_keys,
)

every_key = pytest.mark.parametrize("key", KEYS, ids=[key.id for key in KEYS])


def test_ids_are_unique() -> None:
    assert [name for name, times in Counter(key.id for key in KEYS).items() if times > 1] == []
    assert [BY_ID[key.id] for key in KEYS] == list(KEYS)


def test_no_key_is_bound_twice() -> None:
    # The sidebar is a pane, panes are on the main screen, all are in the app.
    bound: dict[str, set[str]] = {}
    for key in KEYS:
        for name in key.keys.split(","):
            bound.setdefault(name, set()).add(key.id)
    pairs = (pair for ids in bound.values() for pair in combinations(sorted(ids), 2))
    assert [pair for pair in pairs if not may_share_keys(*pair)] == []
    first_keys = {name.partition(" ")[0] for name in bound if " " in name}
    assert first_keys & bound.keys() == set(), "they would never begin a sequence"


@every_key
def test_every_binding_has_help(key: KeyBinding) -> None:
    assert key.help[0].isupper()
    assert not key.help.endswith((".", " "))
    assert len(key.hint) <= 12
    assert key.action
    assert key.section in HelpSection
    assert key.context in KeyContext
    assert all(key_label(name).strip() for name in key.keys.split(","))


@every_key
def test_keys_have_textual_names(key: KeyBinding) -> None:
    named = {str(key_name.value) for key_name in Keys} | set(KEY_NAME_REPLACEMENTS.values())
    punctuation = {_character_to_key(char) for char in "[]+-\\!?.,<>/*~@#$%^&()_={}|;:'\"`"}
    for name in key.keys.replace(" ", ",").split(","):
        assert name == name.strip()
        assert len(name) == 1 or name in named | punctuation


@pytest.mark.parametrize(
    ("key", "label"),
    [
        ("j", "j"), ("G", "G"), ("1", "1"), ("plus", "+"), ("minus", "-"), ("backslash", "\\"),
        ("left_square_bracket", "["), ("right_square_bracket", "]"), ("exclamation_mark", "!"),
        ("question_mark", "?"), ("full_stop", "."), ("comma", ","), ("less_than_sign", "<"),
        ("greater_than_sign", ">"), ("pagedown", "PgDn"), ("pageup", "PgUp"), ("f1", "F1"),
        ("ctrl+d", "Ctrl+D"), ("shift+tab", "Shift+Tab"), ("tab", "Tab"), ("enter", "Enter"),
        ("escape", "Escape"), ("down", "Down"), ("home", "Home"), ("space", "Space"),
        ("asterisk", "*"), ("semicolon", ";"), ("left_curly_bracket", "{"),
        ("right_curly_bracket", "}"), ("f2", "F2"), ("y y", "yy"), ("ctrl+x plus", "Ctrl+X+"),
    ],
)  # fmt: skip
def test_key_has_a_readable_label(key: str, label: str) -> None:
    assert key_label(key) == label


def test_labels_are_unique() -> None:
    labels = Counter(map(key_label, {name for key in KEYS for name in key.keys.split(",")}))
    assert [name for name, times in labels.items() if times > 1] == []
    assert not any("_" in name and len(name) > 1 for name in labels)


def test_several_keys_have_labels() -> None:
    assert key_labels("j,down") == "j Down"


def test_keymap_replaces_default_keys() -> None:
    keymap = {"day.older": "p,f7"}
    assert (bound_keys("day.older", keymap), bound_keys("day.newer", keymap)) == (
        "p,f7",
        "right_square_bracket",
    )
    assert (first_key_label("day.older", keymap), first_key_label("day.older")) == ("p", "[")
