"""Selections, the actions on them, and the command line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from tests.ui.driver import AppDriver, open_app, wait_until
from tests.ui.sources import DigestSource, open_marks, sample_papers
from tui.models import Marks

pytestmark = pytest.mark.slow


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
        assert driver.status == "Tagged #rl, #todo: 2 papers; u undoes it."
        assert open_marks(five).get("2501.00003") == Marks(tags=("rl", "todo"))
        assert marked(five, "tags") == [1, 3]
        await run_command(driver, "untag todo tag:rl")
        assert open_marks(five).get("2501.00003").tags == ("rl",)
        await run_command(driver, "hide votes:<97")
        assert driver.titles == ["Paper 001", "Paper 002", "Paper 003"]
        await driver.press("u", "u", "u")
        assert open_marks(five).all_marks() == {}
        await run_command(driver, "star title:nowhere")
        assert driver.status == "No papers match 'title:nowhere'."


async def test_query_of_a_command_selects_among_all_papers(five: DigestSource) -> None:
    five.add("2025-01-02", *sample_papers(2, first=6))
    five.sync()
    async with open_app(five.options()) as driver:
        assert len(driver.titles) == 2
        await run_command(driver, "tag rl title:00")
        assert driver.status == "Tagged #rl: 7 papers; u undoes it."
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
        await wait_until(lambda: "star [QUERY]: star (5 papers match)" in driver.text)


async def test_command_without_a_query_marks_the_selection(five: DigestSource) -> None:
    async with open_app(five.options()) as driver:
        await driver.press("V", "j")
        await driver.press("colon")
        await driver.type("lat", "tab")
        assert driver.prompt.value == "later "
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
    ("command", "is_run"),
    [
        ("help", lambda driver: len(driver.app.screen_stack) == 2),
        ("undo", lambda driver: driver.status == "Nothing to undo."),
        ("redo", lambda driver: driver.status == "Nothing to redo."),
        ("statistics", lambda driver: "Statistics by papers" in driver.text),
        ("note", lambda driver: "opens your editor" in driver.text),
        ("next", lambda driver: driver.paper == "Paper 002"),
        ("paper.next", lambda driver: driver.paper == "Paper 002"),
        ("w", lambda driver: driver.status.startswith("Marks are saved at once")),
    ],
)
async def test_what_other_programs_call_a_command_works(
    five: DigestSource, command: str, is_run: Callable[[AppDriver], bool]
) -> None:
    async with open_app(five.options()) as driver:
        await run_command(driver, command)
        await wait_until(lambda: is_run(driver))


@pytest.mark.parametrize("command", ["q", "quit", "wq", "exit"])
async def test_commands_that_quit(five: DigestSource, command: str) -> None:
    async with open_app(five.options()) as driver:
        await driver.press("colon")
        driver.prompt.value = command
        await driver.pilot.press("enter")
        await wait_until(lambda: not driver.app.is_running)


@pytest.mark.parametrize(
    ("typed", "completed"),
    [
        ("he", "help"),
        ("exp", "export "),
        ("und", "undo"),
        ("ta", "tag "),
        ("theme a", "theme auto"),
        ("paper.ne", "paper.next"),
        ("export ~/my papers.bib is:st", "export ~/my papers.bib is:starred "),
        ("hide is:un", "hide is:unread "),
        ("hide vot", "hide votes:"),
    ],
)
async def test_completion_continues_what_was_typed(
    five: DigestSource, typed: str, completed: str
) -> None:
    async with open_app(five.options()) as driver:
        await driver.press("colon")
        driver.prompt.value = typed
        driver.prompt.cursor_position = len(typed)
        await driver.press("tab")
        assert driver.prompt.value == completed


async def test_commands_are_described_while_they_are_typed(five: DigestSource) -> None:
    async with open_app(five.options()) as driver:
        await driver.press("colon")
        await driver.type("12")
        assert "Go to paper 12 of the list" in driver.text
        driver.prompt.value = "hide votes:<97"
        await wait_until(lambda: "hide [QUERY]: hide (2 papers match)" in driver.text)
        driver.prompt.value = "hide votess:<97"
        await wait_until(lambda: "hide [QUERY]: hide (Did you mean votes:?" in driver.text)
        driver.prompt.value = "hide"
        await wait_until(lambda: "hide [QUERY]: hide (the paper under the cursor)" in driver.text)
        driver.prompt.value = "down"
        await driver.press("enter")
        assert "down may mean: move.down  later.down" in driver.text


@pytest.mark.parametrize(
    ("command", "sentence"),
    [
        ("star votes:>=98", "Starred: 2 papers; u undoes it."),
        ("star", "Starred; u undoes it."),
        ("later title:00", "Added to the reading list: 5 papers; u undoes it."),
        ("read title:00", "Marked as read: 5 papers; u undoes it."),
        ("hide title:00", "Hid 5 papers; u undoes it, A shows hidden papers."),
        ("tag rl, todo title:00", "Tagged #rl, #todo: 5 papers; u undoes it."),
        ("untag rl", "Nothing was changed."),
    ],
)
async def test_result_has_the_words_of_the_keys(
    five: DigestSource, command: str, sentence: str
) -> None:
    async with open_app(five.options()) as driver:
        await run_command(driver, command)
        assert driver.status == sentence


async def test_theme_can_follow_the_terminal(five: DigestSource) -> None:
    options = five.options()
    async with open_app(options) as driver:
        await run_command(driver, "theme sepia")
        await run_command(driver, "theme auto")
        assert driver.app.theme == "ink"
    assert options.session.theme == "auto"


async def test_papers_of_a_query_are_exported(five: DigestSource, tmp_path: Path) -> None:
    file = tmp_path / "my papers.bib"
    async with open_app(five.options()) as driver:
        await run_command(driver, f"export {file} votes:>=97")
        assert "Wrote 3 papers" in driver.status
        await run_command(driver, f"export {tmp_path}/none.bib title:nowhere")
        assert driver.status == "Not written: No papers match 'title:nowhere'."
        await run_command(driver, f"write {file}")
        assert "The file exists" in driver.text
        await driver.press("enter")
        assert "Wrote 5 papers" in driver.status


async def test_source_is_added(five: DigestSource, tmp_path: Path) -> None:
    other = DigestSource(tmp_path / "other", tmp_path / "other cache")
    other.add("2025-01-03", *sample_papers(2, first=8))
    async with open_app(five.options()) as driver:
        await run_command(driver, f"add {other.digests}")
        await driver.press("0")
        assert len(driver.titles) == 7
        await run_command(driver, f"add {other.digests}")
        assert "is part of the source" in driver.text


@pytest.mark.parametrize(
    ("command", "message"),
    [
        ("frobnicate", "Unknown command: frobnicate"),
        ("tag", "Enter a tag, such as: tag rl"),
        ("star votess:>5", "votess:"),
        ("theme beige", "Themes: "),
        ("export nothing.xyz", "The file name must end with one of:"),
        ("votes many", "Enter a whole number."),
        ("tag 'a b'", "'a b': a tag has no spaces; write 'a-b', or 'a,b' for 2 tags"),
        ("set theme=paper", "Settings are in"),
        ("add", "Enter the path of a file or folder."),
        ("add /nowhere/at/all", "/nowhere/at/all does not exist."),
        ("add https://example.org/feed", "In a shell, broadsheet add"),
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
