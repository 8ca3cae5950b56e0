"""Logs of chats as Markdown, line by line."""

from __future__ import annotations

import re
from collections.abc import Iterator

_MAX_START_CHARS = 20_000
_MIN_HEADS = 2
"""Lines above messages, so that a page is the log of a chat."""

_TIME = re.compile(r":\d\d(?<=\d:\d\d)")
"""A time, which every message has; the pattern starts with its colon, which is found fastest."""

_HEAD = re.compile(
    r"^(?:[^\W\d_][^\n:：\[\]]{0,60},[ ])?"
    r"\[(?P<day>\d{1,4}[./-]\d{1,2}[./-]\d{2,4}),?[ ]\d{1,2}:\d\d[^\[\]\n]{0,12}\]"
    r"(?:[ ][^\s:：][^\n:：]{0,40})?$"
    r"|^[^\W\d_][^\n:：|]{0,39}?[ \t]{1,4}"
    r"[(\[]?\d{1,2}:\d\d(?::\d\d)?(?:[ \t]?[AaPp]\.?[Mm]\.?)?[)\]]?[ \t]*$",
    re.MULTILINE,
)
"""``mia.roth  9:03 AM``, ``[14/05/2025 08:02] mia.roth``, ``Mia Roth, [14.05.2025 08:02]``"""

_NAME_AND_TIME = re.compile(
    r"^\[[^\[\]\n]{1,40}\][ ]"
    r"\[(?:[^\W\d_]{2,5}\s?)?\d{1,2}:\d\d(?:\s?[AaPp]\.?[Mm]\.?)?\][ ](?=\S)",
    re.MULTILINE,
)
"""``[Mia Roth] [9:15 AM] ``, ``[지현] [오전 9:15] `` before a message, as KakaoTalk writes it"""

_DAY_LINE = re.compile(r"^[-—=─]{3,40}\s{0,4}([^\W_][^\n]{4,60}?)\s{0,4}[-—=─]{3,40}\s*$")
_NUMBER_SIGN = re.compile(
    r"^\s{0,4}:(?:one|two|three|four|five|six|seven|eight|nine|keycap_ten):\s*"
)
_BOLD_LINE = re.compile(r"^\*(?=[^\s*])([^*\n]{2,600})(?<=\S)\*\s*$")
_SHORT_YEAR = re.compile(r"^(\d{1,2}[./-]\d{1,2}[./-])(\d\d)$")
_SIGNS = {
    "arrow_up": "⬆", "small_red_triangle": "🔼", "fire": "🔥", "clap": "👏", "thumbsup": "👍",
    "+1": "👍", "heart": "❤", "bust_in_silhouette": "👤", "busts_in_silhouette": "👥",
    "writing_hand": "✍", "label": "🏷", "link": "🔗", "page_facing_up": "📄", "calendar": "📅",
    "date": "📅", "memo": "📝", "computer": "💻", "pushpin": "📌",
}  # fmt: skip
_SIGN = re.compile(f":(?<![\\w:]:)({'|'.join(map(re.escape, _SIGNS))}):(?!\\w)")
"""A name; the pattern starts with its colon because that is found fastest."""


_STAMP = re.compile(
    r"^[\u200e\u200f]?\[?(?P<start>\d{1,4}[./-]\d{1,2}[./-])(?P<end>\d{2,4}),?\s\d{1,2}:\d\d(?::\d\d)?"
    r"(?:\s?[AaPp]\.?\s?[Mm]\.?)?(?:\]|\s[-–])[ ](?:(?P<name>[^\n:]{1,60}):[ ])?",
    re.MULTILINE,
)
"""``[14/05/2025, 09:10:12] Mia Roth: ``, ``14/05/2025, 09:10 - Mia Roth: `` before a message"""


def markdown_of_chat(text: str) -> str:
    """Return the log of a chat as Markdown; another text as it is.

    The lines that say who wrote a message, and when, are empty then. Of those that have the message
    as well, it stays, as a paragraph. The day of messages becomes a heading where it changes.
    """
    start = text[:_MAX_START_CHARS]
    if _TIME.search(start) is None:
        return text
    if sum(stamp["name"] is not None for stamp in _STAMP.finditer(start)) >= _MIN_HEADS:
        return "\n".join(_without_stamps(text.split("\n")))
    for head, convert in ((_HEAD, _without_heads), (_NAME_AND_TIME, _without_names)):
        if len(head.findall(start)) >= _MIN_HEADS:
            return "\n".join(convert(text.split("\n")))
    return text


def _without_stamps(lines: list[str]) -> Iterator[str]:
    """Yield the lines of messages; without a name, a line is about the chat itself."""
    day = ""
    for line in lines:
        stamp = _STAMP.match(line)
        if stamp is None:
            yield line
            continue
        written = _with_century(stamp["start"] + stamp["end"])
        yield "" if written == day else f"\n# {written}\n"
        day = written
        yield line[stamp.end() :] if stamp["name"] else ""


def _without_heads(lines: list[str]) -> Iterator[str]:
    """Yield the lines of messages, below lines with the writer and the time."""
    day = ""
    for line in lines:
        head = _HEAD.match(line)
        if head is None:
            yield _markdown_line(line)
            continue
        written = _with_century(head["day"]) if head["day"] else day
        yield "" if written == day else f"# {written}"
        day = written


def _without_names(lines: list[str]) -> Iterator[str]:
    """Yield the lines of messages that start with the writer and the time."""
    for line in lines:
        if head := _NAME_AND_TIME.match(line):
            yield ""
            yield line[head.end() :]
        else:
            yield _markdown_line(line)


def _with_century(day: str) -> str:
    """Return a date with four digits for its year: ``14/05/25`` becomes ``14/05/2025``."""
    return _SHORT_YEAR.sub(r"\g<1>20\2", day)


def _markdown_line(line: str) -> str:
    line = _DAY_LINE.sub(r"# \1", line)
    return _BOLD_LINE.sub(r"**\1**", _NUMBER_SIGN.sub("", line))


def with_signs(text: str) -> str:
    """Return a text with signs instead of the names that chats have for them: ``:arrow_up:``."""
    return _SIGN.sub(lambda name: _SIGNS[name[1]], text)
