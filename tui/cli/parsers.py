"""Parsers of the command line, built from the arguments that the command modules declare."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from importlib import import_module
from typing import NoReturn

from tui.cli.commands import BROWSE, COMMANDS


def command_parser(name: str) -> argparse.ArgumentParser:
    """Return the parser of one command, importing only that command's module.

    Args:
        name: a key of ``COMMANDS``, or ``BROWSE``.
    """
    parser = argparse.ArgumentParser(
        prog="broadsheet" if name == BROWSE else f"broadsheet {name}",
        description=COMMANDS.get(name),
        allow_abbrev=False,
    )
    _add_arguments(name, parser)
    return parser


def full_parser() -> argparse.ArgumentParser:
    """Return one parser that describes all commands; used for completion, not for parsing."""
    parser = command_parser(BROWSE)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    for name, summary in COMMANDS.items():
        _add_arguments(name, commands.add_parser(name, help=summary, description=summary))
    return parser


def _add_arguments(name: str, parser: argparse.ArgumentParser) -> None:
    import_module(f"tui.cli.commands.{name}").add_arguments(parser)


def parse_command(name: str, argv: Sequence[str]) -> argparse.Namespace:
    """Parse the arguments after a command's name. Exits with code 2 on a usage error."""
    parser = command_parser(name)
    target = _subcommand_parser(parser, argv)
    takes_query = any(action.dest == "query" for action in target._actions)
    hint = "put '--' before a query that begins with '-'" if takes_query else ""
    # argparse would read "-pruning" as "-p runing", and "-hallucination" as "-h".
    short_options = tuple(option for option in target._option_string_actions if len(option) == 2)
    for word in argv:
        if word == "--":
            break
        if word.startswith(short_options) and len(word) > 2 and not word.startswith("--"):
            _reject(target, word, hint or f"put a space after '{word[:2]}'")
    arguments, extra = parser.parse_known_args(argv)
    if extra:
        if takes_query and not extra[0].startswith("-"):
            _reject(target, extra[0], "put quotes around the query")
        _reject(target, extra[0], hint)
    return arguments


def parse_browse(argv: Sequence[str]) -> argparse.Namespace:
    """Parse a command line without a command. Exits with code 2 on a usage error."""
    parser = command_parser(BROWSE)
    # Paths may precede and follow options. argparse cannot combine that with "--".
    end = argv.index("--") if "--" in argv else len(argv)
    arguments, extra = parser.parse_known_intermixed_args(argv[:end])
    if extra:
        _reject(parser, extra[0], "put '--' before a path that begins with '-'")
    arguments.path += argv[end + 1 :]
    return arguments


def _subcommand_parser(
    parser: argparse.ArgumentParser, argv: Sequence[str]
) -> argparse.ArgumentParser:
    """Return the parser of the subcommand that the first word names, or the parser itself."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction) and argv:
            subparser: argparse.ArgumentParser = action.choices.get(argv[0], parser)
            return subparser
    return parser


def _reject(parser: argparse.ArgumentParser, word: str, hint: str) -> NoReturn:
    from tui.sanitize import escape_unprintable

    problem = "unknown option" if word.startswith("-") else "unexpected argument"
    parser.error(f"{escape_unprintable(word)}: {problem}{f'; {hint}' if hint else ''}")
