"""What stands between a paper's heading and its summary."""

from __future__ import annotations

from dataclasses import dataclass, field

from tui.digests.parsing import votes_and_authors as fields
from tui.digests.parsing.markdown_lines import is_thematic_break, truncate
from tui.digests.parsing.media import is_web_url, parse_media
from tui.i18n import N_
from tui.models import MessageValue

_BULLETS = ("- ", "* ", "+ ")


@dataclass(slots=True)
class PaperHeader:
    """What the lines below a paper's heading tell.

    Attributes:
        votes: None if they tell none, or none to believe.
        tells_votes: whether there is a line for votes, readable or not.
        authors: in the order told.
        tells_authors: whether there is a line for authors.
        thumbnail: an http or https address, or None.
        summary: all the other lines.
        problems: the offset of a line from the first (0), and what is odd, as Problem has it.
    """

    votes: int | None = None
    has_votes_line: bool = False
    authors: tuple[str, ...] = ()
    has_authors_line: bool = False
    thumbnail: str | None = None
    summary: str = ""
    problems: list[tuple[int, str, dict[str, MessageValue]]] = field(default_factory=list)

    def report(self, line: int, template: str, **values: MessageValue) -> None:
        """Keep what is odd in a line, which is told by its offset."""
        self.problems.append((line, template, values))


def parse_paper_header(body: str) -> PaperHeader:
    """Read what follows a paper's heading.

    Votes, authors and a picture may come in any order. Votes and authors are looked for below the
    first lines of the summary, too, as far as they were not told before.
    """
    head = PaperHeader()
    lines = body.split("\n")
    at = 0
    while at < len(lines) and (taken := _read_line(head, lines, at)):
        at += taken
    summary = []
    while at < len(lines) and not _ends_search(head, lines[at]):
        told = None if lines[at].startswith(_BULLETS) else fields.parse_labelled_line(lines[at])
        if told:
            at += _read_field(head, told, lines, at)
        else:
            summary.append(lines[at])
            at += 1
    head.summary = "\n".join([*summary, *lines[at:]]).rstrip()
    return head


def _read_line(head: PaperHeader, lines: list[str], at: int) -> int:
    """Read a line above the summary; return how many lines it takes, 0 where the summary begins."""
    line = lines[at]
    if not line or line.isspace() or is_thematic_break(line):
        return 1
    if told := fields.parse_labelled_line(line):
        return _read_field(head, told, lines, at)
    return _read_media(head, lines, at)


def _ends_search(head: PaperHeader, line: str) -> bool:
    """Whether no votes and authors can follow that are not told yet."""
    if head.has_votes_line and head.has_authors_line:
        return True
    # Below a break the page may be about something else, and a fence may hold an example.
    return is_thematic_break(line) or line.lstrip().startswith(("```", "~~~"))


def _read_field(head: PaperHeader, told: fields.LabelledLine, lines: list[str], at: int) -> int:
    """Read the votes or authors that a line tells; return how many lines they take."""
    if told.is_votes:
        head.has_votes_line = True
        head.votes = fields.parse_votes(told.value)
        if head.votes is None:
            shown = truncate(told.value, 40)
            head.report(at, N_("votes are told as '{votes}': taken as unknown"), votes=shown)
        return 1
    values = [told.value]
    while not values[-1] or values[-1].endswith((",", "，", "、")):
        following = lines[at + len(values)] if at + len(values) < len(lines) else ""
        if not _goes_on(following):
            break
        values.append(following.strip())
    head.has_authors_line = True
    head.authors = fields.limit_authors(
        fields.parse_authors(" ".join(values).strip()), at, head.report
    )
    return len(values)


def _goes_on(line: str) -> bool:
    """Whether a line that follows a comma holds further authors."""
    line = line.strip()
    return (
        bool(line)
        and not line.startswith((*_BULLETS, "#", "!", "<"))
        and not fields.parse_labelled_line(line)
    )


def _read_media(head: PaperHeader, lines: list[str], at: int) -> int:
    """Read the picture or video that a line begins; return how many lines it takes, 0 if none."""
    found = parse_media(lines, at)
    if found is None:
        return 0
    if is_web_url(found.url):
        head.thumbnail = head.thumbnail or found.url
    elif found.url:
        shown = truncate(found.url, 40)
        words = N_("'{address}' is no web address for a picture: left out")
        head.report(at, words, address=shown)
    return found.line_count
