"""What the viewer shows of a paper: its facts, then its summaries."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from tui.i18n import _, ngettext
from tui.models import Marks, Paper, Summary
from tui.ui.typeset.blocks import Block, Heading, parse_blocks
from tui.ui.typeset.inline import is_web_url, link_urls, plain_text, trim_breaks
from tui.ui.typeset.layout import lay_out
from tui.ui.typeset.spans import BREAK, Line, Span
from tui.ui.typeset.wrap import wrap_lines

_GAP = Span("\u00a0\u00a0 ")
"""Three cells, at the end of which a line may be broken."""

_VIDEO = (".mp4", ".mov", ".webm", ".m4v")

_MANY_AUTHORS = 24
"""Of more, some stand above the summary, and all below it."""

_MOST = 50_000
"""Characters of the summaries on one page, twenty times what the longest of real ones have.

To lay out ten megabytes takes seconds in which no key is answered, and some texts take as long for
one megabyte.
"""

_NO_MARKS = Marks()


def typeset_page(
    paper: Paper, summaries: Sequence[Summary], width: int, marks: Marks = _NO_MARKS
) -> list[Line]:
    """Lay out a paper and its summaries.

    Args:
        paper: the paper.
        summaries: newest first; a paper told twice has two, each under its date and digest.
        width: in cells.
        marks: what the reader added; tags stand with the facts, a note before the summaries.

    Returns:
        Lines no wider than ``width``. What is too long to be read is cut, and they say so.
    """
    parts = [_head(paper, summaries, marks, width)]
    if note := _note(marks.note):
        parts += [_lines([Span(_("Note"), "caption")], width), _lines(note, width)]
    told = [summary for summary in summaries if summary.markdown.strip()]
    room = _MOST
    for summary in told:
        if len(told) > 1:
            caption = f"{summary.entry.date}, {summary.entry.digest}"
            first, *others = _lines([Span(caption, "caption")], width)
            parts.append([first._replace(starts_summary=True), *others])
        shown = _beginning(summary.markdown, room)
        room -= len(shown)
        parts.append(lay_out(_without_title(parse_blocks(shown), paper.title), width))
        if left := len(summary.markdown) - len(shown):
            words = ngettext(
                "Too long to be shown: {number} more character is left out here.",
                "Too long to be shown: {number} more characters are left out here.",
                left,
            )
            parts.append(_lines([Span(words.format(number=f"{left:,}"), "warning")], width))
    if not told:
        parts.append(_lines([Span(_("No summary is told."), "muted")], width))
    if len(paper.authors) > _MANY_AUTHORS:
        parts.append(_lines([Span(_("Authors"), "caption")], width))
        parts.append(_lines([Span(", ".join(paper.authors), "muted")], width))
    lines: list[Line] = []
    for part in filter(None, parts):
        lines += [Line(), *part] if lines else part
    return lines


def _beginning(markdown: str, most: int) -> str:
    """Return a text, or what fits of its beginning, to the end of a line if one is near."""
    if len(markdown) <= most:
        return markdown
    end = markdown.rfind("\n", most // 2, most)
    return markdown[: end if end > 0 else most]


def _head(paper: Paper, summaries: Sequence[Summary], marks: Marks, width: int) -> list[Line]:
    lines = _lines([Span(paper.title, "title")], width)
    if authors := paper.authors:
        names = ", ".join(authors)
        if len(authors) > _MANY_AUTHORS:
            shown = authors[: _MANY_AUTHORS // 2]
            more = _("and {number} more").format(number=len(authors) - len(shown))
            names = f"{', '.join(shown)} {_together(more)}"
        lines += _lines([Span(names, "muted")], width)
    return lines + _lines(_facts(paper, summaries, marks), width)


def _lines(text: Sequence[Span], width: int) -> list[Line]:
    return list(wrap_lines(text, width))


def _note(note: str) -> Sequence[Span]:
    """Return a note as it was written; addresses in it are links."""
    spans: list[Span] = []
    for line in note.splitlines():
        spans += [*link_urls(line), BREAK]
    return trim_breaks(spans)


def _facts(paper: Paper, summaries: Sequence[Summary], marks: Marks) -> list[Span]:
    """Return votes, dates, links and tags, as one text."""
    votes = _("votes unknown")
    if paper.votes is not None:
        votes = ngettext("{number} vote", "{number} votes", paper.votes)
        votes = votes.format(number=paper.votes)
    spans = [Span(_together(votes), "votes"), _GAP]
    if paper.dates:
        spans += [Span(", ".join(paper.dates), "muted"), _GAP]
    spans += [_link(_bare(paper.url), paper.url), _GAP, _link("PDF", paper.pdf_url)]
    thumbnail = next((summary.thumbnail for summary in summaries if summary.thumbnail), None)
    if thumbnail and is_web_url(thumbnail):
        is_video = thumbnail.partition("#")[0].partition("?")[0].lower().endswith(_VIDEO)
        spans += [_GAP, _link(_("video") if is_video else _("picture"), thumbnail)]
    if marks.tags:
        spans += [_GAP, Span(" ".join(f"#{tag}" for tag in marks.tags), "label")]
    return spans


def _together(words: str) -> str:
    """Return words between which no line is broken."""
    return words.replace(" ", "\u00a0")


def _link(words: str, url: str) -> Span:
    return Span(words, "link", url)


def _bare(url: str) -> str:
    return url.partition("://")[2]


def _without_title(blocks: tuple[Block, ...], title: str) -> tuple[Block, ...]:
    """Drop a first heading that only says the title again."""
    if blocks and isinstance(blocks[0], Heading):
        said = plain_text(blocks[0].text)
        if said == title or (_said(said) and _said(said) == _said(title)):
            return blocks[1:]
    return blocks


def _said(words: str) -> str:
    """Return the letters and digits alone: quotes, spaces and TeX make no other title."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", words).casefold()))
