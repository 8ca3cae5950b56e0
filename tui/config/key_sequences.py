"""Counts before keys, and keys that follow each other: ``5j``, ``10]``, ``yy``. Pure.

A digit that is bound to a pane is ambiguous: it may begin a count. It stays pending until the next
key, or until the caller decides that none follows.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from tui.config.keybindings import (
    KEYS,
    SEQUENCE_SEPARATOR,
    KeyBinding,
    KeyContext,
    bound_keys,
    key_label,
    single_keys,
)

MAX_DIGITS = 4

CANCEL_KEYS = frozenset({"escape", "ctrl+c"})
"""Keys that cancel what is pending."""

PANE_KEYS = frozenset({"pane.sidebar", "pane.table", "pane.viewer"})
"""Ids of the bindings whose digits may also begin a count."""


class KeyResult(NamedTuple):
    """What to do after a key.

    Attributes:
        runs: bindings to run first, in order: the one that was pending, and that of a sequence.
        is_key_left: whether the key itself is still to be handled, as usual.
        repeat: how often; 0 if no count was typed.
        unknown: the sequence that was typed, if it means nothing; else empty.
    """

    runs: tuple[KeyBinding, ...] = ()
    is_key_left: bool = False
    repeat: int = 0
    unknown: str = ""


class KeySequences:
    """Collects digits, and the first keys of sequences.

    Args:
        keymap: the reader's keys, by the ids of bindings.

    Attributes:
        count: the digits typed so far.
        prefix: the first key of a sequence that is not complete; else empty.
        pane: the binding of the only digit so far, which runs if no other key follows.
    """

    def __init__(self, keymap: Mapping[str, str] = MappingProxyType({})) -> None:
        self.count = self.prefix = ""
        self.pane: KeyBinding | None = None
        self._sequences: dict[str, KeyBinding] = {}
        self._digits: dict[str, KeyBinding] = {}
        for binding in KEYS:
            # Textual knows nothing of a binding whose default keys are all sequences.
            is_unknown = not single_keys(binding.keys)
            for keys in bound_keys(binding.id, keymap).split(","):
                if is_unknown or SEQUENCE_SEPARATOR in keys:
                    self._sequences[keys] = binding
                elif _is_digit(keys):
                    self._digits[keys] = binding

    @property
    def is_pending(self) -> bool:
        """Whether the next key is taken together with those before it."""
        return bool(self.count or self.prefix)

    def continuations(self) -> list[tuple[str, KeyBinding]]:
        """Return the keys that complete the sequence, with their bindings."""
        start = self.prefix + SEQUENCE_SEPARATOR
        return [
            (sequence.removeprefix(start), binding)
            for sequence, binding in self._sequences.items()
            if sequence.startswith(start)
        ]

    def cancel(self) -> None:
        """Forget what is pending."""
        self.count, self.prefix, self.pane = "", "", None

    def resolve(self) -> tuple[KeyBinding, ...]:
        """Return the binding of the digit that no other key followed, and forget the digit."""
        runs = (self.pane,) if self.pane else ()
        self.cancel()
        return runs

    def feed(
        self, key: str, *, is_counted: bool = False, context: KeyContext | None = None
    ) -> KeyResult:
        """Take a key.

        Args:
            key: Textual's name of the key.
            is_counted: whether its binding takes a count.
            context: the context to which sequences are limited, without counts; None for all.
        """
        if self.prefix:
            return self._complete(key)
        if context is None and _is_digit(key) and self._continues_count(key):
            self.pane = None if self.count else self._digits.get(key)
            self.count = (self.count + key)[:MAX_DIGITS]
            return KeyResult()
        if self.count and key in CANCEL_KEYS:
            self.cancel()
            return KeyResult()
        repeat = int(self.count or 0) if is_counted else 0
        if is_counted:
            self.pane = None
        runs = self.resolve()
        found = [
            (sequence, binding)
            for sequence, binding in self._sequences.items()
            if sequence.split(SEQUENCE_SEPARATOR)[0] == key and context in {None, binding.context}
        ]
        if not found:
            return KeyResult(runs, is_key_left=True, repeat=repeat)
        sequence, binding = found[0]
        if sequence == key:
            return KeyResult((*runs, binding))
        self.prefix = key
        return KeyResult(runs)

    def _continues_count(self, key: str) -> bool:
        """Return whether a digit begins or continues a count, and is not a key of its own."""
        binding = self._digits.get(key)
        is_free = binding is None and key != "0"
        return bool(self.count) or is_free or (binding is not None and binding.id in PANE_KEYS)

    def _complete(self, key: str) -> KeyResult:
        sequence = self.prefix + SEQUENCE_SEPARATOR + key
        self.cancel()
        if binding := self._sequences.get(sequence):
            return KeyResult((binding,))
        return KeyResult(unknown="" if key in CANCEL_KEYS else key_label(sequence))


def _is_digit(key: str) -> bool:
    return len(key) == 1 and key in "0123456789"


def counted_action(action: str, count: int) -> str:
    """Return the action of a binding in ``COUNTED``, done as often as a count says.

    A number is multiplied (``step_day(-1)``); after any other argument the count is appended.
    """
    name, _parenthesis, argument = action.removesuffix(")").partition("(")
    if re.fullmatch(r"-?\d+", argument):
        return f"{name}({int(argument) * count})"
    return f"{name}({argument}, {count})"
