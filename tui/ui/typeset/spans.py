"""A line of text in several styles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple


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

    def add_styles(self, *names: str) -> Span:
        """Return the same text with more styles."""
        return self._replace(style=" ".join(dict.fromkeys((*self.style.split(), *names))))


class StyleRange(NamedTuple):
    """Characters of a line that shall look different.

    Attributes:
        start: the first of them, counted from 0.
        end: the first after them.
        style: the name of a style more.
    """

    start: int
    end: int
    style: str


class Line(NamedTuple):
    """One line on the screen.

    Attributes:
        spans: its text.
        section: the label of the section that begins here, or None.
        fill: a style for the whole width, or empty.
        joint: what the text has between the line before and this one: a space or nothing if it was
            only broken to the width, else a line break.
        indent: how many characters at the beginning are no part of the text: space, and an item's
            sign.
        opens: whether one of several summaries begins here.
    """

    spans: tuple[Span, ...] = ()
    section: str | None = None
    fill_style: str = ""
    separator: str = "\n"
    indent_chars: int = 0
    starts_summary: bool = False

    @property
    def text(self) -> str:
        """The line without its styles."""
        return "".join(span.text for span in self.spans)

    def indent_with(self, *before: Span) -> Line:
        """Return the line with something before it that is no part of its text."""
        indent = self.indent_chars + sum(len(span.text) for span in before)
        return self._replace(spans=(*before, *self.spans), indent_chars=indent)


BREAK = Span("\n")
"""A line break that stands in the text."""


def style_ranges(spans: Iterable[Span], ranges: Sequence[StyleRange]) -> Iterator[Span]:
    """Yield the spans of a line, cut where ranges begin and end, and styled within them."""
    cuts = sorted({cut for each in ranges for cut in (each.start, each.end)})
    at = 0
    for span in spans:
        end = at + len(span.text)
        for start, stop in pairwise([at, *(cut for cut in cuts if at < cut < end), end]):
            names = [each.style for each in ranges if each.start <= start and stop <= each.end]
            part = span._replace(text=span.text[start - at : stop - at])
            yield part.add_styles(*names) if names else part
        at = end
