"""A line of text in several styles, and how such text is broken to a width."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from rich.cells import cell_len

from tui.typeset.words import fitting, split_lines


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

ELLIPSIS = "⋯"
"""One cell wide in every terminal, as the usual sign is not where East Asian widths apply."""

# Everything white but the spaces at which a line must not be broken.
_OTHER_WHITE = r"\t-\r\x1c-\x1f\x85\u1680\u2000-\u2006\u2008-\u200a\u2028\u2029\u205f\u3000"
_WHITE = re.compile(f" [ {_OTHER_WHITE}]+|[{_OTHER_WHITE}][ {_OTHER_WHITE}]*")


def wrap(spans: Iterable[Span], width: int, hang: int = 0) -> list[tuple[Span, ...]]:
    """Break text into lines that are no wider than ``width`` cells.

    Where lines may be broken is told in ``tui.typeset.words``. Any white space is one space.

    Args:
        spans: the text; ``BREAK`` ends a line.
        width: in cells, at least 2.
        hang: cells by which every line but the first is shorter.

    Returns:
        The lines, without the spaces at which they were broken; one empty line for empty text.
    """
    first, others = max(width, 2), max(width - hang, 2)
    lines: list[tuple[Span, ...]] = []
    for runs in _paragraphs(spans):
        text = "".join(run.text for run in runs).rstrip(" ")
        lines.extend(_sliced(runs, split_lines(text, first, others)))
        first = others
    return lines


def _paragraphs(spans: Iterable[Span]) -> Iterator[list[Span]]:
    """Yield what stands between line breaks: no two spaces in a row, neighbours joined."""
    runs: list[Span] = []
    white = True  # a space at the beginning is none
    for span in spans:
        if span == BREAK:
            yield runs
            runs, white = [], True
            continue
        text = _WHITE.sub(" ", span.text)
        if white:
            text = text.removeprefix(" ")
        if not text:
            continue
        white = text[-1] == " "
        if runs and runs[-1][1:] == span[1:]:
            runs[-1] = span._replace(text=runs[-1].text + text)
        else:
            runs.append(span._replace(text=text))
    yield runs


def _sliced(runs: list[Span], lines: Iterable[tuple[int, int]]) -> Iterator[tuple[Span, ...]]:
    """Yield the runs of each line, given where in their text it begins and ends."""
    at = offset = 0
    for start, end in lines:
        found: list[Span] = []
        while at < len(runs):
            run = runs[at]
            if part := run.text[max(start - offset, 0) : end - offset]:
                found.append(run._replace(text=part))
            if offset + len(run.text) > end:
                break
            offset += len(run.text)
            at += 1
        yield tuple(found)


def truncate(text: str, width: int) -> str:
    """Cut a text to ``width`` cells, with a sign at the end if something was cut."""
    if cell_len(text) <= width:
        return text
    if width < 1:
        return ""
    head = text[: fitting(text, width - 1)]
    if cell_len(head) >= width:  # not even the first character fits
        head = ""
    return f"{head.rstrip()}{ELLIPSIS}"


def fit(text: str, width: int, *, right: bool = False) -> str:
    """Cut or pad a text to exactly ``width`` cells."""
    text = truncate(text, width)
    padding = " " * (width - cell_len(text))
    return f"{padding}{text}" if right else f"{text}{padding}"
