"""Selections, the actions on them, and the command line."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.ui.driver import AppDriver, open_app
from tests.ui.sources import DigestSource, open_marks, sample_papers
from tui.models import Marks


@pytest.fixture
def five(source: DigestSource) -> DigestSource:
    """Return a source with five papers of a day."""
    source.add("2025-01-01", *sample_papers(5))
    source.sync()
    return source


def marked(source: DigestSource, field: str) -> Sequence[int]:
    """Return the numbers of the papers with a mark."""
    marks = open_marks(source).all_marks()
    return [int(paper[-1]) for paper, each in sorted(marks.items()) if getattr(each, field)]


async def run_command(driver: AppDriver, text: str) -> None:
    """Type a command, and run it."""
    await driver.press("colon")
    driver.prompt.value = text
    await driver.press("enter")


async def test_actions_work_on_a_range_and_are_one_step(five: DigestSource) -> None:
    async with open_app(five.options()) as driver:
        await driver.press("j", "V", "j", "j")
        assert "3 selected" in driver.status
        rows = driver.pane("table")[1:6]
        assert ["▪Paper" in row for row in rows] == [False, True, True, True, False]
        await driver.press("asterisk")
        assert driver.status == "Starred: 3 papers."
        assert marked(five, "starred") == [2, 3, 4]
        assert "selected" not in driver.text
        await driver.press("u")
        assert marked(five, "starred") == []


async def test_single_papers_are_added_and_escape_ends_the_selection(five: DigestSource) -> None:
    async with open_app(five.options()) as driver:
        await driver.press("equals_sign", "j", "equals_sign", "V", "V", "t")
        await driver.type("rl", "enter")
        assert marked(five, "tags") == [1, 3, 4]
        await driver.press("k", "equals_sign", "escape", "I")
        # Only the paper under the cursor: the selection is gone.
        assert marked(five, "hidden") == [4]
        await driver.press("V", "k", "k")
        await driver.press("left_square_bracket", "0")
        assert "selected" not in driver.status


async def test_papers_above_and_below_are_marked_as_read(five: DigestSource) -> None:
    async with open_app(five.options()) as driver:
        await driver.press("j", "j", "E", "k")
        assert marked(five, "read") == [1, 2]
        await driver.press("E", "j")
        assert marked(five, "read") == [1, 2, 4, 5]
        await driver.press("u")
        assert marked(five, "read") == [1, 2]


async def test_command_marks_the_papers_of_a_query_in_one_step(five: DigestSource) -> None:
    async with open_app(five.options()) as driver:
        await run_command(driver, "tag rl,todo votes:>=97 -title:002")
        assert driver.status == "tag rl todo: 2 papers changed; u undoes it."
        assert open_marks(five).get("2501.00003") == Marks(tags=("rl", "todo"))
        assert marked(five, "tags") == [1, 3]
        await run_command(driver, "untag todo tag:rl")
        assert open_marks(five).get("2501.00003").tags == ("rl",)
        await run_command(driver, "hide votes:<97")
        assert driver.titles == ["Paper 001", "Paper 002", "Paper 003"]
        await driver.press("u", "u", "u")
        assert open_marks(five).all_marks() == {}
        await run_command(driver, "star title:nowhere")
        assert driver.status == "No paper to mark matches title:nowhere"


async def test_query_of_a_command_selects_among_all_papers(five: DigestSource) -> None:
    five.add("2025-01-02", *sample_papers(2, first=6))
    five.sync()
    async with open_app(five.options()) as driver:
        assert len(driver.titles) == 2
        await run_command(driver, "tag rl title:00")
        assert driver.status == "tag rl: 7 papers changed; u undoes it."
        await driver.press("u")
        assert open_marks(five).all_marks() == {}
        await run_command(driver, "hide title:001")
        await run_command(driver, "star title:001 OR title:002")
        assert marked(five, "starred") == [2]
        await run_command(driver, "star is:hidden")
        assert marked(five, "starred") == [1, 2]
        await run_command(driver, "unhide title:00")
        assert marked(five, "hidden") == []


async def test_query_of_a_command_selects_among_the_selected_papers(five: DigestSource) -> None:
    async with open_app(five.options()) as driver:
        await driver.press("j", "V", "j", "colon")
        await driver.type("tag rl")
        assert "2 selected" in driver.text
        await driver.press("escape")
        await run_command(driver, "star votes:<=97")
        assert marked(five, "starred") == [3]
        assert "selected" not in driver.text
        await driver.press("colon")
        await driver.type("star title:00")
        assert "all papers that match" in driver.text


async def test_command_without_a_query_marks_the_selection(five: DigestSource) -> None:
    async with open_app(five.options()) as driver:
        await driver.press("V", "j")
        await driver.press("colon")
        await driver.type("lat", "tab")
        assert driver.prompt.value == "later"
        assert "2 selected" in driver.text
        await driver.press("enter")
        assert marked(five, "later") == [1, 2]


async def test_every_action_has_a_name(five: DigestSource, tmp_path: Path) -> None:
    async with open_app(five.options()) as driver:
        await run_command(driver, "mark.star")
        assert marked(five, "starred") == [1]
        await run_command(driver, "sort -title")
        assert driver.titles[0] == "Paper 005"
        await run_command(driver, "votes 97")
        assert len(driver.titles) == 3
        await run_command(driver, "votes 0")
        await run_command(driver, "search 002 OR 003")
        assert sorted(driver.titles) == ["Paper 002", "Paper 003"]
        await run_command(driver, "theme sepia")
        assert driver.app.theme == "sepia"
        await run_command(driver, f"export {tmp_path / 'out.bib'}")
        await driver.wait_until_idle()
        assert "Wrote 2 papers" in driver.status
        await run_command(driver, "2")
        assert driver.paper == driver.titles[1]


@pytest.mark.parametrize(
    ("command", "message"),
    [
        ("frobnicate", "Unknown command: frobnicate"),
        ("tag", "Enter a tag, such as: tag rl"),
        ("star votess:>5", "votess:"),
        ("theme beige", "Themes: "),
        ("export nothing.xyz", "The file name must end with one of:"),
        ("votes many", "Enter a whole number."),
    ],
)
async def test_mistake_is_explained_and_can_be_corrected(
    five: DigestSource, command: str, message: str
) -> None:
    async with open_app(five.options()) as driver:
        await run_command(driver, command)
        assert message in driver.text
        assert driver.prompt.value == command


async def test_commands_are_remembered(five: DigestSource) -> None:
    options = five.options()
    async with open_app(options) as driver:
        await run_command(driver, "star votes:>=98")
        await driver.press("colon", "up")
        assert driver.prompt.value == "star votes:>=98"
    assert options.session.commands == ["star votes:>=98"]
