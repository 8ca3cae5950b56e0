"""Names of keys in the keymap: the ones that exist, and what an unknown one may have meant."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from tui.config.keybindings import SEQUENCE_SEPARATOR

_MODIFIERS = ("alt", "ctrl", "hyper", "meta", "shift", "super")

_NAMED_KEYS = frozenset(
    (
        "backspace", "delete", "down", "end", "enter", "escape", "home", "insert", "left",
        "pagedown", "pageup", "right", "space", "tab", "up",
        *(f"f{number}" for number in range(1, 25)),
    )
)  # fmt: skip

_SHORT_NAMES = {
    "solidus": "slash", "reverse_solidus": "backslash", "commercial_at": "at",
    "hyphen_minus": "minus", "plus_sign": "plus", "low_line": "underscore",
}  # fmt: skip
"""The keys that Textual does not call by the name of their character in Unicode."""

_ALIASES = {
    "c": "ctrl", "control": "ctrl", "strg": "ctrl", "s": "shift", "a": "alt", "m": "alt",
    "option": "alt", "opt": "alt", "cmd": "super", "command": "super", "win": "super",
    "return": "enter", "cr": "enter", "esc": "escape", "del": "delete", "ins": "insert",
    "bs": "backspace", "pgup": "pageup", "pgdn": "pagedown", "page_up": "pageup",
    "page_down": "pagedown", "spacebar": "space",
}  # fmt: skip
"""Names of other programs, or on keyboards."""


def textual_key(text: str) -> str | None:
    """Return Textual's name of a key in the keymap; None if it does not exist.

    Args:
        text: a character, such as ``p`` or ``[``; or a name with or without modifiers, such as
            ``pagedown``, ``ctrl+x`` or ``left_square_bracket``; or two of them with a space
            between, which are pressed one after the other.
    """
    names = [_single_key(each) for each in text.split(SEQUENCE_SEPARATOR)]
    is_valid = all(names) and len(names) <= 2
    return SEQUENCE_SEPARATOR.join(filter(None, names)) if is_valid else None


def _single_key(text: str) -> str | None:
    if len(text) == 1:
        return _name_of(text)
    if text == "ctrl+@":
        # What terminals send for Ctrl+Space.
        return text
    *modifiers, key = text.split("+")
    if not set(modifiers) <= set(_MODIFIERS) or len(set(modifiers)) < len(modifiers):
        return None
    if len(key) == 1:
        # Shift and a letter are the capital letter; with Ctrl, capitals are not reported.
        if key.isupper() or modifiers == ["shift"]:
            return None
        key = _name_of(key) or ""
    elif key not in _NAMED_KEYS and key not in _punctuation_names():
        return None
    # Terminals report modifiers in no order; Textual sorts them.
    return "+".join([*sorted(modifiers), key]) if key else None


def closest_key(text: str) -> str | None:
    """Return the key that an invalid name may have meant: ``ctrl+x`` for ``ctr+x``, ``Ctrl-X``."""
    words = text.strip("<> ").replace("^", "ctrl+").replace("-", "+").replace(" ", "").split("+")
    *modifiers, key = [_ALIASES.get(word.lower(), word.lower()) for word in words]
    if len(words[-1]) == 1:
        key = words[-1].lower()
    modifiers = [_closest(each, _MODIFIERS) or each for each in modifiers]
    if modifiers == ["shift"] and len(key) == 1:
        modifiers, key = [], key.upper()
    for guess in (key, _closest(key, [*_NAMED_KEYS, *_punctuation_names()])):
        if guess and (name := textual_key("+".join([*modifiers, guess]))):
            return name
    return None


def _closest(word: str, names: Sequence[str]) -> str | None:
    return next(iter(difflib.get_close_matches(word, names, n=1)), None)


def _name_of(character: str) -> str | None:
    """Return Textual's name of the key of a character; None if no key types it."""
    if character.isalnum():
        return character
    if not character.isprintable() or character == " ":
        return None
    name = unicodedata.name(character, "").lower().replace("-", "_").replace(" ", "_")
    return _SHORT_NAMES.get(name, name) or None


@lru_cache(1)
def _punctuation_names() -> frozenset[str]:
    """Return the names of the characters on keyboards that are not letters or digits."""
    characters = map(chr, (*range(0x21, 0x7F), *range(0xA1, 0x100), ord("€")))
    names = (_name_of(each) for each in characters if not each.isalnum())
    return frozenset(filter(None, names))
