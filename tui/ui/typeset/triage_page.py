"""The pages of triage: one paper with the beginning of its summary, and what was decided."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from tui.i18n import N_, _, ngettext
from tui.library.triage import Decision, Triage
from tui.models import Marks, Paper, Summary
from tui.ui.typeset.cell_width import truncate
from tui.ui.typeset.header import preview_header
from tui.ui.typeset.paper_page import typeset_page
from tui.ui.typeset.spans import Line, Span
from tui.ui.typeset.title import typeset_title
from tui.ui.typeset.wrap import wrap

MAX_SUMMARY_LINES = 12
"""Lines of the summary: enough to decide, and few bytes over a slow line."""

_TITLE_LINES = 3

_NAMES = {
    Decision.STAR: N_("Starred"),
    Decision.LATER: N_("Reading list"),
    Decision.TAG: N_("Tagged"),
    Decision.OPEN: N_("Opened"),
    Decision.READ: N_("Read"),
    Decision.HIDE: N_("Hidden"),
    Decision.SKIP: N_("Skipped"),
}

_LISTED = (Decision.STAR, Decision.LATER, Decision.TAG, Decision.OPEN)
"""Decisions whose papers are listed at the end; of the others, only the number counts."""


def typeset_card(
    paper: Paper,
    summaries: Sequence[Summary],
    marks: Marks,
    why: str,
    width: int,
    *,
    draw_picture: Callable[[int, int], list[Line]],
    is_whole: bool,
) -> list[Line]:
    """Lay out a paper to decide about.

    Args:
        paper: the paper.
        summaries: its summaries, newest first.
        marks: the reader's marks.
        why: how well it matches what the reader chose, and why; may be empty.
        width: in cells.
        draw_picture: returns the lines of its picture, given the number of lines above it and the
            width; none for no picture.
        is_whole: whether to show more of the summary than its beginning.
    """
    header = preview_header(paper, summaries, marks, width, why=why, title_lines=_TITLE_LINES)
    page = typeset_page(paper, summaries[:1], width, marks, header)
    last = len(header) + 1 + MAX_SUMMARY_LINES
    if not is_whole and len(page) > last:
        page = [*page[:last], Line((Span("⋯", "muted"),))]
    return [*page[: len(header)], *draw_picture(len(header), width), *page[len(header) :]]


def decided_text(triage: Triage) -> str:
    """Return how many papers were decided about."""
    number = sum(len(triage.decided(each)) for each in Decision if each is not Decision.SKIP)
    text = ngettext("{number} paper decided", "{number} papers decided", number)
    return text.format(number=number)


def typeset_results(triage: Triage, hint: str, width: int) -> list[Line]:
    """Lay out what was decided about the papers.

    Args:
        triage: the triage.
        hint: what the reader can do now.
        width: in cells.
    """
    papers: Mapping[Decision, list[Paper]] = {each: triage.decided(each) for each in Decision}
    lines = [Line((Span(decided_text(triage), "title"),)), Line()]
    label_width = max(len(_(name)) for name in _NAMES.values())
    for decision in Decision:
        if count := len(papers[decision]):
            # Korean letters are twice as wide, but a label has letters of one language only.
            label = _(_NAMES[decision]).ljust(label_width)
            lines.append(Line((Span(f"{label}  ", "muted"), Span(f"{count:>4}", "votes"))))
    for decision in _LISTED:
        if papers[decision]:
            lines += [Line(), Line((Span(_(_NAMES[decision]), "caption"),))]
            lines += [
                Line((Span(truncate(typeset_title(paper.title), width)),))
                for paper in papers[decision]
            ]
    return [*lines, Line(), *(Line(tuple(line)) for line in wrap([Span(hint, "muted")], width))]
