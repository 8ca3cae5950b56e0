"""Find the next paper on other days, in a worker thread."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from tui.library.omissions import OmissionRules
from tui.library.scope import Scope, SidebarCounts, unread_count
from tui.library.view import View
from tui.marks.store import MarkStore
from tui.models import Paper
from tui.ui.messages import PaperFound
from tui.ui.workers.jobs import Job, JobGroup, JobRunner
from tui.ui.workers.library_jobs import CurrentLibrary

if TYPE_CHECKING:
    from tui.library.library import Library


class PaperFinder(NamedTuple):
    """Goes through the days before or after those of a view; posts ``PaperFound``.

    Attributes:
        jobs: runs the jobs.
        library: the library to read.
        marks: the reader's marks.
        omission_rules: decide which papers lists leave out.
    """

    jobs: JobRunner
    library: CurrentLibrary
    marks: MarkStore
    omission_rules: OmissionRules

    def find(
        self, view: View, cursor: str | None, by: int, unread_counts: SidebarCounts | None = None
    ) -> None:
        """Find the nearest older (1) or newer (-1) day with a paper that the view would show.

        Args:
            view: the view, of a period; its threshold and order apply.
            cursor: id of the paper under the cursor.
            by: the direction.
            unread_counts: look for an unread paper, first in this direction and then from the other
                end; the counts say on which days there may be one. None for any paper, in this
                direction only.
        """
        not_found = PaperFound(view, cursor, by)
        work = partial(self._find, self.library.get(), not_found, unread_counts)
        self.jobs.start(JobGroup.STEP, work)

    def _find(
        self, library: Library, not_found: PaperFound, unread_counts: SidebarCounts | None, job: Job
    ) -> PaperFound | None:
        counts = library.period_counts
        ahead, behind = days_around(counts.days(), not_found.view.period, not_found.by)
        days: Iterable[str] = ahead
        if unread_counts is not None:
            days = (
                day
                for day in chain(ahead, behind)
                if unread_count(unread_counts, counts.counts, day) != 0
            )
        for day in days:
            if job.is_cancelled():
                return None
            view = not_found.view._replace(scope=Scope(day))
            listed = listed_papers(library, view, self.omission_rules)
            paper = self._first(listed, not_found.by, unread=unread_counts is not None)
            if paper is not None:
                return PaperFound(
                    not_found.view, not_found.cursor, not_found.by, day, paper.paper_id
                )
        return not_found

    def _first(self, papers: Sequence[Paper], by: int, *, unread: bool) -> Paper | None:
        in_order = papers if by > 0 else reversed(papers)
        marks_of = self.marks.get
        return next((p for p in in_order if not (unread and marks_of(p.paper_id).read)), None)


def listed_papers(library: Library, view: View, rules: OmissionRules) -> Sequence[Paper]:
    """Return the papers that a view of a day would show, in its order; in a worker."""
    papers = library.papers(view.period)
    rules.find_muted(library, view.scope, papers)
    return view.listing(papers, 0, rules.of(view.scope, view.query, papers)).papers


def days_around(days: Sequence[str], period: str, by: int) -> tuple[list[str], list[str]]:
    """Return the days outside a period: those in a direction, and then those from the other end.

    Args:
        days: all days, newest first.
        period: the period.
        by: 1 for older days, -1 for newer ones.
    """
    older = [day for day in days if day < period]
    newer = [day for day in days if day > period and not day.startswith(period)]
    return (older, newer) if by > 0 else (newer[::-1], older[::-1])
