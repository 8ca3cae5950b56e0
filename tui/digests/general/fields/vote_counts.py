"""Numbers of votes in the value of a label, or anywhere in a line."""

from __future__ import annotations

import re
import unicodedata

from tui.digests.parsing import record_values as values
from tui.digests.parsing.votes_and_authors import parse_votes

_MAX_LINE_CHARS = 300
"""Characters of a line that are searched."""

_DIGIT = re.compile(r"\d")
_COUNT = r"\d[\d,]{0,8}(?:\.\d(?=[kKmM]))?[kKmM]?"
_NUMBER = re.compile(r"(?<![\w.-])\d[\d,]{0,9}(?:\.\d{1,3})?[kKmM]?\b")
_SIGN = re.compile(r"[👍⬆🔼▲△🔥❤♥♡💗💖👏🗳]\ufe0f?|:(?:thumbsup|\+1|heart):")
_BEFORE_ARROW = re.compile(r"\[\s?(\d{1,6})\s?[↑⬆]\ufe0f?\s?\](?!\()")
"""A number before an arrow, which may be an improvement anywhere but in such brackets."""

_BEHIND_SIGN = re.compile(rf"[\s*_`:：×xX(（]{{0,6}}\+?({_COUNT})(?![\w%]|\.\d|[*_ ]{{0,3}}[分/])")
_BEFORE_SIGN = re.compile(rf"(\S?)\s*(?<![\w.])({_COUNT})\s?$")
_SEPARATORS = frozenset("|·•()[],，—–-:：;*_`/")
_VOTE_WORD = re.compile(
    rf"(?<![\w.])({_COUNT})[*_`]{{0,3}}\s*(?:up-?votes?\b|votes?\b|likes?\b|[个個]?点?讚?赞|人(?:点赞|赞同)"
    r"|票|추천|좋아요|공감|いいね|イイネ|スキ|lượt (?:thích|bình chọn)|votos|stimmen|voix)",
    re.IGNORECASE,
)
_WORD_BEFORE = re.compile(
    rf"(?:(?:up-?votes?|votes?|likes?)[*_`]{{0,3}}\s*[:：=]|(?:点赞|获赞|赞同|喜欢|赞|得票|投票|票|いいね"
    r"|イイネ|スキ|ハート|추천|좋아요|공감|득표|lượt thích|lượt bình chọn|bình chọn)"
    rf"\s?[数數수]?[*_`]{{0,3}}\s*[:：=]?)[*_`\s]{{0,4}}({_COUNT})(?:[개個个]|(?![\w%.]))",
    re.IGNORECASE,
)
_PARTS = re.compile(r"[|·•,，()\[\]（）]|\s[-–—]\s")
_WHOLE_PART = re.compile(
    rf"[\s*_`]*(?:(?P<before>{_COUNT})\s*"
    r"(?:points?(?:\sby\s\S{1,40}(?:\s[^\n]{1,30}\sago)?)?|pts|hearts?|kudos|claps?|users|thích|個)"
    rf"|(?:up-?votes?|votes?|likes?|thích|↑)\s*(?P<behind>{_COUNT}))[\s*_`]*",
    re.IGNORECASE,
)
"""Words and signs that are for votes only in a part of a line with nothing else."""

_STARS = re.compile(rf"[\s*_`]*({_COUNT})\s*stars[\s*_`]*")
_PAPER_ONLY = re.compile(r"(?!.*\b(?:git|code\b|repo)).*arxiv", re.IGNORECASE)
"""Stars beside a link to a paper are votes, but those of a repository are not."""


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
    if number := _beside_sign(start):
        return votes_in(number)
    if (
        match := _BEFORE_ARROW.search(start)
        or _VOTE_WORD.search(start)
        or _WORD_BEFORE.search(start)
    ):
        return votes_in(match[1])
    parts = _PARTS.split(start)
    part = next(filter(None, map(_WHOLE_PART.fullmatch, parts)), None)
    if part is None and "stars" in start and _PAPER_ONLY.match(start):
        stars = next(filter(None, map(_STARS.fullmatch, parts)), None)
        return votes_in(stars[1]) if stars else None
    return votes_in(part["before"] or part["behind"]) if part else None


def _beside_sign(text: str) -> str | None:
    """Return the number before or behind the first sign for votes that has one, or None.

    A number before it counts if nothing else does that the number may belong to: ``💬 3 👍 42``.
    """
    for sign in _SIGN.finditer(text):
        before = _BEFORE_SIGN.search(text[: sign.start()])
        behind = _BEHIND_SIGN.match(text, sign.end())
        if before and (not before[1] or before[1] in _SEPARATORS):
            return before[2]
        if behind:
            return behind[1]
        if before and unicodedata.category(before[1])[0] == "S":
            return before[2]
    return None
