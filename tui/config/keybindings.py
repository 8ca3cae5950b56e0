"""Every key of the browser, once. Bindings, key bar, help, palette and keymap are made of it."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from tui.i18n import N_


class KeyContext(StrEnum):
    """Where a key works."""

    PANE = "pane"
    """In every pane: sidebar, table and viewer."""
    SIDEBAR = "sidebar"
    BROWSE = "browse"
    """Anywhere on the main screen."""
    APP = "app"
    """On every screen."""


class HelpSection(StrEnum):
    """Under which heading help shows a key."""

    MOVE = N_("Moving")
    DAYS = N_("Days")
    READ = N_("Reading")
    LIST = N_("The list")
    MARKS = N_("Marks")
    KEEP = N_("Keeping")
    SCREEN = N_("The screen")
    PROGRAM = N_("The program")


class KeyBinding(NamedTuple):
    """One thing a key does.

    Attributes:
        id: its name in the settings' keymap.
        keys: the keys, as Textual names them, with commas between.
        action: what it does, as Textual writes actions.
        help: what it does, in words: for help and the palette, which translate them.
        group: where help shows it.
        context: where it works.
        hint: a word for the key bar, where neighbours with the same one share it.
    """

    id: str
    keys: str
    action: str
    help: str
    group: HelpSection
    context: KeyContext = KeyContext.BROWSE
    hint: str = ""


def _move(name: str, keys: str, words: str) -> KeyBinding:
    return KeyBinding(
        f"move.{name}", keys, f"move('{name}')", words, HelpSection.MOVE, KeyContext.PANE
    )


KEYS: tuple[KeyBinding, ...] = (
    _move("down", "j,down", N_("Down one line")),
    _move("up", "k,up", N_("Up one line")),
    _move("page_down", "pagedown,ctrl+f", N_("Down one screen")),
    _move("page_up", "pageup,ctrl+b", N_("Up one screen")),
    _move("half_down", "ctrl+d", N_("Down half a screen")),
    _move("half_up", "ctrl+u", N_("Up half a screen")),
    _move("top", "g,home", N_("To the top")),
    _move("bottom", "G,end", N_("To the bottom")),
    KeyBinding("pane.sidebar", "1", "pane('sidebar')", N_("Go to the sidebar"), HelpSection.MOVE),
    KeyBinding("pane.table", "2", "pane('table')", N_("Go to the papers"), HelpSection.MOVE),
    KeyBinding("pane.viewer", "3", "pane('viewer')", N_("Go to the summary"), HelpSection.MOVE),
    KeyBinding("pane.next", "tab", "next_pane(1)", N_("To the next pane"), HelpSection.MOVE),
    KeyBinding(
        "pane.previous", "shift+tab", "next_pane(-1)", N_("To the pane before"), HelpSection.MOVE
    ),
    KeyBinding(
        "tree.open",
        "l,right",
        "unfold(True)",
        N_("Unfold a year, a month or the tags"),
        HelpSection.MOVE,
        KeyContext.SIDEBAR,
    ),
    KeyBinding(
        "tree.close",
        "h,left",
        "unfold(False)",
        N_("Fold a year, a month or the tags"),
        HelpSection.MOVE,
        KeyContext.SIDEBAR,
    ),
    KeyBinding(
        "day.older",
        "left_square_bracket",
        "step_day(1)",
        N_("The next older day"),
        HelpSection.DAYS,
        hint=N_("day"),
    ),
    KeyBinding(
        "day.newer",
        "right_square_bracket",
        "step_day(-1)",
        N_("The next newer day"),
        HelpSection.DAYS,
        hint=N_("day"),
    ),
    KeyBinding("day.all", "0", "show_period('')", N_("All days"), HelpSection.DAYS, hint=N_("all")),
    KeyBinding(
        "day.go",
        "d",
        "ask_date",
        N_("Go to a date by typing it"),
        HelpSection.DAYS,
        hint=N_("date"),
    ),
    KeyBinding("place.back", "ctrl+o", "back", N_("Back to where you were"), HelpSection.DAYS),
    KeyBinding("place.forward", "ctrl+n", "forward", N_("Forward again"), HelpSection.DAYS),
    KeyBinding(
        "paper.read",
        "enter",
        "read",
        N_("Read the paper full-width"),
        HelpSection.READ,
        hint=N_("read"),
    ),
    KeyBinding(
        "paper.next",
        "J,full_stop",
        "step_paper(1)",
        N_("The next paper"),
        HelpSection.READ,
        hint=N_("paper"),
    ),
    KeyBinding(
        "paper.previous",
        "K,comma",
        "step_paper(-1)",
        N_("The paper before"),
        HelpSection.READ,
        hint=N_("paper"),
    ),
    KeyBinding(
        "section.next",
        "right_curly_bracket",
        "step_section(1)",
        N_("The next section"),
        HelpSection.READ,
        hint=N_("section"),
    ),
    KeyBinding(
        "section.previous",
        "left_curly_bracket",
        "step_section(-1)",
        N_("The section before"),
        HelpSection.READ,
        hint=N_("section"),
    ),
    KeyBinding(
        "section.choose",
        "c",
        "choose_section",
        N_("Contents: choose a section"),
        HelpSection.READ,
        hint=N_("contents"),
    ),
    KeyBinding(
        "summary.other",
        "semicolon",
        "other_summary",
        N_("The paper's other summary"),
        HelpSection.READ,
    ),
    KeyBinding(
        "paper.open",
        "o",
        "open_link('abstract')",
        N_("Open the paper's page on arXiv"),
        HelpSection.READ,
        hint=N_("open"),
    ),
    KeyBinding("paper.pdf", "O", "open_link('pdf')", N_("Open the paper's PDF"), HelpSection.READ),
    KeyBinding(
        "link.choose",
        "f",
        "choose_link",
        N_("Follow a link of the summary"),
        HelpSection.READ,
        hint=N_("links"),
    ),
    KeyBinding(
        "copy.link",
        "y",
        "copy('link')",
        N_("Copy the paper's link"),
        HelpSection.READ,
        hint=N_("copy"),
    ),
    KeyBinding(
        "copy.citation",
        "Y,quotation_mark",
        "copy('citation')",
        N_("Copy the paper's citation (BibTeX)"),
        HelpSection.READ,
    ),
    KeyBinding(
        "list.search",
        "slash",
        "ask_query",
        N_("Search and filter"),
        HelpSection.LIST,
        hint=N_("search"),
    ),
    KeyBinding(
        "match.next",
        "n",
        "step_match(1)",
        N_("The next match in the summary"),
        HelpSection.LIST,
        hint=N_("match"),
    ),
    KeyBinding(
        "match.previous",
        "N,number_sign",
        "step_match(-1)",
        N_("The match before"),
        HelpSection.LIST,
        hint=N_("match"),
    ),
    KeyBinding(
        "votes.more",
        "plus",
        "step_votes(1)",
        N_("Ask for more votes"),
        HelpSection.LIST,
        hint=N_("votes"),
    ),
    KeyBinding(
        "votes.fewer",
        "minus",
        "step_votes(-1)",
        N_("Ask for fewer votes"),
        HelpSection.LIST,
        hint=N_("votes"),
    ),
    KeyBinding(
        "votes.type", "v", "ask_votes", N_("Type how many votes a paper needs"), HelpSection.LIST
    ),
    KeyBinding(
        "sort.next",
        "s",
        "next_sort",
        N_("Sort by the next column"),
        HelpSection.LIST,
        hint=N_("sort"),
    ),
    KeyBinding(
        "sort.reverse", "S,tilde", "reverse_sort", N_("Sort the other way round"), HelpSection.LIST
    ),
    KeyBinding(
        "sort.then", "b", "then_sort", N_("Among equals, sort by the next column"), HelpSection.LIST
    ),
    KeyBinding(
        "list.author",
        "a",
        "choose_author",
        N_("All papers of an author, or with a tag"),
        HelpSection.LIST,
        hint=N_("authors"),
    ),
    KeyBinding(
        "list.like",
        "m",
        "show_like",
        N_("More like this paper"),
        HelpSection.LIST,
        hint=N_("similar"),
    ),
    KeyBinding(
        "list.statistics",
        "i",
        "statistics",
        N_("In numbers: days, votes, authors, words"),
        HelpSection.LIST,
    ),
    KeyBinding(
        "mark.star",
        "asterisk",
        "toggle_star",
        N_("Star the paper, or take the star away"),
        HelpSection.MARKS,
        hint=N_("star"),
    ),
    KeyBinding(
        "mark.read",
        "space",
        "toggle_read",
        N_("Mark the paper as read, or as unread"),
        HelpSection.MARKS,
    ),
    KeyBinding(
        "mark.tags", "t", "ask_tags", N_("Tag the paper"), HelpSection.MARKS, hint=N_("tag")
    ),
    KeyBinding(
        "mark.note",
        "e",
        "edit_note",
        N_("Write a note to the paper"),
        HelpSection.MARKS,
        hint=N_("note"),
    ),
    KeyBinding(
        "mark.all_read",
        "R",
        "mark_all_read",
        N_("Mark all papers of the list as read"),
        HelpSection.MARKS,
    ),
    KeyBinding("mark.undo", "u", "undo", N_("Undo the last change of marks"), HelpSection.MARKS),
    KeyBinding("view.keep", "w", "keep_view", N_("Keep this view under a name"), HelpSection.KEEP),
    KeyBinding(
        "view.forget",
        "X,delete",
        "forget_view",
        N_("Forget the kept view you look at"),
        HelpSection.KEEP,
    ),
    KeyBinding("list.export", "x", "export", N_("Export papers to a file"), HelpSection.KEEP),
    KeyBinding(
        "view.sidebar",
        "backslash",
        "toggle_sidebar",
        N_("Hide or show the sidebar"),
        HelpSection.SCREEN,
    ),
    KeyBinding("view.zoom", "z", "zoom", N_("The summary alone on the screen"), HelpSection.SCREEN),
    KeyBinding(
        "view.grow",
        "greater_than_sign",
        "resize_table(2)",
        N_("More room for the papers"),
        HelpSection.SCREEN,
    ),
    KeyBinding(
        "view.shrink",
        "less_than_sign",
        "resize_table(-2)",
        N_("More room for the summary"),
        HelpSection.SCREEN,
    ),
    KeyBinding(
        "view.out",
        "escape",
        "back_out",
        N_("Back out: message, reading, search, filter"),
        HelpSection.SCREEN,
        hint=N_("back"),
    ),
    KeyBinding(
        "digests.problems",
        "exclamation_mark",
        "problems",
        N_("What is odd in the digests"),
        HelpSection.PROGRAM,
    ),
    KeyBinding(
        "digests.sync", "ctrl+r", "sync", N_("Read changed digests now"), HelpSection.PROGRAM
    ),
    KeyBinding(
        "digests.fetch",
        "F,at",
        "fetch",
        N_("Fetch the papers of the last days"),
        HelpSection.PROGRAM,
    ),
    KeyBinding(
        "digests.stop",
        "ctrl+x",
        "stop_sync",
        N_("Stop reading or fetching digests"),
        HelpSection.PROGRAM,
    ),
    KeyBinding(
        "app.palette",
        "ctrl+p",
        "app.command_palette",
        N_("Everything there is to do, by name"),
        HelpSection.PROGRAM,
        KeyContext.APP,
    ),
    KeyBinding(
        "app.help",
        "question_mark,f1",
        "app.help",
        N_("All keys"),
        HelpSection.PROGRAM,
        KeyContext.APP,
        hint=N_("help"),
    ),
    KeyBinding(
        "app.help_query",
        "f2",
        "app.help_query",
        N_("How to search"),
        HelpSection.PROGRAM,
        KeyContext.APP,
    ),
    KeyBinding(
        "app.redraw",
        "ctrl+l",
        "app.redraw",
        N_("Draw the screen anew"),
        HelpSection.PROGRAM,
        KeyContext.APP,
    ),
    KeyBinding(
        "app.suspend",
        "ctrl+z",
        "app.suspend_process",
        N_("Back to the shell; fg returns"),
        HelpSection.PROGRAM,
        KeyContext.APP,
    ),
    KeyBinding(
        "app.quit",
        "q,ctrl+q",
        "app.quit",
        N_("Leave"),
        HelpSection.PROGRAM,
        KeyContext.APP,
        hint=N_("quit"),
    ),
)

BY_ID = {key.id: key for key in KEYS}

BAR = (
    "paper.read", "list.search", "mark.star", "votes.more", "votes.fewer", "day.older",
    "day.newer", "sort.next", "mark.tags", "paper.open", "day.all", "list.author", "list.like",
)  # fmt: skip
"""The keys of the key bar, the most wanted first: a narrow one has room for few."""

BAR_READING = (
    "view.out", "paper.next", "paper.previous", "mark.star", "section.choose", "mark.tags",
    "mark.note", "link.choose", "copy.link", "paper.open",
)  # fmt: skip
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
    "left_curly_bracket": "{",
    "right_curly_bracket": "}",
    "semicolon": ";",
    "asterisk": "*",
    "quotation_mark": '"',
    "number_sign": "#",
    "tilde": "~",
    "at": "@",
    "space": "Space",
    "pagedown": "PgDn",
    "pageup": "PgUp",
    "shift+tab": "Shift+Tab",
    "f1": "F1",
    "f2": "F2",
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
