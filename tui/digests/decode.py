"""Decode a file's bytes, whatever their encoding. `tui.sanitize` then makes the text safe."""

from __future__ import annotations

import codecs

from tui.i18n import N_

# The share of unreadable non-ASCII characters above which another encoding is more likely. Korean
# in cp949 that is read as UTF-8 loses nine tenths; a damaged UTF-8 file loses a few characters.
_MAX_DAMAGE = 0.4


def decode(data: bytes) -> tuple[str, str | None]:
    """Decode a file; never fails.

    Args:
        data: the whole file.

    Returns:
        The text, not yet sanitized, and a message (marked with ``N_``) if it is not plain UTF-8. A
        byte order mark is fine.
    """
    try:
        return data.decode("utf-8-sig"), None
    except UnicodeDecodeError:
        pass
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        message = N_("the file is encoded in UTF-16; save it as UTF-8")
        return data.decode("utf-16", "replace"), message
    text, damage = _decode_damaged(data, "utf-8-sig")
    if damage <= _MAX_DAMAGE:
        return text, N_("some bytes are not valid UTF-8; shown as \ufffd")
    text, damage = _decode_damaged(data, "cp949")
    if damage <= _MAX_DAMAGE:
        return text, N_("the file is not UTF-8 and was read as cp949; save it as UTF-8")
    text = data.decode("cp1252", "replace")
    return text, N_("the file is not UTF-8 and was read as Latin text; save it as UTF-8")


def _decode_damaged(data: bytes, encoding: str) -> tuple[str, float]:
    """Return the text and the share (0 to 1) of its non-ASCII characters that are unreadable."""
    text = data.decode(encoding, "replace")
    non_ascii = len(text) - len(text.encode("ascii", "ignore"))
    return text, text.count("\ufffd") / max(non_ascii, 1)
