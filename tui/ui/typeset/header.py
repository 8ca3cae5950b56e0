"""The header of a paper's page: title, authors, votes, dates, links and tags."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.cells import cell_len

from tui.i18n import _, ngettext
from tui.models import ET_AL, Marks, Paper, Summary
from tui.sanitize import is_web_url
from tui.ui.typeset.authors import shorten_authors
from tui.ui.typeset.cell_width import truncate
from tui.ui.typeset.spans import Line, Span
from tui.ui.typeset.title import typeset_title
from tui.ui.typeset.wrap import wrap_lines

_GAP = Span("\u00a0\u00a0 ")
"""Three cells, after which a line may be broken."""

_VIDEO_SUFFIXES = (".mp4", ".mov", ".webm", ".m4v")

MAX_AUTHORS = 24
"""If a paper has more authors, the first ones are shown above the summary and all below it."""

_MIN_AUTHORS_WIDTH = 12
"""Cells that authors need in the header of a preview, if there are any."""


def full_header(
    paper: Paper, summaries: Sequence[Summary], marks: Marks, width: int, why: str = ""
) -> list[Line]:
    """Return the header for reading: the whole title, the authors, and everything else.

    Args:
        paper: the paper.
        summaries: its summaries, which may have a picture.
        marks: the reader's marks.
        width: the width in cells.
        why: why it matches what the reader chose; may be empty.
    """
    lines = list(wrap_lines([Span(typeset_title(paper.title), "title")], width))
    if authors := paper.authors:
        names = ", ".join(authors)
        if len(authors) > MAX_AUTHORS:
            shown = authors[: MAX_AUTHORS // 2]
            more = _("and {number} more").format(number=f"{len(authors) - len(shown):,}")
            names = f"{', '.join(shown)} {_nonbreaking(more)}"
        elif paper.has_more_authors:
            names = f"{names}, {_nonbreaking(ET_AL)}"
        lines += wrap_lines([Span(names, "muted")], width)
    if status := _status_text(paper):
        lines += wrap_lines([Span(status, "warning")], width)
    facts = _facts(paper, ", ".join(paper.dates), summaries, marks)
    lines += wrap_lines(_with_gaps(list(facts.values())), width)
    return [*lines, *(wrap_lines([Span(why, "muted")], width) if why else ())]


def preview_header(
    paper: Paper,
    summaries: Sequence[Summary],
    marks: Marks,
    width: int,
    why: str = "",
    *,
    title_lines: int = 2,
) -> list[Line]:
    """Return the header for a preview: the title, and one line with what has room.

    Args:
        paper: the paper.
        summaries: its summaries, which may have a picture.
        marks: the reader's marks.
        width: the width in cells.
        why: why it matches what the reader chose; may be empty.
        title_lines: how many lines a long title may take.
    """
    lines = list(wrap_lines([Span(typeset_title(paper.title), "title")], width))
    if len(lines) > title_lines:
        rest = " ".join(line.text for line in lines[title_lines - 1 :])
        last = lines[title_lines - 1]._replace(spans=(Span(truncate(rest, width), "title"),))
        lines = [*lines[: title_lines - 1], last]
    if status := _status_text(paper):
        lines.append(Line((Span(truncate(status, width), "warning"),)))
    facts = _facts(paper, paper.dates[-1] if paper.dates else "", summaries, marks)
    # The least useful ones are left out first. Keys and the reader's page have the links as well.
    needed = _MIN_AUTHORS_WIDTH if paper.author_lines else 0
    least_useful = ["picture", "page", "pdf", "tags", "date", "votes"]
    if paper.votes is None:
        least_useful.insert(0, "votes")
    for name in least_useful:
        if _width(list(facts.values())) + needed > width:
            facts.pop(name, None)
    spans = list(facts.values())
    authors = shorten_authors(paper, width - _width(spans))
    spans = [Span(_nonbreaking(authors), "muted"), *spans] if authors else spans
    reasons = [Line((Span(truncate(why, width), "muted"),))] if why else []
    return [*lines, Line(tuple(_with_gaps(spans))), *reasons]


def _status_text(paper: Paper) -> str:
    """Return a sentence about a newer version of a paper or its withdrawal; empty if none."""
    if "+" not in paper.labels:
        return ""
    if paper.is_withdrawn:
        return _("The authors have withdrawn this paper.")
    if version := paper.newer_version:
        number, day = version
        return _("Version {number} has been on arXiv since {day}.").format(number=number, day=day)
    return ""


def _with_gaps(spans: Sequence[Span]) -> Iterator[Span]:
    for number, span in enumerate(spans):
        if number:
            yield _GAP
        yield span


def _width(spans: Sequence[Span]) -> int:
    """Return the cells of spans, each with a gap before it."""
    return sum(cell_len(span.text) + len(_GAP.text) for span in spans)


def _facts(paper: Paper, dates: str, summaries: Sequence[Summary], marks: Marks) -> dict[str, Span]:
    """Return votes, dates, links and tags by name, in the order of display."""
    votes = _("votes unknown")
    if paper.votes is not None:
        votes = ngettext("{number} vote", "{number} votes", paper.votes)
        votes = votes.format(number=f"{paper.votes:,}")
    facts = {"votes": Span(_nonbreaking(votes), "votes")}
    if dates:
        facts["date"] = Span(dates, "muted")
    facts["page"] = Span(paper.url.partition("://")[2], "link", paper.url)
    if paper.pdf_url and paper.pdf_url != paper.url:
        facts["pdf"] = Span("PDF", "link", paper.pdf_url)
    thumbnail = next((summary.thumbnail for summary in summaries if summary.thumbnail), None)
    if thumbnail and is_web_url(thumbnail):
        word = _("video") if is_video(thumbnail) else _("picture")
        facts["picture"] = Span(word, "link", thumbnail)
    if marks.tags:
        facts["tags"] = Span(" ".join(f"#{tag}" for tag in marks.tags), "label")
    return facts


def is_video(url: str) -> bool:
    """Return whether a URL leads to a video, judging by its end."""
    return url.partition("#")[0].partition("?")[0].lower().endswith(_VIDEO_SUFFIXES)


def _nonbreaking(text: str) -> str:
    """Replace spaces by non-breaking spaces."""
    return text.replace(" ", "\u00a0")
