"""Saved e-mails: their day, and their text without the encodings of MIME (RFC 5322, RFC 2045)."""

from __future__ import annotations

import re
from typing import NamedTuple

_MAX_HEADER_CHARS = 100_000
_MAX_MAIL_BYTES = 16_000_000
"""Decoding a mail takes several times the memory of its bytes."""

_NAMES = (
    "From|To|Cc|Subject|Date|Delivered-To|Received|Return-Path|Reply-To|Message-ID|MIME-Version"
)
_FIRST_LINE = rf"(?:From [^\n]{{1,300}}\r?\n)?(?i:{_NAMES}):[ \t][^\n]*\n"
_LINES = r"(?:[A-Za-z][\w-]{0,60}:[^\n]*\n|[ \t]+\S[^\n]*\n)*+"
_HEADER = re.compile(rf"\s{{0,9}}(?P<header>{_FIRST_LINE}{_LINES})\r?\n")
_HEADER_BYTES = re.compile(_HEADER.pattern.encode())
_DATE = re.compile(r"^Date:[ \t]+([^\n]{6,80})", re.IGNORECASE | re.MULTILINE)
_IS_ENCODED = re.compile(
    rb"^Content-(?:Type:\s*multipart/|Transfer-Encoding:\s*(?:base64|quoted-printable))",
    re.IGNORECASE | re.MULTILINE,
)


class Mail(NamedTuple):
    """An e-mail.

    Attributes:
        day: the day of its ``Date``, as its sender's clock had it.
        start: the offset of the text below the header.
    """

    day: str
    start: int


def find_mail(text: str) -> Mail | None:
    """Return what a text that starts with the header of an e-mail says; None for another text."""
    header = _HEADER.match(text, 0, _MAX_HEADER_CHARS)
    written = header and _DATE.search(header["header"])
    if not (header and written):
        return None
    from email.utils import parsedate

    found = parsedate(written[1])
    if found is None:
        return None
    year, month, day = found[:3]
    return Mail(f"{year:04}-{month:02}-{day:02}", header.end())


def without_mime(data: bytes) -> bytes:
    """Return an e-mail as its ``Date`` and its text in UTF-8; other data as it is.

    Of several versions of the text, the one in HTML has the links. Attachments are left out.
    """
    if len(data) > _MAX_MAIL_BYTES:
        return data
    header = _HEADER_BYTES.match(data, 0, _MAX_HEADER_CHARS)
    if header is None or _IS_ENCODED.search(header["header"]) is None:
        return data
    from email import message_from_bytes, policy

    try:
        mail = message_from_bytes(data, policy=policy.default)
        body = mail.get_body(("html", "plain"))
        text = body.get_content() if body else None
        date = str(mail["Date"])
    except (ValueError, LookupError, RecursionError, TypeError, AttributeError):
        return data  # Python's parser raises them for malformed mails.
    if not isinstance(text, str):
        return data
    return f"Date: {date}\n\n{text}".encode(errors="replace")
