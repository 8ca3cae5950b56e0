"""The main screen: composes the panes and connects keys and messages to the controllers.

What happens when a key is pressed: ``tui/config/keybindings.py`` maps the key to an action, say
``toggle_star``, and the controller that has a method ``action_toggle_star`` does the rest. What
widgets and background jobs post is handled by methods of controllers, too: ``on_marks_changed``
for the message ``MarksChanged``. These are Textual's own names for actions and handlers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property, partial
from typing import TYPE_CHECKING, ClassVar, Self

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.geometry import Offset, Region, Size
from textual.reactive import Reactive
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget
from textual.worker import Worker, WorkerState

from tui.config.keybindings import KeyContext
from tui.runtime.tuning import resume_collection
from tui.ui import messages
from tui.ui.screens.main.context import Controller, MainContext
from tui.ui.screens.main.list_controller import ListController
from tui.ui.screens.main.navigator import Navigator
from tui.ui.screens.main.panes import PaneLayout
from tui.ui.screens.main.startup_options import StartupOptions
from tui.ui.screens.main.summary_controller import SummaryController
from tui.ui.widgets.bindings import bindings
from tui.ui.widgets.text_view import TextView
from tui.ui.workers.jobs import JobGroup

if TYPE_CHECKING:
    from textual.command import Provider

    from tui.ui.screens.main.interests_controller import InterestsController
    from tui.ui.screens.main.later_controllers import LaterControllers

FIRST_SUMMARY_SECONDS = 1.0
"""How long background work waits for the first summary."""


def _commands() -> type[Provider]:
    from tui.ui.screens.command_palette import KeyCommands

    return KeyCommands


class MainScreen(Screen[None]):
    """Sidebar, paper table and summary viewer.

    Args:
        options: what to open, and what is remembered of the last visit.
        on_opened: called when list and first summary are painted, or at the first key or click;
            maybe several times.
    """

    AUTO_FOCUS = "#table"
    BINDINGS: ClassVar[list[BindingType]] = bindings(KeyContext.MAIN)
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {_commands}

    # Textual repaints the whole screen when these change. The panes repaint what is necessary.
    focused: Reactive[Widget | None] = Reactive(None, repaint=False)
    virtual_size: Reactive[Size] = Reactive(Size(0, 0), repaint=False)

    def __init__(
        self, options: StartupOptions, on_opened: Callable[[], object] = lambda: None
    ) -> None:
        super().__init__()
        self.options = options
        self._on_opened = on_opened
        self.panes = PaneLayout(self, options)
        context = MainContext(self, options, self.panes)
        self.shared = context
        self.model = context.model
        self.problems = context.problems
        self.library = context.library
        self.updater = context.updater
        self._counter = context.counter
        self._visits = context.visits
        self.papers = ListController(context, on_loaded=self._rebuild_if_damaged)
        self.summaries = SummaryController(context, self.papers, self.start_background_work)
        self.navigator = Navigator(context, self.papers)
        self.panes.on_zoom = self._zoomed
        self.problems.on_change = self.papers.refresh
        self.is_painted = self._is_opening = False
        self._missed: list[messages.RecordMessage] = []
        """Messages that arrived between the first screen and the first summary."""
        self.is_background_started = False
        # Several controllers may handle a message, in this order.
        self._controllers: tuple[Controller | PaneLayout, ...] = (
            self.panes, self.papers, self.navigator, self.summaries,
        )  # fmt: skip
        self._add_actions(self._controllers)

    @cached_property
    def later(self) -> LaterControllers:
        """The controllers that the first screen does not need, which are created on first use."""
        from tui.ui.screens.main.later_controllers import LaterControllers

        later = LaterControllers(self.shared, self.papers, self.navigator, self.summaries)
        place = self._controllers.index(self.summaries)
        self._controllers = (
            *self._controllers[:place], *later.all(), *self._controllers[place:],
        )  # fmt: skip
        self._add_actions((*later.all(), later.on_demand))
        later.on_demand.on_created = self._add_controller
        later.sources.needs_check = self._needs_check
        later.sources.on_check = self.check_for_changes
        # Their handlers may need what is being created.
        self.call_next(self._deliver_missed)
        return later

    def _deliver_missed(self) -> None:
        for message in self._missed:
            _deliver(message, self.later.all())
        self._missed.clear()

    @property
    def _has_later(self) -> bool:
        # Looking it up would create it.
        return "later" in vars(self)

    def _add_controller(self, controller: Controller) -> None:
        self._controllers += (controller,)

    def _add_actions(self, controllers: Iterable[object]) -> None:
        for controller in controllers:
            for name in dir(controller):
                if name.startswith("action_"):
                    setattr(self, name, getattr(controller, name))

    def prepare_for_key(self) -> None:
        """Create what keys need, if one is pressed before the first summary is painted."""
        _ = self.later

    def compose(self) -> ComposeResult:
        """Yield the panes."""
        yield from self.panes.compose(self.app.size)

    def get_widget_and_offset_at(self, x: int, y: int) -> tuple[Widget | None, Offset | None]:
        """Return the widget at a cell and the offset in its text, for selection by mouse."""
        widget, offset = super().get_widget_and_offset_at(x, y)
        if isinstance(widget, TextView) and offset is not None:
            offset = widget.text_offset_at(x - widget.content_region.x, offset)
        return widget, offset

    def refresh(
        self,
        *regions: Region,
        repaint: bool = True,
        layout: bool = False,
        recompose: bool = False,
    ) -> Self:
        """Repaint or lay out, but do not repaint an opening screen that was just painted.

        Textual repaints every screen that resumes, even if its layout has painted it.
        """
        if self._is_opening and not (regions or layout or recompose):
            return self
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw one line for all, because they are blank, and covered by the panes."""
        return super().render_lines(Region(crop.x, crop.y, crop.width, 1)) * crop.height

    # Start and end

    def on_mount(self) -> None:
        """Show the first papers; everything else waits until they are painted."""
        self.watch(self.app, "app_focus", self._app_focus_changed, init=False)
        if self.options.settings.interests:
            self.interests.highlight()
        self.navigator.start()
        viewer = self.panes.viewer
        viewer.window.on_scroll = self.papers.draw_status
        # More of the text is visible in a higher viewer.
        self.watch(viewer, "virtual_size", self.papers.draw_status, init=False)
        self.call_after_refresh(self._first_screen_painted)

    def _first_screen_painted(self) -> None:
        self.is_painted, self._is_opening = True, False
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
        self._on_opened()
        if self.options.is_rehearsal:
            return
        self.prepare_for_key()
        self.updater.sync()
        self._counter.count()
        self.later.sources.watch()

    def _needs_check(self) -> bool:
        """Return whether ``check_for_changes`` has something to do; called in another thread."""
        later = self.later
        controllers = (later.sync, later.sources, later.marks)
        return any(each.is_check_due for each in controllers)

    def check_for_changes(self) -> None:
        """Check what other processes changed, and write marks that could not be written."""
        self.later.sync.check_library()
        self.later.sources.check_settings()
        self.later.marks.retry_pending()

    def on_unmount(self) -> None:
        """Remember the position and what is new, and stop the watcher."""
        self.navigator.save_session()
        # Before the first counts, nobody has seen what is new. Papers in the sample data may still
        # be new in the reader's own sources.
        if self.navigator.counts.read is not None and not self.later.sources.shows_only_samples:
            self._visits.end(self.library.get(), self.later.news.seen)
        if self._has_later:
            self.later.sources.stop_watching()
            self.later.on_demand.end()

    # Changes that one controller reports and another has to know

    def _rebuild_if_damaged(self) -> None:
        if self.library.get().read_errors:
            self.later.sync.rebuild_if_damaged()

    def _app_focus_changed(self, has_focus: bool) -> None:  # noqa: FBT001
        # Another Broadsheet may have changed marks in the meantime.
        if has_focus:
            self._counter.count()
            self.later.reading.restart()

    def _zoomed(self) -> None:
        if not self.panes.is_zoomed:
            self.later.texts.back_out()
        self.papers.draw_status()
        self.later.news.note_seen()
        # The viewer gets its new size first.
        self.call_after_refresh(self.later.reading.restart)

    # Events

    def on_resize(self, event: events.Resize) -> None:
        """Arrange the panes for the new size."""
        self.panes.resize(event.size)

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        """Start to read again after a page or dialog was closed."""
        if self.is_painted:
            self.later.reading.restart()
        else:
            # All styles have just been computed.
            event.refresh_styles = False
            # Textual is about to lay the panes out, which paints them.
            self._is_opening = not self.outer_size

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Note which pane has the focus."""
        self.navigator.focus_moved(event.widget)
        if self._has_later:
            self.later.find.focus_moved(event.widget)
        self.panes.focus_moved(event.widget)

    def on_key(self, event: events.Key) -> None:
        """Remove the message in the status line; Escape does more than that."""
        self._note_interaction()
        self.panes.status.answered = self.panes.status.message
        if event.key != "escape":
            self.panes.status.show_message("")

    def on_click(self) -> None:
        """Note that the reader is active."""
        self._note_interaction()

    def _note_interaction(self) -> None:
        # The effect must be visible, complete or not.
        self._on_opened()
        self.navigator.note_interaction()

    # Messages

    @on(messages.RecordMessage)
    def _pass_on(self, message: messages.RecordMessage) -> None:
        if self.is_painted and not self._has_later:
            self._missed.append(message)
        _deliver(message, self._controllers)

    @on(messages.KeyClicked)
    async def _key_clicked(self, message: messages.KeyClicked) -> None:
        self.prepare_for_key()
        await self.run_action(message.action)

    @on(Worker.StateChanged)
    def _worker_changed(self, event: Worker.StateChanged) -> None:
        # Before the first summary is painted, only a failure is worth creating the controllers.
        if self._has_later or event.state is WorkerState.ERROR:
            self.later.sync.worker_changed(event)
        if event.worker.group == JobGroup.STEP and event.state is WorkerState.ERROR:
            self.later.steps.is_searching = False

    @cached_property
    def interests(self) -> InterestsController:
        """Highlights the reader's interests; created on first use."""
        from tui.ui.screens.main.interests_controller import InterestsController

        return InterestsController(self.shared, self.navigator)

    def action_show_interests(self) -> None:
        """Go to the papers about the reader's interests."""
        self.interests.show()

    # Actions that involve two controllers

    @on(messages.ItemSelected)
    def action_open_item(self) -> None:
        """Go from the sidebar to the papers, from a paper to its summary, and on to its text."""
        if self.panes.is_zoomed:
            self.later.texts.action_full_text()
        else:
            self.panes.enter()

    def action_sync(self) -> None:
        """Read changed digests now."""
        self.later.sync.sync_now()
        self.later.sources.fetch_feeds()
        # The file of saved views may have been edited as well.
        self._counter.count()
        self.check_for_changes()

    def action_stop_sync(self) -> None:
        """Stop a running sync or download."""
        self.later.sync.stop()
        self.later.sources.stop_fetch()
        self.later.texts.stop()
        self.later.on_demand.stop()

    def action_show_problems(self) -> None:
        """Show the problems in the reader's files."""
        from tui.ui.screens.pages import TextPage, lay_out_problems

        lay_out = partial(lay_out_problems, self.problems.all())
        self.app.push_screen(TextPage(lay_out, self.options.settings.keymap))


def _deliver(message: messages.RecordMessage, controllers: Iterable[object]) -> None:
    """Pass a message to the controllers that handle it."""
    for controller in controllers:
        handler = getattr(controller, message.handler_name, None)
        if handler is not None:
            handler(message)
