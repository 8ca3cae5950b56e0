"""Wrap styled text to a width."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain, pairwise

from tui.ui.typeset.line_breaking import break_lines
from tui.ui.typeset.spans import BREAK, Line, Span

# All white space other than spaces and non-breaking spaces.
_OTHER_WHITESPACE = r"\t-\r\x1c-\x1f\x85\u1680\u2000-\u2006\u2008-\u200a\u2028\u2029\u205f\u3000"
_WHITESPACE = re.compile(f" [ {_OTHER_WHITESPACE}]+|[{_OTHER_WHITESPACE}][ {_OTHER_WHITESPACE}]*")


def wrap(spans: Iterable[Span], width: int, hang: int = 0) -> list[tuple[Span, ...]]:
    """Wrap text and return the spans of each line; see ``wrap_lines``."""
    return [line.spans for line in wrap_lines(spans, width, hang)]


def wrap_lines(spans: Iterable[Span], width: int, hang: int = 0) -> Iterator[Line]:
    """Wrap text to lines of at most ``width`` cells; white space becomes single spaces.

    Args:
        spans: the text; ``BREAK`` ends a line.
        width: the width in cells, at least 2.
        hang: number of cells by which lines after the first are narrower.

    Yields:
        The lines, without the spaces at which they were broken; for empty text one empty line.
    """
    first_width, other_width = max(width, 2), max(width - hang, 2)
    for runs in _split_at_breaks(spans):
        text = "".join(run.text for run in runs).rstrip(" \u00a0")
        ranges = list(break_lines(text, first_width, other_width))
        separators = chain("\n", (text[end:start] for (_, end), (start, _) in pairwise(ranges)))
        for line, separator in zip(_slice_runs(runs, ranges), separators, strict=True):
            yield Line(line, separator=separator)
        first_width = other_width


def _split_at_breaks(spans: Iterable[Span]) -> Iterator[list[Span]]:
    """Yield the runs between line breaks, with single spaces; join neighbours of equal style."""
    runs: list[Span] = []
    ends_in_space = True  # drops a space at the start
    for span in spans:
        if span == BREAK:
            yield runs
            runs, ends_in_space = [], True
            continue
        text = _WHITESPACE.sub(" ", span.text)
        if ends_in_space:
            text = text.removeprefix(" ")
        if not text:
            continue
        ends_in_space = text[-1] == " "
        if runs and runs[-1][1:] == span[1:]:
            runs[-1] = span._replace(text=runs[-1].text + text)
        else:
            runs.append(span._replace(text=text))
    yield runs


def _slice_runs(runs: list[Span], ranges: Iterable[tuple[int, int]]) -> Iterator[tuple[Span, ...]]:
    """Yield the runs of each line, whose range is given by offsets in the text of all runs."""
    index = offset = 0
    for start, end in ranges:
        line: list[Span] = []
        while index < len(runs):
            run = runs[index]
            if part := run.text[max(start - offset, 0) : end - offset]:
                line.append(run._replace(text=part))
            if offset + len(run.text) > end:
                break
            offset += len(run.text)
            index += 1
        yield tuple(line)
