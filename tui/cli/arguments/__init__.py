"""What each command may be told: one module a command, by its name, imported when it is called."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

COMMANDS = {
    "list": "List papers.",
    "show": "Show a paper with its summaries.",
    "export": "Write papers as BibTeX, Markdown, CSV or JSON.",
    "marks": "Write, take over, share or set marks.",
    "stats": "Count papers: by day, votes, authors and rising words.",
    "sync": "Read changed digests; print counts and problems.",
    "fetch": "Fetch the papers of the day from Hugging Face.",
    "add": "Add sources for the browser.",
    "remove": "Remove sources; their files stay.",
    "sources": "List the sources.",
    "config": "Show the settings.",
    "completion": "Print what completes words in a shell.",
    "man": "Print the manual page.",
    "doctor": "Tell where things are, and whether they are well.",
}
"""What each command does, by its name."""

BROWSER = "browser"
"""The module of what is told without a command."""


def parser_of(command: str) -> argparse.ArgumentParser:
    """Return the parser of one command, or of the browser: the others need not be made.

    Args:
        command: its name. ``tui.cli.arguments.NAME`` has a function ``declare`` that is given the
            parser, adds arguments, and sets ``run`` to the function to call, as
            ``"listing:run_list"`` in ``tui.cli.commands``.
    """
    # Whoever opens the browser without an option does without the time it takes.
    import argparse

    parser = argparse.ArgumentParser(
        prog="broadsheet" if command == BROWSER else f"broadsheet {command}",
        description=COMMANDS.get(command),
        allow_abbrev=False,
    )
    _declare(command, parser)
    return parser


def whole_parser() -> argparse.ArgumentParser:
    """Return one parser of all commands: not to parse with, but to tell what there is."""
    parser = parser_of(BROWSER)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    for name, words in COMMANDS.items():
        _declare(name, commands.add_parser(name, help=words, description=words))
    return parser


def _declare(command: str, parser: argparse.ArgumentParser) -> None:
    import_module(f"tui.cli.arguments.{command}").declare(parser)
