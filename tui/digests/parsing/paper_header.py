"""The lines between a paper's heading and its summary: votes, authors and a picture."""

from __future__ import annotations

from dataclasses import dataclass, field

from tui.digests.parsing.markdown_lines import is_thematic_break, truncate
from tui.digests.parsing.media import is_storable_url, parse_media
from tui.digests.parsing.votes_and_authors import (
    LabelledLine,
    limit_authors,
    parse_authors,
    parse_labelled_line,
    parse_votes,
)
from tui.i18n import N_
from tui.models import MessageValue

_BULLETS = ("- ", "* ", "+ ")


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
        problems: line offset (from 0), message template and its values.
    """

    votes: int | None = None
    has_votes_line: bool = False
    authors: tuple[str, ...] = ()
    has_authors_line: bool = False
    thumbnail: str | None = None
    summary: str = ""
    problems: list[tuple[int, str, dict[str, MessageValue]]] = field(default_factory=list)

    def report(self, line: int, template: str, **values: MessageValue) -> None:
        """Record a problem at a line offset."""
        self.problems.append((line, template, values))


def parse_paper_header(body: str) -> PaperHeader:
    """Parse the text after a paper's heading.

    Votes, authors and a picture may come in any order. If votes or authors are missing, they are
    also searched below the first lines of the summary.
    """
    header = PaperHeader()
    lines = body.split("\n")
    index = 0
    while index < len(lines) and (count := _parse_line(header, lines, index)):
        index += count
    summary = []
    while index < len(lines) and not _is_search_over(header, lines[index]):
        line = lines[index]
        labelled = None if line.startswith(_BULLETS) else parse_labelled_line(line)
        if labelled:
            index += _parse_votes_or_authors(header, labelled, lines, index)
        else:
            summary.append(line)
            index += 1
    header.summary = "\n".join([*summary, *lines[index:]]).rstrip()
    return header


def _parse_line(header: PaperHeader, lines: list[str], index: int) -> int:
    """Parse a line above the summary; return the number of lines read, 0 where it starts."""
    line = lines[index]
    if not line or line.isspace() or is_thematic_break(line):
        return 1
    if labelled := parse_labelled_line(line):
        return _parse_votes_or_authors(header, labelled, lines, index)
    return _parse_picture(header, lines, index)


def _is_search_over(header: PaperHeader, line: str) -> bool:
    """Return whether to stop searching for votes and authors at a line."""
    if header.has_votes_line and header.has_authors_line:
        return True
    # Below a break the page may be about something else, and a fence may contain an example.
    return is_thematic_break(line) or line.lstrip().startswith(("```", "~~~"))


def _parse_votes_or_authors(
    header: PaperHeader, labelled: LabelledLine, lines: list[str], index: int
) -> int:
    """Read the votes or authors on a line; return the number of lines they occupy."""
    if labelled.is_votes:
        header.has_votes_line = True
        header.votes = parse_votes(labelled.value)
        if header.votes is None:
            template = N_("cannot read the votes '{votes}'; treated as unknown")
            header.report(index, template, votes=truncate(labelled.value, 40))
        return 1
    values = [labelled.value]
    while not values[-1] or values[-1].endswith((",", "，", "、")):
        following = lines[index + len(values)] if index + len(values) < len(lines) else ""
        if not _continues_authors(following):
            break
        values.append(following.strip())
    header.has_authors_line = True
    header.authors = limit_authors(parse_authors(" ".join(values).strip()), index, header.report)
    return len(values)


def _continues_authors(line: str) -> bool:
    """Return whether a line after a comma has more authors."""
    line = line.strip()
    if not line or line.startswith((*_BULLETS, "#", "!", "<")):
        return False
    return not parse_labelled_line(line)


def _parse_picture(header: PaperHeader, lines: list[str], index: int) -> int:
    """Read the picture or video that starts at a line; return its number of lines, 0 if none."""
    media = parse_media(lines, index)
    if media is None:
        return 0
    if is_storable_url(media.url):
        header.thumbnail = header.thumbnail or media.url
    elif media.url:
        template = N_("'{url}' is not a web address; picture ignored")
        header.report(index, template, url=truncate(media.url, 40))
    return media.line_count
