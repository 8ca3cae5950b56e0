"""Where a text may be broken into lines. Pure, and linear in the length of the text.

Korean is broken at spaces only, as its readers expect; Chinese and Japanese between any two
characters, but never so that a line begins with closing punctuation or ends with opening.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from itertools import chain

from rich.cells import split_graphemes

from tui.ui.typeset.cell_width import count_fitting_chars

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
_UNSPACED_EDGES = [edge for each in _UNSPACED_RANGES for edge in (each[0], chr(ord(each[-1]) + 1))]
"""Where each range begins, and where the next character is none of it."""
_ATTACHED = (  # combining marks, joiners, variation selectors and skin tones
    r"\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u200b-\u200f\u2060\u20d0-\u20ff\u302a-\u302f"
    r"\u3099\u309a\ufe00-\ufe0f\ufe20-\ufe2f\ufeff\U0001f3fb-\U0001f3ff\U000e0000-\U000e0fff"
)

# Punctuation that stands by itself is kept with what is before it: "라벨 : 내용".
_AT_SPACE = re.compile(rf" (?![{_CLOSING}]+(?: |$))")
# Few texts need the others. With so many characters they take as long to compile as it takes to
# typeset a page, so that it is done where one is needed; `re` keeps what it compiled.
_ANYWHERE = (
    rf"{_AT_SPACE.pattern}"
    rf"|(?<=[{_UNSPACED}])(?<![{_OPENING}])(?=[^ {_CLOSING}{_ATTACHED}{_HANGUL}])"
    rf"|(?<=[^ {_OPENING}{_HANGUL}\u200d])(?=[{_UNSPACED}])(?![{_CLOSING}{_ATTACHED}])"
)
_NEVER_FIRST = f"[ {_CLOSING}]"
_NEVER_LAST = f"[ {_OPENING}]"

_LastGap = Callable[[str, int, int], tuple[int, int] | None]

_GOOD_ENDS = "/-_?&="
"""After these a word that is too long is broken best: most are addresses."""


def break_lines(text: str, first: int, others: int) -> Iterator[tuple[int, int]]:
    """Break a text into lines.

    Args:
        text: with single spaces, none at its ends.
        first: the width of the first line in cells, at least 2.
        others: that of the others.

    Yields:
        Where each line begins and ends; what lies between two lines is a space, or nothing.
    """
    last_gap: _LastGap | None = None
    start, room = 0, first
    while (limit := start + count_fitting_chars(text, room, start)) < len(text):
        if last_gap is None:
            last_gap = _last_gap if _has_unspaced(text) else _last_space
        end, following = last_gap(text, start, limit) or _forced(text, start, limit)
        yield start, end
        start, room = following, others
    yield start, len(text)


def _has_unspaced(text: str) -> bool:
    """Tell whether there is a character in a text beside which a line may be broken."""
    if text.isascii():
        return False
    return any(bisect_right(_UNSPACED_EDGES, char) % 2 for char in set(text))


def _last_space(text: str, start: int, limit: int) -> tuple[int, int] | None:
    """Return where a line ends at the latest, and where the next begins; None if nowhere.

    What is before it must not be spaces alone, as those that words are kept together by.
    """
    at = limit
    while (at := text.rfind(" ", start + 1, at + 1)) > 0:
        if _AT_SPACE.match(text, at) and not text[start:at].isspace():
            return at, at + 1
        at -= 1
    return None


def _last_gap(text: str, start: int, limit: int) -> tuple[int, int] | None:
    """Return the same for a text in which lines may be broken between characters."""
    anywhere = re.compile(_ANYWHERE)
    gaps = (anywhere.match(text, at) for at in range(limit, start, -1))
    return next(
        (gap.span() for gap in gaps if gap and not text[start : gap.start()].isspace()), None
    )


def _forced(text: str, start: int, limit: int) -> tuple[int, int]:
    """Return the same for a word that is wider than a line."""
    head = text[start:limit]
    never_first, never_last = re.compile(_NEVER_FIRST), re.compile(_NEVER_LAST)
    nicest = max(map(head.rfind, _GOOD_ENDS)) + 1
    for length in chain((nicest,), _boundaries(head)):
        at = start + length
        if length > len(head) // 3 and not (
            never_first.match(text, at) or never_last.match(text, at - 1)
        ):
            return at, at
    # Nothing but punctuation, which may have spaces within.
    space = text.rfind(" ", start + 1, limit + 1)
    return (space, space + 1) if space > 0 else (limit, limit)


def _boundaries(head: str) -> Iterator[int]:
    """Yield where a text may be cut without cutting a character from its marks, from its end."""
    yield len(head)
    yield from (start for start, _, _ in reversed(split_graphemes(head)[0]) if start)
