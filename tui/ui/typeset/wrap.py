"""How text in several styles is broken to a width."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain, pairwise

from tui.ui.typeset.line_breaking import break_lines
from tui.ui.typeset.spans import BREAK, Line, Span

# Everything white but the spaces at which a line must not be broken.
_OTHER_WHITE = r"\t-\r\x1c-\x1f\x85\u1680\u2000-\u2006\u2008-\u200a\u2028\u2029\u205f\u3000"
_WHITE = re.compile(f" [ {_OTHER_WHITE}]+|[{_OTHER_WHITE}][ {_OTHER_WHITE}]*")


def wrap(spans: Iterable[Span], width: int, hang: int = 0) -> list[tuple[Span, ...]]:
    """Break text into lines that are no wider than ``width`` cells.

    Where lines may be broken is told in ``line_breaking``. Any white space is one space.

    Args:
        spans: the text; ``BREAK`` ends a line.
        width: in cells, at least 2.
        hang: cells by which every line but the first is shorter.

    Returns:
        The lines, without the spaces at which they were broken; one empty line for empty text.
    """
    return [line.spans for line in wrap_lines(spans, width, hang)]


def wrap_lines(spans: Iterable[Span], width: int, hang: int = 0) -> Iterator[Line]:
    """Yield the same lines, each with what the text has before it; see ``wrap``."""
    first, others = max(width, 2), max(width - hang, 2)
    for runs in _paragraphs(spans):
        text = "".join(run.text for run in runs).rstrip(" \u00a0")
        places = list(break_lines(text, first, others))
        joints = chain("\n", (text[end:start] for (_, end), (start, _) in pairwise(places)))
        for found, joint in zip(_sliced(runs, places), joints, strict=True):
            yield Line(found, separator=joint)
        first = others


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
