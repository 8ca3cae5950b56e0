"""``broadsheet man``: the manual as roff, generated from the argument parsers and its pages."""

from __future__ import annotations

import argparse
import re
import textwrap
from collections.abc import Iterable, Iterator

from tui.cli.arguments import command_parser
from tui.cli.commands import BROWSE, COMMANDS
from tui.cli.output import EXIT_CODES, print_lines

_TOPICS = ("reading", "searching", "marks", "sources", "ssh", "settings", "reliability")
"""Topics of the manual that become sections."""

_INLINE = re.compile(r"`([^`]+)`|\*\*([^*]+)\*\*|\*(?P<italic>[^*]+)\*")
_BLOCK = re.compile(r"^```[\s\S]*?^```$|^#.+|^.+(?:\n(?!```).+)*", re.MULTILINE)
_CELL_BORDER = re.compile(r"(?<!\\)\|")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare no arguments, only the usual way to call the command."""
    parser.epilog = "broadsheet man | man -l -"


def run(arguments: argparse.Namespace) -> None:  # noqa: ARG001
    """Print the manual page."""
    from importlib.metadata import version

    from tui.config.manual import read_page

    browser = command_parser(BROWSE)
    parsers = [command_parser(name) for name in COMMANDS]
    summary = escape(browser.description or "").removesuffix(".").lower()
    lines = [
        # No date, so that the same program always prints the same page.
        f'.TH BROADSHEET 1 "" "broadsheet {escape(version("broadsheet"))}" "User Commands"',
        ".SH NAME",
        f"broadsheet \\- {summary}",
        ".SH SYNOPSIS",
        *_synopsis(browser),
        *(line for parser in parsers for line in (".br", *_synopsis(parser))),
        ".SH DESCRIPTION",
        "Without a command, the browser opens. A first word that is not a command is a path.",
        *_arguments(browser),
        ".SH COMMANDS",
    ]
    for parser in parsers:
        lines += [f".SS {escape(parser.prog)}", escape(parser.description or "")]
        lines += _arguments(parser)
    lines.append(".SH EXIT STATUS")
    for code, meaning in EXIT_CODES.items():
        lines += [".TP", f".B {code}", escape(meaning)]
    for topic in _TOPICS:
        lines += markdown_to_roff(read_page(topic))
    print_lines(_wrap(lines))


def _synopsis(parser: argparse.ArgumentParser) -> Iterator[str]:
    """Yield the lines of a command's usage."""
    usage = " ".join(parser.format_usage().split()).removeprefix(f"usage: {parser.prog} ")
    yield from (f".B {escape(parser.prog)}", escape(usage))


def _arguments(parser: argparse.ArgumentParser) -> Iterator[str]:
    """Yield the lines that describe a parser's arguments and subcommands."""
    formatter = parser._get_formatter()
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for choice in action._choices_actions:
                subparser = action.choices[choice.dest]
                yield from (".PP", *_synopsis(subparser), ".br", escape(choice.help or ""))
                yield from _arguments(subparser)
        elif action.help is not argparse.SUPPRESS:
            help_text = formatter._expand_help(action) if action.help else ""
            yield from (".TP", _term(action), escape(help_text))


def _term(action: argparse.Action) -> str:
    """Return an argument's names in bold and its value in italics."""
    value = action.metavar or "|".join(map(str, action.choices or ())) or action.dest
    italic_value = f"\\fI{escape(str(value))}\\fR"
    if not action.option_strings:
        return italic_value
    names = ", ".join(f"\\fB{escape(name)}\\fR" for name in action.option_strings)
    return names if action.nargs == 0 else f"{names} {italic_value}"


def escape(text: str) -> str:
    """Return text on one line in which roff finds no requests, escapes or hyphens."""
    return _not_a_request(_escape_part(" ".join(text.split())))


def _not_a_request(line: str) -> str:
    return f"\\&{line}" if line.startswith((".", "'")) else line


def _escape_part(text: str) -> str:
    text = text.replace("\\", "\\e").replace("-", "\\-")
    return "".join(char if char.isascii() else f"\\[u{ord(char):04X}]" for char in text)


def _wrap(lines: Iterable[str]) -> Iterator[str]:
    """Wrap lines of text at 78 characters, but neither requests nor indented lines."""
    for line in lines:
        if line.startswith((".", " ")):
            yield line
        else:
            wrapped = textwrap.wrap(line, 78, break_long_words=False, break_on_hyphens=False)
            yield from map(_not_a_request, wrapped or [""])


def markdown_to_roff(markdown: str) -> Iterator[str]:
    """Convert a page of the manual: headings, paragraphs, lists, tables and blocks of code."""
    for block in _BLOCK.findall(markdown):
        lines = block.splitlines()
        if block.startswith("```"):
            yield from (".PP", ".nf", ".RS 4")
            # The space keeps a line that starts with a dot from being a request.
            yield from (f" {_escape_part(line)}" for line in lines[1:-1])
            yield from (".RE", ".fi")
        elif block.startswith("#"):
            hashes, _, title = lines[0].partition(" ")
            yield f".SH {escape(title.upper())}" if hashes == "#" else f".SS {escape(title)}"
        elif block.startswith("|"):
            for row in lines[2:]:
                term, *cells = (cell.strip() for cell in _CELL_BORDER.split(row.strip("|")))
                yield from (".TP", _inline(term), _inline("; ".join(filter(None, cells))))
        elif block.startswith("- "):
            for item in re.split(r"^- ", block, flags=re.MULTILINE)[1:]:
                yield from (".IP \\(bu 2", _inline(item))
        else:
            yield from (".PP", _inline(block))


def _inline(text: str) -> str:
    """Return a text with its code in bold and its emphasis in italics."""

    def emphasize(match: re.Match[str]) -> str:
        font = "I" if match["italic"] else "B"
        return f"\\f{font}{match[1] or match[2] or match[3]}\\fR"

    line = " ".join(text.replace("\\|", "|").split())
    return _not_a_request(_INLINE.sub(emphasize, _escape_part(line)))
