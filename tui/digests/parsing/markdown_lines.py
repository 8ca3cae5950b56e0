"""The Markdown that gives digests their structure: headings, fences, breaks and links.

A full parser is a hundred times slower, and follows the rules where digests break them: their
writers leave fences open and mix a language model's headings with their own.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from enum import Enum, auto
from itertools import chain, islice
from typing import NamedTuple

from tui.sanitize import clean, is_web_url

_LINE = (
    r"(?:[ ]{0,3}(?P<hashes>\#{1,6})(?!\#)(?P<heading>[^\n]*)"
    r"|[ \t]*+(?P<fence>`{3,}+(?=[^`\n]*+(?:\n|\Z))|~{3,}+)(?P<info>[^\n]*)"
    r"|[ ]{0,3}(?P<rule>[-*_])[ \t]*+(?:(?P=rule)[ \t]*+){2,}+(?=\n|\Z))"
)
_LINE_GROUPS = ("hashes", "heading", "fence", "info", "rule")
_FIRST_LINE = re.compile(_LINE)
# Searching for a literal newline is much faster than for the start of a line.
_LATER_LINE = re.compile(r"\n" + _LINE)
_THEMATIC_BREAK = re.compile(r"\s*+([-*_])\s*+(?:\1\s*+){2,}+")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]\w{1,30});")
_MATH_OR_ESCAPE = re.compile(r"(?P<math>\$[^$\n]*\$)|\\(?P<escaped>[!-/:-@\[-`{-~])")
_LINK_TARGET = re.compile(r"\] ?\(\s*<?(?P<url>[^)\s>]{1,2000})")
_BRACKET = re.compile(r"\\.|[\[\]]")
_LINK_LINE = re.compile(
    r"[^\w\[<]*+(?:[\w ]{1,20}[*_]{0,3}\s?[:：][*_\s]{0,4})?"  # 🔗, or **Link**:
    r"(?:\[[^\]\n]{0,300}\])?\(?<?"
    r"(?P<url>(?:https?://|(?:www\.)?[\w-]{1,40}\.(?:org|com?)/)[^\s<>()]++)>?\)?\W*"
)
_MARKDOWN_INFO = frozenset({"markdown", "md"})
_MAX_URL_CHARS = 2000

_MAX_LABELLED_LINKS = 20
_MAX_LINE_CHARS = 2_000_000
"""More than any title, name or label may have; all of them are shortened later."""


class LineKind(Enum):
    """What a `MarkdownLine` is."""

    HEADING = auto()
    FENCE = auto()
    BREAK = auto()


class MarkdownLine(NamedTuple):
    """A line that structures a page.

    Attributes:
        kind: a heading (``## Text``), a code fence or a thematic break (``---``).
        level: 1 to 6 for a heading, the length of a fence, 0 for a break.
        text: a heading's text without ``#``, a fence's info string, or empty.
        character: the character it is made of: ``#``, a backtick, ``~``, ``-``, ``*`` or ``_``.
        start: offset of its line in the text.
        end: offset of the end of its line, before the newline.
        line: its line number, from 1.
    """

    kind: LineKind
    level: int
    text: str
    character: str
    start: int
    end: int
    line: int


def scan_lines(text: str) -> Iterator[MarkdownLine]:
    """Yield every heading, fence line and break in order, including those within fences."""
    line, line_offset = 1, 0
    first = _FIRST_LINE.match(text)
    for match in chain([first] if first else [], _LATER_LINE.finditer(text)):
        start, end = match.span()
        start += match is not first
        line += text.count("\n", line_offset, start)
        line_offset = start
        hashes, heading, fence, info, rule = match.group(*_LINE_GROUPS)
        if hashes:
            heading = _strip_closing_hashes(heading)
            yield MarkdownLine(LineKind.HEADING, len(hashes), heading, "#", start, end, line)
        elif fence:
            yield MarkdownLine(LineKind.FENCE, len(fence), info.strip(), fence[0], start, end, line)
        else:
            yield MarkdownLine(LineKind.BREAK, 0, "", rule, start, end, line)


def _strip_closing_hashes(text: str) -> str:
    """Remove the ``#`` that may close a heading (``## Text ##``)."""
    text = text.strip()
    if not text.endswith("#"):
        return text
    bare = text.rstrip("#")
    return bare.rstrip() if not bare or bare[-1].isspace() else text


class Fences:
    """The stack of code fences that are open at the current line.

    CommonMark has no nested fences, but language models nest them: they put code into the block of
    Markdown that contains their summary. So fences may be nested in a block of Markdown.
    """

    def __init__(self) -> None:
        self._stack: list[_OpenFence] = []

    @property
    def is_open(self) -> bool:
        """Whether the current line is within a fence."""
        return bool(self._stack)

    def feed(self, fence: MarkdownLine, *, holds_markdown: bool = False) -> None:
        """Process a fence line.

        Args:
            fence: the line; its kind must be FENCE.
            holds_markdown: if it opens a block, treat it as Markdown whatever its info string.
        """
        holds_markdown = holds_markdown or fence.text.casefold() in _MARKDOWN_INFO
        opened = _OpenFence(fence.character, fence.level, holds_markdown)
        if not self._stack:
            self._stack.append(opened)
            return
        top = self._stack[-1]
        if not fence.text and fence.character == top.character and fence.level >= top.length:
            self._stack.pop()
        elif top.holds_markdown:
            self._stack.append(opened)

    def close_all(self) -> None:
        """Close every fence, for example at the next paper if one was left open."""
        self._stack.clear()


class _OpenFence(NamedTuple):
    character: str
    length: int
    holds_markdown: bool


def plain_text(text: str) -> str:
    r"""Return one line of Markdown as plain text.

    Resolves entities and backslash escapes (not within ``$…$``, where a backslash is LaTeX),
    removes emphasis around the whole line, and collapses white space.
    """
    text = text[:_MAX_LINE_CHARS]
    if "&" in text:
        # An entity can encode a character that `clean` has removed.
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
    """Yield the offset of the label's end and the URL of each ``[label](url)``."""
    for match in _LINK_TARGET.finditer(text):
        yield match.start(), match["url"]


def labelled_links(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield the offset of the label's end, the label and the URL of the first links of a line.

    A line with more of them is no title; each label is searched for from the start of the line.
    """
    for end, url in islice(link_targets(text), _MAX_LABELLED_LINKS):
        yield end, link_label(text, end), url


def link_label(text: str, end: int) -> str:
    """Return the label of the link whose closing bracket is at ``end``.

    The label may contain brackets, balanced or not, as titles of papers do.
    """
    first = text.find("[", 0, end) + 1
    start, depth = first, 0
    # Without an escape before it, nothing before the first bracket matters.
    scan_start = 0 if "\\" in text[:first] else max(first - 1, 0)
    for bracket in _BRACKET.finditer(text, scan_start, end):
        if bracket[0] == "[":
            # A group that was closed before (`[Oral] [Title](…)`) is not part of the label.
            start, depth = (start, depth + 1) if depth else (bracket.end(), 1)
        elif bracket[0] == "]" and depth:
            depth -= 1
    return text[start if depth else first : end]


def url_of_link_line(line: str) -> str | None:
    """Return the URL if the line is nothing but a link (``🔗 https://…``), else None."""
    match = _LINK_LINE.fullmatch(line.strip()) if len(line) <= 2000 else None
    return match["url"] if match else None


def is_storable_url(url: str) -> bool:
    """Return whether a URL is http or https, and not too long to keep."""
    return len(url) <= _MAX_URL_CHARS and is_web_url(url) and url.split() == [url]


def lines_below(text: str, start: int) -> Iterator[tuple[str, int]]:
    """Yield up to four non-blank lines after an offset, with the offset where each ends.

    Lines more than 2,000 characters away are too far to belong to a heading above.
    """
    limit = min(start + 2000, len(text))
    count = 0
    while start < limit and count < 4:
        end = text.find("\n", start, limit)
        end = limit if end < 0 else end
        if line := text[start:end].strip():
            count += 1
            yield line, end
        start = end + 1


def is_thematic_break(line: str) -> bool:
    """Return whether a line is a thematic break: ``---``, ``***`` or ``- - -``."""
    return _THEMATIC_BREAK.fullmatch(line) is not None


def truncate(text: str, limit: int) -> str:
    """Return the text, cut to ``limit`` characters with an ellipsis as the last."""
    return text if len(text) <= limit else text[: limit - 1] + "…"
