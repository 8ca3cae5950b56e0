"""Rewrite the generated tables of the README and the manual: ``python -m tests.update_manual``."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from tui.cli.arguments import command_parser
from tui.cli.commands import BROWSE, COMMANDS
from tui.cli.output import EXIT_CODES
from tui.config.keybindings import BY_ID, KEYS, HelpSection, KeyBinding, key_labels
from tui.config.settings_file import settings_table

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
MANUAL = ROOT / "tui" / "manual"
PERFORMANCE_PAGE = MANUAL / "performance.md"

README_KEYS = (
    "move.down", "pane.next", "day.older", "paper.read", "list.search", "votes.more",
    "mark.star", "mark.tags", "paper.open", "copy.citation", "app.help", "view.close",
)  # fmt: skip
"""Ids of the keys in the README: those needed in the first five minutes."""

LINE_LENGTH = 78

_BRACKETED_OR_WORD = re.compile(r"\[[^]]+\]|\S+")


class GeneratedTable(NamedTuple):
    """A generated part of a document.

    Attributes:
        file: the document.
        name: the name in the comments around it, ``<!-- name -->`` and ``<!-- /name -->``.
        generate: returns its Markdown.
    """

    file: Path
    name: str
    generate: Callable[[], str]


def key_table() -> str:
    """Return the table of all keys with their ids, by section."""
    lines = ["| keys | action | id |", "|---|---|---|"]
    for section in HelpSection:
        lines.append(f"| **{section.value}** | | |")
        lines += [
            f"| {_key_names(key)} | {key.help} | `{key.id}` |"
            for key in KEYS
            if key.section is section
        ]
    return _joined(lines)


def readme_key_table() -> str:
    """Return the README's short table of keys."""
    keys = [BY_ID[id_] for id_ in README_KEYS]
    return _joined(
        ["| keys | action |", "|---|---|", *(f"| {_key_names(key)} | {key.help} |" for key in keys)]
    )


def command_synopsis() -> str:
    """Return the usage of every command as a block of code."""
    parsers = [command_parser(name) for name in (BROWSE, *COMMANDS)]
    return _joined(["```", *(line for parser in parsers for line in _usage(parser)), "```"])


def exit_code_table() -> str:
    """Return the table of exit codes."""
    rows = [f"| {code} | {meaning} |" for code, meaning in EXIT_CODES.items()]
    return _joined(["| code | meaning |", "|---|---|", *rows])


def _usage(parser: argparse.ArgumentParser) -> list[str]:
    """Return how a command is called, wrapped; one usage for each of its subcommands if any."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction) and action.required:
            return [line for command in action.choices.values() for line in _usage(command)]
    usage = " ".join(parser.format_usage().removeprefix("usage: ").split())
    usage = usage.replace(" [-h]", "").replace(" [--version]", "").replace("-p PATH", "-p PATH ...")
    indent = " " * (len(parser.prog) + 1)
    lines = [parser.prog]
    for word in _BRACKETED_OR_WORD.findall(usage.removeprefix(parser.prog)):
        if len(lines[-1]) + 1 + len(word) > LINE_LENGTH:
            lines.append(indent + word)
        else:
            lines[-1] += f" {word}"
    return lines


def _key_names(key: KeyBinding) -> str:
    # In a table, a vertical line has to be escaped even within code.
    names = key_labels(key.keys).replace("|", "\\|").split(" ")
    return " ".join(f"`{name}`" for name in names)


def _joined(lines: list[str]) -> str:
    return "\n".join(lines) + "\n"


GENERATED = (
    GeneratedTable(README, "keys", readme_key_table),
    GeneratedTable(MANUAL / "keys.md", "keys", key_table),
    GeneratedTable(MANUAL / "settings.md", "settings", settings_table),
    GeneratedTable(MANUAL / "scripting.md", "commands", command_synopsis),
    GeneratedTable(MANUAL / "scripting.md", "exit codes", exit_code_table),
)


def read_table(file: Path, name: str) -> str:
    """Return the text between a document's comments of a name."""
    return _split(file.read_text(encoding="utf-8"), name)[1]


def rewrite_table(file: Path, name: str, text: str) -> None:
    """Replace the text between a document's comments of a name."""
    before, _, after = _split(file.read_text(encoding="utf-8"), name)
    file.write_text(before + text + after, encoding="utf-8")


def _split(document: str, name: str) -> tuple[str, str, str]:
    """Return the parts of a document before, between and after the comments of a name."""
    begin, end = f"<!-- {name} -->\n", f"<!-- /{name} -->"
    before, rest = document.split(begin)
    within, after = rest.split(end)
    return before + begin, within, end + after


if __name__ == "__main__":
    for table in GENERATED:
        rewrite_table(table.file, table.name, table.generate())
