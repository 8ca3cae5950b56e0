"""What poor terminals get of what is drawn: attributes for colours, ``?`` for unknown characters.

Textual's own filter for ``NO_COLOR`` sends greys.
"""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter

from tui.terminal.capabilities import MONOCHROME, Terminal, is_utf8
from tui.terminal.themes import AUTO_THEME, theme_colors

_DEFAULT = Style(color="default", bgcolor="default")
"""Takes colours away and leaves all else, the identity of a link included."""


def filters_for_terminal(terminal: Terminal) -> Sequence[LineFilter]:
    """Return the filters that a terminal needs: most need none."""
    filters: list[LineFilter] = []
    if terminal.colors == MONOCHROME:
        palette = theme_colors(AUTO_THEME, terminal)
        filters.append(MonochromeFilter(palette.accent, palette.cursor))
    if not is_utf8(terminal.encoding):
        filters.append(EncodingFilter(terminal.encoding))
    return filters


class MonochromeFilter(LineFilter):
    """Leaves of a style what needs no colour, and shows the colours behind text by attributes.

    Args:
        reversed_on: a colour; what stands on it is reversed.
        underlined_on: likewise underlined.
    """

    def __init__(self, reversed_on: str, underlined_on: str) -> None:
        super().__init__()
        self._reversed_on = Color.parse(reversed_on).rich_color.triplet
        self._underlined_on = Color.parse(underlined_on).rich_color.triplet
        self._seen: dict[Style, Style] = {}

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002
        """Return the segments without colours."""
        return [
            Segment(text, None if style is None else self._without(style), control)
            for text, style, control in segments
        ]

    def _without(self, style: Style) -> Style:
        found = self._seen.get(style)
        if found is None:
            on = style.color if style.reverse else style.bgcolor
            triplet = on.triplet if on else None
            found = style + _DEFAULT
            if triplet == self._reversed_on:
                found += Style(reverse=True)
            elif triplet == self._underlined_on and not style.reverse:
                found += Style(underline=True)
            self._seen[style] = found
        return found


class EncodingFilter(LineFilter):
    """Puts a question mark a cell for what an encoding has no character for.

    Args:
        encoding: by its name.
    """

    def __init__(self, encoding: str) -> None:
        super().__init__()
        self._encoding = encoding

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002
        """Return the segments with characters that can be written."""
        return [Segment(self._encodable(text), style, control) for text, style, control in segments]

    def _encodable(self, text: str) -> str:
        if text.isascii() or self._can_encode(text):
            return text
        return "".join(each if self._can_encode(each) else "?" * cell_len(each) for each in text)

    def _can_encode(self, text: str) -> bool:
        try:
            text.encode(self._encoding)
        except UnicodeEncodeError:
            return False
        return True
