"""The statistics: what they show, and how each number opens its papers."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from pathlib import Path
from weakref import ref

import pytest

import tui.ui.screens.statistics as screen_module
from tests.ui.driver import AppDriver, open_app, styled_runs, wait_until
from tests.ui.sources import DigestPaper, DigestSource
from tui.cache.source_cache import SourceCache
from tui.library.library import Library
from tui.library.statistics.counting import count_papers
from tui.library.statistics.records import Statistics
from tui.models import Paper
from tui.runtime.task import Progress, Task
from tui.terminal.capabilities import MONOCHROME, Terminal
from tui.terminal.glyphs import ASCII, UNICODE, use_glyphs

pytestmark = pytest.mark.slow


@pytest.fixture
def library_source(source: DigestSource) -> DigestSource:
    """Return digests of two months and of the year before, with a rising word and unknown votes."""
    for day in range(1, 9):
        old = DigestPaper(f"2504.{day:05}", f"Old news {day}", day, authors="Ada Bell")
        source.add(f"2025-04-{day:02}", old)
    for day in range(1, 5):
        new = DigestPaper(
            f"2505.{day:05}", f"Pebble news {day}", 40 + day, authors="Cy Dorn, 이 선"
        )
        source.add(f"2025-05-{day:02}", new)
    source.add("2024-11-11", DigestPaper("2411.00001", "Oldest", 700, authors="Ada Bell"))
    source.add("2025-05-06", DigestPaper("2505.00006", "No votes", None, authors=""))
    source.sync()
    return source


def item_text(driver: AppDriver) -> str:
    """Return the description of the item under the cursor."""
    return driver.lines[2].strip()


async def move_to(driver: AppDriver, words: str, key: str = "j") -> None:
    """Move the cursor to an item."""
    for _ in range(60):
        if words in item_text(driver):
            return
        await driver.press(key)
    raise AssertionError(f"{words!r} is nowhere:\n{driver.text}")


async def test_heading_names_the_counted_papers(library_source: DigestSource) -> None:
    async with open_app(library_source.options(period=""), (100, 60)) as driver:
        await driver.press("i")
        assert driver.lines[0].strip() == "Statistics by papers"
        assert driver.lines[1].strip() == (
            "14 papers of 1 source, 906 votes (1 unknown), 2024-11-11 to 2025-05-06"
        )
        # The cursor starts on the newest day.
        assert item_text(driver) == "Tue 6 May 2025: 1 paper, unknown votes"
        for words in ("Days of 2025", "Months", "Years", "Votes", "Authors", "Rising words: "):
            assert words in driver.text
        await driver.press("escape")
        assert driver.period == ""


@pytest.mark.parametrize(
    ("words", "status", "titles"),
    [
        ("Fri 2 May 2025: 1 paper, 42 votes", "Fri 2 May 2025", ["Pebble news 2"]),
        (
            "May 2025: 5 papers, 170 votes",
            "May 2025",
            [*(f"Pebble news {number}" for number in (4, 3, 2, 1)), "No votes"],
        ),
        ("2024: 1 paper, 700 votes", "2024", ["Oldest"]),
        (
            "Papers with 5..9 votes: 4 papers",
            "Papers with 5..9 votes",
            [f"Old news {number}" for number in (8, 7, 6, 5)],
        ),
        ("Papers with 500..999 votes: 1 paper", "Papers with 500..999 votes", ["Oldest"]),
        ("Unknown votes: 1 paper", "Unknown votes", ["No votes"]),
        (
            "이 선: 4 papers, 170 votes",
            "Papers by 이 선",
            [f"Pebble news {number}" for number in (4, 3, 2, 1)],
        ),
        (
            '"pebble": in 4 of 5 titles, previously in 0 of 9',
            '"pebble" in titles, May 2025',
            [f"Pebble news {number}" for number in (4, 3, 2, 1)],
        ),
    ],
)
async def test_every_number_opens_its_papers(
    library_source: DigestSource, words: str, status: str, titles: list[str]
) -> None:
    async with open_app(library_source.options(period=""), (80, 24)) as driver:
        before = driver.status
        await driver.press("i")
        if "Fri 2" in words:
            await driver.press("h", "j", "j", "j")
        await move_to(driver, words)
        await driver.press("enter")
        assert driver.status.startswith(f"{status}   ")
        assert driver.titles == titles
        await driver.press("ctrl+o")
        assert driver.status == before


async def test_escape_leads_back_from_a_list_to_the_same_item(
    library_source: DigestSource,
) -> None:
    async with open_app(library_source.options(period="")) as driver:
        await driver.press("i")
        await driver.press("tab")
        await move_to(driver, "Papers with 1..4 votes: 4 papers")
        await driver.press("enter")
        assert len(driver.titles) == 4
        await driver.press("escape")
        assert driver.period == ""
        await driver.press("i")
        assert item_text(driver) == "Papers with 1..4 votes: 4 papers"
        assert driver.lines[0].strip() == "Statistics by votes"


@pytest.mark.parametrize("key", ["question_mark", "f1"])
async def test_help_lists_its_keys_and_leads_back(library_source: DigestSource, key: str) -> None:
    async with open_app(library_source.options(period=""), (80, 160)) as driver:
        await driver.press("i", key)
        shown = [" ".join(line.split()) for line in driver.lines]
        assert "Enter List the counted papers" in shown
        assert "[ ] Earlier or later part of the calendar" in shown
        await driver.press("escape")
        assert item_text(driver) == "Tue 6 May 2025: 1 paper, unknown votes"


async def test_moving_among_days(library_source: DigestSource) -> None:
    async with open_app(library_source.options(period=""), (80, 30)) as driver:
        await driver.press("i")
        for key, day in (
            ("k", "Mon 5 May 2025: no digest"),
            ("left", "Mon 28 April 2025: no digest"),
            ("h", "Mon 21 April 2025"),
            ("down", "Tue 22 April 2025"),
            ("right", "Tue 29 April 2025"),
            ("l", "Tue 6 May 2025: 1 paper"),
            ("up", "Mon 5 May 2025: no digest"),
            ("up", "Mon 5 May 2025: no digest"),
        ):
            await driver.press(key)
            assert item_text(driver).startswith(day)
        # Items without papers are skipped.
        await driver.press("enter")
        assert item_text(driver).startswith("Mon 5 May 2025")
        await driver.press(*["j"] * 7)
        assert item_text(driver).startswith("April 2025: 8 papers")
        await driver.press("l", "h")
        assert item_text(driver).startswith("April 2025: 8 papers")
        # The column is remembered.
        await driver.press("k")
        assert item_text(driver).startswith("Sun 11 May 2025")
        await driver.press("G")
        assert item_text(driver).startswith('"pebble"')
        assert "pebble" in driver.lines[-2]
        await driver.press("g")
        assert "Days of 2025" in driver.text


async def test_years_are_pages(library_source: DigestSource) -> None:
    async with open_app(library_source.options(period=""), (80, 30)) as driver:
        await driver.press("i")
        await driver.press("left_square_bracket")
        assert "Days of 2024" in driver.text
        assert item_text(driver) == "Mon 11 November 2024: 1 paper, 700 votes"
        # Only years with a digest have a page.
        await driver.press("left_square_bracket")
        assert "Days of 2024" in driver.text
        await driver.press("right_square_bracket")
        assert "Days of 2025" in driver.text
        await driver.press("right_square_bracket")
        assert "Days of 2025" in driver.text
        assert item_text(driver).startswith("Tue 6 May 2025")
        # Before its first week is the previous year.
        await driver.press(*["h"] * 18)
        assert "Days of 2024" in driver.text
        await driver.press("l")
        assert "Days of 2025" in driver.text


async def test_narrow_calendar_has_half_years(library_source: DigestSource) -> None:
    async with open_app(library_source.options(period=""), (40, 24)) as driver:
        await driver.press("i")
        assert "Days of 2025, January to June" in driver.text
        await driver.press("left_square_bracket")
        assert "Days of 2024, July to December" in driver.text
        assert item_text(driver).startswith("Mon 11 November 2024: 1 paper")
        await driver.resize(100, 30)
        assert item_text(driver) == "Mon 11 November 2024: 1 paper, 700 votes"
        await driver.resize(40, 12)
        assert item_text(driver).startswith("Mon 11 November 2024: 1 paper")
        await driver.press("enter")
        assert driver.titles == ["Oldest"]


async def test_votes_instead_of_papers(library_source: DigestSource) -> None:
    def bars() -> dict[str, int]:
        rows = [line for line in driver.lines if UNICODE.bar[-1] * 3 in line]
        return {row.split("  ")[1].strip(): row.count(UNICODE.bar[-1]) for row in rows if row}

    async with open_app(library_source.options(period=""), (80, 60)) as driver:
        await driver.press("i")
        by_papers = bars()
        await driver.press("tab")
        by_votes = bars()
        assert driver.lines[0].strip() == "Statistics by votes"
        assert "Tab papers" in driver.lines[-1]
        assert by_papers["April 2025"] > by_papers["May 2025"]
        assert by_votes["April 2025"] < by_votes["May 2025"]
        # Days with unknown votes are included.
        x, y = driver.find("  Tue")
        assert driver.lines[y][x:].strip().endswith(UNICODE.heat[0])
        await driver.press("tab")
        assert bars() == by_papers


async def test_mouse(library_source: DigestSource) -> None:
    async with open_app(library_source.options(period=""), (80, 40)) as driver:
        await driver.press("i")
        await driver.click("  Ada Bell")
        assert item_text(driver).startswith("Ada Bell: 9 papers")
        # The whole row belongs to the bar.
        await driver.click("  Ada Bell", dx=30)
        assert driver.status.startswith("Papers by Ada Bell   9 papers")
        await driver.press("ctrl+o", "i")
        x, y = driver.find("Wed ")
        line = driver.lines[y]
        await driver.click_at(next(at for at in range(x + 4, 80) if line[at] != " "), y)
        assert item_text(driver).startswith("Wed 2 April 2025: 1 paper")
        await driver.turn_wheel("Months")
        assert "Days of 2025" not in driver.text


# Lists


async def test_statistics_count_the_list(library_source: DigestSource) -> None:
    async with open_app(library_source.options(), (100, 60)) as driver:
        await driver.press("i")
        assert driver.lines[0].strip() == "Statistics by papers: Tue 6 May 2025"
        assert driver.lines[1].strip() == "1 paper, unknown votes, 2025-05-06"
        await driver.press("0")
        assert driver.lines[0].strip() == "Statistics by papers"
        assert driver.lines[1].strip().startswith("14 papers of 1 source")
        await driver.press("escape")
        assert driver.period == "2025-05-06"
        await driver.press("0")
        await driver.answer_prompt("slash", "News")
        await driver.press("plus", "plus")
        await driver.press("i")
        assert driver.lines[0].strip() == "Statistics by papers: All days /News   10+ votes"
        assert driver.lines[1].strip() == "4 papers, 170 votes, 2025-05-01 to 2025-05-04"


@pytest.mark.parametrize(
    ("scope_key", "words", "status", "titles"),
    [
        ("0", "May 2025: 4 papers", "May 2025   /news   20+ votes", [4, 3, 2, 1]),
        ("0", "Cy Dorn: 4 papers", "Papers by Cy Dorn   /news votes:>=20", [4, 3, 2, 1]),
        ("0", "Fri 2 May 2025: 1 paper", "Fri 2 May 2025   /news   20+ votes", [2]),
        ("d", "May 2025: 4 papers", "2025   /news date:2025-05   20+ votes", [4, 3, 2, 1]),
        ("a", "Papers with 20..49 votes: 4 papers", "Papers by Cy Dorn   /news votes:20..49", None),
    ],
)
async def test_number_of_a_list_opens_the_papers_that_were_counted(
    library_source: DigestSource, scope_key: str, words: str, status: str, titles: list[int] | None
) -> None:
    async with open_app(library_source.options(), (100, 40)) as driver:
        if scope_key == "0":
            await driver.press("0")
        elif scope_key == "d":
            await driver.answer_prompt("d", "2025")
        else:
            await driver.press("left_square_bracket", "a", "enter")
        await driver.answer_prompt("slash", "news")
        if scope_key != "a":
            # At least 20 votes.
            await driver.press("plus", "plus", "plus")
        before, found = driver.status, driver.titles
        await driver.press("i")
        await move_to(driver, words, "k" if "Fri 2" in words else "j")
        await driver.press("enter")
        scope, filter_text = status.split("   ", 1)
        assert driver.status.startswith(f"{scope}   ")
        assert f"   {filter_text}" in driver.status
        wanted = found if titles is None else [f"Pebble news {number}" for number in titles]
        assert driver.titles == wanted
        await driver.press("ctrl+o")
        assert driver.status.split("   ")[0] == before.split("   ")[0]


async def test_list_without_papers_can_be_widened(library_source: DigestSource) -> None:
    async with open_app(library_source.options(), (100, 40)) as driver:
        await driver.answer_prompt("slash", "nothing")
        await driver.press("i")
        assert "No papers here." in driver.text
        assert "0 counts all papers." in driver.text
        await driver.press("0")
        assert driver.lines[1].strip().startswith("14 papers of 1 source")


async def test_way_of_counting_stays_for_other_lists(library_source: DigestSource) -> None:
    async with open_app(library_source.options(period=""), (100, 40)) as driver:
        await driver.press("i", "left_square_bracket", "tab", "escape")
        await driver.answer_prompt("slash", "news")
        await driver.press("i")
        # Its calendar has no page of 2024.
        assert driver.lines[0].strip() == "Statistics by votes: All days /news"
        assert item_text(driver).startswith("Sun 4 May 2025")
        await driver.press("left_square_bracket", "right_square_bracket")
        assert item_text(driver).startswith("Sun 4 May 2025")


async def test_every_source_is_counted(library_source: DigestSource, tmp_path: Path) -> None:
    other = DigestSource(tmp_path / "more", library_source.cache)
    other.digests.mkdir()
    other.add("2025-05-07", DigestPaper("2505.00007", "Of elsewhere", 3))
    other.sync()
    sources = (library_source.digests, other.digests)
    library = Library([SourceCache(library_source.cache, source) for source in sources])
    async with open_app(library_source.options(library=library, period="")) as driver:
        await driver.press("i")
        assert driver.lines[1].strip().startswith("15 papers of 2 sources, 909 votes")
        assert item_text(driver).startswith("Wed 7 May 2025: 1 paper, 3 votes")


async def test_new_papers_are_counted_when_it_is_opened_again(library_source: DigestSource) -> None:
    async with open_app(library_source.options(period="")) as driver:
        await driver.press("i")
        await driver.press("escape")
        library_source.add("2025-05-07", DigestPaper("2505.00007", "News", 3))
        await driver.press("ctrl+r")
        await driver.press("i")
        assert driver.lines[1].strip().startswith("15 papers of 1 source")


# States


async def test_empty_library(source: DigestSource) -> None:
    async with open_app(source.options(), (60, 20)) as driver:
        await driver.press("i")
        assert "There are no papers yet." in driver.text
        await driver.press("j", "h", "tab", "left_square_bracket", "enter", "G")
        assert "There are no papers yet." in driver.text
        await driver.press("i")
        assert len(driver.app.screen_stack) == 1


@pytest.mark.parametrize("size", [(40, 12), (60, 20), (120, 40)])
async def test_one_paper(source: DigestSource, size: tuple[int, int]) -> None:
    source.add("2025-05-01", DigestPaper("2505.00001", "Only One", 0))
    source.sync()
    async with open_app(source.options(), size) as driver:
        await driver.press("i")
        assert item_text(driver) == "Thu 1 May 2025: 1 paper, 0 votes"
        assert " to 2025" not in driver.text
        await driver.press(*["j"] * 30)
        assert item_text(driver).startswith("Cy Dorn: 1 paper")
        assert "There is no earlier month to compare" in " ".join(driver.text.split())
        assert "Years" not in driver.text
        await driver.press("g", "enter")
        assert driver.titles == ["Only One"]


async def test_terminal_that_is_too_small(library_source: DigestSource) -> None:
    async with open_app(library_source.options(period=""), (80, 24)) as driver:
        await driver.press("i")
        await driver.resize(39, 24)
        assert driver.text.strip() == "Broadsheet needs 40 x 12 cells."
        await driver.resize(40, 12)
        assert item_text(driver).startswith("Tue 6 May 2025")


@pytest.fixture
def counting_gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Block the counting after its start until this event is set or the job is cancelled."""
    opened = threading.Event()

    def count(papers: list[Paper], task: Task) -> Statistics:
        task.report(Progress(7, 14))
        while not opened.wait(0.005) and not task.is_cancelled():
            pass
        return count_papers(papers, task)

    monkeypatch.setattr(screen_module, "count_papers", count)
    yield opened
    opened.set()


@pytest.mark.usefixtures("impatient_keys")
async def test_counting_can_be_cancelled(
    library_source: DigestSource, counting_gate: threading.Event
) -> None:
    async with open_app(library_source.options(period="")) as driver:
        await driver.pilot.press("i")
        await wait_until(lambda: "Counting papers: 7 of 14" in driver.text)
        assert "Escape cancels." in driver.text
        # Moves have no effect yet.
        await driver.pilot.press("j", "h", "tab", "enter", "escape")
        await driver.wait_until_idle()
        assert len(driver.app.screen_stack) == 1
        await driver.pilot.press("i")
        await wait_until(lambda: "Counting papers: 7 of 14" in driver.text)
        counting_gate.set()
        await driver.wait_until_idle()
        assert item_text(driver).startswith("Tue 6 May 2025")


async def test_keys_wait_for_the_count_also_if_they_come_later(
    library_source: DigestSource, counting_gate: threading.Event
) -> None:
    async with open_app(library_source.options(period="")) as driver:
        driver.type_ahead("i")
        await wait_until(lambda: "Counting papers: 7 of 14" in driver.text)
        await wait_until(lambda: driver.app.queue_task is None)
        driver.type_ahead("G", "enter")
        await driver.pilot.pause()
        counting_gate.set()
        await driver.wait_until_idle()
        last = driver.titles
        await driver.press("ctrl+o", "i", "G", "enter")
        assert driver.titles == last
        assert len(driver.app.screen_stack) == 1


# Style


async def test_statistics_in_ascii(library_source: DigestSource) -> None:
    try:
        use_glyphs(ASCII)
        async with open_app(library_source.options(period=""), (80, 60)) as driver:
            await driver.press("i")
            assert driver.text.isascii() or driver.text.replace("이 선", "").isascii()
            assert "====" in driver.text
    finally:
        use_glyphs(UNICODE)


async def test_cursor_is_visible_without_colors(library_source: DigestSource) -> None:
    async with open_app(
        library_source.options(period="", terminal=Terminal(MONOCHROME)), (80, 24)
    ) as driver:
        await driver.press("i")
        reversed_texts = [
            text for text, style in styled_runs(driver, driver.app.size.region) if style.reverse
        ]
        assert UNICODE.heat[-1] in reversed_texts


async def test_keys_typed_ahead_wait_for_the_numbers(library_source: DigestSource) -> None:
    async with open_app(library_source.options(period=""), (80, 30)) as driver:
        driver.type_ahead("i", "left_square_bracket", "tab", "enter")
        await driver.wait_until_idle()
        assert driver.titles == ["Oldest"]


async def test_counted_library_is_released(library_source: DigestSource) -> None:
    async with open_app(library_source.options(period="")) as driver:
        await sync_another_day(library_source, driver, 7)
        counted = ref(driver.screen.library.get())
        await driver.press("i")
        await driver.press("escape")
        await sync_another_day(library_source, driver, 8)
        gc.collect()
        assert counted() is None


async def sync_another_day(source: DigestSource, driver: AppDriver, day: int) -> None:
    """Add and sync another day of May."""
    source.add(f"2025-05-{day:02}", DigestPaper(f"2505.{day:05}", f"Newest of {day}"))
    await driver.press("ctrl+r")
    await wait_until(
        lambda: f"2025-05-{day:02}" in driver.screen.library.get().period_counts.counts
    )


async def test_hidden_papers_are_not_counted(library_source: DigestSource) -> None:
    async with open_app(library_source.options(period="")) as driver:
        await driver.press("i")
        assert "14 papers" in driver.text
        await driver.press("escape", "I")
        await driver.press("i")
        assert "13 papers" in driver.text
        # Those that are shown are counted.
        await driver.press("escape", "A", "i")
        assert "14 papers" in driver.text
        await driver.press("escape", "A", "i")
        assert "13 papers" in driver.text


async def test_key_bar_names_help_and_the_way_back(library_source: DigestSource) -> None:
    async with open_app(library_source.options(period="")) as driver:
        await driver.press("i")
        assert "? help  q back" in driver.lines[-1]
