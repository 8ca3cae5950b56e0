"""Styled text: spans, and the lines that they form on the screen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from rich.segment import Segment

FIGURE = "figure"
"""The style of an image's caption, whose link leads to the image."""


class Span(NamedTuple):
    """A run of text in one style.

    Attributes:
        text: the text, without line breaks.
        style: names separated by spaces, for the viewer to map to colors: ``strong``,
            ``emphasis``, ``code``, ``math``, ``link``, ``label``, ``heading``, ``muted`` …
        href: the link's target, or empty.
    """

    text: str
    style: str = ""
    href: str = ""

    def add_styles(self, *names: str) -> Span:
        """Return the span with additional styles."""
        return self._replace(style=" ".join(dict.fromkeys((*self.style.split(), *names))))


class StyleRange(NamedTuple):
    """A range of characters on a line to show in an additional style.

    Attributes:
        start: index of the first character.
        end: index after the last character.
        style: the name of the style.
    """

    start: int
    end: int
    style: str


class Line(NamedTuple):
    """A line on the screen.

    Attributes:
        spans: its text.
        section: the title of the section that starts here, or None.
        fill_style: a style for the full width of the line, or empty.
        separator: the text between the previous line and this one: a space or nothing where text
            was wrapped, otherwise a line break.
        indent_chars: number of characters at the start that do not belong to the text: spaces, and
            the marker of a list item.
        starts_summary: whether a summary starts here, or the caption of one of several.
        drawing: a part of a picture, which is drawn instead of the text.
        section_depth: how deep the section is in the text; only comparisons have a meaning.
    """

    spans: tuple[Span, ...] = ()
    section: str | None = None
    fill_style: str = ""
    separator: str = "\n"
    indent_chars: int = 0
    starts_summary: bool = False
    drawing: tuple[Segment, ...] = ()
    section_depth: int = 0

    @property
    def text(self) -> str:
        """The line without styles."""
        return "".join(span.text for span in self.spans)

    def indent_with(self, *prefix: Span) -> Line:
        """Return the line after a prefix that does not belong to its text."""
        chars = self.indent_chars + sum(len(span.text) for span in prefix)
        return self._replace(spans=(*prefix, *self.spans), indent_chars=chars)


BREAK = Span("\n")
"""A hard line break."""


def style_ranges(spans: Iterable[Span], ranges: Sequence[StyleRange]) -> Iterator[Span]:
    """Yield the spans of a line, split at the ends of ranges and with the ranges' styles added."""
    edges = sorted({edge for styled in ranges for edge in (styled.start, styled.end)})
    start = 0
    for span in spans:
        end = start + len(span.text)
        for left, right in pairwise([start, *(edge for edge in edges if start < edge < end), end]):
            styles = [
                styled.style for styled in ranges if styled.start <= left and right <= styled.end
            ]
            part = span._replace(text=span.text[left - start : right - start])
            yield part.add_styles(*styles) if styles else part
        start = end
