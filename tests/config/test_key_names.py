"""Names of keys in the keymap."""

from __future__ import annotations

import pytest
from textual.keys import Keys, _character_to_key

from tui.config.key_names import closest_key, textual_key
from tui.config.keybindings import KEYS


@pytest.mark.parametrize(
    "name",
    [
        "p", "G", "1", "é", "ㅂ", "f1", "f24", "pagedown", "enter", "space", "backspace", "ctrl+x",
        "alt+x", "ctrl+shift+up", "alt+shift+x", "ctrl+left_square_bracket", "question_mark",
        "quotation_mark", "plus", "shift+tab", "ctrl+1", "super+k", "section_sign",
    ],
)  # fmt: skip
def test_textual_names_are_names(name: str) -> None:
    assert textual_key(name) == name


def test_default_keys_have_names() -> None:
    names = {name for key in KEYS for name in key.keys.split(",")}
    assert {name for name in names if textual_key(name) != name} == set()


def test_keys_that_terminals_send_have_names() -> None:
    # Mouse events and the like are no keys that a keymap could name.
    sent = {str(key.value) for key in Keys if not str(key.value).startswith("<")}
    unknown = {name for name in sent if textual_key(name) != name}
    # Textual calls them enter and ctrl+@.
    assert unknown == {"return", "ctrl-at"}


@pytest.mark.parametrize("character", "[]+-\\!?.<>/*~@#$%^&()_={}|;:'\"`,§")
def test_character_is_the_name_of_its_key(character: str) -> None:
    assert textual_key(character) == _character_to_key(character)


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("ctr+x", "ctrl+x"), ("Ctrl+X", "ctrl+x"), ("Ctrl-H", "ctrl+h"), ("<c-p>", "ctrl+p"),
        ("C-x", "ctrl+x"), ("^x", "ctrl+x"), ("control+x", "ctrl+x"), ("ctrl+X", "ctrl+x"),
        ("ctrl x", None), ("F5", "f5"), ("Esc", "escape"), ("<Esc>", "escape"),
        ("pgdn", "pagedown"),
        ("PageDown", "pagedown"), ("Return", "enter"), ("shift+g", "G"), ("<M-x>", "alt+x"),
        ("pagedwn", "pagedown"), ("left_square_braket", "left_square_bracket"),
        ("ctrl+ctrl+x", None), ("f99", None), ("", None), ("qq", None), ("강화", None),
        ("\x1b", None), ("\x01", None), (" ", None), ("x+", None), ("+", "plus"),
    ],
)  # fmt: skip
def test_unknown_name_suggests_a_key(name: str, meant: str | None) -> None:
    if name != "+":
        assert textual_key(name) is None
    if meant is not None:
        assert (textual_key(name) or closest_key(name)) == meant


def test_modifiers_are_sorted_as_in_textual() -> None:
    assert textual_key("shift+ctrl+up") == "ctrl+shift+up"
