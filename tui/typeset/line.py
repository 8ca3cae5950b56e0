"""A line of text in several styles."""

from __future__ import annotations

from dataclasses import dataclass
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

    def styled(self, *names: str) -> Span:
        """Return the same text with more styles."""
        return self._replace(style=" ".join(dict.fromkeys((*self.style.split(), *names))))


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
