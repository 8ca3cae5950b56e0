"""Load papers and summaries in worker threads."""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set
from functools import partial
from time import monotonic

from textual.message import Message

from tui.library.library import Library
from tui.library.scope import Scope
from tui.marks import MarkStore
from tui.models import Paper
from tui.query.query import Query
from tui.runtime.task import Task
from tui.ui.messages import PapersLoaded, SummariesLoaded
from tui.ui.workers.jobs import Job, JobGroup, JobRunner
from tui.ui.workers.library_updater import CurrentLibrary

PARTIAL_RESULTS_SECONDS = 0.1
"""Time after which a search posts what it has found so far, and again each time it has passed."""


class PaperLoader:
    """Loads papers and summaries; a new request cancels the one before it.

    Args:
        jobs: runs the jobs.
        library: the library to read.
        marks: the reader's marks, for queries about them.
    """

    def __init__(self, jobs: JobRunner, library: CurrentLibrary, marks: MarkStore) -> None:
        self._jobs = jobs
        self._library = library
        self._marks = marks

    def load_papers(self, scope: Scope, query: Query, keep: Set[str] = frozenset()) -> None:
        """Find the papers of a scope; posts ``PapersLoaded``, several times if it takes long.

        Args:
            scope: the papers to search.
            query: the query.
            keep: ids of papers to include even if their marks no longer match the query.
        """
        work = partial(self._find_papers, self._library.get(), scope, query, keep)
        self._jobs.start(JobGroup.PAPERS, work)

    def load_summaries(self, paper: Paper) -> None:
        """Read a paper's summaries; posts ``SummariesLoaded``."""
        work = partial(_read_summaries, self._library.get(), paper)
        self._jobs.start(JobGroup.SUMMARIES, work)

    def _find_papers(
        self, library: Library, scope: Scope, query: Query, keep: Set[str], job: Job
    ) -> Message | None:
        papers = found = self._papers_in(library, scope, keep, job)
        if query.clauses:
            total = len(papers)

            def post_partial(so_far: Sequence[Paper], searched: int) -> None:
                if not job.is_cancelled():
                    job.post(PapersLoaded(scope, query, so_far, total, searched))

            found = self._search(library, papers, query, keep, job, post_partial=post_partial)
        return None if job.is_cancelled() else PapersLoaded(scope, query, found, len(papers))

    def _papers_in(
        self, library: Library, scope: Scope, keep: Set[str], job: Job
    ) -> Sequence[Paper]:
        if scope.similar_to:
            from tui.library.search.similar import similar_papers

            task, paper = Task(is_cancelled=job.is_cancelled), library.paper(scope.similar_to)
            return similar_papers(library, paper, task=task) if paper else ()
        papers = library.papers(scope.period)
        if not scope.query_text:
            return papers
        return self._search(library, papers, scope.query(), keep, job)

    def _search(
        self,
        library: Library,
        papers: Sequence[Paper],
        query: Query,
        keep: Set[str],
        job: Job,
        *,
        post_partial: Callable[[Sequence[Paper], int], None] = lambda _so_far, _searched: None,
    ) -> list[Paper]:
        from tui.library.search.search import search_in_batches

        found: list[Paper] = []
        posted_at = monotonic()
        for searched, part in search_in_batches(
            library, papers, query, self._marks, Task(is_cancelled=job.is_cancelled)
        ):
            found += part
            if searched < len(papers) and monotonic() - posted_at > PARTIAL_RESULTS_SECONDS:
                post_partial(found.copy(), searched)
                posted_at = monotonic()
        if not (keep and query.needs_marks):
            return found
        ids = keep | {paper.arxiv_id for paper in found}
        return [paper for paper in papers if paper.arxiv_id in ids]


def _read_summaries(library: Library, paper: Paper, job: Job) -> Message | None:
    # Imported here so that the viewer does not import it on the event loop.
    import tui.ui.typeset.paper_page  # noqa: F401

    summaries = library.summaries(paper)
    if not summaries and (current := library.paper(paper.arxiv_id)) is not None:
        # Its digest was read again after the list was loaded.
        summaries = library.summaries(current)
    return None if job.is_cancelled() else SummariesLoaded(paper, summaries)
