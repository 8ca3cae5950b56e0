"""The pages of triage: one paper with its summary, and what was decided."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from rich.cells import cell_len

from tui.i18n import N_, _, ngettext
from tui.library.triage_session import Decision, Triage
from tui.models import Marks, Paper, Summary
from tui.terminal.glyphs import current_glyphs
from tui.ui.typeset.cell_width import fit, truncate
from tui.ui.typeset.header import preview_header
from tui.ui.typeset.paper_page import typeset_page
from tui.ui.typeset.spans import Line, Span
from tui.ui.typeset.title import typeset_title
from tui.ui.typeset.wrap import wrap

_TITLE_LINES = 3

_NAMES = {
    Decision.STAR: N_("Starred"),
    Decision.LATER: N_("Reading list"),
    Decision.TAG: N_("Tagged"),
    Decision.OPEN: N_("Opened"),
    Decision.READ: N_("Read"),
    Decision.HIDE: N_("Hidden"),
    Decision.SKIP: N_("Skipped"),
    Decision.NOTE: N_("With a note"),
}

_LISTED = (Decision.STAR, Decision.LATER, Decision.TAG, Decision.OPEN, Decision.NOTE)
"""Decisions whose papers are listed at the end; of the others, only the number counts."""


def typeset_card(
    paper: Paper,
    summaries: Sequence[Summary],
    marks: Marks,
    why: str,
    width: int,
    *,
    max_lines: int | None,
    draw_picture: Callable[[int, int], list[Line]],
) -> list[Line]:
    """Lay out a paper to decide about.

    Args:
        paper: the paper.
        summaries: its summaries, newest first.
        marks: the reader's marks.
        why: how well it matches what the reader chose, and why; may be empty.
        width: in cells.
        max_lines: lines after which the summary is cut; None shows all of it.
        draw_picture: returns the lines of its picture, given the number of lines above it and the
            width; none for no picture.
    """
    header = preview_header(paper, summaries, marks, width, why=why, title_lines=_TITLE_LINES)
    page = typeset_page(paper, summaries[:1], width, marks, header)
    page[len(header) : len(header)] = draw_picture(len(header), width)
    if max_lines is not None and len(page) > max_lines:
        ellipsis = Line((Span(current_glyphs().ellipsis, "muted"),))
        page = [*page[: max(max_lines - 1, 0)], ellipsis]
    return page


def decided_text(number: int) -> str:
    """Return how many papers were decided about."""
    text = ngettext("{number} paper decided", "{number} papers decided", number)
    return text.format(number=f"{number:,}")


def typeset_results(triage: Triage, hints: Sequence[str], width: int) -> list[Line]:
    """Lay out what was decided about the papers.

    Args:
        triage: the triage.
        hints: what the reader can do now, in sentences.
        width: in cells.
    """
    papers: Mapping[Decision, list[Paper]] = {each: triage.decided(each) for each in Decision}
    lines = [Line((Span(decided_text(triage.decided_count), "title"),)), Line()]
    label_width = max(cell_len(_(name)) for name in _NAMES.values())
    for decision in Decision:
        if count := len(papers[decision]):
            label = fit(_(_NAMES[decision]), label_width)
            lines.append(Line((Span(f"{label}  ", "muted"), Span(f"{count:>4}", "votes"))))
    for decision in _LISTED:
        if papers[decision]:
            lines += [Line(), Line((Span(_(_NAMES[decision]), "caption"),))]
            lines += [
                Line((Span(truncate(typeset_title(paper.title), width)),))
                for paper in papers[decision]
            ]
    wrapped = (line for hint in hints for line in wrap([Span(hint, "muted")], width))
    return [*lines, Line(), *(Line(tuple(line)) for line in wrapped)]
