"""Drive the app in a test: press keys, click, and read the screen."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from unittest.mock import patch

from rich.cells import cell_len
from rich.style import Style
from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.pilot import Pilot
from textual.widgets import Input
from textual.worker import Worker, WorkerState

from tests.ui.screen_capture import ScreenCapture, with_plain_spaces
from tui.ui.app import BroadsheetApp
from tui.ui.key_queue import KeyQueueApp
from tui.ui.screens.main.main_screen import MainScreen
from tui.ui.screens.main.startup_options import StartupOptions
from tui.ui.widgets.cursor_list import CursorList
from tui.ui.widgets.text_view import TextView

TIMEOUT_SECONDS = 60.0
"""How long to wait for anything, even on a busy machine."""

APPS_PER_COLLECTION = 20
"""Apps whose objects, a few megabytes each, are freed together: it takes a quarter of a second."""

_opened_apps = count(1)


async def wait_until(condition: Callable[[], bool]) -> None:
    """Wait until a condition is met."""
    async with asyncio.timeout(TIMEOUT_SECONDS):
        while not condition():
            await asyncio.sleep(0.005)


def main_screen(pilot: Pilot[None]) -> MainScreen:
    """Return the main screen, whatever covers it."""
    screen = pilot.app.screen_stack[0]
    assert isinstance(screen, MainScreen)
    return screen


def _is_idle(pilot: Pilot[None]) -> bool:
    """Return whether no worker and no timer is about to change the screen."""
    screen = main_screen(pilot)
    return (
        screen.is_background_started
        and all(worker.is_finished for worker in pilot.app.workers)
        and not (isinstance(pilot.app, KeyQueueApp) and pilot.app.queue_task)
        and not screen.options.marks.is_writing
        and screen.later.sync.reload_timer is None
        and screen.panes.viewer.paper == screen.panes.table.paper
    )


async def wait_until_idle(pilot: Pilot[None]) -> None:
    """Wait until everything requested is on the screen, including the summary."""
    idle_count = 0
    async with asyncio.timeout(TIMEOUT_SECONDS):
        # Twice, because a message may post another one.
        while idle_count < 2:
            await pilot.pause(0.001)
            idle_count = idle_count + 1 if _is_idle(pilot) else 0
            if idle_count == 1:
                await _wait_until_refreshed(pilot)


async def _wait_until_refreshed(pilot: Pilot[None]) -> None:
    """Wait until all that was to be called after the next refresh has been called."""
    screen, refreshed = main_screen(pilot), asyncio.Event()
    is_expected = screen.call_after_refresh(refreshed.set)
    while is_expected and not (refreshed.is_set() or pilot.app._exit):
        await pilot.pause(0.001)


@dataclass
class AppDriver(ScreenCapture):
    """Drives the app as a reader does."""

    app: BroadsheetApp
    pilot: Pilot[None]
    worker_errors: list[BaseException] = field(default_factory=list)

    async def wait_until_idle(self) -> None:
        """Wait until the screen is complete; raise the error of a failed worker."""
        await wait_until_idle(self.pilot)
        if self.worker_errors:
            raise self.worker_errors[0]

    async def press(self, *keys: str) -> None:
        """Press keys one after the other, and wait for their effect."""
        await self.pilot.press(*keys)
        await self.wait_until_idle()

    def type_ahead(self, *keys: str) -> None:
        """Press keys without waiting for their effect."""
        for key in keys:
            self.app.post_message(events.Key(key, key if len(key) == 1 else None))

    async def type(self, text: str, *then: str) -> None:
        """Type a text, and then press keys."""
        await self.press(*text, *then)

    async def answer_prompt(self, key: str, text: str) -> None:
        """Open a prompt by its key, and answer it."""
        await self.press(key)
        self.prompt.value = text
        await self.press("enter")

    async def click(self, text: str, *, times: int = 1, dx: int = 0) -> None:
        """Click on the first occurrence of a text, or some cells beside its start."""
        x, y = self.find(text)
        await self.click_at(x + dx, y, times=times)

    async def click_at(self, x: int, y: int, *, times: int = 1) -> None:
        """Click on a cell."""
        # The pilot needs the widget under the mouse.
        widget, region = self.app.screen.get_widget_at(x, y)
        await self.pilot.click(widget, offset=(x - region.x, y - region.y), times=times)
        await self.wait_until_idle()

    async def turn_wheel(self, text: str, *, down: bool = True) -> None:
        """Turn the mouse wheel by one notch over a text."""
        x, y = self.find(text)
        kind = events.MouseScrollDown if down else events.MouseScrollUp
        self.app.screen._forward_event(kind(None, x, y, 0, 0, 0, False, False, False, x, y))
        await self.wait_until_idle()

    async def drag(self, start: tuple[int, int], end: tuple[int, int]) -> None:
        """Drag with the mouse from one cell to another."""
        await self.pilot.mouse_down(offset=start)
        await self.pilot.hover(offset=end)
        await self.pilot.mouse_up(offset=end)
        await self.wait_until_idle()

    async def resize(self, width: int, height: int) -> None:
        """Resize the terminal."""
        await self.pilot.resize_terminal(width, height)
        # Textual waits for further sizes before it lays out anything.
        await wait_until(lambda: self.app.screen._compositor.size == (width, height))
        await self.wait_until_idle()

    # The screen

    @property
    def screen(self) -> MainScreen:
        """The main screen."""
        return main_screen(self.pilot)

    @staticmethod
    def cell_width(text: str) -> int:
        """Return the width of a text in cells."""
        return cell_len(text)

    def pane(self, name: str) -> list[str]:
        """Return the lines of a pane."""
        widget = self.screen.query_one(f"#{name}")
        lines = [widget.render_line(y).text for y in range(widget.size.height)]
        return [with_plain_spaces(line).rstrip() for line in lines]

    def top_line(self, name: str) -> int:
        """Return the number of a pane's first visible line."""
        pane = self.screen.query_one(f"#{name}")
        assert isinstance(pane, CursorList | TextView)
        return pane.window.top

    @property
    def status(self) -> str:
        """The status line."""
        return self.screen.panes.status.render_line(0).text.strip()

    @property
    def titles(self) -> list[str]:
        """The titles of all papers in the table, in order."""
        return [paper.title for paper in self.screen.panes.table.papers]

    @property
    def votes(self) -> list[int | None]:
        """The votes of all papers in the table, in order."""
        return [paper.votes for paper in self.screen.panes.table.papers]

    @property
    def paper(self) -> str | None:
        """The title of the paper under the cursor."""
        paper = self.screen.panes.table.paper
        return paper.title if paper else None

    @property
    def period(self) -> str:
        """The period of the list."""
        return self.screen.model.view.period

    @property
    def focus(self) -> str | None:
        """The id of the focused widget."""
        return self.app.focused.id if self.app.focused else None

    @property
    def prompt(self) -> Input:
        """The input of the open prompt."""
        return self.app.screen.query_one(Input)


@asynccontextmanager
async def _without_idle_waits() -> AsyncIterator[None]:
    """Keep Textual's pilot from waiting for an idle processor; ``wait_until_idle`` is enough."""

    async def yield_often(*_: float) -> None:
        for _turn in range(20):
            await asyncio.sleep(0)

    with (
        patch("textual.app.wait_for_idle", yield_often),
        patch("textual.pilot.wait_for_idle", yield_often),
    ):
        yield


@asynccontextmanager
async def open_app(
    options: StartupOptions, size: tuple[int, int] = (120, 40), *, wait: bool = True
) -> AsyncIterator[AppDriver]:
    """Open the app.

    Args:
        options: what to open.
        size: width and height of the terminal.
        wait: whether to wait until the screen is complete.
    """
    worker_errors: list[BaseException] = []

    def record_worker_error(message: Message) -> None:
        if isinstance(message, Worker.StateChanged) and message.state is WorkerState.ERROR:
            assert message.worker.error is not None
            worker_errors.append(message.worker.error)

    app = BroadsheetApp(options)
    app.animation_level = "none"
    async with (
        _without_idle_waits(),
        app.run_test(size=size, message_hook=record_worker_error) as pilot,
    ):
        driver = AppDriver(app, pilot, worker_errors)
        if wait:
            await driver.wait_until_idle()
        yield driver
    # When an app starts, it exempts all objects from collection, even those of earlier apps.
    if next(_opened_apps) % APPS_PER_COLLECTION == 0:
        gc.unfreeze()
        gc.collect()
        gc.freeze()


async def open_palette(driver: AppDriver, text: str) -> None:
    """Open the command palette, and type."""
    await driver.pilot.press("ctrl+p")
    await wait_until(lambda: len(driver.app.screen_stack) > 1)
    await driver.pilot.press(*text)
    options = driver.app.screen.query_one("CommandList")
    await wait_until(lambda: options.option_count > 0 and not driver.app.screen._show_busy)  # type: ignore[attr-defined]
    await driver.wait_until_idle()


def styled_runs(driver: AppDriver, region: Region) -> Iterator[tuple[str, Style]]:
    """Yield the runs of text in a region of the screen with their styles."""
    strips = driver.app.screen._compositor.render_strips(driver.app.size)
    for y in range(region.y, region.bottom):
        for segment in strips[y].crop(region.x, region.right):
            if segment.text.strip():
                assert segment.style is not None, segment
                yield segment.text, segment.style


def assert_full_width(driver: AppDriver) -> None:
    """Check that every line is as wide as the screen, and no wide character is cut."""
    width, height = driver.app.size
    assert len(driver.lines) == height
    for line in driver.lines:
        assert cell_len(line) == width, line


def sidebar_marks(driver: AppDriver) -> list[str]:
    """Return the sidebar's lines above the years, with single spaces and without gaps."""
    rows = [" ".join(line.split()) for line in driver.pane("sidebar") if line.strip()]
    return rows[: next(at for at, row in enumerate(rows) if "2025" in row)]
