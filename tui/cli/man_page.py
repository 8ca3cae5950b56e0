"""The manual page in roff, generated from the argument parsers and the manual."""

from __future__ import annotations

import argparse
import re
import textwrap
from collections.abc import Iterable, Iterator

from tui.cli.commands import BROWSE, COMMANDS
from tui.cli.output import EXIT_CODES
from tui.cli.parsers import command_parser
from tui.config.manual import read_page

TOPICS = ("reading", "searching", "marks", "sources", "ssh", "settings", "reliability")
"""Topics of the manual that become sections."""

_INLINE = re.compile(r"`(?P<code>[^`]+)`|\*\*(?P<bold>[^*]+)\*\*|\*(?P<italic>[^*]+)\*")
_BLOCK = re.compile(r"^```[\s\S]*?^```$|^#.+|^.+(?:\n(?!```).+)*", re.MULTILINE)
_CELL_BORDER = re.compile(r"(?<!\\)\|")
_REQUEST_CHARACTERS = (".", "'")


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


def escape(text: str) -> str:
    """Return text on one line in which roff finds no requests, escapes or hyphens."""
    return _not_a_request(_escape_part(" ".join(text.split())))


def _not_a_request(line: str) -> str:
    return f"\\&{line}" if line.startswith(_REQUEST_CHARACTERS) else line


def _escape_part(text: str) -> str:
    text = text.replace("\\", "\\e").replace("-", "\\-")
    return "".join(char if char.isascii() else f"\\[u{ord(char):04X}]" for char in text)


def wrap(lines: Iterable[str]) -> Iterator[str]:
    """Wrap lines of text at 78 characters, but neither requests nor indented lines."""
    for line in lines:
        if line.startswith((".", " ")):
            yield line
        else:
            wrapped = textwrap.wrap(line, 78, break_long_words=False, break_on_hyphens=False)
            yield from map(_not_a_request, wrapped or [""])


def markdown_to_roff(markdown: str) -> Iterator[str]:
    """Convert a page of the manual: headings, paragraphs, lists, tables and blocks of code."""
    blocks = _BLOCK.findall(markdown)
    for block in blocks:
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
    parts, end = [], 0
    text = " ".join(text.replace("\\|", "|").split())
    for match in _INLINE.finditer(text):
        font = "I" if match["italic"] else "B"
        emphasized = next(filter(None, match.groups()))
        parts += [_escape_part(text[end : match.start()])]
        parts += [f"\\f{font}{_escape_part(emphasized)}\\fR"]
        end = match.end()
    return _not_a_request("".join((*parts, _escape_part(text[end:]))))
