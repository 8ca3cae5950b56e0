"""The panes with a library behind them that is kept up to date with its digests."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from textual import on
from textual.timer import Timer
from textual.worker import Worker, WorkerState

from tui.config.keybindings import first_key_label
from tui.i18n import _, ngettext
from tui.library.library import Library
from tui.library.periods import format_period
from tui.models import Problem
from tui.runtime import garbage_collector as garbage
from tui.ui.messages import LibraryReloaded, SyncFinished, SyncProgressed
from tui.ui.screens.main.panes import PaneScreen
from tui.ui.screens.main.startup import StartupOptions
from tui.ui.widgets.date_sidebar import DateSidebar
from tui.ui.widgets.key_bar import KeyBar
from tui.ui.widgets.paper_table import PaperTable
from tui.ui.widgets.summary_viewer import SummaryViewer
from tui.ui.workers.errors import told
from tui.ui.workers.loader import BackgroundLoader

REOPEN = 0.4
"""Seconds between two looks at a library that is being filled."""

THEIRS = "digests of others"
"""The kind of problems that another user sees to."""

PATIENCE = 1.0
"""Seconds for the first summary to be seen, before digests are read in any case."""

LOOK = 1.0
"""Seconds between two looks at what other processes did."""

BY_ITSELF = ("look", "tally")
"""Kinds of workers that the reader does not ask for."""


class LibraryScreen(PaneScreen):
    """Reads changed digests once the first screen is seen, and whenever it is asked to.

    Args:
        opening: what to open, and what is remembered of the last time.
    """

    def __init__(self, opening: StartupOptions) -> None:
        settings, session = opening.settings, opening.session
        super().__init__(
            sidebar=DateSidebar(id="sidebar"),
            table=PaperTable(settings.columns, opening.marks.get, id="table"),
            viewer=SummaryViewer(id="viewer"),
            keys=KeyBar(settings.keymap, id="keys"),
            notice=opening.notice,
            table_share=session.table_share,
            show_sidebar=session.sidebar,
        )
        self.opening = opening
        self.library: Library = opening.library
        self.loader = BackgroundLoader(self, opening.marks, opening.views_file)
        self._problems: dict[str, Sequence[Problem]] = {
            # What can be lost stands first.
            "marks": (),
            "settings": opening.problems,
        }
        self._reopen_timer: Timer | None = None
        self._mended = False
        self._was_asked = False
        self._owes_answer = False
        self._new = 0
        self._new_days: list[str] = []
        self._is_unasked = False
        self._noticed: str | None = None
        self._has_begun = False
        self._failed = ""

    def library_opened(self, library: Library, *, unasked: bool = False) -> None:  # noqa: ARG002
        """Show a library that has changed; a subclass does.

        Args:
            library: as it is now.
            unasked: whether another process changed it: the reader is to be left alone then.
        """
        self.replace_library(library)

    def replace_library(self, library: Library) -> None:
        """Go on with another library."""
        if library is not self.library:
            # The app holds the one it was opened with for good.
            self.library.clear_caches()
        self.library = library

    def sync_turned(self) -> None:
        """Draw what depends on whether digests are being read; a subclass does."""

    def follow_digests(self) -> None:
        """See from now on when digests change; a subclass does."""

    def on_mount(self) -> None:
        """Go on when there is something to look at."""
        self.call_after_refresh(self._first_screen_seen)

    def _first_screen_seen(self) -> None:
        # The command that opened the browser paused it, to be here sooner.
        garbage.resume()
        if self.table.paper is None:
            self.begin()
        else:
            # A summary that cannot be read is no reason not to.
            self.set_timer(PATIENCE, self.begin)

    def begin(self) -> None:
        """Read changed digests, and look at what others do: once the first summary is seen.

        Three threads at once would only keep each other from it.
        """
        if self._has_begun:
            return
        self._has_begun = True
        self.loader.sync(self.library)
        self.loader.tally(self.library)
        self.set_interval(LOOK, self.look)
        self.follow_digests()

    def look(self) -> None:
        """See what other processes did, and say what is new, unless the reader is away."""
        if self.app.app_focus:
            self.loader.look(self.library)
            self._tell_new()

    def _tell_new(self) -> None:
        """Say which days or how many papers are new, once nothing else is being said."""
        if self.status.message:
            return
        if days := sorted(set(self._new_days)):
            many = _("{number} new days, the newest: {day}")
            words = _("1 new day: {day}") if len(days) == 1 else many
            self.status.show_message(words.format(number=len(days), day=format_period(days[-1])))
        elif self._new:
            words = ngettext("{number} new paper.", "{number} new papers.", self._new)
            self.status.show_message(words.format(number=self._new))
        self._new, self._new_days = 0, []

    def key_sign(self, key: str) -> str:
        """Return a key as the reader would write it, by its id."""
        return first_key_label(key, self.opening.settings.keymap)

    @property
    def problems(self) -> list[Problem]:
        """What is odd in settings, kept views and digests, also in those that others see to."""
        return [problem for problems in self._problems.values() for problem in problems]

    def show_problems(self, kind: str, problems: Sequence[Problem]) -> None:
        """Note what is odd in one kind of files, in place of what was before."""
        if problems != self._problems.get(kind, ()):
            self._problems[kind] = problems
            self.sync_turned()

    @property
    def problem_count(self) -> str:
        """How many problems there are that the reader can see to, in words; empty without any."""
        number = len(self.problems) - len(self._problems.get(THEIRS, ()))
        words = ngettext("{number} problem", "{number} problems", number)
        return words.format(number=number) if number else ""

    def action_sync(self) -> None:
        """Pull clones, read digests that changed, and say so if none has."""
        self._was_asked = True
        self._is_unasked = False
        self.loader.sync(self.library, pull=True)
        # The file of kept views may have been edited, too.
        self.loader.tally(self.library)
        self.look()

    def sync_unasked(self) -> None:
        """Read digests that changed by themselves, and leave the reader alone."""
        self._is_unasked = True
        self.loader.sync(self.library)

    def mend(self) -> None:
        """Make the cache anew if something of it could not be read; once is enough to try."""
        if self.library.read_errors and not self._mended:
            self._mended = True
            if all(cache.other_owner() for cache in self.library.caches):
                words = _("The cache cannot be read: {why}")
                self.status.show_message(words.format(why=self.library.read_errors[0]))
                return
            words = _("The cache is made anew: {why}")
            self.status.show_message(words.format(why=self.library.read_errors[0]))
            self.loader.sync(self.library, rebuild=True)

    def action_stop_sync(self) -> None:
        """Stop reading digests; what was read stays."""
        self.loader.stop_sync()

    def action_problems(self) -> None:
        """Show what is odd in the digests."""
        from tui.ui.screens.pages import TextPage, lay_out_problems

        self.app.push_screen(TextPage(partial(lay_out_problems, self.problems)))

    @on(SyncProgressed)
    def _sync_moved(self, message: SyncProgressed) -> None:
        began = not self.status.is_busy
        stop = _("{key} stops").format(key=self.key_sign("digests.stop"))
        self.status.show_progress(message.done, message.total, stop, message.words)
        if began:
            self.sync_turned()
        if message.written and self._reopen_timer is None:
            self._reopen_timer = self.set_timer(REOPEN, self._reopen)

    def _reopen(self) -> None:
        self._reopen_timer = None
        self._open_anew()

    def _open_anew(self) -> None:
        """Show what was read, and say what of it is new to who asked, or did not expect it."""
        tell = self._is_unasked or self._was_asked
        self.loader.reopen(self.library, unasked=self._is_unasked, tell=tell)

    @on(SyncFinished)
    def _sync_ended(self, message: SyncFinished) -> None:
        self.status.show_progress(0, 0, "")
        self._problems["digests"] = message.problems
        self._problems[THEIRS] = message.theirs
        is_told = self._is_unasked and message.notice == self._noticed
        self._noticed = message.notice
        if message.notice:
            # What fails as often as somebody writes a digest is told once.
            if not is_told:
                self.status.show_message(message.notice)
        elif message.cancelled:
            words = _("Stopped. {key} reads the rest.")
            self.status.show_message(words.format(key=self.key_sign("digests.sync")))
        elif self._was_asked and message.kept_by:
            words = _("{user} reads the digests; what is new appears here by itself.")
            self.status.show_message(words.format(user=message.kept_by))
        elif self._was_asked and not message.changed and not self.status.message:
            # A key takes messages away: what is said now was said since, and matters more.
            self.status.show_message(_("No digest has changed."))
        self.sync_turned()
        if message.changed:
            self._owes_answer = self._was_asked
            self._open_anew()
        self._was_asked = self._is_unasked = False

    @on(Worker.StateChanged)
    def _worker_turned(self, event: Worker.StateChanged) -> None:
        """Say so if a worker failed at something that nobody foresaw; the rest goes on."""
        worker = event.worker
        if event.state is not WorkerState.ERROR or worker.error is None:
            return
        if worker.group in {"sync", "fetch"}:
            self.status.show_progress(0, 0, "")
            self._was_asked = False
            self.sync_turned()
        words = told(worker.error)
        # What looks by itself every few seconds would fail as often.
        if worker.group not in BY_ITSELF or words != self._failed:
            self.status.show_message(words)
        self._failed = words

    @on(LibraryReloaded)
    def _library_opened(self, message: LibraryReloaded) -> None:
        if message.library.caches != self.library.caches:
            # A source came meanwhile, of which this one does not know.
            self.loader.reopen(self.library, unasked=True, tell=True)
            return
        self.library_opened(message.library, unasked=message.unasked)
        self._new += message.new
        self._new_days += message.new_days
        self._tell_new()
        if self._owes_answer and not self.status.message:
            # No day and no paper came.
            self.status.show_message(_("Read the digests that changed."))
        self._owes_answer = False
