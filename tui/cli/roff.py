"""roff, the format of manual pages."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator

_INLINE = re.compile(r"`(?P<code>[^`]+)`|\*\*(?P<bold>[^*]+)\*\*|\*(?P<italic>[^*]+)\*")
_BLOCK = re.compile(r"^```[\s\S]*?^```$|^#.+|^.+(?:\n(?!```).+)*", re.MULTILINE)
_CELL_BORDER = re.compile(r"(?<!\\)\|")
_REQUEST_CHARACTERS = (".", "'")


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
