"""Convert the program's key bindings to Textual's."""

from __future__ import annotations

from textual.binding import Binding, BindingType

from tui.config.keybindings import KEYS, KeyContext


def bindings(context: KeyContext) -> list[BindingType]:
    """Return the bindings of a context."""
    return [
        Binding(key.keys, key.action, key.help, show=False, id=key.id)
        for key in KEYS
        if key.context is context
    ]
