"""Export to a digest: a page to share, with comments, that Broadsheet reads again.

The format is that of the dialect ``broadsheet``, which describes it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tui.digests.dialects.broadsheet import FIRST_LINE, PaperSection, format_section, format_title
from tui.library.export import ExportRecord
from tui.models import ET_AL, UNDATED


def render(records: Iterable[ExportRecord], title: str) -> Iterator[str]:
    """Yield a page with a part for each paper and day, the newest day of a paper first.

    Args:
        records: the papers.
        title: the heading of the page.
    """
    yield f"{FIRST_LINE}\n\n# {format_title(title)}\n"
    for record in records:
        for section in _sections(record):
            yield f"\n{format_section(section)}\n"


def _sections(record: ExportRecord) -> Iterator[PaperSection]:
    """Yield the parts of a paper; the votes and the reader's note are in the first."""
    paper, marks, summaries = record
    days = {*paper.dates, *(summary.entry.date for summary in summaries)} or {UNDATED}
    for number, day in enumerate(sorted(days, reverse=True)):
        of_day = [summary for summary in summaries if summary.entry.date == day]
        yield PaperSection(
            paper_id=paper.paper_id,
            url=paper.url,
            title=paper.title,
            day=day,
            votes=None if number else paper.votes,
            authors=(*paper.authors, ET_AL) if paper.has_more_authors else paper.authors,
            categories=() if number else paper.categories,
            published=next((each.published for each in of_day if each.published), None),
            picture=next((each.thumbnail for each in of_day if each.thumbnail), None),
            comment="" if number else marks.note,
            quotes=tuple(each.markdown for each in of_day if each.markdown),
        )
