"""Text that the terminal itself can follow (OSC 8)."""

from __future__ import annotations

from zlib import crc32

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter

from tui.terminal.browser import hyperlink
from tui.ui.textual_internals import set_link_id


def link_style(url: str) -> Style:
    """Return a style by which text leads to an address; an empty one if it is none of the web."""
    return Style(link=hyperlink(url) or None)


class StableLinkIds(LineFilter):
    """Gives all pieces of a link the same identity, as far apart as they stand.

    By it a terminal knows that what is wrapped is one link. Rich makes up another one whenever
    styles are added to each other, so this is for what is about to be written.
    """

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002
        """Return the segments, with links told apart by where they lead."""
        if not any(style is not None and style.link for _text, style, _control in segments):
            return segments
        return [
            Segment(text, style and _whole(style), control) for text, style, control in segments
        ]


def _whole(style: Style) -> Style:
    if not style.link:
        return style
    whole = style.copy()
    set_link_id(whole, f"{crc32(style.link.encode()):x}")
    return whole


STABLE_LINK_IDS = StableLinkIds()
