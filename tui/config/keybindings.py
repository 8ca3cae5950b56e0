"""Every key binding of the program, as data.

Textual's bindings, the key bar, the help page, the command palette, the keymap and the manual's
table of keys are generated from ``KEYS``, and these from a table of rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from tui.i18n import N_


class KeyContext(StrEnum):
    """Where a key works."""

    PANE = "pane"
    """In every pane: sidebar, table and viewer."""
    SIDEBAR = "sidebar"
    MAIN = "main"
    """Anywhere on the main screen."""
    TRIAGE = "triage"
    """On the triage screen."""
    APP = "app"
    """On every screen."""


class HelpSection(StrEnum):
    """The section of the help page that lists a key; the value is its title."""

    MOVE = N_("Moving")
    DAYS = N_("Days")
    READ = N_("Reading")
    LIST = N_("List")
    MARKS = N_("Marks")
    TRIAGE = N_("Triage")
    SAVE = N_("Saving")
    SCREEN = N_("Screen")
    APP = N_("Application")


class KeyBinding(NamedTuple):
    """A binding of one or more keys to an action.

    Attributes:
        id: its name in the settings' keymap.
        keys: the default keys, as Textual names them, separated by commas; those of a sequence are
            separated by spaces.
        action: the action, in Textual's syntax.
        help: what it does, for the help page and the command palette; translated there.
        section: the section of the help page.
        context: where it works.
        hint: a word for the key bar; neighbors with the same word share it. May be empty.
    """

    id: str
    keys: str
    action: str
    help: str
    section: HelpSection
    context: KeyContext
    hint: str = ""


_CHARACTERS = {
    "!": "exclamation_mark", "$": "dollar_sign", "%": "percent_sign", '"': "quotation_mark",
    "#": "number_sign", "&": "ampersand", "(": "left_parenthesis", ")": "right_parenthesis",
    "*": "asterisk", ":": "colon", "+": "plus", ",": "comma", "-": "minus", ".": "full_stop",
    "/": "slash", ";": "semicolon", "<": "less_than_sign", ">": "greater_than_sign",
    "?": "question_mark", "@": "at", "[": "left_square_bracket", "\\": "backslash",
    "=": "equals_sign", "]": "right_square_bracket", "{": "left_curly_bracket",
    "|": "vertical_line", "}": "right_curly_bracket", "~": "tilde",
}  # fmt: skip
"""Textual's names of punctuation keys, by character."""


SEQUENCE_SEPARATOR = " "
"""Between the keys of a sequence, such as ``Z Z``. In a row it is ``_``, as in ``Z_Z``."""

_CONTEXTS = {
    "move": KeyContext.PANE, "tree": KeyContext.SIDEBAR, "triage": KeyContext.TRIAGE,
    "app": KeyContext.APP,
}  # fmt: skip
"""Where bindings work, by the first part of their id; the others work on the main screen."""

_ROWS: dict[HelpSection, tuple[tuple[str, ...], ...]] = {
    HelpSection.MOVE: (
        ("move.down", "j down", "move('down')", N_("Down one line")),
        ("move.up", "k up", "move('up')", N_("Up one line")),
        ("move.page_down", "pagedown ctrl+f", "move('page_down')", N_("Down one page")),
        ("move.page_up", "pageup ctrl+b", "move('page_up')", N_("Up one page")),
        ("move.half_down", "ctrl+d", "move('half_down')", N_("Down half a page")),
        ("move.half_up", "ctrl+u", "move('half_up')", N_("Up half a page")),
        ("move.top", "g home", "move('top')", N_("Go to the top")),
        ("move.bottom", "G end", "move('bottom')", N_("Go to the bottom")),
        ("pane.sidebar", "1", "pane('sidebar')", N_("Go to the sidebar")),
        ("pane.table", "2", "pane('table')", N_("Go to the paper list")),
        ("pane.viewer", "3", "pane('viewer')", N_("Go to the summary")),
        ("pane.next", "tab", "next_pane(1)", N_("Next pane")),
        ("pane.previous", "shift+tab", "next_pane(-1)", N_("Previous pane")),
        ("pane.left", "h left", "side_pane(-1)", N_("Pane to the left")),
        ("pane.right", "l right", "side_pane(1)", N_("Pane to the right")),
        (
            "tree.open",
            "l right",
            "set_expanded(True)",
            N_("Expand a year, a month or the tags"),
            N_("fold"),
        ),
        (
            "tree.close",
            "h left",
            "set_expanded(False)",
            N_("Collapse a year, a month or the tags"),
            N_("fold"),
        ),
    ),
    HelpSection.DAYS: (
        ("day.older", "[", "step_day(-1)", N_("Older day"), N_("day")),
        ("day.newer", "]", "step_day(1)", N_("Newer day"), N_("day")),
        ("day.all", "0", "show_period('')", N_("All days"), N_("all")),
        ("day.go", "d", "prompt_for_date", N_("Go to date"), N_("date")),
        ("list.new", "W", "show_new", N_("New papers since the last visit")),
        ("place.back", "ctrl+o", "back", N_("Back")),
        ("place.forward", "ctrl+n", "forward", N_("Forward")),
    ),
    HelpSection.READ: (
        ("paper.read", "enter", "open_item", N_("Read the summary; again: the text"), N_("read")),
        ("paper.text", "p", "full_text", N_("Read the full text, or the summary"), N_("text")),
        ("paper.next", "J .", "step_paper(1)", N_("Next paper"), N_("paper")),
        ("paper.previous", "K ,", "step_paper(-1)", N_("Previous paper"), N_("paper")),
        ("section.next", "}", "step_section(1)", N_("Next section"), N_("section")),
        ("section.previous", "{", "step_section(-1)", N_("Previous section"), N_("section")),
        ("section.choose", "c", "choose_section", N_("Table of contents"), N_("contents")),
        ("summary.other", ";", "next_summary", N_("Next summary of this paper")),
        ("paper.open", "o", "open_link('abstract')", N_("Open the paper's page"), N_("open")),
        ("paper.pdf", "O", "open_link('pdf')", N_("Open the PDF")),
        ("link.choose", "f", "choose_link", N_("Follow a link in the summary"), N_("links")),
        ("paper.hub", "H %", "open_link('hub')", N_("Open the Hugging Face page")),
        ("paper.code", "C $", "open_link('code')", N_("Open the code repository")),
        ("picture.show", "P", "toggle_pictures", N_("Show or hide the pictures in view")),
        ("copy.link", "y_y", "copy('link')", N_("Copy link"), N_("copy")),
        ("copy.title", "y_t", "copy('title')", N_("Copy title and link")),
        ("copy.markdown", "y_m", "copy('markdown')", N_("Copy Markdown link")),
        ("copy.citation", 'Y " y_b', "copy('citation')", N_("Copy citation (BibTeX)")),
        ("copy.id", "y_i", "copy('id')", N_("Copy id")),
    ),
    HelpSection.LIST: (
        ("list.search", "/", "search", N_("Search; in a summary: find in it"), N_("search")),
        ("match.next", "n", "step_match(1)", N_("Next unread paper, or next match"), N_("unread")),
        ("match.previous", "N #", "step_match(-1)", N_("Previous unread paper, or match")),
        ("votes.more", "+", "step_votes(1)", N_("Raise vote threshold"), N_("votes")),
        ("votes.fewer", "-", "step_votes(-1)", N_("Lower vote threshold"), N_("votes")),
        ("votes.type", "v", "prompt_for_votes", N_("Set vote threshold")),
        ("sort.next", "s", "sort_by_next_column", N_("Sort by the next column"), N_("sort")),
        ("sort.reverse", "S ~", "reverse_sort", N_("Reverse the sort order")),
        ("sort.then", "b", "add_sort_column", N_("Add a secondary sort column")),
        ("list.author", "a", "choose_author_or_tag", N_("Papers by author or tag"), N_("authors")),
        ("list.like", "m", "show_similar", N_("Show similar papers"), N_("similar")),
        ("list.for_you", "M E_m", "show_for_you", N_("For you: papers like those you chose")),
        ("list.interests", "Q", "show_interests", N_("Papers about your interests")),
        ("list.statistics", "i", "show_statistics", N_("Statistics")),
        ("select.range", "V E_v", "select_range", N_("Select a range of papers")),
        ("select.paper", "=", "toggle_selected", N_("Select this paper, or no longer")),
        ("list.left_out", "A E_a", "toggle_left_out", N_("Show hidden papers, or no longer")),
    ),
    HelpSection.MARKS: (
        (
            "mark.triage",
            "T",
            "triage",
            N_("Triage: decide about one paper after the other"),
            N_("triage"),
        ),
        ("mark.star", "*", "toggle_star", N_("Toggle star"), N_("star")),
        ("mark.read", "space", "toggle_read", N_("Toggle read"), N_("mark read")),
        ("mark.read_next", "r", "mark_and_step('read')", N_("Mark as read and go on")),
        ("mark.star_next", "&", "mark_and_step('star')", N_("Star and go on")),
        (
            "mark.later",
            "L E_l",
            "mark_and_step('later')",
            N_("Add to the reading list and go on"),
            N_("reading list"),
        ),
        ("mark.hide", "I E_i", "toggle_hidden", N_("Hide: not interested")),
        ("later.up", "( shift+up", "move_later(-1)", N_("Move up in the reading list")),
        ("later.down", ") shift+down", "move_later(1)", N_("Move down in the reading list")),
        ("mark.tags", "t", "prompt_for_tags", N_("Edit tags"), N_("tag")),
        ("mark.note", "e", "edit_note", N_("Edit note"), N_("note")),
        ("mark.all_read", "R", "mark_all_read", N_("Mark all papers in the list as read")),
        ("mark.read_above", "E_k", "mark_around(-1)", N_("Mark all above the cursor as read")),
        ("mark.read_below", "E_j", "mark_around(1)", N_("Mark all below the cursor as read")),
        ("mark.undo", "u", "undo", N_("Undo the last change"), N_("undo")),
        ("mark.redo", "U ctrl+y", "redo", N_("Redo the change that was undone")),
    ),
    HelpSection.TRIAGE: (
        ("triage.read", "r space", "decide('read')", N_("Read, next paper"), N_("read")),
        ("triage.star", "s * &", "decide('star')", N_("Star, next paper"), N_("star")),
        (
            "triage.later",
            "L a",
            "decide('later')",
            N_("Reading list, next paper"),
            N_("reading list"),
        ),
        ("triage.hide", "I d x", "decide('hide')", N_("Hide, next paper"), N_("hide")),
        ("triage.tags", "t", "decide_tags", N_("Tag, next paper"), N_("tag")),
        ("triage.open", "o", "decide('open')", N_("Open the page, next paper"), N_("open")),
        ("triage.skip", "n J", "decide('skip')", N_("Skip: undecided, next paper"), N_("skip")),
        ("triage.note", "e", "edit_note", N_("Edit note"), N_("note")),
        ("triage.undo", "u K", "take_back", N_("Take the last decision back"), N_("undo")),
        ("triage.whole", "enter", "show_whole", N_("Show the whole summary"), N_("whole")),
        ("triage.pictures", "P", "toggle_pictures", N_("Show pictures, or hide them")),
        ("triage.older", "[", "step_day(-1)", N_("Go on with an older day"), N_("day")),
        ("triage.newer", "]", "step_day(1)", N_("Go on with a newer day"), N_("day")),
    ),
    HelpSection.SAVE: (
        ("view.keep", "w", "save_view", N_("Save this view"), N_("save")),
        ("view.forget", "X delete", "delete_view", N_("Delete this saved view")),
        ("list.export", "x", "export", N_("Export papers")),
        ("program.run", "ctrl+e", "choose_own_command", N_("Run a command of your own")),
        ("program.pipe", "|", "pipe", N_("Pipe papers to a command")),
        ("list.zotero", "y_z", "send_to_zotero", N_("Send papers to Zotero")),
    ),
    HelpSection.SCREEN: (
        ("view.sidebar", "\\", "toggle_sidebar", N_("Toggle sidebar")),
        ("view.layout", "B E_b", "toggle_layout", N_("Put the summary beside or below the list")),
        ("view.zoom", "z", "zoom", N_("Maximize the pane")),
        ("view.grow", ">", "resize_table(2)", N_("Enlarge the paper list")),
        ("view.shrink", "<", "resize_table(-2)", N_("Shrink the paper list")),
        ("view.out", "escape", "back_out", N_("Cancel; close reader or filter"), N_("back")),
        ("view.close", "q", "close", N_("Go back one level; quit at the top"), N_("quit")),
    ),
    HelpSection.APP: (
        ("digests.problems", "!", "show_problems", N_("Show problems")),
        ("digests.sync", "ctrl+r", "sync", N_("Sync now")),
        ("digests.fetch", "F @", "fetch", N_("Fetch recent papers")),
        ("digests.details", "D E_d", "fetch_details", N_("Complete the papers of the list")),
        ("digests.stop", "ctrl+x", "stop_sync", N_("Stop syncing or fetching")),
        ("command.line", ":", "command_line", N_("Command line")),
        ("app.palette", "ctrl+p", "app.command_palette", N_("Command palette")),
        ("app.help", "? f1", "app.help", N_("Show all keys"), N_("help")),
        ("app.help_query", "f2", "app.help_query", N_("Show the search syntax")),
        ("app.manual", "f3", "app.manual", N_("Open the manual")),
        ("app.redraw", "ctrl+l", "app.redraw", N_("Redraw screen")),
        ("app.suspend", "ctrl+z", "app.suspend_process", N_("Suspend (fg resumes)")),
        ("app.quit", "ctrl+q Z_Z", "app.quit", N_("Quit")),
    ),
}
"""Id, keys separated by spaces, action, help and optional hint of each binding, by section."""


def _bindings() -> Iterator[KeyBinding]:
    for section, rows in _ROWS.items():
        for name, keys, action, text, *hint in rows:
            names = ",".join(map(_key_name, keys.split(" ")))
            context = _CONTEXTS.get(name.partition(".")[0], KeyContext.MAIN)
            yield KeyBinding(name, names, action, text, section, context, *hint)


def _key_name(key: str) -> str:
    """Return the name of a key of a row, or of a sequence."""
    return SEQUENCE_SEPARATOR.join(_CHARACTERS.get(each, each) for each in key.split("_"))


KEYS = tuple(_bindings())

BY_ID = {binding.id: binding for binding in KEYS}

SHARED_KEYS = (
    {"tree.open", "pane.right"},
    {"tree.close", "pane.left"},
)
"""Ids of bindings that may have the same keys: the second works where the first does nothing."""


def may_share_keys(one: str, other: str) -> bool:
    """Return whether two bindings may have the same key, by their ids.

    The triage screen covers the main screen, but not the keys of panes and of the application.
    """
    contexts = {BY_ID[one].context, BY_ID[other].context}
    covered = {KeyContext.MAIN, KeyContext.SIDEBAR}
    is_covered = KeyContext.TRIAGE in contexts and bool(contexts & covered)
    return is_covered or {one, other} in SHARED_KEYS


COUNTED = frozenset(
    (
        "move.down", "move.up", "move.page_down", "move.page_up", "move.half_down", "move.half_up",
        "move.top", "move.bottom", "day.older", "day.newer", "paper.next", "paper.previous",
        "section.next", "section.previous", "match.next", "match.previous", "votes.more",
        "votes.fewer", "view.grow", "view.shrink",
    )
)  # fmt: skip
"""Ids of the bindings that are repeated by a number before the key: ``5j``."""

SEQUENCE_HINTS = {
    "copy.link": N_("link"), "copy.title": N_("title and link"), "copy.markdown": N_("Markdown"),
    "mark.read_above": N_("above as read"), "mark.read_below": N_("below as read"),
    "copy.citation": N_("BibTeX"), "copy.id": N_("id"), "list.zotero": N_("Zotero"),
    "app.quit": N_("quit"), "list.for_you": N_("for you"), "select.range": N_("range"),
    "list.left_out": N_("hidden"), "mark.later": N_("reading list"), "mark.hide": N_("hide"),
    "view.layout": N_("layout"), "digests.details": N_("details"),
}  # fmt: skip
"""What the last key of a sequence does, in a word, by the id of the binding."""

QUIT_KEY = "ctrl+q"
"""Always quits: a keymap may name keys that the reader's terminal cannot send."""

EVERYWHERE = ("app.redraw", "app.suspend", "app.quit")
"""Ids of the bindings that also work in dialogs."""

_LABELS = {name: character for character, name in _CHARACTERS.items()}
_LABELS |= {"pagedown": "PgDn", "pageup": "PgUp"}


def key_label(key: str) -> str:
    """Return the label of a key: ``+`` for ``plus``, ``Ctrl+D`` for ``ctrl+d``."""
    if SEQUENCE_SEPARATOR in key:
        return "".join(map(key_label, key.split(SEQUENCE_SEPARATOR)))
    if key in _LABELS or len(key) == 1:
        return _LABELS.get(key, key)
    modifier, plus, last = key.rpartition("+")
    last = last.upper() if modifier and len(last) == 1 else last.capitalize()
    return f"{modifier.capitalize()}{plus}{last}"


def key_labels(keys: str) -> str:
    """Return the labels of keys that are separated by commas: ``j Down``."""
    return " ".join(map(key_label, keys.split(",")))


def single_keys(keys: str) -> str:
    """Return the keys that are no sequences, of keys separated by commas."""
    return ",".join(key for key in keys.split(",") if SEQUENCE_SEPARATOR not in key)


def bound_keys(name: str, keymap: Mapping[str, str] = MappingProxyType({})) -> str:
    """Return the keys of a binding, separated by commas; ``QUIT_KEY`` is one of those that quit.

    Args:
        name: the binding's id.
        keymap: the reader's keys, by id; other bindings keep their default keys.
    """
    keys = keymap.get(name, BY_ID[name].keys)
    if name == "app.quit" and QUIT_KEY not in keys.split(","):
        return f"{keys},{QUIT_KEY}"
    return keys


def first_key_label(name: str, keymap: Mapping[str, str] = MappingProxyType({})) -> str:
    """Return the label of the first key of a binding; see ``bound_keys``."""
    return key_label(bound_keys(name, keymap).split(",")[0])
