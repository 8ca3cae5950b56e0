"""The page of a paper: its metadata, note and summaries, and the links on it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

from tui.i18n import _, ngettext
from tui.models import ET_AL, NO_MARKS, Marks, Paper, Summary
from tui.sanitize import is_web_url
from tui.ui.typeset.blocks import Block, Heading, parse_blocks
from tui.ui.typeset.inline import link_urls, plain_text, trim_breaks
from tui.ui.typeset.layout import lay_out
from tui.ui.typeset.spans import BREAK, Line, Span
from tui.ui.typeset.wrap import wrap_lines

_GAP = Span("\u00a0\u00a0 ")
"""Three cells, after which a line may be broken."""

_VIDEO_SUFFIXES = (".mp4", ".mov", ".webm", ".m4v")

_MAX_AUTHORS = 24
"""If a paper has more authors, the first ones are shown above the summary and all below it."""

_MAX_SUMMARY_CHARS = 50_000
"""Limit for all summaries of a page together, twenty times the longest real ones.

Laying out ten megabytes, or one megabyte of some texts, blocks the keyboard for seconds.
"""


def typeset_page(
    paper: Paper, summaries: Sequence[Summary], width: int, marks: Marks = NO_MARKS
) -> list[Line]:
    """Lay out a paper and its summaries.

    Args:
        paper: the paper.
        summaries: its summaries, newest first; if there are several, each gets a caption with
            its date and digest.
        width: the width in cells.
        marks: the reader's marks; the note is shown above the summaries.

    Returns:
        Lines of at most ``width`` cells. Very long summaries are truncated, with a warning.
    """
    parts = [_metadata_lines(paper, summaries, marks, width)]
    if note := _note_spans(marks.note):
        parts += [_lines([Span(_("Note"), "caption")], width), _lines(note, width)]
    nonempty = [summary for summary in summaries if summary.markdown.strip()]
    remaining = _MAX_SUMMARY_CHARS
    for summary in nonempty:
        if len(nonempty) > 1:
            caption = ", ".join(filter(None, (summary.date, summary.entry.digest)))
            first, *others = _lines([Span(caption, "caption")], width)
            parts.append([first._replace(starts_summary=True), *others])
        shown = _truncate(summary.markdown, remaining)
        remaining -= len(shown)
        lines = lay_out(_drop_title(parse_blocks(shown), paper.title), width)
        if lines and len(nonempty) == 1:
            lines = [lines[0]._replace(starts_summary=True), *lines[1:]]
        parts.append(lines)
        if omitted := len(summary.markdown) - len(shown):
            warning = ngettext(
                "Too long to show: {number} more character omitted.",
                "Too long to show: {number} more characters omitted.",
                omitted,
            )
            parts.append(_lines([Span(warning.format(number=f"{omitted:,}"), "warning")], width))
    if not nonempty:
        parts.append(_lines([Span(_("No summary."), "muted")], width))
    if len(paper.authors) > _MAX_AUTHORS:
        parts.append(_lines([Span(_("Authors"), "caption")], width))
        parts.append(_lines([Span(", ".join(paper.authors), "muted")], width))
    page: list[Line] = []
    for part in filter(None, parts):
        page += [Line(), *part] if page else part
    return page


def _truncate(markdown: str, max_chars: int) -> str:
    """Return the start of a text, up to the end of a line if possible."""
    if len(markdown) <= max_chars:
        return markdown
    end = markdown.rfind("\n", max_chars // 2, max_chars)
    return markdown[: end if end > 0 else max_chars]


def _metadata_lines(
    paper: Paper, summaries: Sequence[Summary], marks: Marks, width: int
) -> list[Line]:
    lines = _lines([Span(paper.title, "title")], width)
    if authors := paper.authors:
        names = ", ".join(authors)
        if len(authors) > _MAX_AUTHORS:
            shown = authors[: _MAX_AUTHORS // 2]
            more = _("and {number} more").format(number=len(authors) - len(shown))
            names = f"{', '.join(shown)} {_nonbreaking(more)}"
        elif paper.has_more_authors:
            names = f"{names}, {_nonbreaking(ET_AL)}"
        lines += _lines([Span(names, "muted")], width)
    return lines + _lines(_fact_spans(paper, summaries, marks), width)


def _lines(text: Sequence[Span], width: int) -> list[Line]:
    return list(wrap_lines(text, width))


def _note_spans(note: str) -> Sequence[Span]:
    """Return a note with its line breaks, and with URLs turned into links."""
    spans: list[Span] = []
    for line in note.splitlines():
        spans += [*link_urls(line), BREAK]
    return trim_breaks(spans)


def _fact_spans(paper: Paper, summaries: Sequence[Summary], marks: Marks) -> list[Span]:
    """Return votes, dates, links and tags as one text."""
    votes = _("votes unknown")
    if paper.votes is not None:
        votes = ngettext("{number} vote", "{number} votes", paper.votes)
        votes = votes.format(number=paper.votes)
    spans = [Span(_nonbreaking(votes), "votes"), _GAP]
    if paper.dates:
        spans += [Span(", ".join(paper.dates), "muted"), _GAP]
    spans.append(Span(paper.url.partition("://")[2], "link", paper.url))
    if paper.pdf_url and paper.pdf_url != paper.url:
        spans += [_GAP, Span("PDF", "link", paper.pdf_url)]
    thumbnail = next((summary.thumbnail for summary in summaries if summary.thumbnail), None)
    if thumbnail and is_web_url(thumbnail):
        is_video = thumbnail.partition("#")[0].partition("?")[0].lower().endswith(_VIDEO_SUFFIXES)
        spans += [_GAP, Span(_("video") if is_video else _("picture"), "link", thumbnail)]
    if marks.tags:
        spans += [_GAP, Span(" ".join(f"#{tag}" for tag in marks.tags), "label")]
    return spans


def _nonbreaking(text: str) -> str:
    """Replace spaces by non-breaking spaces."""
    return text.replace(" ", "\u00a0")


def _drop_title(blocks: tuple[Block, ...], title: str) -> tuple[Block, ...]:
    """Drop the first heading if it repeats the title."""
    if blocks and isinstance(blocks[0], Heading):
        heading = plain_text(blocks[0].text)
        letters = _letters_and_digits(heading)
        if heading == title or (letters and letters == _letters_and_digits(title)):
            return blocks[1:]
    return blocks


def _letters_and_digits(text: str) -> str:
    """Return the normalized letters and digits, to compare titles without quotes and LaTeX."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text).casefold()))


def collect_links(lines: Iterable[Line]) -> list[tuple[str, str]]:
    """Return the text and URL of each link, in the order of the page.

    A link that changes its style or continues on the next line is returned as one link.

    Args:
        lines: the lines of a page.

    Returns:
        Each URL once, with the text of its first link.
    """
    texts: dict[str, str] = {}
    last_url, is_first = "", False
    for line in lines:
        separator = line.separator
        if separator == "\n":
            last_url = ""
        chars_to_skip = 0 if separator == "\n" else line.indent_chars
        for span in line.spans:
            if chars_to_skip > 0:
                chars_to_skip -= len(span.text)
                continue
            if span.href and span.href != last_url:
                is_first = span.href not in texts
                separator = ""
            if span.href and is_first:
                texts[span.href] = texts.get(span.href, "") + separator + span.text
            last_url, separator = span.href, ""
    return [(text.replace("\u00a0", " "), url) for url, text in texts.items()]
