r"""Letters with accents in names as TeX writes them: ``Kova\v{c}``, ``J{\"u}rgen``, ``\aa rd``."""

from __future__ import annotations

import re
import unicodedata

_COMBINING = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306",
    ".": "\u0307", '"': "\u0308", "r": "\u030a", "H": "\u030b", "v": "\u030c", "d": "\u0323",
    "c": "\u0327", "k": "\u0328",
}  # fmt: skip
_LETTERS = {
    "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "ss": "ß", "ae": "æ", "AE": "Æ", "oe": "œ",
    "OE": "Œ", "aa": "å", "AA": "Å", "i": "ı", "j": "ȷ",
}  # fmt: skip
_ACCENT = re.compile(
    r"\{?\\(?:(?P<sign>[`'^~=.\"])|(?P<name>[urHvdck])(?=[\s{]))\s?\{?\\?(?P<letter>[A-Za-z])\}{0,2}"
)
_LETTER = re.compile(r"\{?\\(?P<name>AA|AE|OE|aa|ae|oe|ss|[oOlLij])(?![A-Za-z])(?:\{\}|\}|\s)?")


def without_tex_accents(text: str) -> str:
    """Return a text with letters instead of the commands of TeX for them."""
    if "\\" not in text:
        return text
    return _LETTER.sub(lambda match: _LETTERS[match["name"]], _ACCENT.sub(_letter, text))


def _letter(match: re.Match[str]) -> str:
    accent = _COMBINING[match["sign"] or match["name"]]
    return unicodedata.normalize("NFC", match["letter"] + accent)
