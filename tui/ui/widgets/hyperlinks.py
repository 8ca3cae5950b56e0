"""Hyperlinks that the terminal itself can open (OSC 8)."""

from __future__ import annotations

from zlib import crc32

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter

from tui.terminal.browser import hyperlink
from tui.ui.textual_internals import set_link_id


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
