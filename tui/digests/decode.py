"""Bytes become text, whatever encoding they are in; ``tui.sanitize`` makes it safe."""

from __future__ import annotations

import codecs

from tui.i18n import N_

# How much of what is not ASCII may be unreadable before another encoding is likelier. Korean in
# cp949 that is read as UTF-8 loses nine tenths; a damaged UTF-8 file loses a few characters.
_TOLERABLE_DAMAGE = 0.4


def decode(data: bytes) -> tuple[str, str | None]:
    """Turn a file's bytes into text; never fails.

    Args:
        data: the whole file.

    Returns:
        The text, not yet cleaned, and a message for a person if it was not plain UTF-8 (a byte
        order mark before it is fine).
    """
    try:
        return data.decode("utf-8-sig"), None
    except UnicodeDecodeError:
        pass
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace"), N_("the file is UTF-16: save it as UTF-8")
    text, damage = _decode_damaged(data, "utf-8-sig")
    if damage <= _TOLERABLE_DAMAGE:
        return text, N_("some bytes are not UTF-8: they are shown as \ufffd")
    text, damage = _decode_damaged(data, "cp949")
    if damage <= _TOLERABLE_DAMAGE:
        return text, N_("the file is not UTF-8: it was read as cp949, save it as UTF-8")
    text = data.decode("cp1252", "replace")
    return text, N_("the file is not UTF-8: it was read as Latin text, save it as UTF-8")


def _decode_damaged(data: bytes, encoding: str) -> tuple[str, float]:
    """Return the text, and which share (0 to 1) of what is not ASCII could not be read."""
    text = data.decode(encoding, "replace")
    not_ascii = len(text) - len(text.encode("ascii", "ignore"))
    return text, text.count("\ufffd") / max(not_ascii, 1)
