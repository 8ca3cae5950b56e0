"""Break text into lines, and wrap styled text to a width; in time linear in the length of the text.

Korean is broken at spaces only, as its readers expect. Chinese and Japanese may be broken between
any two characters, except before closing punctuation and after opening punctuation.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, pairwise

from rich.cells import split_graphemes

from tui.ui.typeset.cell_width import count_fitting_chars
from tui.ui.typeset.spans import BREAK, Line, Span

# All white space other than spaces and non-breaking spaces.
_OTHER_WHITESPACE = r"\t-\r\x1c-\x1f\x85\u1680\u2000-\u2006\u2008-\u200a\u2028\u2029\u205f\u3000"
_WHITESPACE = re.compile(f" [ {_OTHER_WHITESPACE}]+|[{_OTHER_WHITESPACE}][ {_OTHER_WHITESPACE}]*")

_CLOSING = (
    r"!%),.:;?\]}\u00bb\u2010-\u2015\u2019\u201d\u2026\u203a\u2103"
    "、。〃々〉》」』】〕〗〙〛〜〞〟〻ぁぃぅぇぉっゃゅょゎゕゖゝゞ゠ァィゥェォッャュョヮヵヶ・ーヽヾㇰ-ㇿ"
    "﹚﹜﹞！％），．：；？］｝～｠｡｣､･"
)
_OPENING = r"$(\[{\u00ab\u2018\u201c\u2039〈《「『【〔〖〘〚〝﹙﹛﹝＄（［｛｟｢￡￥￦"
_HANGUL = r"\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff"
_UNSPACED_RANGES = (  # Han, Kana and their punctuation
    "\u2e80-\u312f", "\u3190-\u9fff", "\uf900-\ufaff", "\uff01-\uff9f", "\U00020000-\U0003ffff",
)  # fmt: skip
_UNSPACED = "".join(_UNSPACED_RANGES)
_UNSPACED_EDGES = [
    edge for chars in _UNSPACED_RANGES for edge in (chars[0], chr(ord(chars[-1]) + 1))
]
"""The start of each range, and the character after its end."""
_ATTACHED = (  # combining marks, joiners, variation selectors and skin tones
    r"\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u200b-\u200f\u2060\u20d0-\u20ff\u302a-\u302f"
    r"\u3099\u309a\ufe00-\ufe0f\ufe20-\ufe2f\ufeff\U0001f3fb-\U0001f3ff\U000e0000-\U000e0fff"
)

# Punctuation between spaces stays with the word before it: "라벨 : 내용".
_BREAK_AT_SPACE = re.compile(rf" (?![{_CLOSING}]+(?: |$))")
# Few texts need the other patterns, and compiling them takes as long as laying out a page. They
# are compiled when needed, and cached by `re`.
_BREAK_ANYWHERE = (
    rf"{_BREAK_AT_SPACE.pattern}"
    rf"|(?<=[{_UNSPACED}])(?<![{_OPENING}])(?=[^ {_CLOSING}{_ATTACHED}{_HANGUL}])"
    rf"|(?<=[^ {_OPENING}{_HANGUL}\u200d])(?=[{_UNSPACED}])(?![{_CLOSING}{_ATTACHED}])"
)
_NEVER_FIRST = f"[ {_CLOSING}]"
_NEVER_LAST = f"[ {_OPENING}]"

_PREFERRED_ENDS = "/-_?&="
"""Characters after which to break words that are too long, most of which are URLs."""


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
    """Yield the runs between line breaks, with single spaces; join neighbors of equal style."""
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


def break_lines(text: str, first_width: int, other_width: int) -> Iterator[tuple[int, int]]:
    """Break text into lines.

    Args:
        text: the text, with single spaces and none at its ends.
        first_width: the width of the first line in cells, at least 2.
        other_width: the width of the other lines.

    Yields:
        The start and end of each line; one space or nothing separates two lines.
    """
    find_break: Callable[[str, int, int], tuple[int, int] | None] | None = None
    start, width = 0, first_width
    while (limit := start + count_fitting_chars(text, width, start)) < len(text):
        if find_break is None:
            find_break = _last_break if _has_unspaced(text) else _last_space
        end, next_start = find_break(text, start, limit) or _break_word(text, start, limit)
        yield start, end
        start, width = next_start, other_width
    yield start, len(text)


def _has_unspaced(text: str) -> bool:
    """Return whether text has characters of a script without spaces between words."""
    if text.isascii():
        return False
    return any(bisect_right(_UNSPACED_EDGES, char) % 2 for char in set(text))


def _last_space(text: str, start: int, limit: int) -> tuple[int, int] | None:
    """Return where to end a line at a space and start the next, or None if there is no space.

    The line must not consist of non-breaking spaces alone.
    """
    at = limit
    while (at := text.rfind(" ", start + 1, at + 1)) > 0:
        if _BREAK_AT_SPACE.match(text, at) and not text[start:at].isspace():
            return at, at + 1
        at -= 1
    return None


def _last_break(text: str, start: int, limit: int) -> tuple[int, int] | None:
    """Do the same as ``_last_space`` for text that may also be broken between characters."""
    pattern = re.compile(_BREAK_ANYWHERE)
    matches = (pattern.match(text, at) for at in range(limit, start, -1))
    return next(
        (match.span() for match in matches if match and not text[start : match.start()].isspace()),
        None,
    )


def _break_word(text: str, start: int, limit: int) -> tuple[int, int]:
    """Do the same as ``_last_space`` for a word that is wider than a line; never return None."""
    head = text[start:limit]
    never_first, never_last = re.compile(_NEVER_FIRST), re.compile(_NEVER_LAST)
    preferred = max(map(head.rfind, _PREFERRED_ENDS)) + 1
    for length in chain((preferred,), _grapheme_ends(head)):
        at = start + length
        if length > len(head) // 3 and not (
            never_first.match(text, at) or never_last.match(text, at - 1)
        ):
            return at, at
    # Only punctuation, perhaps with spaces.
    space = text.rfind(" ", start + 1, limit + 1)
    return (space, space + 1) if space > 0 else (limit, limit)


def _grapheme_ends(head: str) -> Iterator[int]:
    """Yield the lengths at which text can be cut between graphemes, longest first."""
    yield len(head)
    yield from (start for start, _, _ in reversed(split_graphemes(head)[0]) if start)
