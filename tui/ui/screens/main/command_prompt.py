"""The command line: parses what is typed, completes it, and describes it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import NamedTuple, Protocol

from tui.config.keybindings import BY_ID, KeyContext
from tui.i18n import N_, _
from tui.library.search.field_values import FieldValues
from tui.marks.commands import MARK_VERBS, TAG_VERBS, split_tags
from tui.query.columns import SORT_COLUMNS
from tui.query.word_completion import complete
from tui.sanitize import clean
from tui.terminal.themes import AUTO_THEME, THEME_NAMES

MAX_HINTS = 20

MAX_DIGITS = 6
"""Digits of the number of a row, or of a number of votes."""

OTHER_COMMANDS = {
    "export": N_("export FILE [QUERY]: export papers"),
    "sort": N_("sort COLUMN[,COLUMN]: sort; -COLUMN begins with the greatest"),
    "search": N_("search QUERY: search in this scope"),
    "votes": N_("votes NUMBER: set the vote threshold"),
    "theme": N_("theme NAME: change the theme"),
    "add": N_("add PATH: add a folder, file or archive of digests"),
    "write": N_("write [FILE]: marks are saved already; with a file, export papers"),
    "set": N_("set: settings are in a file"),
}
"""The commands that are neither verbs for marks nor names of actions, and what they do."""

ALIASES = {
    "exit": "quit", "h": "help", "q": "quit", "q!": "quit", "qa": "quit",
    "reload": "sync", "save": "write", "w": "write", "wq": "quit",
}  # fmt: skip
"""Other names, which other programs use, by what is typed. They are not completed."""

_PREFERRED_ACTIONS = ("paper.next", "paper.open", "paper.previous", "view.close")
"""The actions that have the short name that several have."""


class Command(NamedTuple):
    """A command line, taken apart.

    Attributes:
        name: the first word.
        rest: the text after it.
    """

    name: str
    rest: str


class ExportTarget(NamedTuple):
    """What follows ``export``.

    Attributes:
        file: the path as typed.
        query: the query that selects papers; empty for the selection or the list.
    """

    file: str
    query: str


def parse_command(text: str) -> Command:
    """Take a command line apart; a colon before it is ignored."""
    name, _space, rest = clean(text).strip().lstrip(":").strip().partition(" ")
    return Command(ALIASES.get(name, name), rest.strip())


def parse_export(text: str, is_export_file: Callable[[str], bool]) -> ExportTarget:
    """Separate the path of a file, which may have spaces, from the query after it.

    Args:
        text: what follows ``export``.
        is_export_file: returns whether a path ends as that of an export does.
    """
    for space in re.finditer(r"\s+|$", text):
        if is_export_file(text[: space.start()]):
            return ExportTarget(text[: space.start()], text[space.end() :])
    return ExportTarget(text, "")


def parse_number(text: str) -> int | None:
    """Return a whole number of few digits, or None."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= MAX_DIGITS else None


@cache
def actions() -> Mapping[str, str]:
    """Return the ids of actions by what can be typed: the id, or its last part.

    A last part that several ids have stands for one of ``_PREFERRED_ACTIONS``, or for none.
    """
    ids = [name for name, key in BY_ID.items() if key.context is not KeyContext.TRIAGE]
    by_short_name: dict[str, list[str]] = defaultdict(list)
    for name in ids:
        by_short_name[name.rpartition(".")[2]].append(name)
    short_names = {}
    for short, names in by_short_name.items():
        preferred = [name for name in names if name in _PREFERRED_ACTIONS] or names
        if len(preferred) == 1 and short not in MARK_VERBS | OTHER_COMMANDS:
            short_names[short] = preferred[0]
    return short_names | {name: name for name in ids}


def actions_named(short_name: str) -> Sequence[str]:
    """Return the ids of which this is the last part."""
    return [name for name in actions() if name.endswith(f".{short_name}")]


class _TargetsText(Protocol):
    """Returns what a command is about, in words."""

    def __call__(self, verb: str, query: str) -> str:
        """Return it for a command with this query, which may be empty."""


class CommandAssistant:
    """Completes and describes a command line.

    Args:
        history: earlier commands, newest first.
        tags: the tags in use, most frequent first.
        targets: returns what a command with this query, maybe none, is about, in words.
        is_available: returns whether the reader may use a command or an action, by its name.
        is_export_file: returns whether a path ends as that of an export does.
    """

    def __init__(
        self,
        history: Sequence[str],
        tags: Sequence[str],
        targets: _TargetsText,
        *,
        is_available: Callable[[str], bool],
        is_export_file: Callable[[str], bool],
    ) -> None:
        self.history = history
        self._tags = FieldValues(tags)
        self._targets = targets
        self._is_export_file = is_export_file
        commands = {**MARK_VERBS, **OTHER_COMMANDS}
        self._help = {name: text for name, text in commands.items() if is_available(name)}
        self._actions = {name: each for name, each in actions().items() if is_available(each)}

    def completions(self, text: str) -> Sequence[str]:
        """Return texts to replace the one before the cursor with, best first."""
        name, space, rest = text.lstrip().partition(" ")
        if not space:
            return self._names(name) if name else []
        match name:
            case "theme":
                return [
                    f"{name} {theme}"
                    for theme in (*THEME_NAMES, AUTO_THEME)
                    if theme.startswith(rest) and theme != rest
                ]
            case "sort":
                before, comma, column = rest.rpartition(",")
                sign = "-" * column.startswith("-")
                start = f"{name} {before}{comma}{sign}"
                columns = (each for each in SORT_COLUMNS if each.startswith(column.lstrip("-")))
                return [start + each for each in columns]
            case "tag" | "untag" if not split_tags(rest).rest:
                before, comma, tag = rest.rpartition(",")
                before += comma + " " * tag.startswith(" ")
                beginning = tag.strip().casefold()
                found = self._tags.starting_with(beginning, MAX_HINTS) if beginning else ()
                return [f"{name} {before}{each} " for each in found]
            case _ if query := self.query(name, rest):
                start = text.lstrip().removesuffix(query)
                return [start + _finished(each.text) for each in complete(query, self._values)]
        return []

    def query(self, name: str, rest: str) -> str:
        """Return the query of a command; empty without one."""
        if name in TAG_VERBS:
            return split_tags(rest).rest
        if name in {"export", "write"}:
            return parse_export(rest, self._is_export_file).query
        return rest if name in MARK_VERBS or name == "search" else ""

    def _names(self, beginning: str) -> list[str]:
        """Return the names that begin as typed, then those of which another part does."""
        if "." in beginning:
            return [n for n in self._actions if n.startswith(beginning) and n != beginning]
        # An id says no more than its last part, where that is a name, even of a command.
        short_names = {each for name, each in self._actions.items() if "." not in name}
        names = [
            *self._help,
            *(
                name
                for name, each in self._actions.items()
                if "." not in name
                or (each not in short_names and name.rpartition(".")[2] not in self._help)
            ),
        ]
        part = re.compile(rf"[._]{re.escape(beginning)}")
        found = [name for name in names if name.startswith(beginning)]
        found += [name for name in names if part.search(name)]
        completed = [f"{name} " if self._takes_text(name) else name for name in found]
        return [name for name in dict.fromkeys(completed) if name != beginning]

    def _takes_text(self, name: str) -> bool:
        return name in {*MARK_VERBS, *OTHER_COMMANDS} - {"set"}

    def _values(self, field: str, beginning: str) -> Sequence[str]:
        return self._tags.starting_with(beginning, MAX_HINTS) if field == "tag" else ()

    def hint(self, text: str, cursor: int) -> str:
        """Return what the command does, or else the commands that may be meant."""
        name, rest = parse_command(text)
        if not name:
            return _("For example: tag rl is:unread   Tab completes, Up: earlier commands")
        if (row := parse_number(name)) is not None:
            return _("Go to paper {number} of the list").format(number=row)
        completions = self.completions(text[:cursor])
        others = (_last_word(each) for each in completions[:MAX_HINTS])
        words = "  ".join(word for word in others if word != name)
        if description := self._description(name, rest):
            # While the name is typed, the longer ones matter as much.
            return f"{words}   {description}" if words else description
        return words or unknown_command_text(name)

    def _description(self, name: str, rest: str) -> str:
        """Return what a command does, and to which papers; empty if it is unknown."""
        if action := self._actions.get(name):
            return f"{name}: {_(BY_ID[action].help)}"
        text = _(self._help.get(name, "")) if name in self._help else ""
        if name in MARK_VERBS or name == "export":
            return f"{text} ({self._targets(name, self.query(name, rest))})"
        return text


def _finished(text: str) -> str:
    """Return a completed query with a space, unless a value has to follow."""
    text = text.rstrip()
    return text if text.endswith(":") else f"{text} "


def _last_word(text: str) -> str:
    return text.rstrip().rpartition(" ")[2]


def unknown_command_text(name: str) -> str:
    """Return that a command is unknown, or the actions that may be meant."""
    if meant := actions_named(name):
        return _("{name} may mean: {names}").format(name=name, names="  ".join(meant))
    return _("Unknown command: {name}").format(name=name)
