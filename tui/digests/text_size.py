"""Limits on the text of a file, so that reading it takes a bounded amount of memory.

Python stores all characters of a text with the width of the widest one: an emoji makes an English
text take four bytes per character. A text is in memory once or twice while it is read, in addition
to the papers that are taken out of it.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from sys import getsizeof

from tui.i18n import N_
from tui.models import MessageValue

MAX_TEXT_BYTES = 64 << 20
"""Memory that a text may take."""

MAX_JSON_VALUES = 3_000_000
"""More values, such as empty lists, could take a hundred times the memory of their text. The limit
is that of a file, because the size of an object is unknown before it is parsed."""

_SMALL_BYTES = MAX_TEXT_BYTES // 4
"""A smaller file cannot exceed the limit, whatever its encoding."""

_PIECE_BYTES = 1 << 20


Refusal = tuple[str, dict[str, MessageValue]]
"""Why a file is not read: a template, marked with ``N_``, and its values."""


def json_refusal(text: str) -> Refusal | None:
    """Return why a JSON text has too many values to be read; None if it has not."""
    if len(text) <= MAX_JSON_VALUES or sum(map(text.count, ",[{")) <= MAX_JSON_VALUES:
        return None
    template = N_("has more than {limit} JSON values; skipped. Split it into several files")
    return template, {"limit": MAX_JSON_VALUES}


def text_refusal(data: bytes) -> Refusal | None:
    """Return why a file's text is too large to be read; None if it is not.

    Args:
        data: the whole file.
    """
    if len(data) <= _SMALL_BYTES:
        return None
    values: dict[str, MessageValue] = {"size": MAX_TEXT_BYTES >> 20}
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        size = len(data)
    elif data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        size = _text_bytes(data, "utf-16", "replace")
    else:
        try:
            size = _text_bytes(data, "utf-8", "strict")
        except UnicodeDecodeError:
            values = {"size": _SMALL_BYTES >> 20}
            template = N_("is larger than {size} MB and not UTF-8; skipped. Save it as UTF-8")
            return template, values
    if size <= MAX_TEXT_BYTES:
        return None
    template = N_("takes more than {size} MB of memory; skipped. Split it into several files")
    return template, values


def _text_bytes(data: bytes, encoding: str, errors: str) -> int:
    """Return the memory that a text takes, without decoding it as a whole."""
    chars, width = 0, 1
    for piece in codecs.iterdecode(_pieces(data), encoding, errors):
        if piece:
            chars += len(piece)
            width = max(width, (getsizeof(piece * 2) - getsizeof(piece)) // len(piece))
    return chars * width


def _pieces(data: bytes) -> Iterator[bytes]:
    for start in range(0, len(data), _PIECE_BYTES):
        yield data[start : start + _PIECE_BYTES]
