"""Write a letter as Markdown, HTML or plain text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import escape
from unicodedata import combining, east_asian_width

from tui.library.export.markdown import escape_markdown, markdown_link
from tui.library.letter.letter import Letter, letter_title

TEXT_WIDTH = 72
"""Cells of a line of plain text, as mail programs expect."""

_HEAD_BYTES = 512

_INTRO = r"[\d,]+ new papers?, "
"""A pattern for the beginning of every intro."""


def is_own_letter(data: bytes) -> bool:
    """Return whether a file is a letter that Broadsheet wrote, which the next one may replace."""
    head = data[:_HEAD_BYTES].decode(errors="replace")
    return any(_beginning(write).match(head) for write in FORMATS.values())


def _beginning(write: Callable[[Letter], Iterator[str]]) -> re.Pattern[str]:
    """Return a pattern for how a letter begins in a format: up to the number of new papers."""
    sample = Letter(letter_title("0000-00-00", "0000-00-00"), "INTRO", ())
    before_intro = "".join(write(sample)).partition(sample.intro)[0]
    return re.compile(re.escape(before_intro).replace("0", r"\d") + _INTRO, re.ASCII)


def as_markdown(letter: Letter) -> Iterator[str]:
    """Yield the letter as Markdown, in pieces; all that others wrote is literal."""
    yield f"# {letter.title}\n\n{escape_markdown(letter.intro)}\n"
    for section in letter.sections:
        yield f"\n## {escape_markdown(section.heading)}\n\n"
        for item in section.items:
            yield f"- **{markdown_link(item.title, item.url)}**\n"
            for text in filter(None, (item.facts, item.lead)):
                yield f"\n  {escape_markdown(text)}\n"
        if section.rest:
            yield f"\n{_rest(section.rest)}\n"


def as_html(letter: Letter) -> Iterator[str]:
    """Yield the letter as a page of HTML, in pieces; all that others wrote is escaped."""
    title = escape(letter.title)
    yield (
        f'<!DOCTYPE html>\n<html>\n<head>\n<meta charset="utf-8">\n<title>{title}</title>\n'
        f"</head>\n<body>\n<h1>{title}</h1>\n<p>{escape(letter.intro)}</p>\n"
    )
    for section in letter.sections:
        yield f"<h2>{escape(section.heading)}</h2>\n<ul>\n"
        for item in section.items:
            link = f'<a href="{escape(item.url)}">{escape(item.title)}</a>'
            lead = f"<br>\n{escape(item.lead)}" if item.lead else ""
            yield f"<li>{link}<br>\n<small>{escape(item.facts)}</small>{lead}</li>\n"
        yield "</ul>\n"
        if section.rest:
            yield f"<p>{_rest(section.rest)}</p>\n"
    yield "</body>\n</html>\n"


def as_text(letter: Letter) -> Iterator[str]:
    """Yield the letter as plain text, in lines of at most ``TEXT_WIDTH`` cells.

    Only an address may be longer.
    """
    yield from _paragraph(letter.title)
    yield f"{'=' * min(_width(letter.title), TEXT_WIDTH)}\n\n"
    yield from _paragraph(letter.intro)
    for section in letter.sections:
        yield "\n"
        yield from _paragraph(section.heading)
        yield f"{'-' * min(_width(section.heading), TEXT_WIDTH)}\n"
        for item in section.items:
            yield "\n"
            yield from _paragraph(item.title, "* ")
            for text in (item.facts, item.lead):
                yield from _paragraph(text, "  ")
            yield f"  {item.url}\n"
        if section.rest:
            yield f"\n{_rest(section.rest)}\n"


def _rest(number: int) -> str:
    return "and 1 more paper" if number == 1 else f"and {number} more papers"


def _paragraph(text: str, start: str = "") -> Iterator[str]:
    """Yield the lines of a text, all of them indented by the width of ``start``."""
    indent = " " * len(start)
    line, width = start, len(start)
    for word in text.split():
        for piece in _pieces(word, TEXT_WIDTH - len(indent)):
            gap = 1 if width > len(indent) else 0
            if width + gap + _width(piece) > TEXT_WIDTH:
                yield f"{line}\n"
                line, width, gap = indent, len(indent), 0
            line += " " * gap + piece
            width += gap + _width(piece)
    if line.strip():
        yield f"{line}\n"


def _pieces(word: str, limit: int) -> Iterator[str]:
    """Yield a word in pieces of at most ``limit`` cells."""
    piece, width = "", 0
    for char in word:
        cells = _width(char)
        if width + cells > limit:
            yield piece
            piece, width = "", 0
        piece += char
        width += cells
    yield piece


def _width(text: str) -> int:
    """Return the cells of a text: two for a wide character, none for one that combines."""
    if text.isascii():
        return len(text)
    return sum(
        0 if combining(char) else 2 if east_asian_width(char) in "WF" else 1 for char in text
    )


FORMATS: dict[str, Callable[[Letter], Iterator[str]]] = {
    "text": as_text,
    "markdown": as_markdown,
    "html": as_html,
}
