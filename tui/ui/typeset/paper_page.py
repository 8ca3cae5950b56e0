"""The page of a paper: its metadata, note and summaries, and the links on it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

from rich.cells import cell_len

from tui.i18n import _, ngettext
from tui.models import NO_MARKS, Marks, Paper, Summary
from tui.ui.typeset.blocks import Block, Heading, parse_blocks
from tui.ui.typeset.header import MAX_AUTHORS, full_header
from tui.ui.typeset.inline import link_urls, plain_text, trim_breaks
from tui.ui.typeset.layout import lay_out
from tui.ui.typeset.spans import BREAK, Line, Span
from tui.ui.typeset.wrap import wrap_lines

LATIN_LINE_WIDTH = 80
"""Cells of a line of a text in Latin letters; longer lines are tiring to read."""

WIDE_LINE_WIDTH = 92
"""Cells of a line of a text in Korean, Chinese or Japanese, which has fewer characters."""

_MEASURED_CHARS = 600

_MAX_SUMMARY_CHARS = 50_000
"""Limit for all summaries of a page together, twenty times the longest real ones.

Laying out ten megabytes, or one megabyte of some texts, blocks the keyboard for seconds.
"""


def line_width(summaries: Iterable[Summary]) -> int:
    """Return how many cells a line of these summaries should have at most."""
    return text_line_width(next((each.markdown for each in summaries if each.markdown.strip()), ""))


def text_line_width(text: str) -> int:
    """Return how many cells a line of a text should have at most."""
    text = text[:_MEASURED_CHARS]
    return WIDE_LINE_WIDTH if cell_len(text) > 1.2 * len(text) else LATIN_LINE_WIDTH


def typeset_page(
    paper: Paper,
    summaries: Sequence[Summary],
    width: int,
    marks: Marks = NO_MARKS,
    header: Sequence[Line] | None = None,
) -> list[Line]:
    """Lay out a paper and its summaries.

    Args:
        paper: the paper.
        summaries: its summaries, newest first; if there are several, each gets a caption with
            its date and digest.
        width: the width in cells.
        marks: the reader's marks; the note is shown above the summaries.
        header: the lines above them; None for the full header.

    Returns:
        Lines of at most ``width`` cells. Very long summaries are truncated, with a warning.
    """
    if header is None:
        header = full_header(paper, summaries, marks, width)
    parts = [list(header)]
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
        lines = lay_out(drop_title(parse_blocks(shown), paper.title), width)
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
    if len(paper.authors) > MAX_AUTHORS:
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


def _lines(text: Sequence[Span], width: int) -> list[Line]:
    return list(wrap_lines(text, width))


def _note_spans(note: str) -> Sequence[Span]:
    """Return a note with its line breaks, and with URLs turned into links."""
    spans: list[Span] = []
    for line in note.splitlines():
        spans += [*link_urls(line), BREAK]
    return trim_breaks(spans)


def drop_title(blocks: tuple[Block, ...], title: str) -> tuple[Block, ...]:
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
