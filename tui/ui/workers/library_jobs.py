"""What the main screen does with the library in worker threads.

Load papers and summaries, sync, and open the library again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set
from contextlib import suppress
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, NamedTuple

from textual.message import Message

from tui.library.library import Library
from tui.library.omissions import OmissionRules
from tui.library.papers_on_demand import PapersOnDemand, papers_among
from tui.library.scope import FOR_YOU_QUERY, NEW_QUERY, Scope
from tui.library.view import View, can_sort_by
from tui.marks.store import MarkStore
from tui.models import Paper
from tui.query.query import Query
from tui.runtime.task import Task
from tui.runtime.tuning import INPUT_PRIORITY, release_memory
from tui.storage.tables import StorageError
from tui.ui.messages import (
    LibraryOutdated,
    LibraryReloaded,
    PapersLoaded,
    SourcesRetargeted,
    SummariesLoaded,
    ValuesLoaded,
)
from tui.ui.workers.jobs import Job, JobGroup, JobRunner

if TYPE_CHECKING:
    from tui.query.relevance import Scores

_PAPERS_PER_YIELD = 1000
"""Papers of a very large library that are read before yielding to input."""

PARTIAL_RESULTS_SECONDS = 0.1
"""Time between two posts of what a running search has found so far, at least."""

PARTIAL_RESULTS_SHARE = 0.4
"""The same as a share of the time that the search has taken: showing many papers takes long."""


class CurrentLibrary:
    """Holds the current library, which is replaced as a whole when its caches change."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self.is_awaiting_sync = True
        """Whether what a sync reads is not shown yet, so that papers may be missing."""

    def get(self) -> Library:
        """Return the current library."""
        return self._library

    def replace(self, library: Library) -> None:
        """Replace the current library, and free the memory of the old one."""
        if library is not self._library:
            # The start-up options hold on to the first library until the program ends.
            self._library.clear_caches()
        self._library = library


class PaperLoader(NamedTuple):
    """Loads papers and summaries; a new request cancels the one before it.

    Attributes:
        jobs: runs the jobs.
        library: the library to read.
        marks: the reader's marks, for queries about them.
        omission_rules: decide which papers do not count.
    """

    jobs: JobRunner
    library: CurrentLibrary
    marks: MarkStore
    omission_rules: OmissionRules

    def load_papers(self, view: View, keep: Set[str] = frozenset()) -> None:
        """Find the papers of a view; posts ``PapersLoaded``, several times if it takes long.

        Args:
            view: the papers to search, and the query. If its order needs all papers of a very large
                library, they are all read.
            keep: ids of papers to include even if their marks no longer match the query.
        """
        work = partial(self._find_papers, self.library.get(), view, keep)
        self.jobs.start(JobGroup.PAPERS, work)

    def cancel_papers(self) -> None:
        """Stop looking for papers."""
        self.jobs.cancel(JobGroup.PAPERS)

    def load_summaries(self, paper: Paper) -> None:
        """Read a paper's summaries; posts ``SummariesLoaded``."""
        work = partial(read_summaries, self.library.get(), paper)
        self.jobs.start(JobGroup.SUMMARIES, work)

    def load_values(self, field: str) -> None:
        """Collect the values of a field, to complete queries; posts ``ValuesLoaded``."""
        self.jobs.start(JobGroup.VALUES, partial(_collect_values, self.library.get(), field))

    def _find_papers(
        self, library: Library, view: View, keep: Set[str], job: Job
    ) -> Message | None:
        scope, query = view.scope, view.query
        scores: Scores = {}
        papers = found = self._papers_in(
            library, scope, keep, job, scores=scores, with_replaced=query.needs_replaced
        )
        if query.clauses:
            found = self._search(library, papers, query, keep, job, scores=scores, shown_in=scope)
        if isinstance(found, PapersOnDemand):
            papers = found = _prepared(found, view, job)
        if job.is_cancelled():
            return None
        # So that the list need not read them on the event loop.
        self.marks.load_all()
        self.omission_rules.find_muted(library, scope, papers, Task(is_cancelled=job.is_cancelled))
        keep_shown = partial(self.omission_rules.of(scope, query, ()).keep, period=scope.period)
        # What is left out of the results is counted where it is shown.
        total = len(keep_shown(papers)) + len(found) - len(keep_shown(found))
        return PapersLoaded(scope, query, found, total)

    def _papers_in(
        self,
        library: Library,
        scope: Scope,
        keep: Set[str],
        job: Job,
        *,
        scores: Scores,
        with_replaced: bool,
    ) -> Sequence[Paper]:
        if scope.similar_to:
            from tui.library.search.similar import similar_papers

            task, paper = Task(is_cancelled=job.is_cancelled), library.paper(scope.similar_to)
            return similar_papers(library, paper, task=task) if paper else ()
        if scope.query_text == NEW_QUERY:
            # Reads only the months of the new papers.
            return library.papers_by_id(library.arrivals)
        scope_query = scope.query()
        with_replaced = with_replaced or scope_query.needs_replaced
        if scope.query_text == FOR_YOU_QUERY:
            from tui.library.ranking.recommended import recent_papers

            # Reads only the months of the last days.
            papers = recent_papers(library)
        else:
            papers = library.papers(scope.period, with_replaced=with_replaced)
        if not scope.query_text:
            return papers
        found = self._search(library, papers, scope_query, keep, job, scores=scores)
        if scope.is_reading_list:
            from tui.marks.reading_list import in_reading_order

            return in_reading_order(found, self.marks)
        return found

    def _search(
        self,
        library: Library,
        papers: Sequence[Paper],
        query: Query,
        keep: Set[str],
        job: Job,
        *,
        scores: Scores,
        shown_in: Scope | None = None,
    ) -> Sequence[Paper]:
        """Search papers. With ``shown_in``, post what is found so far as papers of that scope."""
        from tui.library.search.search import search_in_batches
        from tui.query.relevance import RankedPapers

        found: list[Paper] = []
        began = posted_at = monotonic()
        task = Task(is_cancelled=job.is_cancelled)
        search = search_in_batches(library, papers, query, self.marks, task, scores=scores)
        for searched, part in search:
            found += part
            pause = max(PARTIAL_RESULTS_SECONDS, PARTIAL_RESULTS_SHARE * (posted_at - began))
            is_due = searched < len(papers) and monotonic() - posted_at > pause
            if shown_in is not None and is_due and not job.is_cancelled():
                so_far = RankedPapers(found, scores)
                job.post(PapersLoaded(shown_in, query, so_far, len(papers), searched))
                posted_at = monotonic()
        if keep and query.needs_marks:
            ids = keep | {paper.paper_id for paper in found}
            found = list(papers_among(papers, ids))
        return RankedPapers(found, scores)


def _prepared(papers: PapersOnDemand, view: View, job: Job) -> Sequence[Paper]:
    """Read what a list shows first; return all papers in memory if its order requires that."""
    if can_sort_by(papers, view.order):
        papers.voted()
        return papers if papers.sample else ()
    found: list[Paper] = []
    for number, paper in enumerate(papers):
        if number % _PAPERS_PER_YIELD == 0:
            INPUT_PRIORITY.yield_to_input()
            if job.is_cancelled():
                break
        found.append(paper)
    return found


def _collect_values(library: Library, field: str, job: Job) -> Message | None:
    from tui.library.search.field_values import library_values

    values = library_values(library, field, Task(is_cancelled=job.is_cancelled))
    return None if job.is_cancelled() else ValuesLoaded(field, values)


def read_summaries(library: Library, paper: Paper, job: Job) -> SummariesLoaded | None:
    """Read a paper's summaries, and why it matches; None if the job was cancelled."""
    # Imported here so that the viewer does not import it on the event loop.
    import tui.ui.typeset.paper_page  # noqa: F401

    summaries = library.summaries(paper)
    if not summaries and (current := library.paper(paper.paper_id)) is not None:
        # Its digest was read again after the list was loaded.
        summaries = library.summaries(current)
    why = ""
    if library.has_ranking:
        from tui.library.ranking.match_explanation import explain

        why = explanation.text if (explanation := explain(library, paper)) else ""
    return None if job.is_cancelled() else SummariesLoaded(paper, summaries, why)


class LibraryUpdater(NamedTuple):
    """Reads changed digests into the caches, and opens the library again after that.

    Attributes:
        jobs: runs the jobs.
        library: the current library.
        marks: the reader's marks.
        on_marks_changed: called in a worker thread when another process has changed marks.
    """

    jobs: JobRunner
    library: CurrentLibrary
    marks: MarkStore
    on_marks_changed: Callable[[], None]

    @property
    def is_syncing(self) -> bool:
        """Whether a sync is running."""
        return self.jobs.is_running(JobGroup.SYNC)

    def sync(self, *, rebuild: bool = False, pull: bool = False) -> None:
        """Read changed digests; posts ``SyncProgressed`` and then ``SyncFinished``.

        Does nothing while another sync is running: restarting would only repeat its work.

        Args:
            rebuild: read all digests again, not only the changed ones.
            pull: pull cloned repositories first.
        """
        if not self.is_syncing:
            work = partial(_sync, self.library.get(), rebuild=rebuild, pull=pull)
            self.jobs.start(JobGroup.SYNC, work)

    def stop_sync(self) -> None:
        """Stop the running sync."""
        self.jobs.cancel(JobGroup.SYNC)

    def reload(self, *, is_automatic: bool = False, announce: bool = False) -> None:
        """Open the library again; posts ``LibraryReloaded``.

        Args:
            is_automatic: whether the reader did not request the change.
            announce: whether to count what is new.
        """
        library = self.library.get()
        work = partial(_reload, library, is_automatic=is_automatic, announce=announce)
        self.jobs.start(JobGroup.RELOAD, work)

    def is_outdated(self) -> bool:
        """Return whether other processes may have changed something. Thread-safe."""
        library = self.library.get()
        with suppress(StorageError, OSError):
            return (
                self.marks.is_outdated()
                or any(cache.is_retargeted() for cache in library.caches)
                or library.is_outdated()
            )
        return False

    def reload_if_changed(self) -> None:
        """Check for changes by other processes; posts ``LibraryOutdated`` if there are any.

        Does nothing while a check is running, which takes long on a slow network drive, or while
        this process is changing the caches itself.
        """
        if not self.jobs.is_running(JobGroup.CHECK, JobGroup.RELOAD, JobGroup.SYNC):
            self.jobs.start(JobGroup.CHECK, partial(self._check, self.library.get()))

    def _check(self, library: Library, job: Job) -> Message | None:
        if self.marks.refresh():
            self.on_marks_changed()
        if any(cache.is_retargeted() for cache in library.caches):
            return SourcesRetargeted()
        # An unreadable cache may be readable again at the next check.
        with suppress(StorageError, OSError):
            if library.is_outdated():
                current = _reopen(library)
                if current is None:
                    return None
                new_papers = len(current.days_by_id.keys() - library.days_by_id.keys())
                if not job.is_cancelled():
                    return LibraryOutdated(current, library, new_papers)
        return None


def _sync(library: Library, job: Job, *, rebuild: bool, pull: bool) -> Message:
    # The first screen shows what is cached and does not need the digest readers.
    from tui.ui.workers.source_jobs import sync_all

    finished = sync_all(library.caches, job, rebuild=rebuild, pull=pull)
    release_memory()
    return finished


def _reopen(library: Library) -> Library | None:
    """Open a library again; None if a file can no longer be read.

    The papers that are shown stay then, and the error is added to the old library.
    """
    current = Library(library.caches, before=library)
    new_errors = [error for error in current.read_errors if error not in library.read_errors]
    library.read_errors += new_errors
    return None if new_errors else current


def _reload(library: Library, job: Job, *, is_automatic: bool, announce: bool) -> Message | None:
    current = _reopen(library)
    if current is None:
        return None
    new_papers, new_days = 0, []
    if announce:
        before = set(library.period_counts.days())
        new_days = [day for day in current.period_counts.days() if day not in before]
        new_papers = len(current.days_by_id.keys() - library.days_by_id.keys())
    if job.is_cancelled():
        return None
    return LibraryReloaded(current, is_automatic, new_papers, new_days)
