"""What takes time, in worker threads. The answers are messages; the screen decides about them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from textual.message import Message
from textual.screen import Screen
from textual.worker import get_current_worker

from tui.library import Library
from tui.marks import MarkStore
from tui.messages import LibraryOpened, PapersLoaded, SummariesLoaded, Tallied
from tui.model import Paper
from tui.query import Query
from tui.screens.syncing import sync_all
from tui.shelf import Shelf


class Loader:
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

    def papers(self, library: Library, shelf: Shelf, query: Query) -> None:
        """Find the papers of a shelf; answers with ``PapersLoaded``."""
        self._run("papers", partial(self._find_papers, library, shelf, query))

    def summaries(self, library: Library, paper: Paper) -> None:
        """Read a paper's summaries; answers with ``SummariesLoaded``."""
        self._run("summaries", partial(self._read_summaries, library, paper))

    def tally(self, library: Library) -> None:
        """Count what the reader marked and kept; answers with ``Tallied``."""
        self._run("tally", partial(self._tally, library))

    def reopen(self, library: Library) -> None:
        """Open the library as it is now; answers with ``LibraryOpened``."""
        self._run("reopen", partial(self._reopen, library))

    def sync(self, library: Library, *, rebuild: bool = False) -> None:
        """Read changed digests, or all; tells of it with ``SyncMoved``, at last ``SyncEnded``.

        One that is under way is left to go on: to begin anew would only cost what it has done.
        """
        if not self._is_syncing():
            self._syncs += 1
            self._run("sync", partial(self._sync, library, self._syncs, rebuild=rebuild))

    def _is_syncing(self) -> bool:
        workers = self._screen.workers
        return any(worker.group == "sync" and not worker.is_finished for worker in workers)

    def stop_sync(self) -> None:
        """Stop reading digests."""
        self._screen.workers.cancel_group(self._screen, "sync")

    def _run(self, group: str, work: Callable[[], None]) -> None:
        self._screen.run_worker(work, group=group, exclusive=True, thread=True, exit_on_error=False)

    def _answer(self, message: Message) -> None:
        """Post a message, unless nobody waits for it any more."""
        if not get_current_worker().is_cancelled:
            self._screen.post_message(message)

    def _find_papers(self, library: Library, shelf: Shelf, query: Query) -> None:
        worker = get_current_worker()
        papers = found = self._papers_on(library, shelf, lambda: worker.is_cancelled)
        if query.clauses:
            found = self._found(library, papers, query)
        self._answer(PapersLoaded(shelf, query, found, len(papers)))

    def _papers_on(
        self, library: Library, shelf: Shelf, cancelled: Callable[[], bool]
    ) -> Sequence[Paper]:
        if shelf.like:
            from tui.nearest import nearest

            paper = library.paper(shelf.like)
            return nearest(library, paper, cancelled=cancelled) if paper else ()
        papers = library.papers(shelf.period)
        return self._found(library, papers, shelf.query()) if shelf.text else papers

    def _found(self, library: Library, papers: Sequence[Paper], query: Query) -> list[Paper]:
        from tui.search import search

        worker = get_current_worker()
        return list(search(library, papers, query, self._marks, lambda: worker.is_cancelled))

    def _reopen(self, library: Library) -> None:
        self._answer(LibraryOpened(Library(library.caches, before=library)))

    def _tally(self, library: Library) -> None:
        # Wanted only when the first screen is there.
        from tui.saved_views import load_views
        from tui.tally import take_tally

        by_others = self._marks.refresh()
        views, problems = load_views(self._views_file)
        tally = take_tally(library, self._marks, views)
        self._answer(Tallied(tally, by_others, problems, next(iter(self._marks.damage), "")))

    def _read_summaries(self, library: Library, paper: Paper) -> None:
        # Imported by the worker, so that the viewer need not wait for it on the event loop.
        import tui.typeset.page  # noqa: F401

        self._answer(SummariesLoaded(paper, library.summaries(paper)))

    def _sync(self, library: Library, number: int, *, rebuild: bool) -> None:
        worker = get_current_worker()

        def post(message: Message) -> None:
            # One that was stopped ends a little later; by then another may have been begun.
            if number == self._syncs:
                self._screen.post_message(message)

        sync_all(library.caches, post, lambda: worker.is_cancelled, rebuild=rebuild)
