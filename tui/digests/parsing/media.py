"""The picture or video that stands below a paper's heading, in all the ways it is written."""

from __future__ import annotations

import html
import re
from typing import NamedTuple

from tui.digests.parsing.votes_and_authors import parse_labelled_line
from tui.sanitize import clean

_LONGEST_ADDRESS = 2000
_MOST_LINES = 20
_BEGINNINGS = ("!", "[", "<", "http")

_IMAGE = re.compile(
    r"\[?!\[[^\]\n]{0,500}\]\(\s*<?(?P<address>(?:[^()\s>]|\([^()\s>]*\))*+)>?"
    r"[^)\n]{0,300}\)(?:\]\([^)\s]*\))?"
)
# The bracket of the address is sometimes forgotten: `[Watch Video]https://…`.
_WATCH = re.compile(
    r"\[[^\]\n]{0,100}(?i:watch|video|image|picture|thumbnail|영상|비디오|사진|썸네일)[^\]\n]{0,100}\]"
    r"\s?\(?\s*<?(?P<address>[^\s)>]+)>?\s*\)?"
)
_FILE = re.compile(r"<?(?P<address>https?://[^\s<>]+\.(?i:mp4|webm|mov|png|jpe?g|gif|webp))>?")
_TAG = re.compile(
    r"</?(?P<name>video|img|source|picture|figure|iframe|center|div|p|a|br)\b", re.IGNORECASE
)
_ANY_TAG = re.compile(r"<[^<>]*>")
_SOURCE = re.compile(r"\bsrc\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>\"']+))", re.IGNORECASE)


class Media(NamedTuple):
    """A picture or video.

    Attributes:
        address: as told; empty for a tag that only frames one (``<p align="center">``).
        lines: how many lines it takes.
    """

    url: str
    line_count: int


def parse_media(lines: list[str], at: int) -> Media | None:
    """Return the picture or video that begins at a line, or None if the line is something else."""
    line = lines[at].strip()
    if not line.startswith(_BEGINNINGS):
        return None
    if line.startswith("<") and _TAG.match(line):
        return _html(lines, at)
    for pattern in (_IMAGE, _WATCH, _FILE):
        if match := pattern.fullmatch(line):
            return Media(_resolved(match["address"]), 1)
    return None


def is_web_url(address: str) -> bool:
    """Whether the address is one to keep: http or https, and of a sane length."""
    return len(address) <= _LONGEST_ADDRESS and bool(re.fullmatch(r"(?i:https?)://\S+", address))


def _html(lines: list[str], at: int) -> Media | None:
    """Return the picture or video of a block of HTML; None if the block is text."""
    is_video = lines[at].lstrip()[:6].casefold() == "<video"
    count = (is_video and _count_until("</video", lines, at)) or _count_until(">", lines, at)
    block = "\n".join(lines[at : at + count])
    # What a video holds besides its source is for those who cannot play it.
    if not count or (not is_video and _ANY_TAG.sub("", block).strip()):
        return None
    source = _SOURCE.search(block)
    address = next(filter(None, source.groups()), "") if source else ""
    return Media(_resolved(address), count)


def _resolved(address: str) -> str:
    """Return an address without entities; they could spell what `clean` has taken out."""
    return "".join(clean(html.unescape(address)).split())


def _count_until(end: str, lines: list[str], at: int) -> int:
    """Count the lines up to the one that holds ``end``; 0 if the block has none."""
    for count, line in enumerate(lines[at : at + _MOST_LINES], start=1):
        if not line.strip() or parse_labelled_line(line):
            return 0
        if end in line.casefold():
            return count
    return 0
