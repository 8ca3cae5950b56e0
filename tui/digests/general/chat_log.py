"""Logs of chats as Markdown, line by line."""

from __future__ import annotations

import re

_MAX_START_CHARS = 20_000
_MIN_HEADS = 2
"""Lines above messages, so that a page is the log of a chat."""

_HEAD = re.compile(
    r"^[^\W\d_][^\n:：|]{0,39}?[ \t]{1,4}"
    r"[(\[]?\d{1,2}:\d\d(?::\d\d)?(?:[ \t]?[AaPp]\.?[Mm]\.?)?[)\]]?[ \t]*$"
    r"|^\[\d{1,4}[./-]\d{1,2}[./-]\d{2,4},?[ ]\d{1,2}:\d\d[^\[\]\n]{0,12}\]"
    r"[ ][^\s:：][^\n:：]{0,40}$",
    re.MULTILINE,
)
"""``mia.roth  9:03 AM``, ``[14/05/2025 08:02] mia.roth``"""

_DAY_LINE = re.compile(r"^[-—=─]{3,40}\s{0,4}([^\W_][^\n]{4,60}?)\s{0,4}[-—=─]{3,40}\s*$")
_NUMBER_SIGN = re.compile(
    r"^\s{0,4}:(?:one|two|three|four|five|six|seven|eight|nine|keycap_ten):\s*"
)
_BOLD_LINE = re.compile(r"^\*(?=[^\s*])([^*\n]{2,600})(?<=\S)\*\s*$")
_SIGNS = {":arrow_up:": "⬆", ":small_red_triangle:": "🔼", ":fire:": "🔥", ":clap:": "👏"}


def markdown_of_chat(text: str) -> str:
    """Return the log of a chat as Markdown with the same lines; another text as it is.

    The lines that say who wrote a message, and when, are empty then.
    """
    if len(_HEAD.findall(text[:_MAX_START_CHARS])) < _MIN_HEADS:
        return text
    return "\n".join(map(_markdown_line, text.split("\n")))


def _markdown_line(line: str) -> str:
    if _HEAD.match(line):
        return ""
    line = _DAY_LINE.sub(r"# \1", line)
    line = _BOLD_LINE.sub(r"**\1**", _NUMBER_SIGN.sub("", line))
    for name, sign in _SIGNS.items():
        line = line.replace(name, sign) if name in line else line
    return line
