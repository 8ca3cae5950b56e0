"""Somebody else's text becomes text that is safe to store, to search and to draw.

Digests, and what is typed, pasted or written by hand. What a terminal could obey (escape sequences,
control characters) and what makes a text look like another one (bidi controls, invisible
characters) is taken out once, at the boundary, so that nothing behind it has to think of it.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right

# The body of an OSC or DCS sequence ends at the first control character: a sequence that is left
# open takes its introducer with it, and never the rest of the file.
_STRING_BODY = "[^\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029]"
_ESCAPE_SEQUENCE = (
    r"(?:\x1b\[|\x9b)[0-?]*+[ -/]*+[@-~]?"  # CSI: colours, cursor, modes
    rf"|(?:\x1b[]PX^_]|[\x90\x98\x9d-\x9f]){_STRING_BODY}*+(?:\x07|\x1b\\|\x9c)"  # OSC, DCS, …
    r"|\x1b[ -/]*+[0-~]"  # every other escape sequence
)
_INVISIBLE = (
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"  # C0 and C1, without the line ends below
    "\u00ad\u034f\u061c\u180b-\u180f"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f"  # zero width, bidi, invisible operators
    "\ufe00-\ufe0f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e0fff"  # tag characters and the other variation selectors
    "\ud800-\udfff"  # halves of a pair, which no file can hold
)
_SOFT_BREAKS = "\v\f\x85\u2028\u2029"

_UNSAFE = re.compile(f"[\r{_SOFT_BREAKS}{_INVISIBLE}]")
# Compiled when a text needs them: the first summary waits for those that are compiled before.
_SOFT_BREAK = f"[{_SOFT_BREAKS}]"
_NOISE = f"(?:{_ESCAPE_SEQUENCE}|[{_INVISIBLE}])++"
_LINE_END = f"\r\n?|[\n{_SOFT_BREAKS}]"

_MAX_MARKS = 30
"""Marks in a row, as Unicode's own stream-safe format has it (UAX #15).

Nobody writes more than a few. A million of them are a million bytes for one cell of the screen, and
sorting them, as NFC must, takes the square of their number.
"""

_JAMO = "\u1160-\u11ff\ud7b0-\ud7ff"  # vowels and finals, which go with the consonant before them
_IS_JAMO = re.compile(f"[{_JAMO}]")
# No mark is a letter to `re`. To look at the category of every character takes far longer.
_TOO_MANY_MARKS = re.compile(rf"(?:[^\w\s\x00-\x7f]|[{_JAMO}]){{{_MAX_MARKS + 1},}}")


def clean(text: str) -> str:
    r"""Return the text in NFC, without anything a terminal could obey or a reader not see.

    Escape sequences go as a whole, then every other control character but ``\n`` and ``\t``, bidi
    controls, zero-width characters, soft hyphens, variation selectors, tags and lone surrogates.
    Of more than thirty marks over one letter the others go. Every kind of line end becomes ``\n``.
    Cleaning a clean text changes nothing.
    """
    if _UNSAFE.search(text):
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        text = re.sub(_SOFT_BREAK, "\n", text)
        text = re.sub(_NOISE, "", text)
    if text.isascii():
        return text
    # Last: what was taken out may have stood between a letter and its accent.
    text = _TOO_MANY_MARKS.sub(_limit_marks, text)
    if unicodedata.is_normalized("NFC", text):
        return text
    # NFC writes some marks as two.
    return _TOO_MANY_MARKS.sub(_limit_marks, unicodedata.normalize("NFC", text))


def _limit_marks(pile: re.Match[str]) -> str:
    """Return a row of signs and marks without the marks that are too many."""
    kept = []
    marks = 0
    for char in pile[0]:
        is_mark = unicodedata.category(char)[0] == "M" or _IS_JAMO.match(char)
        marks = marks + 1 if is_mark else 0
        if marks <= _MAX_MARKS:
            kept.append(char)
    return "".join(kept)


def escape_unprintable(text: str) -> str:
    r"""Return a text on one line, with escapes (``\x1b``) for what cannot be printed.

    A path must be told as it is, so that a person can find it; but its name may be somebody else's.
    """
    if text.isprintable():
        return text
    return "".join(
        char if char.isprintable() else char.encode("unicode_escape").decode() for char in text
    )


class EditorLineNumbers:
    """Tells the line a text editor shows for a line of the cleaned text.

    Form feeds and Unicode's own line separators are line ends to `clean`, but not to editors.
    """

    def __init__(self, text: str) -> None:
        """Remember the soft breaks of a decoded text that is not cleaned yet."""
        self._soft: list[int] = []
        if re.search(_SOFT_BREAK, text):
            ends = enumerate(re.finditer(_LINE_END, text), start=2)
            self._soft = [line for line, end in ends if end[0] in _SOFT_BREAKS]

    def __call__(self, line: int) -> int:
        """Return the editor's number of the cleaned text's line; both count from 1."""
        return line - bisect_right(self._soft, line)
