"""The lines between a paper's heading and its summary: votes, authors and a picture.

Digests write the picture or video in many ways.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field

from tui.digests.entry_notes import VOTES_UNREADABLE
from tui.digests.parsing.markdown_lines import is_storable_url, is_thematic_break, truncate
from tui.digests.parsing.votes_and_authors import (
    LabelledLine,
    limit_authors,
    parse_authors,
    parse_labelled_line,
    parse_votes,
)
from tui.i18n import N_
from tui.models import MessageValue
from tui.sanitize import clean

_BULLETS = ("- ", "* ", "+ ")
_MAX_BLOCK_LINES = 20

_MAX_HEAD_CHARS = 200_000
"""Votes and authors are not searched on lines below. A list of all lines of a long text would take
twenty times its memory."""

_MEDIA_STARTS = ("!", "[", "<", "http")

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


@dataclass(slots=True)
class PaperHeader:
    """The contents of the lines below a paper's heading.

    Attributes:
        votes: None if missing or unreadable.
        has_votes_line: whether there is a line with votes, readable or not.
        authors: in the order of the digest.
        has_authors_line: whether there is a line with authors.
        thumbnail: an http(s) URL, or None.
        summary: all other lines.
        notes: line offset (from 0), message template and its values.
    """

    votes: int | None = None
    has_votes_line: bool = False
    authors: tuple[str, ...] = ()
    has_authors_line: bool = False
    thumbnail: str | None = None
    summary: str = ""
    notes: list[tuple[int, str, dict[str, MessageValue]]] = field(default_factory=list)

    def note(self, line: int, template: str, **values: MessageValue) -> None:
        """Record a note at a line offset."""
        self.notes.append((line, template, values))


def parse_paper_header(body: str) -> PaperHeader:
    """Parse the text after a paper's heading.

    Votes, authors and a picture may come in any order. If votes or authors are missing, they are
    also searched below the first lines of the summary.
    """
    header = PaperHeader()
    head_end = body.find("\n", _MAX_HEAD_CHARS)
    head, rest = (body, "") if head_end < 0 else (body[:head_end], body[head_end:])
    lines = head.split("\n")
    index = 0
    while index < len(lines) and (count := _parse_line(header, lines, index)):
        index += count
    summary = []
    while index < len(lines) and not (header.has_votes_line and header.has_authors_line):
        line = lines[index]
        # Below a break the page may be about something else, and a fence may contain an example.
        if is_thematic_break(line) or line.lstrip().startswith(("```", "~~~")):
            break
        labelled = None if line.startswith(_BULLETS) else parse_labelled_line(line)
        if labelled:
            index += _parse_votes_or_authors(header, labelled, lines, index)
        else:
            summary.append(line)
            index += 1
    header.summary = ("\n".join([*summary, *lines[index:]]) + rest).rstrip()
    return header


def _parse_line(header: PaperHeader, lines: list[str], index: int) -> int:
    """Parse a line above the summary; return the number of lines read, 0 where it starts."""
    line = lines[index]
    if not line or line.isspace() or is_thematic_break(line):
        return 1
    if labelled := parse_labelled_line(line):
        return _parse_votes_or_authors(header, labelled, lines, index)
    return _parse_picture(header, lines, index)


def _parse_votes_or_authors(
    header: PaperHeader, labelled: LabelledLine, lines: list[str], index: int
) -> int:
    """Read the votes or authors on a line; return the number of lines they occupy."""
    if labelled.is_votes:
        header.has_votes_line = True
        header.votes = parse_votes(labelled.value)
        if header.votes is None:
            header.note(index, VOTES_UNREADABLE, votes=truncate(labelled.value, 40))
        return 1
    values = [labelled.value]
    while not values[-1] or values[-1].endswith((",", "，", "、")):
        following = "".join(lines[index + len(values) : index + len(values) + 1]).strip()
        is_over = not following or following.startswith((*_BULLETS, "#", "!", "<"))
        if is_over or parse_labelled_line(following):
            break
        values.append(following)
    header.has_authors_line = True
    header.authors = limit_authors(parse_authors(" ".join(values).strip()), index, header.note)
    return len(values)


def _parse_picture(header: PaperHeader, lines: list[str], index: int) -> int:
    """Read the picture or video that starts at a line; return its number of lines, 0 if none."""
    url, line_count = _find_media(lines, index)
    if is_storable_url(url):
        header.thumbnail = header.thumbnail or url
    elif url:
        template = N_("'{url}' is not a web address; picture ignored")
        header.note(index, template, url=truncate(url, 40))
    return line_count


def _find_media(lines: list[str], index: int) -> tuple[str, int]:
    """Find the picture or video that starts at a line.

    Returns:
        Its URL, which is empty for a tag around one (``<p align="center">``), and the number of
        lines that it occupies; 0 if nothing starts there.
    """
    line = lines[index].strip()
    if line.startswith("<") and _MEDIA_TAG.match(line):
        return _parse_html(lines, index)
    if line.startswith(_MEDIA_STARTS):
        for pattern in (_IMAGE, _WATCH_LINK, _MEDIA_URL):
            if match := pattern.fullmatch(line):
                return _unescape_url(match["url"]), 1
    return "", 0


def _parse_html(lines: list[str], index: int) -> tuple[str, int]:
    """Find the picture or video of an HTML block; the block has none if it contains text."""
    is_video = lines[index].lstrip()[:6].casefold() == "<video"
    count = (is_video and _lines_until("</video", lines, index)) or _lines_until(">", lines, index)
    block = "\n".join(lines[index : index + count])
    # Text in a video element is for browsers that cannot play it.
    if not is_video and _ANY_TAG.sub("", block).strip():
        return "", 0
    source = _SRC.search(block)
    url = next(filter(None, source.groups()), "") if source else ""
    return _unescape_url(url), count


def _unescape_url(url: str) -> str:
    """Resolve entities, and remove what they encode if `clean` would have removed it."""
    if url.isascii() and url.isprintable() and "&" not in url and " " not in url:
        return url
    return "".join(clean(html.unescape(url)).split())


def _lines_until(end: str, lines: list[str], index: int) -> int:
    """Return the number of lines up to the one that contains ``end``; 0 if the block has none."""
    for count, line in enumerate(lines[index : index + _MAX_BLOCK_LINES], start=1):
        if not line.strip() or parse_labelled_line(line):
            return 0
        if end in line.casefold():
            return count
    return 0
