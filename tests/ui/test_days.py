from __future__ import annotations

from datetime import date

import pytest

from tests.ui.driver import open_app, sidebar_marks
from tests.ui.sources import DigestSource
from tui.query import relative_dates

OLDER, NEWER = "left_square_bracket", "right_square_bracket"


async def test_brackets_go_to_the_next_older_and_newer_day(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        await driver.press(OLDER, OLDER)
        assert driver.period == "2025-05-28"
        assert driver.screen.panes.sidebar.scope.period == "2025-05-28"
        assert len(driver.titles) == 3
        await driver.press(NEWER)
        assert driver.period == "2025-05-29"


async def test_brackets_report_the_first_and_last_day(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        await driver.press(NEWER)
        assert driver.status == "Fri 30 May 2025 is the newest day."
        assert driver.period == "2025-05-30"
        await driver.answer_prompt("d", "2025-03-04")
        await driver.press(OLDER)
        assert driver.status == "Tue 4 March 2025 is the oldest day."


async def test_brackets_cross_and_expand_months(samples: DigestSource) -> None:
    async with open_app(samples.options(period="2025-05-02")) as driver:
        await driver.press(OLDER)
        assert driver.period == "2025-04-25"
        assert "▾ Apr" in driver.text


async def test_brackets_enter_and_leave_a_month(samples: DigestSource) -> None:
    async with open_app(samples.options(period="2025-04")) as driver:
        await driver.press(OLDER)
        assert driver.period == "2025-04-25"
    async with open_app(samples.options(period="2025-04")) as driver:
        await driver.press(NEWER)
        assert driver.period == "2025-05-02"


async def test_zero_shows_all_days(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        await driver.press("0")
        assert driver.period == ""
        assert len(driver.titles) == 71
        assert driver.screen.panes.sidebar.scope.period == ""


@pytest.mark.parametrize(
    ("answer", "period"),
    [
        ("2025-05-22", "2025-05-22"),
        ("2025.5.22", "2025-05-22"),
        ("20250522", "2025-05-22"),
        ("25/05/22", "2025-05-22"),
        ("5-22", "2025-05-22"),
        ("22", "2025-05-22"),
        ("22.", "2025-05-22"),
        (" 22 ", "2025-05-22"),
        ("2025-04", "2025-04"),
        ("2025", "2025"),
        ("all", ""),
    ],
)
async def test_d_goes_to_a_date(samples: DigestSource, answer: str, period: str) -> None:
    async with open_app(samples.options()) as driver:
        await driver.answer_prompt("d", answer)
        assert driver.period == period
        assert driver.focus == "table"
        assert not driver.app.screen.query("PromptBar")


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        ("yesterday", "Thu 29 May 2025   7 papers"),
        ("-2d", "Wed 28 May 2025   3 papers"),
        ("month", "May 2025   35 papers"),
        ("week", "This week   18 papers"),
        ("2d", "Past 2 days   16 papers"),
        ("1w", "Past week   18 papers"),
    ],
)
async def test_d_goes_to_a_date_of_the_current_day(
    samples: DigestSource, answer: str, status: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(relative_dates, "current_day", lambda: date(2025, 5, 30))
    async with open_app(samples.options()) as driver:
        await driver.answer_prompt("d", answer)
        assert driver.status.startswith(status)
        assert driver.focus == "table"
        await driver.press("ctrl+o")
        assert driver.period == "2025-05-30"


async def test_saved_view_of_recent_days_follows_the_calendar(
    samples: DigestSource, monkeypatch: pytest.MonkeyPatch
) -> None:
    for day, count in (("2025-05-30", 16), ("2025-05-31", 9), ("2025-06-03", 0)):
        monkeypatch.setattr(relative_dates, "current_day", lambda day=day: date.fromisoformat(day))
        options = samples.options()
        options.views_file.write_text('"New" = "date:2d votes:>=0 OR date:2d"\n')
        async with open_app(options) as driver:
            assert any(row == f"New {count}" for row in sidebar_marks(driver))


async def test_sidebar_counts_recent_days_again_on_another_day(
    samples: DigestSource, monkeypatch: pytest.MonkeyPatch
) -> None:
    options = samples.options()
    options.views_file.write_text('"New" = "date:today"\n')
    monkeypatch.setattr(relative_dates, "current_day", lambda: date(2025, 5, 30))
    async with open_app(options) as driver:
        assert "New 9" in sidebar_marks(driver)
        monkeypatch.setattr(relative_dates, "current_day", lambda: date(2025, 5, 29))
        await driver.press("asterisk")
        assert "New 7" in sidebar_marks(driver)


@pytest.mark.parametrize("key", [OLDER, "d", "1"])
async def test_search_ends_with_the_day(samples: DigestSource, key: str) -> None:
    async with open_app(samples.options()) as driver:
        await driver.answer_prompt("slash", "diffusion")
        if key == "d":
            await driver.answer_prompt("d", "29")
        else:
            await driver.press(key, *(["j"] if key == "1" else []))
        assert driver.period == "2025-05-29"
        assert len(driver.titles) == 7
        assert "/diffusion" not in driver.status


@pytest.mark.parametrize("answer", ["", "soon", "2025-13", "2025-02-30", "99", "1-2-3-4", "-"])
async def test_d_explains_the_format_of_a_date(samples: DigestSource, answer: str) -> None:
    async with open_app(samples.options()) as driver:
        await driver.answer_prompt("d", answer)
        assert "Enter a date, such as 2025-05-22" in driver.text
        assert driver.period == "2025-05-30"
        driver.prompt.value = "2025-05-22"
        await driver.press("enter")
        assert driver.period == "2025-05-22"


async def test_d_goes_to_the_nearest_day_before_with_a_message(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        await driver.answer_prompt("d", "27")
        assert driver.period == "2025-05-23"
        assert driver.status == "No digest for Tue 27 May 2025; showing Fri 23 May 2025."


async def test_d_goes_to_the_oldest_day_for_an_earlier_date(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        await driver.answer_prompt("d", "1999-12-31")
        assert driver.period == "2025-03-04"


async def test_escape_closes_a_prompt(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        await driver.press("3", "d", "2", "2", "escape")
        assert driver.period == "2025-05-30"
        assert driver.focus == "viewer"
        assert "Go to date:" not in driver.text


async def test_prompt_that_lost_the_focus_can_get_it_back(
    samples: DigestSource,
) -> None:
    async with open_app(samples.options()) as driver:
        await driver.press("d")
        await driver.click("Table-R1")
        assert driver.focus == "table"
        await driver.press("j")
        assert driver.screen.panes.table.cursor == 4
        await driver.press("d")
        await driver.type("22", "enter")
        assert driver.period == "2025-05-22"
        assert "? help" in driver.text


async def test_keys_typed_into_a_prompt_have_no_other_effect(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        await driver.press("d")
        await driver.type("qjs0/?+z[")
        assert driver.prompt.value == "qjs0/?+z["
        assert driver.app.is_running
        assert (driver.period, driver.screen.panes.table.cursor) == ("2025-05-30", 0)


async def test_back_and_forward_go_through_the_history(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        await driver.press("j", "j", OLDER, "j", "0")
        for key, period, row in (
            ("ctrl+o", "2025-05-29", 1),
            ("ctrl+o", "2025-05-30", 2),
            ("ctrl+n", "2025-05-29", 1),
            ("ctrl+n", "", None),
        ):
            await driver.press(key)
            assert driver.period == period
            assert driver.screen.panes.sidebar.scope.period == period
            assert row is None or driver.screen.panes.table.cursor == row


async def test_back_returns_to_the_paper_under_the_cursor_then(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        await driver.press("j", OLDER, NEWER, "j", "j", OLDER)
        visited = []
        for _ in range(3):
            await driver.press("ctrl+o")
            visited.append((driver.period[-2:], driver.screen.panes.table.cursor))
        assert visited == [("30", 3), ("29", 0), ("30", 1)]


async def test_back_and_forward_report_the_ends_of_the_history(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        await driver.press("ctrl+o")
        assert driver.status == "Nothing to go back to."
        await driver.press("ctrl+n")
        assert driver.status == "Nothing to go forward to."


async def test_going_elsewhere_clears_the_forward_history(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        await driver.press(OLDER, "ctrl+o", "0", "ctrl+n")
        assert driver.period == ""
        await driver.press("ctrl+o")
        assert driver.period == "2025-05-30"


async def test_keys_typed_ahead_apply_to_the_requested_day(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        driver.type_ahead(OLDER, "j", "j", OLDER, "j")
        await driver.wait_until_idle()
        assert (driver.period, driver.screen.panes.table.cursor) == ("2025-05-28", 1)
        await driver.press("ctrl+o")
        assert (driver.period, driver.screen.panes.table.cursor) == ("2025-05-29", 2)
        await driver.press("ctrl+o")
        assert (driver.period, driver.screen.panes.table.cursor) == ("2025-05-30", 0)


async def test_scope_left_while_loading_does_not_remember_another_scopes_paper(
    samples: DigestSource,
) -> None:
    async with open_app(samples.options()) as driver:
        await driver.press("j", "j", "j")
        driver.type_ahead("0", OLDER)
        await driver.wait_until_idle()
        await driver.press("ctrl+o")
        assert (driver.period, driver.screen.panes.table.cursor) == ("", 0)


async def test_answer_can_be_typed_before_its_prompt_opens(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        driver.type_ahead("d", "2", "2", "enter")
        await driver.wait_until_idle()
        assert driver.period == "2025-05-22"
        assert not driver.screen.panes.is_zoomed


async def test_each_day_remembers_its_cursor(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        await driver.press("j", "j", "j", OLDER)
        assert driver.screen.panes.table.cursor == 0
        await driver.press("j", NEWER)
        assert driver.screen.panes.table.cursor == 3
        await driver.press(OLDER)
        assert driver.screen.panes.table.cursor == 1
