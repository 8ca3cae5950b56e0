"""Filters for what is drawn: unsafe text, hyperlinks, and what limited terminals need.

A terminal without colors gets attributes instead, and one without Unicode ``?``.
"""

from __future__ import annotations

from collections.abc import Sequence
from zlib import crc32

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter

from tui.sanitize import remove_unsafe
from tui.terminal.capabilities import MONOCHROME, Terminal, is_utf8
from tui.terminal.desktop import hyperlink
from tui.terminal.themes import AUTO_THEME, ThemeColors, theme_colors
from tui.ui.textual_internals import set_link_id

_DEFAULT_COLORS = Style(color="default", bgcolor="default")
"""Removes colors and keeps everything else, the id of a link included."""


def filters_for_terminal(terminal: Terminal) -> Sequence[LineFilter]:
    """Return the filters that a terminal needs; most need only the first."""
    filters: list[LineFilter] = [SafeTextFilter()]
    if terminal.colors == MONOCHROME:
        colors = theme_colors(AUTO_THEME, terminal)
        filters.append(MonochromeFilter(colors))
    if not is_utf8(terminal.encoding):
        filters.append(EncodingFilter(terminal.encoding))
    return filters


class SafeTextFilter(LineFilter):
    """Removes what a terminal could execute.

    Text is cleaned where it is read. This is for files that were changed since they were written,
    and for text that went another way.
    """

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002
        """Return the segments with safe text."""
        if all(segment.text.isprintable() for segment in segments):
            return segments
        return [Segment(remove_unsafe(text), style, control) for text, style, control in segments]


class MonochromeFilter(LineFilter):
    """Replaces colors by attributes. Textual's own filter for ``NO_COLOR`` still sends grays.

    Text on the accent color is reversed, on that of the cursor underlined, and muted text is dim.

    Args:
        colors: the colors of the theme.
    """

    def __init__(self, colors: ThemeColors) -> None:
        super().__init__()
        self._accent, self._cursor, self._muted = (
            Color.parse(color).rich_color.triplet
            for color in (colors.accent, colors.cursor, colors.muted)
        )
        self._cache: dict[Style, Style] = {}

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002
        """Return the segments without colors."""
        return [
            Segment(text, None if style is None else self._without_colors(style), control)
            for text, style, control in segments
        ]

    def _without_colors(self, style: Style) -> Style:
        plain = self._cache.get(style)
        if plain is None:
            background = style.color if style.reverse else style.bgcolor
            triplet = background.triplet if background else None
            plain = style + _DEFAULT_COLORS
            if triplet == self._accent:
                plain += Style(reverse=True)
            elif triplet == self._cursor and not style.reverse:
                plain += Style(underline=True)
            if not style.reverse and style.color and style.color.triplet == self._muted:
                plain += Style(dim=True)
            self._cache[style] = plain
        return plain


class EncodingFilter(LineFilter):
    """Replaces characters that an encoding lacks by ``?``, one for each cell.

    Args:
        encoding: the name of the encoding.
    """

    def __init__(self, encoding: str) -> None:
        super().__init__()
        self._encoding = encoding

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002
        """Return the segments with characters that can be encoded."""
        return [
            Segment(self._replace_missing(text), style, control)
            for text, style, control in segments
        ]

    def _replace_missing(self, text: str) -> str:
        if text.isascii() or self._can_encode(text):
            return text
        return "".join(char if self._can_encode(char) else "?" * cell_len(char) for char in text)

    def _can_encode(self, text: str) -> bool:
        try:
            text.encode(self._encoding)
        except UnicodeEncodeError:
            return False
        return True


def link_style(url: str) -> Style:
    """Return the style of a hyperlink; an empty style unless the URL is a web address."""
    return Style(link=hyperlink(url) or None)


class StableLinkIds(LineFilter):
    """Gives all segments that link to the same URL the same id.

    A terminal treats segments with one id as one link, also if it is wrapped. Rich makes up a new
    id whenever it adds styles, so the ids are set last, when a line is about to be written.
    """

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002
        """Return the segments with link ids that depend on their URLs."""
        if not any(style is not None and style.link for _text, style, _control in segments):
            return segments
        return [
            Segment(text, style and _with_stable_id(style), control)
            for text, style, control in segments
        ]


def _with_stable_id(style: Style) -> Style:
    if not style.link:
        return style
    stable = style.copy()
    set_link_id(stable, f"{crc32(style.link.encode()):x}")
    return stable


STABLE_LINK_IDS = StableLinkIds()
