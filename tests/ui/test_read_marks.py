"""When a paper counts as read although no key marks it."""

from __future__ import annotations

from collections.abc import Callable
from unittest.mock import Mock

import pytest
from textual.timer import Timer

from tests.ui.driver import AppDriver, main_screen, open_app, wait_until
from tests.ui.sources import DigestPaper, DigestSource, open_marks, sample_papers
from tui.config.settings import Settings
from tui.marks.edits import set_note
from tui.ui.screens.main.main_screen import MainScreen
from tui.ui.screens.main.startup_options import StartupOptions

READ_AFTER = 3600.0
"""Seconds until a paper counts as read; ``ReadClock`` lets them pass."""

LINES = "\n".join(f"- line {number:03}" for number in range(100))


class ReadClock:
    """The time of ``read_after``, which passes only when a test lets it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._timers: list[Mock] = []
        set_timer = MainScreen.set_timer

        def set_manual_timer(
            screen: MainScreen, delay: float, callback: Callable[[], None]
        ) -> Timer | Mock:
            if delay != READ_AFTER:
                return set_timer(screen, delay, callback)
            timer = Mock(callback=callback)
            timer.stop = lambda: self._timers.remove(timer) if timer in self._timers else None
            self._timers.append(timer)
            return timer

        monkeypatch.setattr(MainScreen, "set_timer", set_manual_timer)

    async def elapse(self, driver: AppDriver) -> None:
        """Let the time pass, and wait until the app has reacted."""
        timers, self._timers = self._timers, []
        for timer in timers:
            timer.callback()
        await driver.wait_until_idle()


@pytest.fixture
def read_clock(monkeypatch: pytest.MonkeyPatch) -> ReadClock:
    return ReadClock(monkeypatch)


def options(source: DigestSource, read_after: float = READ_AFTER) -> StartupOptions:
    return source.options(settings=Settings(read_after=read_after, watch=False))


@pytest.fixture
def day(source: DigestSource) -> DigestSource:
    """Return a source with one day of five papers."""
    source.add("2025-05-01", *sample_papers(5))
    source.sync()
    return source


def read(source: DigestSource) -> set[str]:
    """Return the numbers of the papers that are read, on disk."""
    return {paper[-1] for paper, marks in open_marks(source).all_marks().items() if marks.read}


async def test_paper_is_read_some_time_after_the_cursor_was_moved_to_it(
    day: DigestSource, read_clock: ReadClock
) -> None:
    async with open_app(options(day)) as driver:
        await driver.press("j")
        assert not read(day)
        await read_clock.elapse(driver)
        assert read(day) == {"2"}
        assert driver.status.startswith("Thu 1 May 2025")
        await driver.press("u")
        assert driver.status.startswith("Undone: marked 'Paper 002")
        assert not read(day)
        await read_clock.elapse(driver)
        await driver.press("enter")
        assert not read(day)


async def test_nothing_is_read_at_the_start_or_on_another_day(
    source: DigestSource, read_clock: ReadClock
) -> None:
    source.add("2025-05-01", *sample_papers(2))
    source.add("2025-05-02", *sample_papers(2, first=3))
    source.sync()
    async with open_app(options(source)) as driver:
        await read_clock.elapse(driver)
        await driver.press("left_square_bracket")
        await read_clock.elapse(driver)
        assert not read(source)


async def test_papers_that_the_cursor_only_passes_stay_unread(
    day: DigestSource, read_clock: ReadClock
) -> None:
    async with open_app(options(day)) as driver:
        await driver.press("j", "j", "j")
        await read_clock.elapse(driver)
        assert read(day) == {"4"}


@pytest.mark.usefixtures("read_clock")
async def test_opened_paper_is_read_at_once(day: DigestSource) -> None:
    async with open_app(options(day)) as driver:
        await driver.press("enter")
        assert read(day) == {"1"}
        await driver.press("J")
        assert read(day) == {"1", "2"}


@pytest.mark.usefixtures("read_clock")
@pytest.mark.parametrize("keys", [["3", "j"], ["3", "ctrl+d"]])
async def test_scrolled_paper_is_read_at_once(source: DigestSource, keys: list[str]) -> None:
    source.add("2025-05-01", DigestPaper("2505.00001", summary=LINES), DigestPaper("2505.00002"))
    source.sync()
    async with open_app(options(source)) as driver:
        await driver.press(*keys)
        assert read(source) == {"1"}


@pytest.mark.usefixtures("read_clock")
async def test_scrolling_by_the_mouse_reads_as_well(source: DigestSource) -> None:
    source.add("2025-05-01", DigestPaper("2505.00001", summary=LINES))
    source.sync()
    async with open_app(options(source)) as driver:
        await driver.turn_wheel("line 001")
        assert read(source) == {"1"}


async def test_position_that_is_restored_does_not_count_as_scrolling(
    source: DigestSource, read_clock: ReadClock
) -> None:
    papers = [DigestPaper(f"2505.0000{number}", summary=LINES) for number in (1, 2)]
    source.add("2025-05-01", *papers)
    source.sync()
    async with open_app(options(source)) as driver:
        await driver.press("3", "ctrl+d")
        await driver.press("space")
        await driver.press("J", "K")
        assert driver.top_line("viewer") > 0
        assert not read(source)
        await read_clock.elapse(driver)
        assert read(source) == {"1"}


async def test_nothing_is_read_without_a_line_of_its_summary_in_view(
    day: DigestSource, read_clock: ReadClock
) -> None:
    note = "\n".join(["A long note"] * 40)
    open_marks(day).apply(set_note(["2501.00002"], note))
    async with open_app(options(day), (80, 24)) as driver:
        await driver.press("j")
        assert "This is about paper 002" not in driver.text
        await read_clock.elapse(driver)
        await driver.press("3", "j")
        assert not read(day)
        await driver.press("G")
        assert "This is about paper 002" in driver.text
        assert read(day) == {"2"}


@pytest.mark.parametrize("key", ["slash", "d", "t", "question_mark", "e", "ctrl+p"])
async def test_nothing_is_read_while_something_else_is_open(
    day: DigestSource, read_clock: ReadClock, key: str
) -> None:
    async with open_app(options(day)) as driver:
        await driver.press("j")
        await driver.pilot.press(key)
        await driver.pilot.pause()
        await read_clock.elapse(driver)
        assert not read(day)
        await driver.press("escape")
        await read_clock.elapse(driver)
        assert read(day) == {"2"}


async def test_searching_reads_nothing(day: DigestSource, read_clock: ReadClock) -> None:
    async with open_app(options(day)) as driver:
        await driver.press("slash")
        await driver.type("003")
        await read_clock.elapse(driver)
        await driver.press("enter")
        await read_clock.elapse(driver)
        assert driver.titles == ["Paper 003"]
        assert not read(day)


async def test_paper_marked_as_unread_stays_unread_until_the_cursor_returns(
    day: DigestSource, read_clock: ReadClock
) -> None:
    async with open_app(options(day)) as driver:
        await driver.press("j")
        await read_clock.elapse(driver)
        await driver.press("space")
        assert driver.status == "Marked as unread."
        await driver.press("enter", "escape")
        await read_clock.elapse(driver)
        assert not read(day)
        await driver.press("j", "k")
        await read_clock.elapse(driver)
        assert read(day) == {"2"}


async def test_with_zero_seconds_nothing_is_ever_read(source: DigestSource) -> None:
    source.add("2025-05-01", DigestPaper("2505.00001", summary=LINES), DigestPaper("2505.00002"))
    source.sync()
    async with open_app(options(source, read_after=0)) as driver:
        await driver.press("j", "k", "enter", "ctrl+d", "J", "escape")
        assert not read(source)


async def test_click_before_the_first_summary_moves_the_cursor_for_good(
    day: DigestSource, read_clock: ReadClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    start_background_work = MainScreen.start_background_work
    monkeypatch.setattr(MainScreen, "start_background_work", lambda _screen: None)
    async with open_app(options(day), wait=False) as driver:
        screen = main_screen(driver.pilot)
        await wait_until(lambda: screen.is_painted and "Paper 002" in driver.text)
        x, y = driver.find("Paper 002")
        widget, region = screen.get_widget_at(x, y)
        await driver.pilot.click(widget, offset=(x - region.x, y - region.y))
        await wait_until(lambda: driver.paper == "Paper 002")
        start_background_work(screen)
        await driver.wait_until_idle()
        await read_clock.elapse(driver)
    assert read(day) == {"2"}
