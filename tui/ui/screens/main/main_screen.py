"""The main screen: composes the panes and connects keys and messages to the controllers.

What happens when a key is pressed: ``tui/config/keybindings.py`` maps the key to an action,
``_bind_actions`` below maps the action to a method of a controller, and that method does the rest.
``_bind_messages`` does the same for what widgets and background jobs post.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar, TypeVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.command import Provider
from textual.geometry import Offset, Size
from textual.message import Message
from textual.reactive import Reactive
from textual.screen import Screen
from textual.widget import Widget
from textual.worker import Worker

from tui.config.keybindings import KeyContext
from tui.config.session import Session
from tui.library.library import Library
from tui.runtime.tuning import resume_collection
from tui.ui import messages
from tui.ui.screens.main.context import MainContext
from tui.ui.screens.main.export_controller import ExportController
from tui.ui.screens.main.link_controller import LinkController
from tui.ui.screens.main.list_controller import ListController
from tui.ui.screens.main.marks_controller import MarksController
from tui.ui.screens.main.navigator import Navigator
from tui.ui.screens.main.panes import PaneLayout
from tui.ui.screens.main.paper_list_model import PaperListModel
from tui.ui.screens.main.problem_list import ProblemList
from tui.ui.screens.main.search_controller import SearchController
from tui.ui.screens.main.sources_controller import SourcesController
from tui.ui.screens.main.startup import StartupOptions
from tui.ui.screens.main.summary_controller import SummaryController
from tui.ui.screens.main.sync_controller import SyncController, SyncReason
from tui.ui.widgets.bindings import bindings
from tui.ui.widgets.text_view import TextView
from tui.ui.workers.jobs import JobRunner
from tui.ui.workers.library_updater import CurrentLibrary, LibraryUpdater
from tui.ui.workers.loader import PaperLoader
from tui.ui.workers.sidebar_counter import SidebarCounter

FIRST_SUMMARY_SECONDS = 1.0
"""How long background work waits for the first summary."""

CHECK_SECONDS = 1.0
"""Time between two checks for changes by other processes."""

_M = TypeVar("_M", bound=Message)


def _commands() -> type[Provider]:
    from tui.ui.screens.command_palette import KeyCommands

    return KeyCommands


class MainScreen(Screen[None]):
    """Sidebar, paper table and summary viewer.

    Args:
        options: what to open, and what is remembered of the last visit.
    """

    AUTO_FOCUS = "#table"
    BINDINGS: ClassVar[list[BindingType]] = bindings(KeyContext.MAIN)
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {_commands}

    # Textual repaints the whole screen when these change. The panes repaint what is necessary.
    focused: Reactive[Widget | None] = Reactive(None, repaint=False)
    virtual_size: Reactive[Size] = Reactive(Size(0, 0), repaint=False)

    def __init__(self, options: StartupOptions) -> None:
        super().__init__()
        self.options = options
        # What happens with sources named on the command line is not remembered.
        session = Session() if options.named_sources else options.session
        self._library = CurrentLibrary(options.library)
        jobs = JobRunner(self)
        self._counter = SidebarCounter(jobs, self._library, options.marks, options.views_file)
        self.updater = LibraryUpdater(
            jobs, self._library, options.marks, self._marks_changed_elsewhere
        )
        self.model = PaperListModel(options.view, session)
        self.panes = PaneLayout(self, options, self._zoom_changed)
        self.problems = ProblemList(options.problems, self._problems_changed)
        context = MainContext(
            self,
            options,
            session,
            self._library,
            jobs,
            self.panes,
            self.model,
            self.problems,
            PaperLoader(jobs, self._library, options.marks),
            self.updater,
            self._counter,
        )
        self.papers = ListController(context, on_loaded=self._caches_read)
        self.summaries = SummaryController(
            context,
            self.papers,
            on_loaded=self._caches_read,
            on_painted=self.start_background_work,
        )
        self.navigator = Navigator(context, self.papers)
        self.search = SearchController(context, self.papers, self.navigator)
        self.sync = SyncController(
            context,
            on_state_change=self.papers.refresh,
            on_reload=self.navigator.show_library,
        )
        self.sources = SourcesController(context, self.sync)
        self.marks = MarksController(context, self.navigator, self.summaries)
        self.exports = ExportController(context, self.navigator)
        self.links = LinkController(context)
        self.is_background_started = False
        self._bind_actions()
        self._handlers: dict[type[Message], Callable[[Any], object]] = {}
        self._bind_messages()

    def _bind_actions(self) -> None:
        """Bind the actions of ``tui/config/keybindings.py`` to the controllers."""
        self.action_pane = self.panes.focus_pane
        self.action_next_pane = self.panes.focus_next_pane
        self.action_toggle_sidebar = self.panes.toggle_sidebar
        self.action_zoom = self.panes.toggle_zoom
        self.action_resize_table = self.panes.resize_table
        self.action_step_day = self.navigator.step_day
        self.action_show_period = self.navigator.visit_period
        self.action_prompt_for_date = self.navigator.prompt_for_date
        self.action_back = self.navigator.back
        self.action_forward = self.navigator.forward
        self.action_prompt_for_query = self.search.prompt_for_query
        self.action_back_out = self.search.back_out
        self.action_choose_author_or_tag = self.search.choose_author_or_tag
        self.action_show_similar = self.search.show_similar
        self.action_show_statistics = self.search.show_statistics
        self.action_prompt_for_votes = self.papers.prompt_for_votes
        self.action_step_votes = self.papers.step_votes
        self.action_sort_by_next_column = self.papers.sort_by_next_column
        self.action_add_sort_column = self.papers.add_sort_column
        self.action_reverse_sort = self.papers.reverse_sort
        self.action_step_paper = self.papers.step_paper
        self.action_step_match = self.summaries.step_match
        self.action_step_section = self.summaries.step_section
        self.action_choose_section = self.summaries.choose_section
        self.action_next_summary = self.summaries.step_summary
        self.action_open_link = self.links.open_paper
        self.action_copy = self.links.copy
        self.action_toggle_read = self.marks.toggle_read
        self.action_toggle_star = self.marks.toggle_star
        self.action_prompt_for_tags = self.marks.prompt_for_tags
        self.action_edit_note = self.marks.edit_note
        self.action_mark_all_read = self.marks.mark_all_read
        self.action_undo = self.marks.undo
        self.action_export = self.exports.export
        self.action_save_view = self.exports.save_view
        self.action_delete_view = self.exports.delete_view
        self.action_fetch = self.sources.fetch

    def _bind_messages(self) -> None:
        """Bind the messages that concern a single controller."""
        status = self.panes.status
        self._bind(messages.ScopeHighlighted, self.navigator.scope_highlighted)
        self._bind(messages.SortRequested, self.papers.sort_by_column)
        self._bind(messages.LinkFollowed, lambda message: self.links.open(message.url))
        self._bind(messages.Notice, lambda notice: status.show_message(notice.text, notice.url))
        self._bind(messages.PapersLoaded, self.papers.papers_loaded)
        self._bind(messages.MarksChanged, self.marks.marks_changed)
        self._bind(messages.LibraryReloaded, self.sync.library_reloaded)
        self._bind(messages.SyncProgressed, self.sync.sync_progressed)
        self._bind(messages.SyncFinished, self.sync.sync_finished)
        self._bind(messages.SourcesChanged, lambda _: self.sync.sync_soon(SyncReason.AUTOMATIC))
        self._bind(messages.WatchFailed, self.sources.watch_failed)
        self._bind(messages.FetchProgressed, self.sources.fetch_progressed)
        self._bind(messages.FetchFinished, self.sources.fetch_finished)

    def _bind(self, message: type[_M], handler: Callable[[_M], object]) -> None:
        self._handlers[message] = handler

    @property
    def library(self) -> Library:
        """The current library."""
        return self._library.get()

    def compose(self) -> ComposeResult:
        """Yield the panes."""
        yield from self.panes.compose(self.app.size)

    def get_widget_and_offset_at(self, x: int, y: int) -> tuple[Widget | None, Offset | None]:
        """Return the widget at a cell and the offset in its text, for selection by mouse."""
        widget, offset = super().get_widget_and_offset_at(x, y)
        if isinstance(widget, TextView) and offset is not None:
            offset = widget.text_offset_at(x - widget.content_region.x, offset)
        return widget, offset

    # Start and end

    def on_mount(self) -> None:
        """Show the first papers; everything else waits until they are painted."""
        self.watch(self.app, "app_focus", self._app_focus_changed, init=False)
        self.navigator.start()
        viewer = self.panes.viewer
        viewer.window.on_scroll = self.papers.draw_status
        # More of the text is visible in a higher viewer.
        self.watch(viewer, "virtual_size", self.papers.draw_status, init=False)
        self.call_after_refresh(self._first_screen_painted)

    def _first_screen_painted(self) -> None:
        # The command that opened the browser paused it to start faster.
        resume_collection()
        if self.panes.table.paper is None:
            self.start_background_work()
        else:
            # In case the first summary cannot be read.
            self.set_timer(FIRST_SUMMARY_SECONDS, self.start_background_work)

    def start_background_work(self) -> None:
        """Read changed digests, count, and watch for changes, once the first summary is painted.

        Threads that run before that would only delay it.
        """
        if self.is_background_started:
            return
        self.is_background_started = True
        self.sync.sync_at_start()
        self._counter.count()
        self.set_interval(CHECK_SECONDS, self.check_for_changes)
        self.sources.watch()

    def check_for_changes(self) -> None:
        """Check what other processes changed, and write marks that could not be written."""
        self.sync.check_library()
        self.sources.check_settings()
        self.marks.retry_unwritten()

    def on_unmount(self) -> None:
        """Remember the position, and stop the watcher."""
        self.navigator.save_session()
        self.sources.stop_watching()

    # Changes that one controller reports and another has to know

    def _zoom_changed(self) -> None:
        self.papers.draw_status()

    def _problems_changed(self) -> None:
        self.papers.refresh()

    def _caches_read(self) -> None:
        self.sync.rebuild_if_damaged()

    def _marks_changed_elsewhere(self) -> None:
        # Called in a worker thread.
        self._counter.note_marks_changed()
        self.call_later(self._counter.count)

    def _app_focus_changed(self, has_focus: bool) -> None:  # noqa: FBT001
        # Another Broadsheet may have changed marks in the meantime.
        if has_focus:
            self._counter.count()
            self.marks.restart_read_timer()

    # Events

    def on_resize(self, event: events.Resize) -> None:
        """Arrange the panes for the new size."""
        self.panes.resize(event.size)

    def on_screen_resume(self) -> None:
        """Start to read again after a page or dialog was closed."""
        self.marks.restart_read_timer()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Note which pane has the focus."""
        self.navigator.focus_moved(event.widget)
        self.panes.focus_moved(event.widget)

    def on_key(self, event: events.Key) -> None:
        """Remove the message in the status line; Escape does more than that."""
        self.navigator.interacted()
        if event.key != "escape":
            self.panes.status.show_message("")

    def on_click(self) -> None:
        """Note that the reader is active."""
        self.navigator.interacted()

    # Messages

    @on(messages.RecordMessage)
    def _pass_on(self, message: messages.RecordMessage) -> None:
        handler = self._handlers.get(type(message))
        if handler is not None:
            handler(message)

    @on(messages.PaperHighlighted)
    def _paper_highlighted(self) -> None:
        self.marks.stop_read_timer()
        self.summaries.paper_highlighted()

    @on(messages.KeyClicked)
    async def _key_clicked(self, message: messages.KeyClicked) -> None:
        await self.run_action(message.action)

    @on(messages.SummariesLoaded)
    def _summaries_loaded(self, message: messages.SummariesLoaded) -> None:
        self.marks.restart_read_timer()
        self.summaries.summaries_loaded(message)

    @on(messages.SidebarCountsReady)
    def _counts_ready(self, message: messages.SidebarCountsReady) -> None:
        self.navigator.show_counts(message)
        if message.marks_changed:
            self.marks.draw_all()

    @on(Worker.StateChanged)
    def _worker_changed(self, event: Worker.StateChanged) -> None:
        self.sync.worker_changed(event)

    # Actions that involve two controllers

    @on(messages.ItemSelected)
    def action_open_item(self) -> None:
        """Go from the sidebar to the papers, or from a paper to its summary."""
        self.panes.enter()

    def action_choose_link(self) -> None:
        """Choose a link of the summary and open it."""
        self.summaries.choose_link(self.links.open)

    def action_sync(self) -> None:
        """Read changed digests now."""
        self.sync.sync_requested()
        # The file of saved views may have been edited as well.
        self._counter.count()
        self.check_for_changes()

    def action_stop_sync(self) -> None:
        """Stop a running sync or download."""
        self.sync.stop()
        self.sources.stop_fetch()

    def action_show_problems(self) -> None:
        """Show the problems in the reader's files."""
        from tui.ui.screens.pages import TextPage, lay_out_problems

        self.app.push_screen(TextPage(partial(lay_out_problems, self.problems.all())))
