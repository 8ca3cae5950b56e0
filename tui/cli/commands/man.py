"""``broadsheet man``: a manual page generated from the argument parsers."""

from __future__ import annotations

import argparse
import textwrap
from collections.abc import Iterator

from tui.cli.commands import BROWSE, COMMANDS
from tui.cli.output import OK

_EXIT_CODES = {
    "0": "Success.",
    "1": "Nothing matched.",
    "2": "Wrong usage, or nothing could be read or written.",
    "3": "Internal error; the log has the details.",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare no arguments, only the usual way to call the command."""
    parser.epilog = "broadsheet man | man -l -"


def run(arguments: argparse.Namespace) -> int:  # noqa: ARG001
    """Print the manual page."""
    from importlib.metadata import version

    print(page(version("broadsheet")), end="")
    return OK


def page(version: str) -> str:
    """Return the manual page as roff source.

    Args:
        version: the program's, for the page footer.
    """
    from tui.cli.parsers import command_parser

    browser = command_parser(BROWSE)
    parsers = [command_parser(name) for name in COMMANDS]
    summary = _escape(browser.description or "").removesuffix(".").lower()
    lines = [
        # No date, so that the same program always prints the same page.
        f'.TH BROADSHEET 1 "" "broadsheet {_escape(version)}" "User Commands"',
        ".SH NAME",
        f"broadsheet \\- {summary}",
        ".SH SYNOPSIS",
        *_synopsis(browser),
        *(line for parser in parsers for line in (".br", *_synopsis(parser))),
        ".SH DESCRIPTION",
        "Without a command, the browser opens. A first word that is not a command is a path.",
        *_arguments(browser),
        ".SH COMMANDS",
        *(line for parser in parsers for line in _command(parser)),
        ".SH EXIT STATUS",
    ]
    for code, meaning in _EXIT_CODES.items():
        lines += [".TP", f".B {code}", _escape(meaning)]
    return "".join(f"{line}\n" for unwrapped in lines for line in _wrap(unwrapped))


def _wrap(line: str) -> list[str]:
    """Wrap a line of text; a roff request is left alone."""
    if line.startswith("."):
        return [line]
    return textwrap.wrap(line, 78, break_long_words=False, break_on_hyphens=False) or [""]


def _synopsis(parser: argparse.ArgumentParser) -> Iterator[str]:
    """Yield the lines of a command's usage."""
    usage = " ".join(parser.format_usage().removeprefix("usage: ").split())
    words = usage.removeprefix(parser.prog).strip()
    yield f".B {_escape(parser.prog)}"
    if words:
        yield _escape(words)


def _command(parser: argparse.ArgumentParser) -> Iterator[str]:
    """Yield the lines of a command's section."""
    yield f".SS {_escape(parser.prog)}"
    yield _escape(parser.description or "")
    yield from _arguments(parser)


def _arguments(parser: argparse.ArgumentParser) -> Iterator[str]:
    """Yield the lines that describe a parser's arguments and subcommands."""
    formatter = parser._get_formatter()
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            summaries = {choice.dest: choice.help or "" for choice in action._choices_actions}
            for name, subparser in action.choices.items():
                yield ".PP"
                yield from _synopsis(subparser)
                if summary := summaries.get(name):
                    yield ".br"
                    yield _escape(summary)
                yield from _arguments(subparser)
        elif action.help is not argparse.SUPPRESS:
            yield ".TP"
            yield _term(action)
            yield _escape(formatter._expand_help(action) if action.help else "")


def _term(action: argparse.Action) -> str:
    """Return an argument's names in bold and its value in italics."""
    value = action.metavar or "|".join(map(str, action.choices or ())) or action.dest
    italic_value = f"\\fI{_escape(str(value))}\\fR"
    if not action.option_strings:
        return italic_value
    names = ", ".join(f"\\fB{_escape(name)}\\fR" for name in action.option_strings)
    return names if action.nargs == 0 else f"{names} {italic_value}"


def _escape(text: str) -> str:
    """Return text in which roff finds no requests, escapes or hyphens."""
    text = " ".join(text.split()).replace("\\", "\\e").replace("-", "\\-")
    # roff would take a line that starts with one of these characters as a request.
    return f"\\&{text}" if text.startswith((".", "'")) else text
