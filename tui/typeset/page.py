"""What the viewer shows of a paper: its facts, then its summaries."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from tui.model import Paper, Summary
from tui.typeset.blocks import Block, Heading, parse
from tui.typeset.layout import lay_out
from tui.typeset.line import Line, Span, wrap

_GAP = Span("\u00a0\u00a0 ")
"""Three cells, at the end of which a line may be broken."""

_VIDEO = (".mp4", ".mov", ".webm", ".m4v")


def typeset_page(paper: Paper, summaries: Sequence[Summary], width: int) -> list[Line]:
    """Lay out a paper and its summaries.

    Args:
        paper: the paper.
        summaries: newest first; a paper told twice has two, each under its dialect and date.
        width: in cells.

    Returns:
        Lines no wider than ``width``.
    """
    lines = [Line(line) for line in wrap([Span(paper.title, "title")], width)]
    if paper.authors:
        lines += [Line(line) for line in wrap([Span(", ".join(paper.authors), "muted")], width)]
    lines += [Line(line) for line in wrap(_facts(paper, summaries), width)]
    told = [summary for summary in summaries if summary.markdown]
    for summary in told:
        lines.append(Line())
        if len(told) > 1:
            caption = f"{summary.telling.dialect}, {summary.telling.date}"
            lines += [Line((Span(caption, "caption"),)), Line()]
        lines += lay_out(_without_title(parse(summary.markdown), paper.title), width)
    if not told:
        lines += [Line(), Line((Span("No summary is told.", "muted"),))]
    return lines


def _facts(paper: Paper, summaries: Sequence[Summary]) -> list[Span]:
    """Return votes, dates and links, as one text."""
    votes = "votes\u00a0unknown" if paper.votes is None else f"{paper.votes}\u00a0votes"
    spans = [Span(votes, "votes"), _GAP]
    spans += [Span(", ".join(paper.dates), "muted"), _GAP]
    spans += [_link(_bare(paper.url), paper.url), _GAP, _link("PDF", paper.pdf_url)]
    thumbnail = next((summary.thumbnail for summary in summaries if summary.thumbnail), None)
    if thumbnail:
        is_video = urlsplit(thumbnail).path.lower().endswith(_VIDEO)
        spans += [_GAP, _link("video" if is_video else "picture", thumbnail)]
    return spans


def _link(words: str, url: str) -> Span:
    return Span(words, "link", url)


def _bare(url: str) -> str:
    return url.partition("://")[2]


def _without_title(blocks: tuple[Block, ...], title: str) -> tuple[Block, ...]:
    """Drop a first heading that only says the title again."""
    if blocks and isinstance(blocks[0], Heading):
        said = "".join(span.text for span in blocks[0].text)
        if said.casefold().strip() == title.casefold().strip():
            return blocks[1:]
    return blocks
