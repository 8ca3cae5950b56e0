"""Mark a paper as read once its summary has been visible for a while."""

from __future__ import annotations

from collections.abc import Callable

from textual.timer import Timer

from tui.models import Paper
from tui.ui.screens.main.context import Controller, MainContext


class ReadTimer(Controller):
    """Runs while a summary is visible.

    Args:
        context: the objects that all controllers share.
        on_read: takes a paper that was read.
    """

    def __init__(self, context: MainContext, on_read: Callable[[Paper], None]) -> None:
        super().__init__(context)
        self._on_read = on_read
        self._timer: Timer | None = None

    def restart(self) -> None:
        """Start to count the time again."""
        self.stop()
        seconds, paper = self._options.settings.read_after, self._panes.table.paper
        if seconds and paper is not None and self._panes.viewer.size.height:
            self._timer = self._screen.set_timer(seconds, lambda: self.expired(paper))

    def stop(self) -> None:
        """Stop counting."""
        if self._timer is not None:
            self._timer.stop()

    @property
    def is_started(self) -> bool:
        """Whether the timer was ever started."""
        return self._timer is not None

    def expired(self, paper: Paper) -> None:
        """Report a paper as read, if it is still visible and not marked."""
        app, panes = self._screen.app, self._panes
        is_visible = (
            app.app_focus
            and app.screen is self._screen
            and panes.table.paper == paper == panes.viewer.paper
        )
        if is_visible and not self._marks.get(paper.arxiv_id).read:
            self._on_read(paper)
