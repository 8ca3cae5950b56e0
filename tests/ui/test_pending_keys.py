"""Counts, sequences, and keys that go back, as readers know them from vim, less and lazygit."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from textual.timer import Timer

from tests.ui.driver import open_app, open_palette, wait_until
from tests.ui.sources import DigestPaper, DigestSource, sample_papers
from tui.config.session import Session
from tui.config.settings import Settings
from tui.query.parser import parse
from tui.ui import key_queue, pending_keys
from tui.ui.workers.library_jobs import PaperLoader

pytestmark = pytest.mark.slow

LINES = "\n".join(f"- line {number:03}" for number in range(200))


@pytest.fixture
def _no_timeout(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let only the next key decide what a digit means."""
    monkeypatch.setattr(pending_keys, "PANE_KEY_SECONDS", 3600.0)


@pytest.fixture
def days(source: DigestSource) -> DigestSource:
    """Return a source with thirty days of forty papers each, but for the texts of the first."""
    for day in range(1, 31):
        source.add(f"2025-04-{day:02}", *sample_papers(40, first=1000 * day, votes=99_999))
    source.add(
        "2025-05-01", DigestPaper("2505.00001", votes=999, summary=LINES), *sample_papers(39)
    )
    source.sync()
    return source


@pytest.mark.usefixtures("_no_timeout")
@pytest.mark.parametrize(
    ("keys", "row"),
    [
        ("5j", 5),
        ("3j", 3),
        ("10j", 10),
        ("12j2k", 10),
        ("5J", 5),
        ("9J3K", 6),
        ("7G", 6),
        ("G3g", 2),
    ],
)
async def test_numbers_repeat_moves(days: DigestSource, keys: str, row: int) -> None:
    async with open_app(days.options()) as driver:
        await driver.press(*keys)
        assert driver.screen.panes.table.cursor == row
        assert (driver.focus, driver.period) == ("table", "2025-05-01")


@pytest.mark.usefixtures("_no_timeout")
async def test_numbers_repeat_steps_between_days(days: DigestSource) -> None:
    async with open_app(days.options()) as driver:
        await driver.press("1", "0", "left_square_bracket")
        assert driver.period == "2025-04-21"
        await driver.press("3", "right_square_bracket")
        assert driver.period == "2025-04-24"
        await driver.press("9", "9", "right_square_bracket")
        assert driver.period == "2025-05-01"
        await driver.press("0")
        assert driver.period == ""


@pytest.mark.usefixtures("_no_timeout")
async def test_numbers_repeat_moves_in_a_summary(days: DigestSource) -> None:
    async with open_app(days.options()) as driver:
        await driver.press("enter", "1", "2", "j")
        assert driver.top_line("viewer") == 12
        await driver.press("2", "k")
        assert driver.top_line("viewer") == 10


@pytest.mark.usefixtures("_no_timeout")
async def test_pending_number_is_visible_and_cancelled_by_escape(days: DigestSource) -> None:
    async with open_app(days.options()) as driver:
        await driver.press("3")
        assert driver.status == "3: go to the summary, or repeat the next key"
        await driver.press("0")
        assert driver.status == "30: repeat the next key"
        await driver.press("escape")
        assert driver.status.startswith("Thu 1 May 2025")
        await driver.press("y", "escape")
        assert driver.status.startswith("Thu 1 May 2025")
        await driver.press("j")
        assert driver.screen.panes.table.cursor == 1
        assert driver.status.startswith("Thu 1 May 2025")


@pytest.mark.usefixtures("_no_timeout")
async def test_number_of_a_pane_works_before_a_key_that_takes_no_count(days: DigestSource) -> None:
    async with open_app(days.options()) as driver:
        await driver.press("3", "asterisk")
        assert driver.focus == "viewer"
        assert driver.status == "Starred."


async def test_number_of_a_pane_works_if_no_key_follows(
    days: DigestSource, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pending_keys, "PANE_KEY_SECONDS", 0.01)
    async with open_app(days.options()) as driver:
        await driver.press("3")
        await wait_until(lambda: driver.focus == "viewer")
        assert driver.status.startswith("Thu 1 May 2025")


async def test_timer_that_fires_late_does_nothing(
    days: DigestSource, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pending_keys, "PANE_KEY_SECONDS", 3600.0)
    calls: list[Callable[[], Any]] = []

    async def make_call() -> None:
        # As Textual does that has queued the call when the timer is stopped.
        if (pending := calls.pop()()) is not None:
            await pending

    async with open_app(days.options()) as driver:
        set_timer = driver.app.set_timer

        def note_call(seconds: float, callback: Callable[[], Any]) -> Timer:
            calls.append(callback)
            return set_timer(seconds, callback)

        monkeypatch.setattr(driver.app, "set_timer", note_call)
        await driver.press("1", "0")
        await make_call()
        await driver.press("j")
        assert (driver.focus, driver.screen.panes.table.cursor) == ("table", 10)
        await driver.press("3")
    await make_call()
    assert driver.app.crash_report is None


@pytest.mark.usefixtures("_no_timeout")
async def test_click_forgets_a_number(days: DigestSource) -> None:
    async with open_app(days.options()) as driver:
        await driver.press("5")
        await driver.click("Paper 003")
        row = driver.screen.panes.table.cursor
        await driver.press("j")
        assert driver.screen.panes.table.cursor == row + 1


# Panes


async def test_h_and_l_go_from_pane_to_pane(days: DigestSource) -> None:
    async with open_app(days.options()) as driver:
        seen = []
        for key in ("l", "l", "h", "h", "h"):
            await driver.press(key)
            seen.append(driver.focus)
        assert seen == ["viewer", "viewer", "table", "sidebar", "sidebar"]
        assert driver.period == "2025-05", "h leads from a day to its month"
        await driver.press("l", "l")
        assert (driver.focus, driver.period) == ("table", "2025-05-01"), (
            "a day has nothing to expand"
        )


async def test_h_leads_from_a_paper_to_the_list(days: DigestSource) -> None:
    async with open_app(days.options()) as driver:
        await driver.press("enter", "h")
        assert driver.focus == "table"
        assert not driver.screen.panes.is_zoomed


async def test_z_maximizes_the_pane_with_the_focus(days: DigestSource) -> None:
    async with open_app(days.options()) as driver:
        panes = driver.screen.panes
        height = panes.table.size.height
        await driver.press("z")
        assert panes.table.size.height > 2 * height
        assert "line 000" not in driver.text
        assert "All days" not in driver.text
        await driver.press("j", "enter")
        assert panes.is_zoomed
        assert "This is about" in driver.text
        await driver.press("q")
        assert not panes.viewer.display, "the list is still alone"
        await driver.press("z")
        assert panes.table.size.height == height
        assert "This is about" in driver.text
        await driver.press("l", "z")
        assert panes.is_zoomed
        await driver.press("z")
        assert not panes.is_zoomed
        await driver.press("z", "3")
        assert driver.focus == "viewer"
        assert panes.viewer.display


# Back and quit


async def test_q_goes_back_one_level_and_quits_at_the_top(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        await driver.answer_prompt("slash", "model")
        await driver.press("m", "enter")
        for scope, is_filtered in (
            ("Similar to ", False),
            ("Fri 30 May 2025", True),
            ("Fri 30 May 2025", False),
        ):
            assert not driver.app._exit
            await driver.press("q")
            assert driver.status.startswith(scope)
            assert ("/model" in driver.status) is is_filtered
            assert not driver.screen.panes.is_zoomed
        await driver.pilot.press("q")
        await wait_until(lambda: driver.app._exit)


@pytest.mark.parametrize(
    "keys",
    [
        ("0",),
        ("1", "g", "j", "enter"),
        ("1", "g", "j"),
        ("M",),
        ("a", "enter"),
        ("W",),
        ("0", "w", *"All", "enter", "j"),
    ],
)
async def test_q_leads_from_what_was_opened_back_to_the_day(
    samples: DigestSource, keys: tuple[str, ...]
) -> None:
    session = Session(newest="2025-05-28")
    async with open_app(samples.options(session=session)) as driver:
        await driver.press("j")
        day, paper = driver.status, driver.paper
        await driver.press(*keys)
        assert not driver.status.startswith("Fri 30 May 2025")
        for _level in range(1 + keys.count("w")):
            assert not driver.app._exit
            await driver.press("q")
        assert (driver.status, driver.paper) == (day, paper)
        await driver.pilot.press("q")
        await wait_until(lambda: driver.app._exit)


async def test_q_quits_from_what_was_opened_at_the_start(samples: DigestSource) -> None:
    session = Session(period="2025-05-22")
    async with open_app(
        samples.options(session=session, query=parse("model"), period="")
    ) as driver:
        await driver.press("m", "q")
        assert driver.status.startswith("All days")
        await driver.pilot.press("q")
        await wait_until(lambda: driver.app._exit)


async def test_repeated_q_ends_the_program_after_searches_that_were_closed(
    samples: DigestSource,
) -> None:
    async with open_app(samples.options()) as driver:
        for word in ("model", "agent"):
            await driver.press("0")
            await driver.answer_prompt("slash", word)
            await driver.press("escape", "m", "ctrl+o", "ctrl+o", "ctrl+n")
        for _key in range(20):
            await driver.pilot.press("q")
            if driver.app._exit:
                break
            await driver.wait_until_idle()
        assert driver.app._exit


async def test_q_while_a_list_is_loading_ends_the_program_in_the_end(
    samples: DigestSource, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_app(samples.options()) as driver:
        await driver.press("a", "enter", "m")
        monkeypatch.setattr(PaperLoader, "load_papers", lambda *_arguments: None)
        monkeypatch.setattr(key_queue, "READY_TIMEOUT_SECONDS", 0.01)
        for _key in range(8):
            driver.type_ahead("q")
            await driver.pilot.pause(0.05)
        await wait_until(lambda: driver.app._exit)


async def test_q_leads_from_a_pane_to_the_list(samples: DigestSource) -> None:
    async with open_app(samples.options(), (60, 20)) as driver:
        for pane in ("1", "3"):
            await driver.press(pane, "q")
            assert driver.focus == "table"
            assert not driver.app._exit


@pytest.mark.parametrize("before", [[], ["enter"], ["question_mark"], ["m"], ["f"], ["i"]])
async def test_zz_quits_from_anywhere(samples: DigestSource, before: list[str]) -> None:
    async with open_app(samples.options()) as driver:
        await driver.press(*before, "Z")
        assert not driver.app._exit
        await driver.pilot.press("Z")
        await wait_until(lambda: driver.app._exit)


async def test_first_z_shows_how_to_go_on(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        await driver.press("Z")
        assert driver.status == "Z:  Z quit"
        await driver.press("j")
        assert driver.status == "Zj has no function; ? shows all keys."
        assert not driver.app._exit


async def test_ctrl_c_says_how_to_quit(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        await driver.press("ctrl+c")
        assert driver.status == "Ctrl+Q quits."
        assert "Do you want to quit" not in driver.text
        assert not driver.app._notifications


async def test_ctrl_c_cancels_a_prompt_or_dialog(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        await driver.press("slash")
        await driver.type("model", "ctrl+c")
        assert not driver.screen.panes.is_prompting
        assert "/model" not in driver.status
        for key in ("question_mark", "f", "i", "e"):
            await driver.press(key)
            assert len(driver.app.screen_stack) == 2
            await driver.press("ctrl+c")
            assert len(driver.app.screen_stack) == 1, key


async def test_unbound_key_is_named(samples: DigestSource) -> None:
    settings = Settings(keymap={"app.help": "f1"}, read_after=0, watch=False)
    async with open_app(samples.options(settings=settings)) as driver:
        await driver.press("underscore")
        assert driver.status == "Underscore has no function; F1 shows all keys."
        await driver.press("j")
        assert "no function" not in driver.status


@pytest.mark.parametrize("keys", ["ㅛㅛ", "ㅛㅅ"])
async def test_sequences_work_with_a_korean_layout(samples: DigestSource, keys: str) -> None:
    async with open_app(samples.options()) as driver:
        await driver.press(*keys)
        assert driver.app.clipboard.endswith("https://arxiv.org/abs/2505.22954")


async def test_palette_runs_what_a_sequence_does(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        await open_palette(driver, "copy title and link")
        await driver.press("enter")
        await wait_until(lambda: driver.app.clipboard.startswith("Darwin "))


# Find in a summary


async def test_slash_finds_in_the_summary_that_is_read(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        titles, paper = driver.titles, driver.paper
        await driver.press("enter")
        await driver.answer_prompt("slash", "다")
        assert (driver.titles, driver.paper) == (titles, paper)
        total = int(driver.status.rpartition(" ")[2])
        assert driver.status == f"Match 1 of {total}"
        await driver.press("n")
        assert driver.status == f"Match 2 of {total}"
        await driver.press("N", "N")
        assert driver.status == f"Match {total} of {total}"
        await driver.press("escape")
        assert driver.screen.panes.is_zoomed, "only the highlighting is gone"
        await driver.press("escape")
        assert not driver.screen.panes.is_zoomed
        assert driver.titles == titles


async def test_find_reports_that_there_is_no_match(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        await driver.press("enter")
        await driver.answer_prompt("slash", "nobodywrotethis")
        assert "No matches." in driver.text
        await driver.press("escape")
        assert driver.screen.panes.is_zoomed


async def test_slash_searches_the_list_from_other_panes(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        for pane in ("1", "2"):
            await driver.press(pane, "slash")
            assert "Search in Fri 30 May 2025" in driver.text
            await driver.press("escape")


async def test_found_text_stays_highlighted_in_the_next_paper(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        await driver.answer_prompt("slash", "model")
        await driver.press("enter")
        await driver.answer_prompt("slash", "the")
        await driver.press("J", "n")
        assert driver.status.startswith("Match 1 of ")
        viewer = driver.screen.panes.viewer
        assert viewer.is_finding
        await driver.press("q")
        assert not viewer.is_finding


@pytest.mark.parametrize("width", [40, 60, 80])
async def test_narrow_screen_names_all_keys_that_may_follow(
    samples: DigestSource, width: int
) -> None:
    async with open_app(samples.options(), (width, 20)) as driver:
        await driver.press("y")
        assert re.findall(r" (\w) [A-Za-z⋯]", driver.status) == list("ytmbiz")
        assert driver.status.startswith("y:")
