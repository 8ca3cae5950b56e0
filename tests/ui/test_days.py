from __future__ import annotations

import pytest

from tests.ui.driver import open_app
from tests.ui.sources import DigestSource

OLDER, NEWER = "left_square_bracket", "right_square_bracket"


async def test_brackets_go_to_the_next_older_and_newer_day(samples: DigestSource) -> None:
    async with open_app(samples.options()) as reader:
        await reader.press(OLDER, OLDER)
        assert reader.period == "2025-05-28"
        assert reader.screen.panes.sidebar.scope.period == "2025-05-28"
        assert len(reader.titles) == 3
        await reader.press(NEWER)
        assert reader.period == "2025-05-29"


async def test_brackets_report_the_first_and_last_day(samples: DigestSource) -> None:
    async with open_app(samples.options()) as reader:
        await reader.press(NEWER)
        assert reader.status == "Fri 30 May 2025 is the newest day."
        assert reader.period == "2025-05-30"
        await reader.answer_prompt("d", "2025-03-04")
        await reader.press(OLDER)
        assert reader.status == "Tue 4 March 2025 is the oldest day."


async def test_brackets_cross_and_expand_months(samples: DigestSource) -> None:
    async with open_app(samples.options(period="2025-05-02")) as reader:
        await reader.press(OLDER)
        assert reader.period == "2025-04-25"
        assert "▾ April" in reader.text


async def test_brackets_enter_and_leave_a_month(samples: DigestSource) -> None:
    async with open_app(samples.options(period="2025-04")) as reader:
        await reader.press(OLDER)
        assert reader.period == "2025-04-25"
    async with open_app(samples.options(period="2025-04")) as reader:
        await reader.press(NEWER)
        assert reader.period == "2025-05-02"


async def test_zero_shows_all_days(samples: DigestSource) -> None:
    async with open_app(samples.options()) as reader:
        await reader.press("0")
        assert reader.period == ""
        assert len(reader.titles) == 71
        assert reader.screen.panes.sidebar.scope.period == ""


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
    async with open_app(samples.options()) as reader:
        await reader.answer_prompt("d", answer)
        assert reader.period == period
        assert reader.focus == "table"
        assert not reader.app.screen.query("PromptBar")


@pytest.mark.parametrize("answer", ["", "soon", "2025-13", "2025-02-30", "99", "1-2-3-4", "-"])
async def test_d_explains_the_format_of_a_date(samples: DigestSource, answer: str) -> None:
    async with open_app(samples.options()) as reader:
        await reader.answer_prompt("d", answer)
        assert "a year, month or day in numbers" in reader.text
        assert reader.period == "2025-05-30"
        reader.prompt.value = "2025-05-22"
        await reader.press("enter")
        assert reader.period == "2025-05-22"


async def test_d_goes_to_the_nearest_day_before_with_a_message(samples: DigestSource) -> None:
    async with open_app(samples.options()) as reader:
        await reader.answer_prompt("d", "27")
        assert reader.period == "2025-05-23"
        assert reader.status == "No digest of Tue 27 May 2025; showing Fri 23 May 2025."


async def test_d_goes_to_the_oldest_day_for_an_earlier_date(samples: DigestSource) -> None:
    async with open_app(samples.options()) as reader:
        await reader.answer_prompt("d", "1999-12-31")
        assert reader.period == "2025-03-04"


async def test_escape_closes_a_prompt(samples: DigestSource) -> None:
    async with open_app(samples.options()) as reader:
        await reader.press("3", "d", "2", "2", "escape")
        assert reader.period == "2025-05-30"
        assert reader.focus == "viewer"
        assert "Go to date:" not in reader.text


async def test_a_prompt_that_lost_the_focus_can_get_it_back(
    samples: DigestSource,
) -> None:
    async with open_app(samples.options()) as reader:
        await reader.press("d")
        await reader.click("Table-R1")
        assert reader.focus == "table"
        await reader.press("j")
        assert reader.screen.panes.table.cursor == 4
        await reader.press("d")
        await reader.type("22", "enter")
        assert reader.period == "2025-05-22"
        assert "? help" in reader.text


async def test_keys_typed_into_a_prompt_have_no_other_effect(samples: DigestSource) -> None:
    async with open_app(samples.options()) as reader:
        await reader.press("d")
        await reader.type("qjs0/?+z[")
        assert reader.prompt.value == "qjs0/?+z["
        assert reader.app.is_running
        assert (reader.period, reader.screen.panes.table.cursor) == ("2025-05-30", 0)


async def test_back_and_forward_go_through_the_history(samples: DigestSource) -> None:
    async with open_app(samples.options()) as reader:
        await reader.press("j", "j", OLDER, "j", "0")
        for key, period, row in (
            ("ctrl+o", "2025-05-29", 1),
            ("ctrl+o", "2025-05-30", 2),
            ("ctrl+n", "2025-05-29", 1),
            ("ctrl+n", "", None),
        ):
            await reader.press(key)
            assert reader.period == period
            assert reader.screen.panes.sidebar.scope.period == period
            assert row is None or reader.screen.panes.table.cursor == row


async def test_back_returns_to_the_paper_under_the_cursor_then(samples: DigestSource) -> None:
    async with open_app(samples.options()) as reader:
        await reader.press("j", OLDER, NEWER, "j", "j", OLDER)
        visited = []
        for _ in range(3):
            await reader.press("ctrl+o")
            visited.append((reader.period[-2:], reader.screen.panes.table.cursor))
        assert visited == [("30", 3), ("29", 0), ("30", 1)]


async def test_back_and_forward_report_the_ends_of_the_history(samples: DigestSource) -> None:
    async with open_app(samples.options()) as reader:
        await reader.press("ctrl+o")
        assert reader.status == "No earlier place."
        await reader.press("ctrl+n")
        assert reader.status == "No later place."


async def test_going_elsewhere_clears_the_forward_history(samples: DigestSource) -> None:
    async with open_app(samples.options()) as reader:
        await reader.press(OLDER, "ctrl+o", "0", "ctrl+n")
        assert reader.period == ""
        await reader.press("ctrl+o")
        assert reader.period == "2025-05-30"


async def test_keys_typed_ahead_apply_to_the_requested_day(samples: DigestSource) -> None:
    async with open_app(samples.options()) as reader:
        reader.type_ahead(OLDER, "j", "j", OLDER, "j")
        await reader.wait_until_idle()
        assert (reader.period, reader.screen.panes.table.cursor) == ("2025-05-28", 1)
        await reader.press("ctrl+o")
        assert (reader.period, reader.screen.panes.table.cursor) == ("2025-05-29", 2)
        await reader.press("ctrl+o")
        assert (reader.period, reader.screen.panes.table.cursor) == ("2025-05-30", 0)


async def test_a_scope_left_while_loading_does_not_remember_another_scopes_paper(
    samples: DigestSource,
) -> None:
    async with open_app(samples.options()) as reader:
        await reader.press("j", "j", "j")
        reader.type_ahead("0", OLDER)
        await reader.wait_until_idle()
        await reader.press("ctrl+o")
        assert (reader.period, reader.screen.panes.table.cursor) == ("", 0)


async def test_an_answer_can_be_typed_before_its_prompt_opens(samples: DigestSource) -> None:
    async with open_app(samples.options()) as reader:
        reader.type_ahead("d", "2", "2", "enter")
        await reader.wait_until_idle()
        assert reader.period == "2025-05-22"
        assert not reader.screen.panes.is_zoomed


async def test_each_day_remembers_its_cursor(samples: DigestSource) -> None:
    async with open_app(samples.options()) as reader:
        await reader.press("j", "j", "j", OLDER)
        assert reader.screen.panes.table.cursor == 0
        await reader.press("j", NEWER)
        assert reader.screen.panes.table.cursor == 3
        await reader.press(OLDER)
        assert reader.screen.panes.table.cursor == 1
