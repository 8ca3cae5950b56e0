"""Numbers of votes in the value of a label, or anywhere in a line."""

from __future__ import annotations

import re

from tui.digests.parsing import record_values as values
from tui.digests.parsing.votes_and_authors import parse_votes

_MAX_LINE_CHARS = 300
"""Characters of a line that are searched."""

_DIGIT = re.compile(r"\d")
_NUMBER = re.compile(r"(?<![\w.-])\d[\d,]{0,9}(?:\.\d{1,3})?[kKmM]?\b")
_VOTE_SIGN = re.compile(r"(?:👍|⬆️?|🔼|▲|△|🔥|❤️?)\s*:?\s*\+?(\d[\d,]{0,8}(?:\.\d)?[kKmM]?)\b")
_VOTE_WORD = re.compile(
    r"(?<![\w.])(\d[\d,]{0,8}(?:\.\d)?[kK]?)\s*(?:up-?votes?|votes?|likes?|个?点?赞|票|추천|좋아요|いいね|"
    r"lượt (?:thích|bình chọn)|votos|stimmen|voix)",
    re.IGNORECASE,
)


def votes_in(value: str) -> int | None:
    """Return the number in the value of a label for votes: ``👍 48``, ``1.2k``, ``48 likes``."""
    text = value.strip(" `*_")
    if (count := parse_votes(text)) is not None:
        return count
    number = _NUMBER.search(text[:40])
    return values.as_count(number[0].replace(",", "")) if number else None


def votes_in_line(line: str) -> int | None:
    """Return the number beside a sign or word for votes in a line: ``▲ 48``, ``48 likes``."""
    start = line[:_MAX_LINE_CHARS]
    if _DIGIT.search(start) is None:
        return None
    sign = None if start.isascii() else _VOTE_SIGN.search(start)
    match = sign or _VOTE_WORD.search(start)
    return votes_in(match[1]) if match else None
