"""The parsers of the commands, and the arguments that several commands share."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from importlib import import_module
from typing import NoReturn

from tui import VERSION
from tui.cli.commands import BROWSE, COMMANDS
from tui.cli.output import escape_line, print_line


def non_negative_int(text: str) -> int:
    """Convert a whole number from 0 up.

    Raises:
        ArgumentTypeError: the text is something else, or has more than nine digits.
    """
    if not (text.isascii() and text.isdecimal() and len(text) <= 9):
        raise argparse.ArgumentTypeError(f"'{text}' is not a whole number from 0 up")
    return int(text)


def positive_int(text: str) -> int:
    """Convert a whole number from 1 up.

    Raises:
        ArgumentTypeError: the text is something else.
    """
    if number := non_negative_int(text):
        return number
    raise argparse.ArgumentTypeError("'0' is not a whole number from 1 up")


def valid_text(text: str) -> str:
    """Return an argument that is text rather than a path, which may be any bytes.

    Raises:
        ArgumentTypeError: its bytes are not valid text; they would be lost when it is stored.
    """
    try:
        text.encode()
    except UnicodeEncodeError as error:
        message = "is not valid UTF-8; check the encoding of your terminal or script"
        raise argparse.ArgumentTypeError(message) from error
    return text


class PrintVersion(argparse.Action):
    """Prints the version, also beside other options."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        """Print the version and exit."""
        print_line(f"broadsheet {VERSION}")
        parser.exit()


def add_query(parser: argparse.ArgumentParser) -> None:
    """Add QUERY."""
    text = "a query, as one argument; put '--' before a query that begins with '-'"
    parser.add_argument("query", nargs="?", type=valid_text, metavar="QUERY", help=text)


def add_limit(parser: argparse.ArgumentParser) -> None:
    """Add --limit."""
    parser.add_argument("--limit", type=non_negative_int, metavar="N", help="at most N papers")


def add_sources(parser: argparse.ArgumentParser) -> None:
    """Add -p, which replaces the configured sources."""
    text = "a digest or folder to read instead of the configured sources; repeatable"
    parser.add_argument("-p", "--path", action="append", default=[], metavar="PATH", help=text)


def add_format(parser: argparse.ArgumentParser, *names: str) -> None:
    """Add --format with its choices; the first is the default."""
    text = f"the output format (default: {names[0]})"
    parser.add_argument("--format", choices=names, default=names[0], help=text)


def add_output(parser: argparse.ArgumentParser) -> None:
    """Add --output."""
    text = "write to this file and replace it if it exists (default: standard output)"
    parser.add_argument("-o", "--output", metavar="FILE", help=text)


def add_pager(parser: argparse.ArgumentParser) -> None:
    """Add --pager."""
    text = "page the output through $PAGER (default: less) on a terminal"
    parser.add_argument("--pager", action="store_true", help=text)


class _Parser(argparse.ArgumentParser):
    """A parser whose error messages may contain any text."""

    def error(self, message: str) -> NoReturn:
        """Print the usage and the message, and exit."""
        super().error(escape_line(message))


def command_parser(name: str) -> argparse.ArgumentParser:
    """Return the parser of one command, importing only that command's module.

    Args:
        name: a key of ``COMMANDS``, or ``BROWSE``.
    """
    parser = _Parser(
        prog="broadsheet" if name == BROWSE else f"broadsheet {name}",
        description=COMMANDS.get(name),
        allow_abbrev=False,
    )
    import_module(f"tui.cli.commands.{name}").add_arguments(parser)
    return parser


def parse_command(name: str, argv: Sequence[str]) -> argparse.Namespace:
    """Parse the arguments after a command's name. Exits with code 2 on a usage error."""
    parser = target = command_parser(name)
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction) and argv:
            target = action.choices.get(argv[0], parser)
    takes_query = any(action.dest == "query" for action in target._actions)
    hint = "put '--' before a query that begins with '-'" if takes_query else ""
    # argparse would read "-pruning" as "-p runing", and "-hallucination" as "-h".
    short_options = tuple(name for name in target._option_string_actions if len(name) == 2)
    for word in argv:
        if word == "--":
            break
        if word.startswith(short_options) and len(word) > 2:
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


def _reject(parser: argparse.ArgumentParser, word: str, hint: str) -> NoReturn:
    problem = "unknown option" if word.startswith("-") else "unexpected argument"
    parser.error(f"{word}: {problem}{f'; {hint}' if hint else ''}")
