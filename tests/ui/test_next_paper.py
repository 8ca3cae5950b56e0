"""``n``, ``J`` and ``K`` go on from one day to the others."""

from __future__ import annotations

import pytest

from tests.ui.driver import AppDriver, main_screen, open_app, wait_until
from tests.ui.sources import DigestSource, open_marks, sample_papers
from tui.marks.edits import set_read

pytestmark = pytest.mark.slow


@pytest.fixture
def days(source: DigestSource) -> DigestSource:
    """Return a source of three days: papers 1 to 3 on the first, and so on."""
    for day in range(3):
        source.add(f"2025-05-0{day + 1}", *sample_papers(3, first=3 * day + 1))
    source.sync()
    return source


def read(source: DigestSource, *numbers: int) -> None:
    open_marks(source).apply(set_read([f"2501.{number:05}" for number in numbers], read=True))


def place(driver: AppDriver) -> tuple[str, str]:
    """Return the day, and the number of the paper under the cursor."""
    return driver.period[-2:], (driver.paper or "")[-1]


async def test_n_goes_to_the_next_unread_paper_and_on_to_older_days(days: DigestSource) -> None:
    read(days, 8, 4, 5, 6, 1)
    async with open_app(days.options()) as driver:
        assert place(driver) == ("03", "7")
        places = []
        for _ in range(4):
            await driver.press("n")
            places.append(place(driver))
        assert places == [("03", "9"), ("01", "2"), ("01", "3"), ("03", "7")]
        assert driver.status == "Continued from the other end."
        await driver.press("ctrl+o")
        assert driver.period == "2025-05-01"


async def test_number_before_n_counts_unread_papers(source: DigestSource) -> None:
    source.add("2025-05-02", *sample_papers(9))
    source.add("2025-05-01", *sample_papers(1, first=10))
    source.sync()
    read(source, 2, 4)
    async with open_app(source.options()) as driver:
        await driver.press("4", "n")
        assert driver.paper == "Paper 007"
        await driver.press("4", "N")
        assert driver.paper == "Paper 001"
        # At most to the end of the list, from which another step goes on.
        await driver.press("5", "0", "n")
        assert driver.paper == "Paper 009"
        assert [
            p.paper_id[-1]
            for p in driver.screen.panes.table.papers
            if driver.screen.options.marks.get(p.paper_id).read
        ] == ["2", "4"]
        await driver.press("5", "n")
        assert (driver.period, driver.paper) == ("2025-05-01", "Paper 010")


async def test_capital_n_goes_to_the_previous_unread_paper(days: DigestSource) -> None:
    read(days, 1, 4, 5, 9)
    async with open_app(days.options(period="2025-05-01")) as driver:
        await driver.press("j")
        places = []
        for _ in range(5):
            await driver.press("N")
            places.append(place(driver))
        assert places == [("02", "6"), ("03", "8"), ("03", "7"), ("01", "3"), ("01", "2")]


async def test_n_says_when_everything_is_read(days: DigestSource) -> None:
    read(days, *range(1, 10))
    async with open_app(days.options()) as driver:
        await driver.press("n")
        assert driver.status == "Everything is read."
        await driver.press("space")
        await driver.press("n")
        assert driver.status == "No other unread paper in this list."
        await driver.press("space")
        await driver.press("0")
        await driver.press("n")
        assert driver.status == "Everything is read."


async def test_n_passes_papers_that_the_threshold_hides(days: DigestSource) -> None:
    async with open_app(days.options(min_votes=94)) as driver:
        await driver.press("n")
        assert place(driver) == ("02", "4")
        await driver.press("n")
        assert place(driver) == ("02", "5")


async def test_n_stays_in_a_list_that_is_not_a_date(days: DigestSource) -> None:
    read(days, 2)
    async with open_app(days.options()) as driver:
        await driver.press("0")
        await driver.answer_prompt("slash", "votes:>=98")
        assert driver.titles == ["Paper 001", "Paper 002"]
        await driver.press("g", "n")
        assert driver.status == "No other unread paper in this list."
        await driver.press("space")
        await driver.press("n")
        assert driver.status == "Everything in this list is read."


async def test_n_still_goes_to_matches_of_a_search(days: DigestSource) -> None:
    async with open_app(days.options()) as driver:
        await driver.answer_prompt("slash", "about")
        await driver.press("n")
        assert driver.status == "Match 1 of 1"
        assert place(driver) == ("03", "7")


async def test_n_goes_on_while_reading(days: DigestSource) -> None:
    async with open_app(days.options()) as driver:
        await driver.press("enter", "n", "n", "n")
        assert place(driver) == ("02", "4")
        assert driver.screen.panes.is_zoomed


async def test_capital_j_and_k_go_on_to_other_days(days: DigestSource) -> None:
    async with open_app(days.options()) as driver:
        await driver.press("G", "J")
        assert place(driver) == ("02", "4")
        await driver.press("J", "J", "J")
        assert place(driver) == ("01", "1")
        await driver.press("J", "J", "J")
        assert place(driver) == ("01", "3")
        assert driver.status == "Thu 1 May 2025 is the oldest day."
        await driver.press("g", "K")
        assert place(driver) == ("02", "6")
        await driver.press("g", "K")
        await driver.press("g", "K")
        assert driver.status == "Sat 3 May 2025 is the newest day."


async def test_capital_j_reports_the_end_of_other_lists(days: DigestSource) -> None:
    async with open_app(days.options()) as driver:
        await driver.answer_prompt("slash", "votes:>1")
        await driver.press("G", "J")
        assert driver.status == "This is the last paper."
        await driver.press("g", "K")
        assert driver.status == "This is the first paper."


async def test_keys_typed_ahead_wait_for_the_other_day(days: DigestSource) -> None:
    async with open_app(days.options()) as driver:
        driver.type_ahead("G", "J", "asterisk", "J", "asterisk")
        await driver.wait_until_idle()
        starred = {paper[-1] for paper, marks in open_marks(days).all_marks().items() if marks}
        assert starred == {"4", "5"}


async def test_going_on_at_the_end_keeps_what_a_decision_did(source: DigestSource) -> None:
    source.add("2025-05-01", *sample_papers(1))
    source.sync()
    async with open_app(source.options()) as driver:
        await driver.press("J")
        assert driver.status == "Thu 1 May 2025 is the oldest day."
        await driver.press("asterisk")
        assert driver.status == "Starred."
        steps = main_screen(driver.pilot).later.steps
        steps.go_on()
        await wait_until(lambda: not steps.is_searching)
        assert driver.status == "Starred."
