"""Hidden papers leave lists and counts until they are asked for; papers seen before show when."""

from __future__ import annotations

from tests.ui.driver import AppDriver, open_app, sidebar_marks
from tests.ui.sources import DigestPaper, DigestSource, open_marks, sample_papers
from tui.config.settings import Settings


def titles(driver: AppDriver) -> list[str]:
    """Return the numbers in the listed titles."""
    return [title.removeprefix("Paper ") for title in driver.titles]


async def open_reading_list(driver: AppDriver) -> None:
    """Go to the reading list in the sidebar, and back to the papers."""
    await driver.press("1", "g", "j", "j", "j", "2")


async def test_hidden_paper_leaves_list_and_counts_and_comes_back_with_undo(
    source: DigestSource,
) -> None:
    source.add("2025-01-01", *sample_papers(4))
    source.sync()
    async with open_app(source.options()) as driver:
        await driver.press("j", "I")
        assert driver.status == "Hid 1 paper; u undoes it, A shows hidden papers."
        assert open_marks(source).get("2501.00002").hidden
        assert titles(driver) == ["001", "003", "004"]
        assert driver.paper == "Paper 003"
        assert "Unread 3" in sidebar_marks(driver)
        await driver.press("g")
        assert "3 papers ⋅ 3 unread ⋅ 1 hidden" in driver.status
        await driver.press("A")
        assert titles(driver) == ["001", "002", "003", "004"]
        await driver.press("A", "u")
        assert driver.status == "Undone: hid 'Paper 002'"
        assert titles(driver) == ["001", "002", "003", "004"]
        assert driver.paper == "Paper 002"
        assert "Unread 4" in sidebar_marks(driver)


async def test_hidden_papers_are_found_only_by_a_query_for_them(source: DigestSource) -> None:
    source.add("2025-01-01", *sample_papers(4))
    source.sync()
    async with open_app(source.options()) as driver:
        await driver.press("I", "0")
        await driver.answer_prompt("slash", "paper")
        assert titles(driver) == ["002", "003", "004"]
        assert "3 papers" in driver.status
        assert "1 hidden" in driver.status
        await driver.press("escape")
        await driver.answer_prompt("slash", "is:hidden")
        assert titles(driver) == ["001"]
        await driver.press("I")
        assert driver.status == "1 paper is no longer hidden."


async def test_day_of_hidden_papers_says_why_it_is_empty(source: DigestSource) -> None:
    source.add("2025-01-01", *sample_papers(1))
    source.sync()
    async with open_app(source.options()) as driver:
        await driver.press("I")
        assert "1 paper is hidden." in driver.text
        assert "A shows hidden papers." in driver.text


async def test_paper_that_was_featured_before_says_when_and_can_be_skipped(
    source: DigestSource,
) -> None:
    old = DigestPaper("2501.00009", title="Paper 009", votes=50)
    source.add("2025-01-03", old)
    source.add("2025-01-05", old, *sample_papers(2))
    source.sync()
    async with open_app(source.options(), size=(120, 40)) as driver:
        [row] = [line for line in driver.pane("table") if "Paper 009" in line]
        assert "Paper 009  seen 3 Jan" in row
        await driver.press("left_square_bracket")
        assert "seen" not in "".join(driver.pane("table"))
    settings = Settings(read_after=0, watch=False, skip_seen=True)
    async with open_app(source.options(settings=settings)) as driver:
        assert titles(driver) == ["001", "002"]
        assert "2 papers ⋅ 2 unread ⋅ 1 left out" in driver.status
        await driver.press("left_square_bracket")
        assert titles(driver) == ["009"]


async def test_reading_list_has_an_order_of_its_own(source: DigestSource) -> None:
    source.add("2025-01-01", *sample_papers(5))
    source.sync()
    async with open_app(source.options()) as driver:
        await driver.press("L", "j", "L", "G", "L")
        assert driver.status == "Added to the reading list."
        assert "Reading list 3" in sidebar_marks(driver)
        await open_reading_list(driver)
        assert titles(driver) == ["001", "003", "005"]
        await driver.press("G", "left_parenthesis")
        assert titles(driver) == ["001", "005", "003"]
        assert driver.paper == "Paper 005"
        await driver.press("u")
        assert titles(driver) == ["001", "003", "005"]
        await driver.press("g", "right_parenthesis")
    # The order is on disk.
    async with open_app(source.options()) as driver:
        await open_reading_list(driver)
        assert titles(driver) == ["003", "001", "005"]


async def test_mark_and_go_on_needs_one_key_a_paper(source: DigestSource) -> None:
    source.add("2025-01-01", *sample_papers(3))
    source.sync()
    async with open_app(source.options()) as driver:
        await driver.press("r", "ampersand", "r")
        marks = open_marks(source).all_marks()
        assert [paper for paper, each in marks.items() if each.read] == ["2501.00001", "2501.00003"]
        assert [paper for paper, each in marks.items() if each.starred] == ["2501.00002"]
