"""Decode files, and recognize the encodings of those that are not UTF-8.

Detectors that compare whole languages fail on digests, which are mostly ASCII. But every encoding
has its common characters in a few rows of its table, and nearly all bytes of a text are from there
in one encoding only.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

from tui.i18n import N_

_MAX_DAMAGE = 0.4
"""Share of unreadable non-ASCII characters above which another encoding is more likely. cp949
Korean decoded as UTF-8 loses 90% of its characters; a damaged UTF-8 file loses a few."""

_MESSAGES = {
    "utf-16": N_("the file is encoded in UTF-16; save it as UTF-8"),
    "utf-32": N_("the file is encoded in UTF-32; save it as UTF-8"),
    "cp949": N_("the file is not UTF-8 and was read as cp949; save it as UTF-8"),
    "gb18030": N_("the file is not UTF-8 and was read as GB18030; save it as UTF-8"),
    "big5": N_("the file is not UTF-8 and was read as Big5; save it as UTF-8"),
    "shift_jis": N_("the file is not UTF-8 and was read as Shift-JIS; save it as UTF-8"),
    "euc_jp": N_("the file is not UTF-8 and was read as EUC-JP; save it as UTF-8"),
    "cp1251": N_("the file is not UTF-8 and was read as Windows-1251; save it as UTF-8"),
    "cp1252": N_("the file is not UTF-8 and was read as Windows-1252; save it as UTF-8"),
}
"""The message for each encoding other than UTF-8."""

DAMAGED = N_("some bytes are not valid UTF-8; shown as \ufffd")
"""The message for text that is lost."""

_MAX_SAMPLE_BYTES = 16_384
_MAX_LINE_BYTES = 2048
_MIN_SHARE = 0.7
"""Share of characters that must be common ones. Half of a text in another encoding is."""

_UTF_32 = (b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_MIN_ZEROS = 0.2
"""Share of zero bytes in one half of the bytes of UTF-16: those of ASCII characters."""


class _Rows(NamedTuple):
    """Where an encoding has its characters.

    Attributes:
        encoding: its name in Python.
        pattern: of one character: the group ``common`` for common ones, ``kana`` for the letters
            of Japanese, which count as common, and no group for the others. ASCII is skipped.
        min_kana: the share of kana that a text has at least.
    """

    encoding: str
    pattern: bytes
    min_kana: float = 0


# In this order: Korean syllables are common in GB 18030 and EUC-JP as well, but not the reverse.
_TABLES = (
    # Rows 16-40 are the 2,350 syllables of KS X 1001.
    _Rows("cp949", rb"(?P<common>[\xa1-\xa3\xb0-\xc8][\xa1-\xfe])|[\x81-\xfe][\x41-\xfe]"),
    # Rows 16-47 are the kanji of level 1, rows 4 and 5 kana.
    _Rows(
        "euc_jp",
        rb"(?P<kana>[\xa4\xa5][\xa1-\xfe])|(?P<common>[\xa1\xa3\xb0-\xcf][\xa1-\xfe])"
        rb"|[\x8e\xa1-\xfe][\xa1-\xfe]",
        min_kana=0.1,
    ),
    _Rows(
        "shift_jis",
        rb"(?P<kana>\x82[\x9f-\xf1]|\x83[\x40-\x96])"
        rb"|(?P<common>\x81[\x40-\xac]|\x82[\x4f-\x9a]|[\x88-\x98][\x40-\x7e\x80-\xfc])"
        rb"|[\x81-\x9f\xe0-\xfc][\x40-\x7e\x80-\xfc]",
        min_kana=0.1,
    ),
    # Rows 16-55 are the characters of level 1.
    _Rows(
        "gb18030",
        rb"(?P<common>[\xa1-\xa3\xb0-\xd7][\xa1-\xfe])|[\x81-\xfe][\x40-\x7e\x80-\xfe]",
    ),
    # A4 to C6 are the characters of level 1.
    _Rows(
        "big5",
        rb"(?P<common>[\xa1-\xa3\xa4-\xc6][\x40-\x7e\xa1-\xfe])|[\x81-\xfe][\x40-\x7e\xa1-\xfe]",
    ),
    # Letters in words; the accented letters of Windows-1252 have ASCII letters beside them.
    _Rows("cp1251", rb"(?P<common>(?<=[\xc0-\xff])[\xc0-\xff]|[\xc0-\xff\xa8\xb8](?=[\xc0-\xff]))"),
)


def decode(data: bytes) -> tuple[str, str | None]:
    """Decode a file, whatever its encoding; never fails.

    Args:
        data: the whole file.

    Returns:
        The text, not yet sanitized, and a message (marked with ``N_``) if it is not plain UTF-8. A
        byte order mark is fine.
    """
    if encoding := unicode_encoding(data):
        return data.decode(encoding, "replace").removeprefix("\ufeff"), _MESSAGES[encoding[:6]]
    try:
        return data.decode("utf-8-sig"), None
    except UnicodeDecodeError:
        pass
    text = data.decode("utf-8-sig", "replace")
    non_ascii = len(text) - len(text.encode("ascii", "ignore"))
    if text.count("\ufffd") / max(non_ascii, 1) <= _MAX_DAMAGE:
        return text, DAMAGED
    legacy = legacy_encoding(data)
    return data.decode(legacy, "replace"), _MESSAGES[legacy]


def name_of_encoding(message: str | None) -> str:
    """Return the name of the encoding that a message of `decode` is about."""
    names = (name for name, text in _MESSAGES.items() if text == message)
    return next(names, "utf-8").upper()


def unicode_encoding(data: bytes) -> str | None:
    """Return the encoding of a file in UTF-16 or UTF-32, with or without a byte order mark."""
    if data.startswith(_UTF_32):
        return "utf-32"
    if data.startswith(_UTF_16):
        return "utf-16"
    sample = data[:_MAX_SAMPLE_BYTES]
    if b"\0" not in sample or len(sample) < 4:
        return None
    first, second = (sample[start::2].count(0) * 2 / len(sample) for start in (0, 1))
    if second >= _MIN_ZEROS and first < second / 4:
        return "utf-16-le"
    if first >= _MIN_ZEROS and second < first / 4:
        return "utf-16-be"
    return None


def legacy_encoding(data: bytes) -> str:
    """Return the encoding that a file has most likely, given that it is not Unicode."""
    sample = _sample(data)
    shares = {table.encoding: _common_share(table, sample) for table in _TABLES}
    best = max(shares.values())
    if best < _MIN_SHARE:
        return "cp1252"
    return next(name for name, share in shares.items() if share > best - 0.05)


def _common_share(table: _Rows, sample: bytes) -> float:
    """Return the share of a sample's characters that are common in an encoding."""
    pattern = re.compile(table.pattern + rb"|[\x80-\xff]")
    counts = Counter(match.lastgroup for match in pattern.finditer(sample))
    total = sum(counts.values())
    if not total or counts["kana"] < table.min_kana * total:
        return 0
    return (counts["kana"] + counts["common"]) / total


def _sample(data: bytes) -> bytes:
    """Return the lines beyond ASCII at the start of a file."""
    sample = b""
    for line in data.splitlines(keepends=True):
        if not line.isascii():
            sample += line[:_MAX_LINE_BYTES]
        if len(sample) > _MAX_SAMPLE_BYTES:
            break
    return sample
