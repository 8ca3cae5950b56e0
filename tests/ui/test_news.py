"""What is new since the last visit, and days that were not opened yet."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ui.driver import AppDriver, open_app, sidebar_marks
from tests.ui.sources import DigestPaper, DigestSource, sample_papers
from tui.library.visits import VisitLog
from tui.ui.screens.main.startup_options import StartupOptions


@pytest.fixture
def state(tmp_path: Path) -> Path:
    return tmp_path / "state"


def options(source: DigestSource, state: Path) -> StartupOptions:
    return source.options(visits=VisitLog(state))


def dotted_days(driver: AppDriver) -> list[str]:
    """Return the days with a dot in the sidebar, as numbers."""
    rows = [line.split() for line in driver.pane("sidebar")]
    return [row[1] for row in rows if row[:1] == ["∙"]]


async def visit(source: DigestSource, state: Path, *keys: str) -> list[str]:
    """Visit, press keys and quit; return the first two lines of the sidebar before that."""
    chosen = options(source, state)
    async with open_app(chosen) as driver:
        await driver.press(*keys)
        rows = sidebar_marks(driver)[:2]
    assert chosen.visits is not None
    chosen.visits.save()
    return rows


@pytest.fixture
def visited(source: DigestSource, state: Path) -> DigestSource:
    """Return a source of two days that everything is known of, and two days that are new."""
    for day in (1, 2):
        source.add(f"2025-05-0{day}", *sample_papers(3, first=10 * day))
    source.sync()
    visits = VisitLog(state)
    library = source.library()
    visits.end(library, set())
    visits.save()
    for day in (3, 4):
        source.add(f"2025-05-0{day}", *sample_papers(2, first=10 * day))
    source.sync()
    return source


async def test_first_visit_has_nothing_new(source: DigestSource, state: Path) -> None:
    source.add("2025-05-01", *sample_papers(3))
    source.sync()
    assert await visit(source, state) == ["All days 3", "Unread 3"]
    assert await visit(source, state) == ["All days 3", "Unread 3"]
    async with open_app(options(source, state)) as driver:
        await driver.press("W")
        assert driver.status.startswith("Nothing is new since ")


async def test_papers_of_the_sample_data_are_new_in_other_sources(
    samples: DigestSource, source: DigestSource, state: Path
) -> None:
    chosen = samples.options(visits=VisitLog(state), is_sample=True)
    async with open_app(chosen) as driver:
        paper = driver.screen.panes.table.papers[0]
        await driver.press("j")
    assert chosen.visits is not None
    chosen.visits.save()
    source.add("2025-05-01", *sample_papers(3))
    source.sync()
    assert await visit(source, state) == ["All days 3", "Unread 3"]
    source.add("2025-05-02", DigestPaper(paper.paper_id, title="Known from the samples"))
    source.sync()
    assert await visit(source, state) == ["New today 1", "All days 4"]


async def test_new_papers_are_announced_listed_and_dotted(
    visited: DigestSource, state: Path
) -> None:
    async with open_app(options(visited, state)) as driver:
        assert driver.status.startswith("4 new papers since ")
        assert "; W lists them." in driver.status
        assert sidebar_marks(driver)[:2] == ["New today 4", "All days 10"]
        assert dotted_days(driver) == ["4", "3"]
        await driver.press("W")
        assert driver.status.startswith("New today   4 papers")
        assert driver.titles == ["Paper 030", "Paper 031", "Paper 040", "Paper 041"]
        await driver.press("space")
        assert sidebar_marks(driver)[0] == "New today 3/4"
        await driver.press("ctrl+o")
        assert driver.period == "2025-05-04"


async def test_what_was_not_seen_is_still_new_at_the_next_start(
    visited: DigestSource, state: Path
) -> None:
    for _ in range(2):
        async with open_app(options(visited, state)) as driver:
            assert dotted_days(driver) == ["4", "3"]
        await visit(visited, state)
    # The newest day is opened, the other one is not.
    await visit(visited, state, "j")
    async with open_app(options(visited, state)) as driver:
        assert dotted_days(driver) == ["3"]
        assert sidebar_marks(driver)[0] == "New today 2"
        await driver.press("left_square_bracket")
        assert dotted_days(driver) == []
        assert sidebar_marks(driver)[0] == "New today 2"
    await visit(visited, state, "left_square_bracket")
    assert await visit(visited, state) == ["All days 10", "Unread 10"]


async def test_visit_that_is_cut_off_keeps_what_is_new(visited: DigestSource, state: Path) -> None:
    async with open_app(options(visited, state)) as driver:
        await driver.press("W", "j", "j", "j")
        assert dotted_days(driver) == []
    # The end of the visit is not saved.
    async with open_app(options(visited, state)) as driver:
        assert dotted_days(driver) == ["4", "3"]


async def test_paper_that_arrives_on_an_old_day_is_new(visited: DigestSource, state: Path) -> None:
    await visit(visited, state, "W", "j")
    visited.add("2025-05-01", *sample_papers(3, first=10), DigestPaper("2501.00099", title="Late"))
    visited.sync()
    async with open_app(options(visited, state)) as driver:
        assert sidebar_marks(driver)[0] == "New today 1"
        assert dotted_days(driver) == ["1"]
        await driver.press("W")
        assert driver.titles == ["Late"]


async def test_papers_that_arrive_during_a_visit_are_new(
    visited: DigestSource, state: Path
) -> None:
    async with open_app(options(visited, state)) as driver:
        visited.add("2025-05-05", *sample_papers(2, first=50))
        await driver.press("ctrl+r")
        assert sidebar_marks(driver)[0] == "New today 6"
        assert dotted_days(driver) == ["5", "4", "3"]


async def test_threshold_does_not_keep_an_opened_day_new(
    visited: DigestSource, state: Path
) -> None:
    await visit(visited, state, *["plus"] * 5, "left_square_bracket", "right_square_bracket")
    async with open_app(options(visited, state)) as driver:
        assert dotted_days(driver) == []


async def test_rows_of_a_list_that_were_not_in_view_stay_new(
    visited: DigestSource, state: Path
) -> None:
    visited.add("2025-05-03", *sample_papers(40, first=30))
    visited.sync()
    await visit(visited, state, "W", "j")
    async with open_app(options(visited, state)) as driver:
        [new] = [row for row in sidebar_marks(driver) if row.startswith("New")]
        assert 10 < int(new.split()[-1]) < 40


async def test_source_that_is_added_is_not_new(
    visited: DigestSource, state: Path, tmp_path: Path
) -> None:
    other = DigestSource(tmp_path / "other", visited.cache)
    other.digests.mkdir()
    other.add("2025-05-06", *sample_papers(3, first=60))
    other.sync()
    library = type(visited.library())([*visited.library().caches, *other.library().caches])
    async with open_app(options(visited, state)._replace(library=library)) as driver:
        assert sidebar_marks(driver)[:2] == ["New today 4", "All days 13"]


async def test_query_for_new_papers_agrees_with_the_sidebar(
    visited: DigestSource, state: Path
) -> None:
    async with open_app(options(visited, state)) as driver:
        await driver.press("0")
        await driver.answer_prompt("slash", "is:new -040")
        assert sorted(driver.titles) == ["Paper 030", "Paper 031", "Paper 041"]
