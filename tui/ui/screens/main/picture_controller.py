"""Show the pictures of a paper when the reader asks for them."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

from tui.i18n import _
from tui.terminal.capabilities import COLORS_256, TRUE_COLOR
from tui.ui.delayed_call import DelayedCall
from tui.ui.messages import PaperHighlighted
from tui.ui.screens.main.context import Controller, MainContext
from tui.ui.screens.main.summary_controller import SummaryController
from tui.ui.task_messages import (
    GraphicsAnswered,
    PictureLoaded,
    PicturesFinished,
    PicturesProgressed,
)
from tui.ui.widgets.shown_pictures import PictureView, ViewerPictures
from tui.ui.workers.jobs import Job, JobGroup

if TYPE_CHECKING:
    from tui.terminal.pictures.support import GraphicsTerminal
    from tui.ui.widgets.pictures import PictureDisplay

ANSWER_SECONDS = 2.0
"""How long to wait for the terminal's answer about what it can draw."""


class PictureController(Controller):
    """Loads pictures, and keeps what shows them.

    Args:
        context: the objects that all controllers share.
        summaries: shows the paper.
    """

    def __init__(self, context: MainContext, summaries: SummaryController) -> None:
        super().__init__(context)
        self._summaries = summaries
        self._viewer = ViewerPictures(self._panes.viewer, self._status)
        self._view: PictureView = self._viewer
        self._display: PictureDisplay | None = None
        self._waiting_urls: Sequence[str] = ()
        self._loading_urls: Sequence[str] = ()
        self._obstacle = ""
        self._answer_overdue = DelayedCall(self._screen)

    def toggle(self) -> None:
        """Show the pictures in view, or hide those that are shown."""
        self._summaries.when_loaded(lambda: self.toggle_in(self._viewer))

    def toggle_in(self, view: PictureView) -> None:
        """Show the pictures of the paper that something shows, or hide those that are shown."""
        self._view = view
        if obstacle := self._obstacle or self._find_obstacle():
            view.show_message(obstacle)
            return
        if view.paper is None or self._waiting_urls:
            return
        missing = [url for url in view.wanted_urls() if url not in view.shown_urls]
        if missing:
            self._prepare(missing)
        elif view.shown_urls:
            view.hide_pictures()
        else:
            view.show_message(_("This paper has no picture."))

    def _find_obstacle(self) -> str:
        """Return why no picture can be shown; empty if nothing is known to prevent it."""
        options = self._options
        if options.settings.pictures == "off":
            return _("Pictures are off in the settings.")
        if not self._policy.may_load_pictures:
            return _("Pictures cannot be loaded in restricted mode.")
        terminal = options.terminal
        if options.settings.pictures != "on" and not (
            terminal.has_unicode and terminal.colors >= COLORS_256
        ):
            return _("This terminal cannot show pictures: it has too few colors or characters.")
        from tui.runtime.extras import how_to_install
        from tui.sources.http import missing_dependency_message

        if command := how_to_install("PIL", "pictures"):
            return _("Pictures need Pillow: {command}").format(command=command)
        return missing_dependency_message()

    # What the terminal can draw

    def _prepare(self, urls: Sequence[str]) -> None:
        """Load pictures, once it is known how they can be shown."""
        if self._display is not None:
            self._load(urls)
            return
        self._waiting_urls = urls
        self._answer_overdue.schedule(ANSWER_SECONDS, self._stop_waiting)
        is_forced = self._options.settings.pictures == "on"
        if is_forced and self._driver is not None:
            self.on_graphics_answered(GraphicsAnswered(has_kitty=True, half_block_cells=1))
        elif os.environ.get("TMUX") and self._policy.may_run_programs:
            self._jobs.start(JobGroup.PICTURES, _ask_tmux)
        else:
            self._ask_terminal()

    def _ask_terminal(self) -> None:
        driver = self._driver
        if driver is None:
            self._stop_waiting()
            return
        screen = self._screen
        driver.ask_for_graphics(
            lambda support: screen.post_message(GraphicsAnswered(*support)),
            asks_for_kitty=not self._is_multiplexed,
        )

    def _stop_waiting(self) -> None:
        self.on_graphics_answered(GraphicsAnswered(has_kitty=False, half_block_cells=1))

    def on_graphics_answered(self, message: GraphicsAnswered) -> None:
        """Choose how pictures are shown, and load those that wait for it."""
        urls, self._waiting_urls = self._waiting_urls, ()
        if self._display is not None or not urls:
            return
        if message.half_block_cells == 0:  # tmux does not pass pictures on
            self._waiting_urls = urls
            self._ask_terminal()
            return
        self._answer_overdue.cancel()
        from tui.ui.widgets.pictures import KittyDisplay, PictureDisplay

        if message.has_kitty and self._driver is not None:
            has_true_color = self._options.terminal.colors == TRUE_COLOR
            self._display = KittyDisplay(self._send, has_true_color=has_true_color)
        elif message.half_block_cells == 1:
            self._display = PictureDisplay(self._max_bytes)
        else:
            self._obstacle = _(
                "This terminal cannot show pictures: half blocks take two cells in it."
            )
            self._view.show_message(self._obstacle)
            return
        self._load(urls)

    @property
    def _driver(self) -> GraphicsTerminal | None:
        from tui.terminal.pictures.support import GraphicsTerminal
        from tui.ui.textual_internals import current_driver

        driver = current_driver(self._screen.app)
        return driver if isinstance(driver, GraphicsTerminal) else None

    @property
    def _is_multiplexed(self) -> bool:
        """Whether tmux or GNU screen is between the program and the terminal, maybe beyond SSH.

        They take the reply to a query about graphics for keys, or show it as a message.
        """
        is_named = os.environ.get("TERM", "").startswith(("screen", "tmux"))
        return is_named or bool(os.environ.get("TMUX"))

    @property
    def _max_bytes(self) -> int:
        """The limit for one picture; 0 for none."""
        is_remote = self._options.terminal.is_remote
        return self._options.settings.picture_kilobytes * 1000 if is_remote else 0

    def _send(self, sequences: str) -> None:
        driver = self._driver
        if driver is not None:
            from tui.terminal.pictures.kitty import through_tmux

            driver.send_directly(through_tmux(sequences) if self._is_multiplexed else sequences)

    # Loading

    def _load(self, urls: Sequence[str]) -> None:
        paper, display = self._view.paper, self._display
        if paper is None or display is None:
            return
        kept = [url for url in urls if display.has(url)]
        if kept:
            self._view.show_pictures(display, kept)
        missing = [url for url in urls if not display.has(url)]
        if not missing:
            return
        # A new job replaces the one that is running.
        missing = list(dict.fromkeys([*self._loading_urls, *missing]))
        self._loading_urls = missing
        from tui.config.paths import cache_folder
        from tui.sources.pictures.cache import PictureCache
        from tui.ui.workers.picture_jobs import PictureRequest, load_pictures

        request = PictureRequest(
            paper.paper_id, missing, self._background, display.needs_png, self._max_bytes
        )
        cache = PictureCache((self._options.settings.cache or cache_folder()) / "pictures")
        self._show_progress(JobGroup.PICTURES, 0, len(missing), _("Loading a picture"))
        self._jobs.start(JobGroup.PICTURES, lambda job: load_pictures(request, cache, job))

    @property
    def _background(self) -> tuple[int, int, int]:
        from textual.color import Color

        return Color.parse(self._screen.app.theme_variables["background"]).rgb

    def on_pictures_progressed(self, message: PicturesProgressed) -> None:
        """Show how many pictures are loaded."""
        if self._loading_urls:
            text = _("Loading a picture")
            self._show_progress(JobGroup.PICTURES, message.done, message.total, text)

    def on_picture_loaded(self, message: PictureLoaded) -> None:
        """Show a picture, unless another paper is shown by now."""
        paper = self._view.paper
        if self._display is None:
            return
        self._loading_urls = [url for url in self._loading_urls if url != message.url]
        self._display.add(message.url, message.picture, message.png)
        if paper is not None and paper.paper_id == message.paper_id:
            self._view.show_pictures(self._display, [message.url])

    def on_pictures_finished(self, message: PicturesFinished) -> None:
        """Report what could not be loaded."""
        self._loading_urls = ()
        self._status.hide_progress(JobGroup.PICTURES)
        if message.failure:
            self._view.show_message(message.failure)

    def on_paper_highlighted(self, _message: PaperHighlighted) -> None:
        """Stop loading pictures of a paper that is not shown any more."""
        if self._view is self._viewer:
            self.stop()

    def stop(self) -> None:
        """Stop loading."""
        self._waiting_urls = self._loading_urls = ()
        if self._jobs.is_running(JobGroup.PICTURES):
            self._jobs.cancel(JobGroup.PICTURES)
            self._status.hide_progress(JobGroup.PICTURES)

    def end(self) -> None:
        """Remove the pictures from the terminal."""
        if self._display is not None:
            self._display.clear()


def _ask_tmux(_job: Job) -> GraphicsAnswered:
    from tui.terminal.pictures.tmux import passes_pictures_on

    has_kitty = passes_pictures_on()
    return GraphicsAnswered(has_kitty, int(has_kitty))
