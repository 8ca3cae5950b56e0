"""``broadsheet man``: the manual page, out of what argparse knows."""

from __future__ import annotations

import argparse
import textwrap
from collections.abc import Iterator

from tui.cli.arguments import BROWSER, COMMANDS, parser_of
from tui.cli.output import OK

_EXIT_CODES = (
    ("0", "All is well."),
    ("1", "Nothing was found."),
    ("2", "The command could not be understood, or nothing could be read or written."),
    ("3", "Something went wrong that should not have; the log tells more."),
)


def run(arguments: argparse.Namespace) -> int:  # noqa: ARG001
    """Print the manual page."""
    # What is installed is asked only now.
    from importlib.metadata import version

    print(page(version("broadsheet")), end="")
    return OK


def page(version: str) -> str:
    """Return the manual page as roff.

    Args:
        version: of the program.
    """
    browser = parser_of(BROWSER)
    described = _escaped(browser.description or "").removesuffix(".").lower()
    lines = [
        # No date: the same program gives the same page.
        f'.TH BROADSHEET 1 "" "broadsheet {_escaped(version)}" "User Commands"',
        ".SH NAME",
        f"broadsheet \\- {described}",
        ".SH SYNOPSIS",
        *_synopsis(browser),
        *(line for name in COMMANDS for line in (".br", *_synopsis(parser_of(name)))),
        ".SH DESCRIPTION",
        "Without a command, the browser opens. A first word that is no command is a path.",
        *_arguments(browser),
        ".SH COMMANDS",
        *(line for name in COMMANDS for line in _command(name)),
        ".SH EXIT STATUS",
    ]
    for code, words in _EXIT_CODES:
        lines += [".TP", f".B {code}", _escaped(words)]
    return "".join(f"{line}\n" for each in lines for line in _broken(each))


def _broken(line: str) -> list[str]:
    """Return a line of text as several; a request stays one."""
    if line.startswith("."):
        return [line]
    return textwrap.wrap(line, 78, break_long_words=False, break_on_hyphens=False) or [""]


def _synopsis(parser: argparse.ArgumentParser) -> Iterator[str]:
    """Yield how a command is called."""
    usage = " ".join(parser.format_usage().removeprefix("usage: ").split())
    words = usage.removeprefix(parser.prog).strip()
    yield f".B {_escaped(parser.prog)}"
    if words:
        yield _escaped(words)


def _command(name: str) -> Iterator[str]:
    parser = parser_of(name)
    yield f".SS {_escaped(parser.prog)}"
    yield _escaped(parser.description or "")
    yield from _arguments(parser)


def _arguments(parser: argparse.ArgumentParser) -> Iterator[str]:
    formatter = parser._get_formatter()
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            helped = {each.dest: each.help or "" for each in action._choices_actions}
            for name, command in action.choices.items():
                yield ".PP"
                yield from _synopsis(command)
                if words := helped.get(name):
                    yield ".br"
                    yield _escaped(words)
                yield from _arguments(command)
        elif action.help is not argparse.SUPPRESS:
            yield ".TP"
            yield _named(action)
            yield _escaped(formatter._expand_help(action) if action.help else "")


def _named(action: argparse.Action) -> str:
    """Return an argument's names, with what follows them."""
    value = action.metavar or "|".join(map(str, action.choices or ())) or action.dest
    shown = f"\\fI{_escaped(str(value))}\\fR"
    if not action.option_strings:
        return shown
    names = ", ".join(f"\\fB{_escaped(name)}\\fR" for name in action.option_strings)
    return names if action.nargs == 0 else f"{names} {shown}"


def _escaped(text: str) -> str:
    """Return a text that roff takes for nothing else."""
    text = " ".join(text.split()).replace("\\", "\\e").replace("-", "\\-")
    # A line that begins so would be a request.
    return f"\\&{text}" if text.startswith((".", "'")) else text
