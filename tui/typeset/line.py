"""A line of text in several styles, and how such text is broken to a width."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from rich.cells import cell_len


class Span(NamedTuple):
    """A run of text in one style.

    Attributes:
        text: without line breaks.
        style: names with spaces between, for the viewer to turn into colours: ``strong``,
            ``emphasis``, ``code``, ``math``, ``link``, ``label``, ``heading``, ``muted`` …
        href: where it leads, or empty.
    """

    text: str
    style: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line on the screen.

    Attributes:
        spans: its text.
        section: the label of the section that begins here, or None.
        fill: a style for the whole width, or empty.
    """

    spans: tuple[Span, ...] = ()
    section: str | None = None
    fill: str = ""

    @property
    def text(self) -> str:
        """The line without its styles."""
        return "".join(span.text for span in self.spans)


BREAK = Span("\n")
"""A line break that stands in the text."""


class _Word(NamedTuple):
    """What must stay on one line: its pieces, its width in cells, whether a space precedes it."""

    pieces: list[Span]
    width: int
    spaced: bool


def wrap(spans: Iterable[Span], width: int, hang: int = 0) -> list[tuple[Span, ...]]:
    """Break text into lines that are no wider than ``width`` cells.

    Korean is broken at spaces only, as its readers expect; Chinese and Japanese between any two
    characters. A word wider than a line is broken where the line ends, never within a wide
    character.

    Args:
        spans: the text; ``BREAK`` ends a line.
        width: in cells, at least 2.
        hang: cells by which every line but the first is shorter.

    Returns:
        The lines, without the spaces at which they were broken; one empty line for empty text.
    """
    width = max(width, 2)
    lines: list[list[Span]] = [[]]
    room = width
    for word in _words(spans):
        if word is None:
            lines.append([])
            room = max(width - hang, 2)
            continue
        gap = 1 if word.spaced and lines[-1] else 0
        if gap + word.width > room and lines[-1]:
            lines.append([])
            room, gap = max(width - hang, 2), 0
        pieces = word.pieces
        if word.width > room:
            *full, pieces = _break_word(pieces, room, max(width - hang, 2))
            for part in full:
                lines[-1].extend(part)
                lines.append([])
            room = max(width - hang, 2)
        if gap:
            lines[-1].append(_gap(lines[-1][-1], pieces[0]))
        lines[-1].extend(pieces)
        room -= gap + sum(cell_len(piece.text) for piece in pieces)
    return [_joined(line) for line in lines]


def _gap(left: Span, right: Span) -> Span:
    """Return a space in the style that both sides share, so that a link stays whole."""
    same = left.style == right.style and left.href == right.href
    return Span(" ", left.style, left.href) if same else Span(" ")


def _joined(line: list[Span]) -> tuple[Span, ...]:
    """Join neighbours of one style."""
    joined: list[Span] = []
    for span in line:
        if joined and joined[-1][1:] == span[1:]:
            joined[-1] = span._replace(text=joined[-1].text + span.text)
        else:
            joined.append(span)
    return tuple(joined)


def _words(spans: Iterable[Span]) -> Iterator[_Word | None]:
    """Yield the words of a text, and None for a line break that stands in it."""
    pieces: list[Span] = []
    width = 0
    spaced = False
    for span in spans:
        if span == BREAK:
            if pieces:
                yield _Word(pieces, width, spaced)
            yield None
            pieces, width, spaced = [], 0, False
            continue
        for text, space_before in _chunks(span.text):
            if space_before is not False and pieces:
                yield _Word(pieces, width, spaced)
                pieces, width, spaced = [], 0, False
            spaced = spaced or space_before is True
            if text:
                pieces.append(span._replace(text=text))
                width += cell_len(text)
    if pieces:
        yield _Word(pieces, width, spaced)


def _chunks(text: str) -> Iterator[tuple[str, bool | None]]:
    """Yield the unbreakable parts of a text.

    With each part: True if a space precedes it, None if a line may be broken before it without
    one, False if not.
    """
    rest = text.split(" ")
    for number, part in enumerate(rest):
        before: bool | None = number > 0
        if part.isascii() or not any(map(_breaks_anywhere, part)):
            if part or before:
                yield part, before
            continue
        start = 0
        for at in range(1, len(part)):
            if _may_break(part[at - 1], part[at]):
                yield part[start:at], before
                start, before = at, None
        yield part[start:], before


def _breaks_anywhere(char: str) -> bool:
    """Tell whether a character is Han or Kana, which are written without spaces."""
    return (
        "\u2e80" <= char <= "\u9fff"
        or "\uf900" <= char <= "\ufaff"
        or "\U00020000" <= char <= "\U0003ffff"
    )


def _may_break(left: str, right: str) -> bool:
    if unicodedata.category(right) in {"Pe", "Pf", "Po", "Mn", "Mc"}:
        return False
    if unicodedata.category(left) in {"Ps", "Pi"}:
        return False
    return _breaks_anywhere(left) or _breaks_anywhere(right)


def _break_word(pieces: list[Span], first: int, others: int) -> list[list[Span]]:
    """Break a word into parts that fit into ``first`` and then ``others`` cells."""
    parts: list[list[Span]] = [[]]
    room = first
    for piece in pieces:
        start = 0
        for at, char in enumerate(piece.text):
            cells = cell_len(char)
            if cells > room:
                if at > start:
                    parts[-1].append(piece._replace(text=piece.text[start:at]))
                parts.append([])
                start, room = at, others
            room -= cells
        if start < len(piece.text):
            parts[-1].append(piece._replace(text=piece.text[start:]))
    return parts


def truncate(text: str, width: int) -> str:
    """Cut a text to ``width`` cells, with a sign at the end if something was cut."""
    if cell_len(text) <= width:
        return text
    if width < 1:
        return ""
    room = width - 1
    for at, char in enumerate(text):
        room -= cell_len(char)
        if room < 0:
            return f"{text[:at].rstrip()}{ELLIPSIS}"
    return text


ELLIPSIS = "⋯"
"""One cell wide in every terminal, as the usual sign is not where East Asian widths apply."""


def fit(text: str, width: int, *, right: bool = False) -> str:
    """Cut or pad a text to exactly ``width`` cells."""
    text = truncate(text, width)
    padding = " " * (width - cell_len(text))
    return f"{padding}{text}" if right else f"{text}{padding}"
