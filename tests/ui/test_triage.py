"""Triage: one paper at a time, one key a decision, and a page that sums up."""

from __future__ import annotations

import re

import pytest

from tests.ui.driver import AppDriver, open_app, sidebar_marks
from tests.ui.sources import DigestPaper, DigestSource, open_marks, sample_papers
from tui.marks.edits import set_starred
from tui.ui.screens.triage import TriageScreen


def page(driver: AppDriver) -> str:
    """Return the text of the triage screen."""
    assert isinstance(driver.app.screen, TriageScreen)
    return driver.text


async def test_thirty_papers_take_one_key_each(source: DigestSource) -> None:
    source.add("2025-01-01", *sample_papers(30))
    source.sync()
    async with open_app(source.options()) as driver:
        keys = ["T", *["r", "r", "r", "r", "r", "s"] * 5]
        assert len(keys) <= 32
        await driver.press(*keys)
        assert "30 papers decided" in page(driver)
        marks = open_marks(source).all_marks()
        assert len(marks) == 30
        starred = [paper for paper, each in marks.items() if each.starred]
        assert starred == [f"2501.{number:05}" for number in (6, 12, 18, 24, 30)]
        # One key too many does no harm.
        await driver.press("r", "q")
        assert driver.status == "30 papers decided"
        assert "Unread 0" in sidebar_marks(driver)


async def test_every_decision_is_carried_out_and_summed_up(source: DigestSource) -> None:
    source.add("2025-01-01", *sample_papers(7))
    source.sync()
    async with open_app(source.options()) as driver:
        await driver.press("T")
        assert "1 of 7" in page(driver)
        assert "Paper 001" in driver.text
        assert "99 votes" in driver.text
        assert "This is about paper 001." in driver.text
        await driver.press("s")
        assert "2 of 7" in page(driver)
        assert "Starred: Paper 001" in driver.text
        await driver.press("L", "I", "t")
        await driver.type("rl")
        # The paper stays in view above the prompt.
        assert "Paper 004" in driver.text
        assert driver.text.splitlines()[-1].strip() == "Tags: rl"
        await driver.press("enter")
        assert "Tagged: Paper 004" in page(driver)
        await driver.press("r", "n")
        assert "Paper 007" in driver.text
        await driver.press("I")
        text = page(driver)
        assert "6 papers decided" in text
        for row in ("Starred          1", "Hidden           2", "Skipped          1"):
            assert row in text
        # Those to come back to are listed.
        assert all(f"Paper 00{number}" in text for number in (1, 2, 4))
        assert "Paper 003" not in text
        marks = open_marks(source).all_marks()
        assert marks["2501.00001"].starred
        assert marks["2501.00002"].later
        assert marks["2501.00003"].hidden
        assert marks["2501.00004"].tags == ("rl",)
        assert marks["2501.00005"].read
        assert "2501.00006" not in marks
        await driver.press("q")
        assert driver.titles == ["Paper 001", "Paper 002", "Paper 004", "Paper 005", "Paper 006"]
        # What was skipped comes again.
        await driver.press("T")
        assert "1 of 1" in page(driver)
        assert "Paper 006" in driver.text


async def test_undo_takes_decisions_back_one_by_one(source: DigestSource) -> None:
    source.add("2025-01-01", *sample_papers(3))
    source.sync()
    async with open_app(source.options()) as driver:
        await driver.press("T", "s", "n", "I")
        assert "2 papers decided" in page(driver)
        await driver.press("u")
        assert "3 of 3" in page(driver)
        assert not open_marks(source).get("2501.00003").hidden
        # Nothing was changed by skipping.
        await driver.press("u")
        assert "2 of 3" in page(driver)
        assert open_marks(source).get("2501.00001").starred
        await driver.press("u")
        assert "1 of 3" in page(driver)
        assert open_marks(source).all_marks() == {}
        await driver.press("u")
        assert "There is no decision to take back." in page(driver)


async def test_list_without_undecided_papers_says_so(source: DigestSource) -> None:
    source.add("2025-01-01", *sample_papers(1))
    source.sync()
    async with open_app(source.options()) as driver:
        await driver.press("space")
        await driver.press("T")
        assert driver.status == "All papers of the list are decided."


async def test_match_of_a_paper_and_its_reason_stand_below_the_title(source: DigestSource) -> None:
    robots = [
        DigestPaper(f"2501.{number:05}", title=f"Robot grasping {number}", votes=number)
        for number in range(10, 24)
    ]
    source.add("2025-01-01", *robots, *sample_papers(5))
    source.sync()
    options = source.options()
    options.marks.apply(set_starred([paper.arxiv_id for paper in robots[:12]], True))
    async with open_app(options) as driver:
        await driver.press("T", "n", "n", "n", "n", "n")
        assert "Robot grasping 23" in page(driver)
        assert re.search(r"match [0-9]+: .*Robot", driver.text)


LONG = "\n\n".join(f"Sentence {number} of the summary." for number in range(1, 61))


def text_rows(driver: AppDriver) -> list[str]:
    """Return the rows of the screen between the heading and the message."""
    return driver.text.splitlines()[2:-2]


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 50)])
async def test_summary_fills_the_screen_before_it_is_cut(
    source: DigestSource, size: tuple[int, int]
) -> None:
    source.add("2025-01-01", DigestPaper("2501.00001", summary=LONG))
    source.sync()
    async with open_app(source.options(), size) as driver:
        await driver.press("T")
        *rows, last = text_rows(driver)
        assert not last.strip()
        assert rows[-1].strip() == "⋯"
        assert "Sentence" in rows[-2] + rows[-3]
        # More rows show more of it.
        await driver.resize(size[0], size[1] + 4)
        assert len(text_rows(driver)) == len(rows) + 5
        assert text_rows(driver)[-2].strip() == "⋯"
        # Scrolling goes on where the text was cut.
        await driver.press("pagedown")
        assert "Sentence 1 of" not in driver.text
        await driver.press("G")
        assert "Sentence 60 of" in driver.text


async def test_summary_that_fits_is_not_cut(source: DigestSource) -> None:
    lines = "\n\n".join(f"Sentence {number} of the summary." for number in range(1, 16))
    source.add("2025-01-01", DigestPaper("2501.00001", summary=lines))
    source.sync()
    async with open_app(source.options()) as driver:
        await driver.press("T")
        assert "Sentence 15 of" in page(driver)
        assert "⋯" not in driver.text


async def test_key_bar_has_the_keys_that_work(source: DigestSource) -> None:
    source.add("2025-01-01", *sample_papers(1))
    source.sync()
    async with open_app(source.options(), (80, 24)) as driver:
        bar = driver.text.splitlines()[-1]
        for hint in ("Enter read", "n unread", "T triage", "/ search", "* star", "u undo"):
            assert hint in bar
        assert bar.rstrip().endswith("q quit")
        await driver.press("T")
        bar = driver.text.splitlines()[-1]
        assert all(hint in bar for hint in ("r read", "u undo", "Enter whole"))
        assert bar.rstrip().endswith("q back")
        await driver.press("r")
        text = page(driver)
        assert text.splitlines()[-1].strip().split("  ") == [
            "[ ] day", "u undo", "Enter list", "? help", "q back",
        ]  # fmt: skip
        assert "Enter and q return to the list" in text
        await driver.press("enter")
        assert not isinstance(driver.app.screen, TriageScreen)


async def test_leaving_without_a_decision_says_nothing(source: DigestSource) -> None:
    source.add("2025-01-01", *sample_papers(2))
    source.sync()
    async with open_app(source.options()) as driver:
        before = driver.status
        await driver.press("T", "q")
        assert driver.status == before


async def test_help_in_triage_begins_with_its_keys(source: DigestSource) -> None:
    source.add("2025-01-01", *sample_papers(1))
    source.sync()
    async with open_app(source.options(), (80, 24)) as driver:
        await driver.press("T", "question_mark")
        assert "Read, next paper" in driver.text


async def test_key_without_function_is_named(source: DigestSource) -> None:
    source.add("2025-01-01", *sample_papers(1))
    source.sync()
    async with open_app(source.options()) as driver:
        await driver.press("T", "X")
        assert "X has no function; ? shows all keys." in page(driver)
        await driver.press("j")
        assert "has no function" not in page(driver)


async def test_note_is_written_and_taken_back(source: DigestSource) -> None:
    source.add("2025-01-01", *sample_papers(2))
    source.sync()
    async with open_app(source.options()) as driver:
        await driver.press("T", "s", "e")
        await driver.type("mine", "ctrl+s")
        assert "Note saved." in page(driver)
        assert "mine" in driver.text
        assert "2 of 2" in driver.text
        assert open_marks(source).get("2501.00002").note == "mine"
        await driver.press("u")
        assert "2 of 2" in page(driver)
        assert not open_marks(source).get("2501.00002").note
        await driver.press("u")
        assert "1 of 2" in page(driver)
        assert open_marks(source).all_marks() == {}


async def test_other_days_follow_without_a_way_back_to_the_list(source: DigestSource) -> None:
    for day in range(1, 5):
        source.add(f"2025-01-0{day}", DigestPaper(f"2501.0000{day}", title=f"Paper {day}"))
    source.sync()
    options = source.options()
    options.marks.apply(set_starred(["2501.00003"], True))
    async with open_app(options) as driver:
        await driver.press("T", "r")
        assert "1 paper decided" in page(driver)
        # The third has nothing to decide.
        await driver.press("left_square_bracket")
        assert "Thu 2 January 2025   1 of 1" in page(driver)
        assert "Paper 2" in driver.text
        await driver.press("r")
        await driver.press("left_square_bracket")
        await driver.press("n")
        assert "0 papers decided" in page(driver)
        await driver.press("left_square_bracket")
        assert "No older day has undecided papers." in page(driver)
        await driver.press("right_square_bracket")
        assert "No newer day has undecided papers." in page(driver)
        await driver.press("enter")
        assert driver.status == "2 papers decided"
        assert driver.period == "2025-01-01"


async def test_message_has_room_for_a_long_title(source: DigestSource) -> None:
    title = "A Mill That Counts the Wind of Each Morning and of Every Night"
    source.add("2025-01-01", DigestPaper("2501.00001", title=title))
    source.sync()
    async with open_app(source.options()) as driver:
        await driver.press("T", "L")
        assert f"Added to the reading list: {title}" in page(driver)
        await driver.press("q", "u")
        assert title in driver.status
