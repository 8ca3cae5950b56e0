"""The manual page in roff, generated from the argument parsers and the manual."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from tui.cli.commands import BROWSE, COMMANDS
from tui.cli.output import EXIT_CODES
from tui.cli.parsers import command_parser
from tui.cli.roff import escape, markdown_to_roff, wrap
from tui.config.manual import read_page

TOPICS = ("reading", "searching", "marks", "sources", "ssh", "settings", "reliability")
"""Topics of the manual that become sections."""


def man_page(version: str) -> str:
    """Return the manual page as roff source.

    Args:
        version: the program's, for the page footer.
    """
    browser = command_parser(BROWSE)
    parsers = [command_parser(name) for name in COMMANDS]
    summary = escape(browser.description or "").removesuffix(".").lower()
    lines = [
        # No date, so that the same program always prints the same page.
        f'.TH BROADSHEET 1 "" "broadsheet {escape(version)}" "User Commands"',
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
    for code, meaning in EXIT_CODES.items():
        lines += [".TP", f".B {code}", escape(meaning)]
    for topic in TOPICS:
        lines += markdown_to_roff(read_page(topic))
    return "".join(f"{line}\n" for line in wrap(lines))


def _synopsis(parser: argparse.ArgumentParser) -> Iterator[str]:
    """Yield the lines of a command's usage."""
    usage = " ".join(parser.format_usage().removeprefix("usage: ").split())
    words = usage.removeprefix(parser.prog).strip()
    yield f".B {escape(parser.prog)}"
    if words:
        yield escape(words)


def _command(parser: argparse.ArgumentParser) -> Iterator[str]:
    """Yield the lines of a command's section."""
    yield f".SS {escape(parser.prog)}"
    yield escape(parser.description or "")
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
                    yield escape(summary)
                yield from _arguments(subparser)
        elif action.help is not argparse.SUPPRESS:
            yield ".TP"
            yield _term(action)
            yield escape(formatter._expand_help(action) if action.help else "")


def _term(action: argparse.Action) -> str:
    """Return an argument's names in bold and its value in italics."""
    value = action.metavar or "|".join(map(str, action.choices or ())) or action.dest
    italic_value = f"\\fI{escape(str(value))}\\fR"
    if not action.option_strings:
        return italic_value
    names = ", ".join(f"\\fB{escape(name)}\\fR" for name in action.option_strings)
    return names if action.nargs == 0 else f"{names} {italic_value}"
