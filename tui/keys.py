"""Every key of the browser, once. Bindings, key bar, help, palette and keymap are made of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Context(StrEnum):
    """Where a key works."""

    PANE = "pane"
    """In every pane: sidebar, table and viewer."""
    SIDEBAR = "sidebar"
    BROWSE = "browse"
    """Anywhere on the main screen."""
    APP = "app"
    """On every screen."""


class Group(StrEnum):
    """Under which heading help shows a key."""

    MOVE = "Moving"
    DAYS = "Days"
    READ = "Reading"
    LIST = "The list"
    SCREEN = "The screen"
    PROGRAM = "The program"


@dataclass(frozen=True, slots=True)
class Key:
    """One thing a key does.

    Attributes:
        id: its name in the settings' keymap.
        keys: the keys, as Textual names them, with commas between.
        action: what it does, as Textual writes actions.
        help: what it does, in words: for help and the palette.
        group: where help shows it.
        context: where it works.
        hint: a word for the key bar, where neighbours with the same one share it.
    """

    id: str
    keys: str
    action: str
    help: str
    group: Group
    context: Context = Context.BROWSE
    hint: str = ""


def _move(name: str, keys: str, words: str) -> Key:
    return Key(f"move.{name}", keys, f"move('{name}')", words, Group.MOVE, Context.PANE)


KEYS: tuple[Key, ...] = (
    _move("down", "j,down", "Down one line"),
    _move("up", "k,up", "Up one line"),
    _move("page_down", "pagedown,ctrl+f", "Down one screen"),
    _move("page_up", "pageup,ctrl+b", "Up one screen"),
    _move("half_down", "ctrl+d", "Down half a screen"),
    _move("half_up", "ctrl+u", "Up half a screen"),
    _move("top", "g,home", "To the top"),
    _move("bottom", "G,end", "To the bottom"),
    Key("pane.sidebar", "1", "pane('sidebar')", "Go to the days", Group.MOVE),
    Key("pane.table", "2", "pane('table')", "Go to the papers", Group.MOVE),
    Key("pane.viewer", "3", "pane('viewer')", "Go to the summary", Group.MOVE),
    Key("pane.next", "tab", "next_pane(1)", "To the next pane", Group.MOVE),
    Key("pane.previous", "shift+tab", "next_pane(-1)", "To the pane before", Group.MOVE),
    Key("tree.open", "l,right", "unfold(True)", "Unfold a year or month", Group.MOVE,
        Context.SIDEBAR),
    Key("tree.close", "h,left", "unfold(False)", "Fold a year or month", Group.MOVE,
        Context.SIDEBAR),
    Key("day.older", "left_square_bracket", "step_day(1)", "The next older day", Group.DAYS,
        hint="day"),
    Key("day.newer", "right_square_bracket", "step_day(-1)", "The next newer day", Group.DAYS,
        hint="day"),
    Key("day.all", "0", "show_period('')", "All days", Group.DAYS, hint="all"),
    Key("day.go", "d", "ask_date", "Go to a date by typing it", Group.DAYS, hint="date"),
    Key("place.back", "ctrl+o", "back", "Back to where you were", Group.DAYS),
    Key("place.forward", "ctrl+n", "forward", "Forward again", Group.DAYS),
    Key("paper.read", "enter", "read", "Read the paper full-width", Group.READ, hint="read"),
    Key("paper.next", "J,full_stop", "step_paper(1)", "The next paper", Group.READ,
        hint="paper"),
    Key("paper.previous", "K,comma", "step_paper(-1)", "The paper before", Group.READ,
        hint="paper"),
    Key("paper.open", "o", "open_link('abstract')", "Open the paper's page on arXiv", Group.READ,
        hint="open"),
    Key("paper.pdf", "O", "open_link('pdf')", "Open the paper's PDF", Group.READ),
    Key("list.search", "slash", "ask_query", "Search and filter", Group.LIST, hint="search"),
    Key("votes.more", "plus", "step_votes(1)", "Ask for more votes", Group.LIST, hint="votes"),
    Key("votes.fewer", "minus", "step_votes(-1)", "Ask for fewer votes", Group.LIST, hint="votes"),
    Key("votes.type", "v", "ask_votes", "Type how many votes a paper needs", Group.LIST),
    Key("sort.next", "s", "next_sort", "Sort by the next column", Group.LIST, hint="sort"),
    Key("sort.reverse", "S", "reverse_sort", "Sort the other way round", Group.LIST),
    Key("view.sidebar", "backslash", "toggle_sidebar", "Hide or show the days", Group.SCREEN),
    Key("view.zoom", "z", "zoom", "The summary alone on the screen", Group.SCREEN),
    Key("view.grow", "greater_than_sign", "resize_table(2)", "More room for the papers",
        Group.SCREEN),
    Key("view.shrink", "less_than_sign", "resize_table(-2)", "More room for the summary",
        Group.SCREEN),
    Key("view.out", "escape", "back_out", "Back out: reading, filter, message", Group.SCREEN,
        hint="back"),
    Key("digests.problems", "exclamation_mark", "problems", "What is odd in the digests",
        Group.PROGRAM),
    Key("digests.sync", "ctrl+r", "sync", "Read changed digests now", Group.PROGRAM),
    Key("digests.stop", "ctrl+x", "stop_sync", "Stop reading digests", Group.PROGRAM),
    Key("app.palette", "ctrl+p", "app.command_palette", "Everything there is to do, by name",
        Group.PROGRAM, Context.APP),
    Key("app.help", "question_mark,f1", "app.help", "All keys", Group.PROGRAM, Context.APP,
        hint="help"),
    Key("app.quit", "q,ctrl+q", "app.quit", "Leave", Group.PROGRAM, Context.APP, hint="quit"),
)  # fmt: skip

BY_ID = {key.id: key for key in KEYS}

BAR = (
    "paper.read", "list.search", "votes.more", "votes.fewer", "day.older", "day.newer",
    "sort.next", "paper.open", "day.all", "day.go",
)  # fmt: skip
"""The keys of the key bar, the most wanted first: a narrow one has room for few."""

BAR_READING = ("view.out", "paper.next", "paper.previous", "paper.open")
"""The same while a paper is read full-width."""

BAR_LAST = ("app.help", "app.quit")
"""Shown at its end however narrow it is, so that nobody is lost."""

_SIGNS = {
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "slash": "/",
    "plus": "+",
    "minus": "-",
    "backslash": "\\",
    "exclamation_mark": "!",
    "question_mark": "?",
    "full_stop": ".",
    "comma": ",",
    "less_than_sign": "<",
    "greater_than_sign": ">",
    "pagedown": "PgDn",
    "pageup": "PgUp",
    "shift+tab": "Shift+Tab",
    "f1": "F1",
}


def sign(key: str) -> str:
    """Return a key as a person would write it: ``+`` for ``plus``, ``Ctrl+D`` for ``ctrl+d``."""
    if key in _SIGNS:
        return _SIGNS[key]
    if len(key) == 1:
        return key
    head, plus, last = key.rpartition("+")
    shown = last.upper() if head and len(last) == 1 else last.capitalize()
    return f"{head.capitalize()}{plus}{shown}"


def signs(keys: str) -> str:
    """Return a list of keys as a person would write it: ``j Down``."""
    return " ".join(sign(key) for key in keys.split(","))
