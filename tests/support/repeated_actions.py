"""Every kind of action, as keys that lead back to where they started."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import cycle, islice

ACTIONS: Mapping[str, tuple[str, ...]] = {
    "papers": ("j", "j", "k", "k"),
    "days": ("[", "[", "[", "]", "]", "]"),
    "sidebar": ("h", "j", "j", "k", "k", "l"),
    "all days": ("0", "ctrl+o"),
    "history": ("[", "ctrl+o", "ctrl+n", "ctrl+o"),
    "search": ("/", *"model", "enter", "escape"),
    "search cancelled": ("/", *"votes:>9", "escape", "escape"),
    "search without results": ("/", *"zq", "enter", "escape"),
    "similar papers": ("m", "ctrl+o"),
    "papers of an author": ("a", "enter", "ctrl+o"),
    "reading": ("enter", "J", "}", "}", "{", "K", "escape"),
    "contents and links": ("c", "escape", "f", "escape"),
    "stars and read": ("*", "*", " ", " ", "*", "u"),
    "tags": ("t", *"one", "enter", "u"),
    "note": ("e", "escape"),
    "threshold and order": ("+", "+", "-", "-", "S", "S", "s"),
    "panes": ("z", "z", "\\", "\\", ">", "<", "tab", "tab", "tab"),
    "help": ("?", "j", "escape"),
    "manual": ("f3", "enter", "escape"),
    "statistics": ("i", "j", "escape"),
    "problems": ("!", "escape"),
    "command palette": ("ctrl+p", *"sta", "escape"),
    "command line": (":", *"sort", "escape"),
    "date": ("d", *"2025", "escape"),
    "triage": ("T", "n", "n", "u", "escape"),
    "full text": ("p", "escape"),
    "for you": ("M", "ctrl+o"),
    "new papers": ("W", "ctrl+o"),
    "selection": ("=", "j", "=", "escape", "k"),
    "reading list": ("L", "u"),
    "hidden papers": ("I", "u"),
    "saving a view": ("w", "escape"),
    "export": ("x", "escape"),
    "copy": ("y", "y", "Y"),
    "sync": ("ctrl+r",),
    "redraw": ("ctrl+l",),
}


def presses(name: str, count: int) -> list[str]:
    """Return at least ``count`` keys of an action, repeated as a whole."""
    keys = ACTIONS[name]
    return list(islice(cycle(keys), -(-count // len(keys)) * len(keys)))
