"""Convert the program's key bindings to Textual's."""

from __future__ import annotations

from textual.binding import Binding, BindingType

from tui.config.keybindings import BY_ID, KEYS, KeyContext, single_keys


def bindings(context: KeyContext) -> list[BindingType]:
    """Return the bindings of a context. Sequences are not among them; see ``PendingKeys``."""
    return [
        Binding(keys, key.action, key.help, show=False, id=key.id)
        for key in KEYS
        if key.context is context and (keys := single_keys(key.keys))
    ]


def binding(key_id: str, action: str) -> Binding:
    """Return a binding of another screen's action to the keys of a similar one."""
    return Binding(BY_ID[key_id].keys, action, show=False, id=key_id)
