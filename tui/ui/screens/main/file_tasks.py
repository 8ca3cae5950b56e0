"""Write files in the background."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from textual.screen import Screen

from tui.i18n import _
from tui.storage.disk_errors import explain_before_path
from tui.storage.tables import StorageError
from tui.ui.messages import Notice
from tui.ui.workers.sidebar_counter import SidebarCounter


class FileTasks:
    """Runs tasks that write files; the outcome is a ``Notice``.

    Args:
        screen: runs the tasks.
        counter: counts again afterwards, as saved views may have changed.
    """

    def __init__(self, screen: Screen[None], counter: SidebarCounter) -> None:
        self._screen = screen
        self._counter = counter

    def run(self, task: Callable[[], str], on_success: Callable[[], None] | None = None) -> None:
        """Run a task in a thread.

        Args:
            task: writes, and returns a sentence about it.
            on_success: called on the event loop afterwards.
        """

        async def run() -> None:
            try:
                text = await asyncio.to_thread(task)
            except (OSError, ValueError, StorageError) as error:
                text = _("Not written: {why}").format(why=explain_before_path(error))
            else:
                if on_success is not None:
                    on_success()
            self._screen.post_message(Notice(text))
            self._counter.count()

        self._screen.run_worker(run(), group="files", exit_on_error=False)
