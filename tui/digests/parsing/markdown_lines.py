"""The little of Markdown that digests are built from: headings, fences, breaks and links.

A full parser is slower by two orders of magnitude, and it is right where digests are wrong: their
writers leave fences open and put a language model's headings beside their own.
"""

from __future__ import annotations

import html
import re
from enum import Enum, auto
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from tui.sanitize import clean

if TYPE_CHECKING:
    from collections.abc import Iterator

_MARK = (
    r"(?:[ ]{0,3}(?P<hashes>\#{1,6})(?!\#)(?P<words>[^\n]*)"
    r"|[ \t]*+(?P<fence>`{3,}+(?=[^`\n]*+(?:\n|\Z))|~{3,}+)(?P<info>[^\n]*)"
    r"|[ ]{0,3}(?P<rule>[-*_])[ \t]*+(?:(?P=rule)[ \t]*+){2,}+(?=\n|\Z))"
)
_FIRST_MARK = re.compile(_MARK)
# `re` looks for a literal far faster than for the start of a line.
_LATER_MARK = re.compile(r"\n" + _MARK)
_BREAK_LINE = re.compile(r"\s*+([-*_])\s*+(?:\1\s*+){2,}+")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]\w{1,30});")
_MATH_OR_ESCAPE = re.compile(r"(?P<math>\$[^$\n]*\$)|\\(?P<escaped>[!-/:-@\[-`{-~])")
_LINK_TARGET = re.compile(r"\] ?\(\s*<?(?P<address>[^)\s>]{1,2000})")
_BRACKET = re.compile(r"\\.|[\[\]]")
_LINK_LINE = re.compile(
    r"[^\w\[<]*+(?:[\w ]{1,20}[*_]{0,3}\s?[:：][*_\s]{0,4})?"  # 🔗, or **Link**:
    r"(?:\[[^\]\n]{0,300}\])?\(?<?"
    r"(?P<address>(?:https?://|(?:www\.)?[\w-]{1,40}\.(?:org|com?)/)[^\s<>()]++)>?\)?\W*"
)
_MARKDOWN_INFO = frozenset({"markdown", "md"})


class LineKind(Enum):
    """What a `MarkdownLine` is."""

    HEADING = auto()
    FENCE = auto()
    BREAK = auto()


class MarkdownLine(NamedTuple):
    """One line that gives a page its shape.

    Attributes:
        kind: a heading (``## Words``), a fence line or a thematic break (``---``).
        level: of a heading, 1 to 6; of a fence, how long it is; of a break, 0.
        words: a heading's text without ``#``, or a fence's info string.
        sign: the character it is drawn with: ``#``, a backtick, ``~``, ``-``, ``*`` or ``_``.
        start: offset of its line in the text.
        end: offset behind its line, before the line end.
        line: number of its line, counted from 1.
    """

    kind: LineKind
    level: int
    text: str
    character: str
    start: int
    end: int
    line: int


def scan_lines(text: str) -> Iterator[MarkdownLine]:
    """Yield every heading, fence line and break, in order, whether in a fence or not."""
    line, counted = 1, 0
    first = _FIRST_MARK.match(text)
    for match in chain([first] if first else [], _LATER_MARK.finditer(text)):
        start, end = match.span()
        start += match is not first
        line += text.count("\n", counted, start)
        counted = start
        if hashes := match["hashes"]:
            words = _without_closing_hashes(match["words"])
            yield MarkdownLine(LineKind.HEADING, len(hashes), words, "#", start, end, line)
        elif fence := match["fence"]:
            info = match["info"].strip()
            yield MarkdownLine(LineKind.FENCE, len(fence), info, fence[0], start, end, line)
        else:
            yield MarkdownLine(LineKind.BREAK, 0, "", match["rule"], start, end, line)


def _without_closing_hashes(words: str) -> str:
    """Return a heading's text without the ``#`` that may close it (``## Words ##``)."""
    words = words.strip()
    bare = words.rstrip("#")
    return bare.rstrip() if not bare or bare[-1].isspace() else words


class Fences:
    """Which code fences are open at a point of the page.

    CommonMark knows no fences within fences. Language models do: they put code into the block
    their summary stands in, so a block of Markdown may hold others.
    """

    def __init__(self) -> None:
        self._stack: list[_OpenFence] = []

    @property
    def is_open(self) -> bool:
        """Whether the point lies within a fence."""
        return bool(self._stack)

    def step(self, mark: MarkdownLine, *, holds_markdown: bool = False) -> None:
        """Go past a fence line.

        Args:
            mark: the line; its kind must be FENCE.
            holds_markdown: if it opens a block, take that for Markdown whatever its info says.
        """
        holds_markdown = holds_markdown or mark.text.casefold() in _MARKDOWN_INFO
        fence = _OpenFence(mark.character, mark.level, holds_markdown)
        if not self._stack:
            self._stack.append(fence)
            return
        top = self._stack[-1]
        if not mark.text and mark.character == top.sign and mark.level >= top.length:
            self._stack.pop()
        elif top.holds_markdown:
            self._stack.append(fence)

    def close_all(self) -> None:
        """Leave every fence, as at the next paper of a page where one was left open."""
        self._stack.clear()


class _OpenFence(NamedTuple):
    sign: str
    length: int
    holds_markdown: bool


def plain_text(text: str) -> str:
    r"""Return one line of Markdown as a person reads it.

    Entities and backslash escapes are resolved (not within ``$…$``, where a backslash belongs to
    LaTeX), stars or underscores around the whole are dropped, white space is folded.
    """
    if "&" in text:
        # An entity can spell what `clean` has taken out.
        text = clean(_ENTITY.sub(lambda match: html.unescape(match[0]), text))
    if "\\" in text:
        text = _MATH_OR_ESCAPE.sub(lambda match: match["math"] or match["escaped"], text)
    text = " ".join(text.split())
    if not text.startswith(("*", "_")):
        return text
    for stars in ("***", "**", "__", "*"):
        inner = text[len(stars) : -len(stars)]
        if inner and text.startswith(stars) and text.endswith(stars) and stars not in inner:
            return inner.strip()
    return text


def link_targets(text: str) -> Iterator[tuple[int, str]]:
    """Yield, for each ``[label](address)``, the offset of the label's end and the address."""
    for match in _LINK_TARGET.finditer(text):
        yield match.start(), match["address"]


def link_label(text: str, end: int) -> str:
    """Return the label of the link whose closing bracket is at ``end``.

    It may hold brackets, balanced or not: titles of papers do.
    """
    first = text.find("[", 0, end) + 1
    start, depth = first, 0
    for bracket in _BRACKET.finditer(text, 0, end):
        if bracket[0] == "[":
            # A group that was closed before (`[Oral] [Title](…)`) is not part of the label.
            start, depth = (start, depth + 1) if depth else (bracket.end(), 1)
        elif bracket[0] == "]" and depth:
            depth -= 1
    return text[start if depth else first : end]


def url_of_link_line(line: str) -> str | None:
    """Return the address if the line is nothing but a link (``🔗 https://…``), else None."""
    match = _LINK_LINE.fullmatch(line.strip()) if len(line) <= 2000 else None
    return match["address"] if match else None


def lines_below(text: str, start: int) -> Iterator[tuple[str, int]]:
    """Yield the first few lines with something on them behind an offset, and where each ends.

    Looks at four lines within 2,000 characters: near enough to belong to a heading above.
    """
    last = min(start + 2000, len(text))
    found = 0
    while start < last and found < 4:
        end = text.find("\n", start, last)
        end = last if end < 0 else end
        if line := text[start:end].strip():
            found += 1
            yield line, end
        start = end + 1


def is_thematic_break(line: str) -> bool:
    """Whether the line is a thematic break: ``---``, ``***`` or ``- - -``."""
    return _BREAK_LINE.fullmatch(line) is not None


def truncate(text: str, most: int) -> str:
    """Return the text, cut to ``most`` characters, the last of them an ellipsis."""
    return text if len(text) <= most else text[: most - 1] + "…"
