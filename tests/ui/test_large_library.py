"""The list of all days of a library that is too large for memory."""

from __future__ import annotations

import time

import pytest

from tests.ui.driver import AppDriver, open_app, wait_until
from tests.ui.sources import DigestPaper, DigestSource, open_marks
from tui.library import library as library_module
from tui.library.papers_on_demand import PapersOnDemand
from tui.ui import key_queue
from tui.ui.screens.main import list_controller, undo_controller
from tui.ui.workers import library_jobs
from tui.ui.workers.jobs import Job

MONTHS = ("2025-05", "2025-04", "2025-03", "2025-02")
TITLES = [f"{name} of {month}" for month in MONTHS for name in ("Wells", "Roofs", "Doors")]


@pytest.fixture
def large(source: DigestSource, monkeypatch: pytest.MonkeyPatch) -> DigestSource:
    """Return a source with three papers in each of four months, of which one has votes."""
    for title in TITLES:
        number, month = TITLES.index(title), title[-7:]
        votes = 10 + number if month == "2025-03" else None
        source.add(
            f"{month}-01", DigestPaper(f"2501.{number:05}", title, votes), name=f"{number}.md"
        )
    source.sync()
    monkeypatch.setattr(library_module, "MAX_PAPERS_IN_MEMORY", 6)
    return source


def is_on_demand(driver: AppDriver) -> bool:
    return isinstance(driver.screen.panes.table.papers, PapersOnDemand)


async def test_papers_with_votes_come_first_and_the_oldest_last(large: DigestSource) -> None:
    async with open_app(large.options(period="")) as driver:
        assert is_on_demand(driver)
        assert driver.titles == [*TITLES[8:5:-1], *TITLES[:6], *TITLES[9:]]
        await driver.press("G")
        assert driver.paper == TITLES[11]
        assert "12 papers" in driver.status
        await driver.press("plus", "plus")
        assert driver.titles == TITLES[8:5:-1]
        assert "3/12" in driver.status


async def test_other_orders_are_possible(large: DigestSource) -> None:
    async with open_app(large.options(period="")) as driver:
        while driver.titles != sorted(TITLES):
            await driver.press("s")
        assert not is_on_demand(driver)
        await driver.press("S")
        assert driver.titles == sorted(TITLES, reverse=True)


async def test_reading_all_papers_to_sort_them_can_be_cancelled(
    large: DigestSource, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(key_queue, "READY_TIMEOUT_SECONDS", 0.01)
    monkeypatch.setattr(list_controller, "PENDING_SECONDS", 0.01)
    async with open_app(large.options(period="")) as driver:
        before = driver.titles
        monkeypatch.setattr(library_jobs, "_prepared", wait_until_cancelled)
        driver.type_ahead("s", "s")
        await wait_until(lambda: "Loading All days" in driver.status)
        assert driver.titles == before
        heading = driver.pane("table")[0]
        assert "Title▴" not in heading
        driver.type_ahead("escape")
        await wait_until(lambda: "12 papers" in driver.status)
        await driver.press("j")
        assert driver.titles == before


def wait_until_cancelled(papers: object, _view: object, job: Job) -> object:
    while not job.is_cancelled():
        time.sleep(0.005)
    return papers


async def test_hidden_paper_leaves_the_list_and_comes_back(large: DigestSource) -> None:
    async with open_app(large.options(period="")) as driver:
        await driver.press("G", "I")
        assert TITLES[11] not in driver.titles
        await driver.press("k")
        assert "11 papers" in driver.status
        assert "1 hidden" in driver.status
        await driver.press("u")
        assert driver.titles[-1] == TITLES[11]
        assert is_on_demand(driver)


async def test_too_many_papers_are_not_marked_at_once(
    large: DigestSource, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(undo_controller, "MAX_PAPERS_TO_MARK", 5)
    async with open_app(large.options(period="")) as driver:
        for keys in (("R",), ("E", "j")):
            await driver.press(*keys)
            assert "Too many papers to mark at once; open a year or a month." in driver.text
        await driver.press("j", "j", "E", "k")
        assert "Marked 2 papers as read" in driver.text


async def test_selected_papers_may_be_in_several_months(large: DigestSource) -> None:
    async with open_app(large.options(period="")) as driver:
        await driver.press("V", "j", "j", "j", "V", "asterisk")
    marks = open_marks(large).all_marks()
    assert {TITLES[int(paper[-2:])] for paper in marks} == {*TITLES[6:9], TITLES[0]}


async def test_search_goes_through_all_months(large: DigestSource) -> None:
    async with open_app(large.options(period="")) as driver:
        await driver.type("/title:doors", "enter")
        assert sorted(driver.titles) == sorted(TITLES[2::3])
        await driver.press("escape")
        assert len(driver.titles) == 12
