"""The picture or video below a paper's heading, in all the ways that digests write it."""

from __future__ import annotations

import html
import re
from typing import NamedTuple

from tui.digests.parsing.votes_and_authors import parse_labelled_line
from tui.sanitize import clean, is_web_url

_MAX_URL_CHARS = 2000
_MAX_BLOCK_LINES = 20
_STARTS = ("!", "[", "<", "http")

_IMAGE = re.compile(
    r"\[?!\[[^\]\n]{0,500}\]\(\s*<?(?P<url>(?:[^()\s>]|\([^()\s>]*\))*+)>?"
    r"[^)\n]{0,300}\)(?:\]\([^)\s]*\))?"
)
# Some writers forget the parentheses: `[Watch Video]https://…`.
_WATCH_LINK = re.compile(
    r"\[[^\]\n]{0,100}(?i:watch|video|image|picture|thumbnail|영상|비디오|사진|썸네일)[^\]\n]{0,100}\]"
    r"\s?\(?\s*<?(?P<url>[^\s)>]+)>?\s*\)?"
)
_MEDIA_URL = re.compile(r"<?(?P<url>https?://[^\s<>]+\.(?i:mp4|webm|mov|png|jpe?g|gif|webp))>?")
_MEDIA_TAG = re.compile(
    r"</?(?P<name>video|img|source|picture|figure|iframe|center|div|p|a|br)\b", re.IGNORECASE
)
_ANY_TAG = re.compile(r"<[^<>]*>")
_SRC = re.compile(r"\bsrc\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>\"']+))", re.IGNORECASE)


class Media(NamedTuple):
    """A picture or video.

    Attributes:
        url: with entities resolved; empty for a tag around one (``<p align="center">``).
        line_count: the number of lines it occupies.
    """

    url: str
    line_count: int


def parse_media(lines: list[str], index: int) -> Media | None:
    """Return the picture or video that starts at a line, or None."""
    line = lines[index].strip()
    if not line.startswith(_STARTS):
        return None
    if line.startswith("<") and _MEDIA_TAG.match(line):
        return _parse_html(lines, index)
    for pattern in (_IMAGE, _WATCH_LINK, _MEDIA_URL):
        if match := pattern.fullmatch(line):
            return Media(_unescape_url(match["url"]), 1)
    return None


def is_storable_url(url: str) -> bool:
    """Return whether a URL is http or https, and not too long to keep."""
    return len(url) <= _MAX_URL_CHARS and is_web_url(url) and url.split() == [url]


def _parse_html(lines: list[str], index: int) -> Media | None:
    """Return the picture or video of an HTML block, or None if the block contains text."""
    is_video = lines[index].lstrip()[:6].casefold() == "<video"
    count = (is_video and _lines_until("</video", lines, index)) or _lines_until(">", lines, index)
    block = "\n".join(lines[index : index + count])
    # Text in a video element is for browsers that cannot play it.
    if not count or (not is_video and _ANY_TAG.sub("", block).strip()):
        return None
    source = _SRC.search(block)
    url = next(filter(None, source.groups()), "") if source else ""
    return Media(_unescape_url(url), count)


def _unescape_url(url: str) -> str:
    """Resolve entities, and remove what they encode if `clean` would have removed it."""
    return "".join(clean(html.unescape(url)).split())


def _lines_until(end: str, lines: list[str], index: int) -> int:
    """Return the number of lines up to the one that contains ``end``; 0 if the block has none."""
    for count, line in enumerate(lines[index : index + _MAX_BLOCK_LINES], start=1):
        if not line.strip() or parse_labelled_line(line):
            return 0
        if end in line.casefold():
            return count
    return 0
