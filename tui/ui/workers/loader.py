"""What takes time, in worker threads. The answers are messages; the screen decides about them."""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set
from contextlib import suppress
from functools import partial
from pathlib import Path
from threading import Lock
from time import monotonic, thread_time
from typing import TYPE_CHECKING

from textual.message import Message
from textual.screen import Screen
from textual.worker import get_current_worker

from tui.library.library import Library
from tui.library.scope import Scope
from tui.marks import MarkStore
from tui.models import Paper
from tui.query import Query
from tui.runtime.cooperative import INPUT_PRIORITY
from tui.runtime.garbage_collector import no_full_collection
from tui.storage.tables import StorageError
from tui.task import Task, TaskCancelledError
from tui.ui.messages import (
    LibraryReloaded,
    PapersLoaded,
    SidebarCountsReady,
    SummariesLoaded,
    SyncProgressed,
)

if TYPE_CHECKING:
    from tui.library.sidebar_counts import SavedViewCounter


TELL = 0.1
"""Seconds after which a search tells what it has found so far, again and again."""

DEAR = 0.004
"""Seconds of counting that a reader need not wait for while digests are read."""


class BackgroundLoader:
    """Runs one worker of a kind at a time; a newer one makes the older one's answer void.

    Args:
        screen: gets the messages.
        marks: the reader's.
        views_file: the file of kept views.
    """

    def __init__(self, screen: Screen[None], marks: MarkStore, views_file: Path) -> None:
        self._screen = screen
        self._marks = marks
        self._views_file = views_file
        self._syncs = 0
        self._lock = Lock()
        self._is_tallying = self.is_tally_dear = False
        self._tally_of: Library | None = None
        self._counter: SavedViewCounter | None = None
        self._by_others = False

    def papers(
        self, library: Library, shelf: Scope, query: Query, keep: Set[str] | None = None
    ) -> None:
        """Find the papers of a shelf; answers with ``PapersLoaded``.

        Args:
            library: where to look.
            shelf: what to look through.
            query: what to look for.
            keep: ids of papers that are found whatever their marks have become.
        """
        self._run("papers", partial(self._find_papers, library, shelf, query, keep or frozenset()))

    def summaries(self, library: Library, paper: Paper) -> None:
        """Read a paper's summaries; answers with ``SummariesLoaded``."""
        self._run("summaries", partial(self._read_summaries, library, paper))

    def tally(self, library: Library) -> None:
        """Count what the reader marked and kept; answers with ``SidebarCountsReady``.

        One that is under way goes on, and another follows it: marks may come faster than counts.
        """
        with self._lock:
            self._tally_of = library
            begins, self._is_tallying = not self._is_tallying, True
        if begins:
            self._run("tally", self._tally)

    def reopen(self, library: Library, *, unasked: bool = False, tell: bool = False) -> None:
        """Open the library as it is now; answers with ``LibraryReloaded``.

        Args:
            library: as it was.
            unasked: whether what changed did so by itself.
            tell: whether the reader is to be told what is new: then it is counted.
        """
        self._run("reopen", partial(self._reopen, library, unasked=unasked, tell=tell))

    def sync(self, library: Library, *, rebuild: bool = False, pull: bool = False) -> None:
        """Read changed digests, or all; post ``SyncProgressed`` and then ``SyncFinished``.

        Clones are pulled first if that is asked for.

        One that is under way is left to go on: to begin anew would only cost what it has done.
        """
        if not self._is_running("sync"):
            self._syncs += 1
            work = partial(self._sync, library, self._syncs, rebuild=rebuild, pull=pull)
            self._run("sync", work)

    def look(self, library: Library) -> None:
        """Check for changes by other processes; post ``LibraryReloaded`` or ``SidebarCountsReady``.

        One that takes long, as on a disk far away, is not asked again meanwhile. What a sync of our
        own does is no news.
        """
        if not any(map(self._is_running, ("look", "reopen", "sync"))):
            self._run("look", partial(self._look, library))

    @property
    def is_syncing(self) -> bool:
        """Whether digests are being read."""
        return self._is_running("sync")

    def _is_running(self, group: str) -> bool:
        workers = self._screen.workers
        return any(worker.group == group and not worker.is_finished for worker in workers)

    def stop_sync(self) -> None:
        """Stop reading digests."""
        self._screen.workers.cancel_group(self._screen, "sync")

    def _run(self, group: str, work: Callable[[], None]) -> None:
        # A worker that is done goes round in a circle with its task. What is made next freezes such
        # circles (see garbage), and a library that one of them held would stay for good.
        waiting = [work]

        def begin() -> None:
            INPUT_PRIORITY.begin_work()
            with suppress(TaskCancelledError):
                waiting.pop()()

        self._screen.run_worker(
            begin, group=group, exclusive=True, thread=True, exit_on_error=False
        )

    def _answer(self, message: Message) -> None:
        """Post a message, unless nobody waits for it any more."""
        if not get_current_worker().is_cancelled:
            self._screen.post_message(message)

    def _find_papers(self, library: Library, shelf: Scope, query: Query, keep: Set[str]) -> None:
        papers = found = self._papers_on(library, shelf, keep)
        if query.clauses:
            total = len(papers)

            def tell(so_far: Sequence[Paper], looked: int) -> None:
                self._answer(PapersLoaded(shelf, query, so_far, total, looked))

            found = self._found(library, papers, query, keep, tell)
        self._answer(PapersLoaded(shelf, query, found, len(papers)))

    def _papers_on(self, library: Library, shelf: Scope, keep: Set[str]) -> Sequence[Paper]:
        if shelf.similar_to:
            from tui.library.search.similar import similar_papers

            worker, paper = get_current_worker(), library.paper(shelf.similar_to)
            task = Task(is_cancelled=lambda: worker.is_cancelled)
            return similar_papers(library, paper, task=task) if paper else ()
        papers = library.papers(shelf.period)
        return self._found(library, papers, shelf.query(), keep) if shelf.query_text else papers

    def _found(
        self,
        library: Library,
        papers: Sequence[Paper],
        query: Query,
        keep: Set[str],
        tell: Callable[[Sequence[Paper], int], None] = lambda _so_far, _looked: None,
    ) -> list[Paper]:
        from tui.library.search.search import search_in_batches

        worker = get_current_worker()
        found: list[Paper] = []
        told = monotonic()
        for looked, part in search_in_batches(
            library, papers, query, self._marks, lambda: worker.is_cancelled
        ):
            found += part
            if looked < len(papers) and monotonic() - told > TELL:
                tell(found.copy(), looked)
                told = monotonic()
        if not (keep and query.needs_marks):
            return found
        ids = keep | {paper.arxiv_id for paper in found}
        return [paper for paper in papers if paper.arxiv_id in ids]

    def _reopen(self, library: Library, *, unasked: bool, tell: bool) -> None:
        now = Library(library.caches, before=library)
        if not tell:
            self._answer(LibraryReloaded(now, unasked=unasked))
            return
        before = set(library.period_counts.days())
        days = [day for day in now.period_counts.days() if day not in before]
        new = len(now.ids() - library.ids())
        self._answer(LibraryReloaded(now, unasked=unasked, new=new, new_days=days))

    def _tally(self) -> None:
        try:
            while (library := self._next_to_tally()) is not None:
                began = thread_time()
                tallied = self._tallied(library)
                self.is_tally_dear = thread_time() - began > DEAR
                self._answer(tallied)
        except BaseException:
            self._is_tallying = False
            raise

    def _next_to_tally(self) -> Library | None:
        with self._lock:
            library, self._tally_of = self._tally_of, None
            self._is_tallying = library is not None
            return library

    def _tallied(self, library: Library) -> SidebarCountsReady:
        # Wanted only when the first screen is there.
        from tui.library.saved_views import load_views
        from tui.library.sidebar_counts import SavedViewCounter, count_sidebar

        worker = get_current_worker()
        # Whoever looked for it before left it to be told here.
        by_others = self._marks.refresh() or self._by_others
        self._by_others = False
        views, problems = load_views(self._views_file)
        if self._counter is None or self._counter.library is not library:
            self._counter = SavedViewCounter(library, self._marks)
        tally = count_sidebar(self._marks, views, self._counter, lambda: worker.is_cancelled)
        notice = next(iter(self._marks.read_errors), "")
        return SidebarCountsReady(tally, by_others=by_others, problems=problems, notice=notice)

    def _look(self, library: Library) -> None:
        if self._marks.refresh():
            self._by_others = True
            self._screen.call_later(self.tally, library)
        # What cannot be read now may be the next time.
        with suppress(StorageError, OSError):
            if library.is_outdated():
                now = Library(library.caches, before=library)
                new = len(now.ids() - library.ids())
                self._answer(LibraryReloaded(now, unasked=True, new=new))

    def _read_summaries(self, library: Library, paper: Paper) -> None:
        # Imported by the worker, so that the viewer need not wait for it on the event loop.
        import tui.ui.typeset.page  # noqa: F401

        summaries = library.summaries(paper)
        if not summaries and (now := library.paper(paper.arxiv_id)) is not None:
            # Its digest was read anew since the list was found.
            summaries = library.summaries(now)
        self._answer(SummariesLoaded(paper, summaries))

    def _sync(self, library: Library, number: int, *, rebuild: bool, pull: bool) -> None:
        # It brings along what reads digests; the first screen is of what is cached.
        from tui.ui.workers.sync import sync_all
        from tui.ui.workers.throttle import MessageThrottle

        worker = get_current_worker()
        paced = MessageThrottle(self._screen)

        def post(message: Message) -> None:
            # One that was stopped ends a little later; by then another may have been begun.
            if number != self._syncs:
                return
            if isinstance(message, SyncProgressed) and not message.written:
                paced.post_soon(message)
            else:
                paced.post(message)

        try:
            with no_full_collection():
                sync_all(
                    library.caches, post, lambda: worker.is_cancelled, rebuild=rebuild, pull=pull
                )
        finally:
            paced.drop()
