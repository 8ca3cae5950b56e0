"""The command line: parses what is typed, completes it, and describes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol

from tui.config.keybindings import BY_ID, KeyContext
from tui.i18n import N_, _
from tui.library.search.field_values import FieldValues
from tui.marks.commands import MARK_VERBS, TAG_VERBS
from tui.query.columns import SORT_COLUMNS
from tui.query.completion import complete
from tui.sanitize import clean
from tui.terminal.themes import THEME_NAMES

MAX_HINTS = 20

OTHER_COMMANDS = {
    "export": N_("export FILE: export the selection, or the list"),
    "sort": N_("sort COLUMN[,COLUMN]: sort; -COLUMN begins with the greatest"),
    "search": N_("search QUERY: search in this scope"),
    "votes": N_("votes NUMBER: set the vote threshold"),
    "theme": N_("theme NAME: change the theme"),
}
"""The commands that are neither verbs for marks nor ids of key bindings, and what they do."""


class Command(NamedTuple):
    """A command line, taken apart.

    Attributes:
        name: the first word.
        rest: the text after it.
    """

    name: str
    rest: str


def parse_command(text: str) -> Command:
    """Take a command line apart; a colon before it is ignored."""
    name, _space, rest = clean(text).strip().lstrip(":").strip().partition(" ")
    return Command(name, rest.strip())


def actions() -> Mapping[str, str]:
    """Return what each action does, by the id of its key binding."""
    return {name: key.help for name, key in BY_ID.items() if key.context is not KeyContext.TRIAGE}


class _TargetsText(Protocol):
    """Returns what a command is about, in words."""

    def __call__(self, *, has_query: bool) -> str:
        """Return it for a command with or without a query."""


class CommandAssistant:
    """Completes and describes a command line.

    Args:
        history: earlier commands, newest first.
        tags: the tags in use, most frequent first.
        targets: returns what a command for marks with or without a query is about, in words.
    """

    def __init__(self, history: Sequence[str], tags: Sequence[str], targets: _TargetsText) -> None:
        self.history = history
        self._tags = FieldValues(tags)
        self._targets = targets
        self._help = {**MARK_VERBS, **OTHER_COMMANDS, **actions()}

    def completions(self, text: str) -> Sequence[str]:
        """Return texts to replace the one before the cursor with, best first."""
        name, space, rest = text.lstrip().partition(" ")
        if not space:
            return [each for each in self._names(name) if each != name] if name else []
        match name:
            case "theme":
                return [f"{name} {theme}" for theme in THEME_NAMES if theme.startswith(rest)]
            case "sort":
                before, comma, column = rest.rpartition(",")
                sign = "-" * column.startswith("-")
                start = f"{name} {before}{comma}{sign}"
                columns = (each for each in SORT_COLUMNS if each.startswith(column.lstrip("-")))
                return [start + each for each in columns]
            case "tag" | "untag" if " " not in rest:
                before, comma, tag = rest.rpartition(",")
                found = self._tags.starting_with(tag.casefold(), MAX_HINTS) if tag else ()
                return [f"{name} {before}{comma}{each}" for each in found]
            case _ if name in MARK_VERBS or name == "search":
                return [f"{name} {each.text}" for each in complete(rest, self._values)]
        return []

    def _names(self, beginning: str) -> list[str]:
        names = [name for name in self._help if name.startswith(beginning)]
        # A part of an id finds it as well: "star" finds "mark.star".
        return names + [n for n in actions() if beginning in n and n not in names]

    def _values(self, field: str, beginning: str) -> Sequence[str]:
        return self._tags.starting_with(beginning, MAX_HINTS) if field == "tag" else ()

    def hint(self, text: str, cursor: int) -> str:
        """Return what the command does, or else the commands that may be meant."""
        name, rest = parse_command(text)
        if not name:
            return _("A command, such as: tag rl is:unread   Tab completes, Up: earlier commands")
        completions = self.completions(text[:cursor])
        if name in self._help and (" " in text.lstrip() or len(completions) < 1):
            help_text = _(self._help[name])
            if name in MARK_VERBS:
                has_query = bool(rest) and (name not in TAG_VERBS or " " in rest)
                help_text = f"{help_text}   {self._targets(has_query=has_query)}"
            words = "  ".join(each.rpartition(" ")[2] for each in completions[:MAX_HINTS])
            return f"{words}   {help_text}" if words else help_text
        if completions:
            return "  ".join(completions[:MAX_HINTS])
        return _("Unknown command")
