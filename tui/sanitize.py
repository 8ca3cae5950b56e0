"""Make untrusted text safe to store, search and draw.

The text comes from digests, or is typed, pasted or written by hand. Everything that a terminal
could execute (escape sequences, control characters) and that makes a text look like another one
(bidi controls, invisible characters) is removed here, at the boundary, so that other code need not
consider it.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_right
from itertools import islice

# The body of an OSC or DCS sequence ends at the first control character. If a sequence is not
# terminated, only its introducer is removed, never the rest of the file.
_STRING_BODY = "[^\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029]"
_ESCAPE_SEQUENCE = (
    r"(?:\x1b\[|\x9b)[0-?]*+[ -/]*+[@-~]?"  # CSI: colors, cursor, modes
    rf"|(?:\x1b[]PX^_]|[\x90\x98\x9d-\x9f]){_STRING_BODY}*+(?:\x07|\x1b\\|\x9c)"  # OSC, DCS, …
    r"|\x1b[ -/]*+[0-~]"  # every other escape sequence
)
_INVISIBLE = (
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"  # C0 and C1, except the line ends below
    "\u00ad\u034f\u061c\u180b-\u180f"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f"  # zero width, bidi, invisible operators
    "\ufe00-\ufe0f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e0fff"  # tag characters, and more variation selectors
    "\ud800-\udfff"  # lone surrogates, which no encoding can represent
)
# Letters and marks with the property Default_Ignorable_Code_Point.
_INVISIBLE_PRINTABLE = (
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180d\u180f\u3164\ufe00-\ufe0f\uffa0"
    "\U000e0100-\U000e01ef]"
)
_SOFT_BREAKS = "\v\f\x85\u2028\u2029"

# Patterns are compiled on first use, because compiling at import would delay the first screen.
_UNSAFE = f"[\r{_SOFT_BREAKS}{_INVISIBLE}]"
_UNSAFE_ON_LINE = f"[\t\n\r{_SOFT_BREAKS}{_INVISIBLE}]"
_SOFT_BREAK = f"[{_SOFT_BREAKS}]"
_NOISE = f"(?=[{_INVISIBLE}])(?:{_ESCAPE_SEQUENCE}|[{_INVISIBLE}])++"  # a set is found fast
_LINE_END = f"\r\n?|[\n{_SOFT_BREAKS}]"

_PIECE_CHARS = 1 << 20
"""Longer texts are cleaned in pieces. Otherwise a text of short strings between unsafe characters
would be split into a list that takes twenty times the memory of the text."""

_MAX_SOFT_BREAKS = 1_000_000
"""Line numbers below more of them are not corrected."""

_MAX_MARKS = 30
"""Combining marks in a row; the limit of Unicode's Stream-Safe Text Format (UAX #15).

Real text has a few. A million of them would send a million bytes to one cell of the screen, and NFC
takes quadratic time to sort them.
"""

_JAMO = "\u1160-\u11ff\ud7b0-\ud7ff"  # vowels and finals, which combine with the consonant before
_IS_JAMO = f"[{_JAMO}]"
# A cheap first test: combining marks are not word characters. Checking the category of every
# character would take far longer.
_MAY_BE_MARK = rf"(?:[^\w\s\x00-\x7f]|[{_JAMO}])"
_LONG_RUN = rf"{_MAY_BE_MARK}{{{_MAX_MARKS + 1},}}"

_WEB_SCHEMES = ("https://", "http://")
_MAX_SCHEME_CHARS = len("https://")


def clean(text: str) -> str:
    r"""Return the text in NFC, without escape sequences, control and invisible characters.

    Removes whole escape sequences, then all other control characters except ``\n`` and ``\t``, bidi
    controls, zero-width characters, soft hyphens, variation selectors, tags, lone surrogates, and
    combining marks after the thirtieth on a letter. Every kind of line end becomes ``\n``. The
    function is idempotent.
    """
    if text.isascii() and text.isprintable():
        return text
    if len(text) <= _PIECE_CHARS:
        return _clean_piece(text)
    pieces: list[str] = []
    start = 0
    while start < len(text):
        end = _piece_end(text, start)
        piece = text[start:end]
        cleaned = _clean_piece(piece)
        if pieces or cleaned is not piece:
            pieces = pieces or [text[:start]]
            pieces.append(cleaned)
        start = end
    return "".join(pieces) if pieces else text


def clean_line(text: str) -> str:
    """Return the text cleaned and on one line, with single spaces."""
    return " ".join(clean(text).split())


def _piece_end(text: str, start: int) -> int:
    """Return where a piece ends: after a newline, which no escape sequence or accent crosses.

    Within a line of a million characters it ends anywhere; that leaves some of them visible at
    worst.
    """
    limit = start + _PIECE_CHARS
    if limit >= len(text):
        return len(text)
    end = text.rfind("\n", start, limit) + 1 or text.rfind(" ", start, limit) + 1 or limit
    return end + text.startswith("\n", end)


def _clean_piece(text: str) -> str:
    """Clean a text whose size makes lists of its parts affordable."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.isascii() and text.replace("\n", "").replace("\t", "").isprintable():
        return text
    if re.search(_UNSAFE, text):
        text = re.sub(_SOFT_BREAK, "\n", text)
        text = re.sub(_NOISE, "", text)
    if text.isascii():
        return text
    # Composed last, because a removed character may have separated a letter from its accent.
    text = _limit_all_marks(text)
    if unicodedata.is_normalized("NFC", text):
        return text
    # NFC decomposes some marks into two.
    return _limit_all_marks(unicodedata.normalize("NFC", text))


def _limit_all_marks(text: str) -> str:
    """Return a text whose letters have no more than `_MAX_MARKS` marks each."""
    step = _MAX_MARKS + 1
    long_run = re.compile(_LONG_RUN)
    # A longer run has one of its characters at a multiple of this, so few have to be looked at.
    for hit in re.finditer(_MAY_BE_MARK, text[::step]):
        middle = hit.start() * step
        if long_run.search(text, max(middle - step, 0), middle + step):
            return long_run.sub(_limit_marks, text)
    return text


def _limit_marks(run: re.Match[str]) -> str:
    """Return a run of symbols and marks without excess marks."""
    kept = []
    mark_count = 0
    for char in run[0]:
        is_mark = unicodedata.category(char)[0] == "M" or re.match(_IS_JAMO, char)
        mark_count = mark_count + 1 if is_mark else 0
        if mark_count <= _MAX_MARKS:
            kept.append(char)
    return "".join(kept)


def escape_unprintable(text: str) -> str:
    r"""Return a text on one line, with escapes (``\x1b``) for unprintable characters.

    For paths, which must stay recognizable but may come from someone else. Characters that Unicode
    calls printable although they are invisible, such as variation selectors, are escaped, too.
    """
    if text.isprintable() and (text.isascii() or not re.search(_INVISIBLE_PRINTABLE, text)):
        return text
    return "".join(
        char.encode("unicode_escape").decode()
        if not char.isprintable() or re.match(_INVISIBLE_PRINTABLE, char)
        else char
        for char in text
    )


def escape_unsafe(text: str) -> str:
    r"""Return a text of several lines with escapes (``\x1b``) for what ``clean`` would remove.

    For a terminal, whatever the text is and wherever it comes from.
    """
    if text.isprintable():
        return text
    return re.sub(_UNSAFE, lambda match: match[0].encode("unicode_escape").decode(), text)


def escape_unsafe_in_json(text: str) -> str:
    r"""Return JSON with the same values, with escapes (``\u009b``) for what is unsafe."""
    if not re.search(_UNSAFE, text):
        return text
    import json

    return re.sub(_UNSAFE, lambda match: json.dumps(match[0])[1:-1], text)


def remove_unsafe(text: str) -> str:
    """Return one line of text without unprintable characters that ``clean`` would remove.

    They have no width, so that the text stays as wide as it was.
    """
    return text if text.isprintable() else re.sub(_UNSAFE_ON_LINE, "", text)


def is_clean(text: str) -> bool:
    """Return whether no unprintable character would be removed by ``clean``.

    Variation selectors and excess combining marks, which count as printable, may be there: they do
    no harm in a terminal, and finding them takes longer.
    """
    return text.isprintable() or not re.search(_UNSAFE, text)


class EditorLineNumbers:
    """Converts line numbers of a cleaned text to those of a text editor.

    `clean` turns form feeds and Unicode line separators into newlines; editors do not.
    """

    def __init__(self, text: str) -> None:
        """Index the soft breaks of a decoded text that is not cleaned yet."""
        self._soft_breaks = array("Q")
        if re.search(_SOFT_BREAK, text):
            ends = enumerate(re.finditer(_LINE_END, text), start=2)
            breaks = (line for line, end in ends if end[0] in _SOFT_BREAKS)
            self._soft_breaks.extend(islice(breaks, _MAX_SOFT_BREAKS))

    def __call__(self, line: int) -> int:
        """Return the editor's number of a line; both count from 1."""
        return line - bisect_right(self._soft_breaks, line)


def is_web_url(url: str) -> bool:
    """Return whether a URL is an http(s) URL, the only kind that the program opens or links to."""
    start = url[:_MAX_SCHEME_CHARS].lower()
    scheme = next(filter(start.startswith, _WEB_SCHEMES), None)
    return scheme is not None and bool(url[len(scheme) : len(scheme) + 1].strip())
