from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

import pytest
from rich.segment import Segment

from tests.ui.driver import AppDriver, open_app
from tests.ui.sources import DigestPaper, DigestSource, sample_papers
from tui.config.settings import Settings
from tui.library.library import Library
from tui.models import Problem
from tui.query.parser import parse
from tui.query.query import Query
from tui.ui.messages import LibraryReloaded
from tui.ui.widgets.paper_table import PaperTable

# Threshold

DIFFICULT = [96, 58, 31, 18, 12, 9, 7, 4, 2]


async def test_plus_twice_leaves_papers_with_ten_votes(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        await driver.press("plus", "plus")
        assert driver.votes == [96, 58, 31, 18, 12]
        assert "5/9 ⋅ 5 unread   10+ votes (4 below)" in driver.status


async def test_thresholds_step_up_and_down_and_stop_at_the_ends(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        counts = []
        for key in ["plus"] * 6 + ["minus"] * 6:
            await driver.press(key)
            counts.append(len(driver.titles))
        assert counts == [7, 5, 3, 2, 0, 0, 2, 3, 5, 7, 9, 9]


async def test_status_line_counts_hidden_papers_with_unknown_votes(
    samples: DigestSource,
) -> None:
    async with open_app(samples.options(period="2025-05-23")) as driver:
        assert driver.votes == [90, 67, 34, 16, None, None]
        await driver.press("plus", "plus", "plus")
        assert driver.votes == [90, 67, 34]
        assert "3/6 ⋅ 3 unread   20+ votes (1 below, 2 unknown)" in driver.status


async def test_empty_list_names_the_key_that_lowers_the_threshold(samples: DigestSource) -> None:
    async with open_app(samples.options(period="2025-05-23", min_votes=100)) as driver:
        assert "No papers have 100 or more votes." in driver.text
        assert "4 with fewer; 2 papers with unknown votes." in driver.text
        assert not any(driver.pane("viewer"))
        await driver.press("minus")
        assert driver.votes == [90, 67]
        assert driver.screen.panes.viewer.paper == driver.screen.panes.table.paper


async def test_v_sets_a_threshold(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        await driver.answer_prompt("v", "31")
        assert driver.votes == [96, 58, 31]
        await driver.press("plus")
        assert driver.votes == [96, 58]
        await driver.answer_prompt("v", "0")
        assert driver.votes == DIFFICULT


async def test_typed_threshold_replaces_the_previous_one(
    samples: DigestSource,
) -> None:
    async with open_app(samples.options(min_votes=20)) as driver:
        for votes in ("50", "5", "31"):
            driver.type_ahead("v", *votes, "enter")
            await driver.wait_until_idle()
            assert f"{votes}+ votes" in driver.status
            assert driver.focus == "table"


@pytest.mark.parametrize("answer", ["", "many", "-1", "1.5", "٣", "1234567"])
async def test_v_rejects_text_that_is_not_a_number(samples: DigestSource, answer: str) -> None:
    async with open_app(samples.options()) as driver:
        await driver.answer_prompt("v", answer)
        assert "Enter a whole number." in driver.text
        assert driver.votes == DIFFICULT


async def test_threshold_stays_from_day_to_day(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        await driver.press("plus", "plus", "left_square_bracket")
        assert driver.votes == [79, 55, 37, 26, 14]


async def test_cursor_stays_on_its_paper_when_the_threshold_changes(
    samples: DigestSource,
) -> None:
    async with open_app(samples.options()) as driver:
        await driver.press("S", "G", "k")
        paper = driver.paper
        assert driver.screen.panes.table.cursor == 7
        await driver.press("plus", "plus")
        assert driver.paper == paper
        assert driver.screen.panes.table.cursor == 3
        await driver.press("minus")
        assert driver.paper == paper


async def test_cursor_moves_to_a_neighbor_if_its_paper_is_hidden(
    samples: DigestSource,
) -> None:
    async with open_app(samples.options()) as driver:
        await driver.press("G", "plus")
        assert driver.paper == driver.titles[-1]
        assert driver.screen.panes.viewer.paper == driver.screen.panes.table.paper


# Order

SORTED = [
    DigestPaper("2505.00004", "beta", 5, "Cy"),
    DigestPaper("2505.00002", "Alpha", 30, "ada"),
    DigestPaper("2505.00003", "delta", None, "Bo"),
    DigestPaper("2505.00001", "Gamma", 5, "Dan"),
    DigestPaper("2505.00005", "Éta", None, ""),
]


async def sortable(source: DigestSource) -> None:
    source.add("2025-05-01", *SORTED)
    source.add("2025-05-02", DigestPaper("2505.00001", "Gamma", 5, "Dan"))
    source.sync()


ORDERS = {
    # Column → ids ascending and descending; sorting is stable, and unknown values come last.
    "Votes": ("1 4 2 3 5", "2 1 4 3 5"),
    "Title": ("2 4 3 1 5", "5 1 3 4 2"),
    "Authors": ("2 3 4 1 5", "1 4 3 2 5"),
    "Date": ("2 4 3 5 1", "1 2 4 3 5"),
    "arXiv": ("1 2 3 4 5", "5 4 3 2 1"),
}


def order(driver: AppDriver) -> str:
    return " ".join(paper.paper_id[-1] for paper in driver.screen.panes.table.papers)


@pytest.mark.parametrize("heading", ORDERS)
async def test_click_on_a_heading_sorts_and_reverses(source: DigestSource, heading: str) -> None:
    await sortable(source)
    up, down = ORDERS[heading]
    async with open_app(source.options(period=""), (140, 30)) as driver:
        signs = set()
        for _ in range(2):
            await driver.click(heading)
            sign = driver.lines[driver.find(heading)[1]].partition(heading)[2][0]
            signs.add(sign)
            assert order(driver) == (up if sign == "▴" else down)
            assert sign in driver.status
        assert signs == {"▴", "▾"}


async def test_numbers_sort_descending_and_texts_ascending_at_first(source: DigestSource) -> None:
    await sortable(source)
    async with open_app(source.options(period=""), (140, 30)) as driver:
        assert order(driver) == ORDERS["Votes"][1]
        await driver.click("Title")
        assert order(driver) == ORDERS["Title"][0]
        await driver.click("Votes")
        assert order(driver) == ORDERS["Votes"][1]
        await driver.click("Date")
        assert order(driver) == ORDERS["Date"][1]


async def test_s_goes_through_the_visible_columns(source: DigestSource) -> None:
    await sortable(source)
    async with open_app(source.options(period=""), (140, 30)) as driver:
        orders = []
        for _ in range(5):
            await driver.press("s")
            orders.append(order(driver))
        assert orders == [
            ORDERS["Title"][0],
            ORDERS["Authors"][0],
            ORDERS["Date"][1],
            ORDERS["arXiv"][1],
            ORDERS["Votes"][1],
        ]


async def test_s_leaves_out_columns_without_room(source: DigestSource) -> None:
    await sortable(source)
    source.add("2025-05-03", DigestPaper("2505.00006", "A title that fills this screen " * 3, 1))
    source.sync()
    async with open_app(source.options(period=""), (60, 20)) as driver:
        await driver.press("s", "s")
        assert "votes ▾" in driver.status


async def test_capital_s_reverses(source: DigestSource) -> None:
    await sortable(source)
    async with open_app(source.options(period="")) as driver:
        await driver.press("S")
        assert order(driver) == ORDERS["Votes"][0]
        assert "votes ▴" in driver.status
        await driver.press("S")
        assert order(driver) == ORDERS["Votes"][1]


async def test_cursor_stays_on_its_paper_when_the_order_changes(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        await driver.press("j", "j")
        paper = driver.paper
        for keys in ("S", "s", "s", "S"):
            await driver.press(keys)
            assert driver.paper == paper
            assert driver.screen.panes.viewer.paper == driver.screen.panes.table.paper
        assert paper is not None
        assert paper[:20] in "\n".join(driver.pane("table"))


# Query


async def test_search_shows_its_results(samples: DigestSource) -> None:
    async with open_app(samples.options(period="")) as driver:
        await driver.answer_prompt("slash", "diffusion votes:>=30")
        assert driver.votes == [67, 58, 33]
        assert "3/71 ⋅ 3 unread   /diffusion votes:>=30" in driver.status
        assert driver.focus == "table"


async def test_search_starts_with_the_current_query(samples: DigestSource) -> None:
    async with open_app(samples.options(period="")) as driver:
        await driver.answer_prompt("slash", "diffusion")
        await driver.press("slash")
        assert driver.prompt.value == "diffusion"
        await driver.type(" -language", "enter")
        assert 0 < len(driver.titles) < 10
        await driver.answer_prompt("slash", "")
        assert len(driver.titles) == 71


async def test_search_reads_the_summaries(samples: DigestSource) -> None:
    async with open_app(samples.options(period="")) as driver:
        await driver.answer_prompt("slash", "보관소")
        assert driver.titles == [
            "Darwin Godel Machine: Open-Ended Evolution of Self-Improving Agents"
        ]


async def test_search_without_results_names_the_key_that_leads_back(
    samples: DigestSource,
) -> None:
    async with open_app(samples.options()) as driver:
        await driver.answer_prompt("slash", "astrolabe")
        assert "No papers match 'astrolabe'." in driver.text
        assert "Escape" in driver.text
        assert "0/9" in driver.status
        await driver.press("escape")
        assert driver.votes == DIFFICULT


async def test_invalid_query_keeps_the_list_and_is_explained(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        await driver.answer_prompt("slash", "vote:>=20")
        assert "vote:" in driver.text
        assert "column 1" in driver.text
        assert driver.votes == DIFFICULT
        assert driver.prompt.has_focus
        assert driver.prompt.value == "vote:>=20"
        driver.prompt.value = "votes:>=20"
        await driver.press("enter")
        assert driver.votes == [96, 58, 31]


async def test_order_of_a_query_takes_precedence(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        await driver.answer_prompt("slash", "sort:title")
        assert driver.titles == sorted(driver.titles, key=str.casefold)
        assert "title ▴" in driver.status


async def test_escape_goes_back_one_step_at_a_time(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        await driver.answer_prompt("slash", "model")
        await driver.press("plus", "plus", "enter")
        assert driver.screen.panes.is_zoomed
        await driver.press("ctrl+n")
        steps = []
        for _ in range(5):
            await driver.press("escape")
            view = driver.screen.model.view
            steps.append((
                bool(driver.screen.panes.status.message),
                driver.screen.panes.is_zoomed,
                bool(view.query.clauses),
                view.min_votes,
            ))  # fmt: skip
        assert steps == [
            (False, False, True, 10),
            (False, False, False, 10),
            (False, False, False, 0),
            (False, False, False, 0),
            (False, False, False, 0),
        ]
        assert driver.app.is_running


async def test_escape_goes_back_to_the_table_first(samples: DigestSource) -> None:
    async with open_app(samples.options(min_votes=10)) as driver:
        await driver.press("1", "escape")
        assert driver.focus == "table"
        assert len(driver.titles) == 5


async def test_narrow_status_line_keeps_threshold_and_order(
    samples: DigestSource,
) -> None:
    problem = Problem("config.toml", 3, "is not valid TOML")
    options = samples.options(period="", min_votes=20, problems=(problem,))
    async with open_app(options, (60, 20)) as driver:
        assert driver.status.split("   ")[:3] == ["All days", "27/71 ⋅ 27 unread", "20+ votes"]
        assert "votes ▾" in driver.status
        await driver.answer_prompt(
            "slash", "a query that is much too long for any status line there is"
        )
        assert "/a query that is" in driver.status
        assert "⋯" in driver.status
        assert "0/71" in driver.status
        assert driver.status.endswith("! 1")


async def test_table_is_redrawn_only_when_it_changes(
    source: DigestSource, monkeypatch: pytest.MonkeyPatch
) -> None:
    source.add("2025-05-01", *sample_papers(3))
    source.sync()
    async with open_app(source.options()) as driver:
        drawn: list[int] = []
        draw_now = PaperTable.draw_row

        def note(self: PaperTable, row: int, width: int) -> list[Segment]:
            drawn.append(row)
            return draw_now(self, row, width)

        monkeypatch.setattr(PaperTable, "draw_row", note)

        async def drawn_by(act: Callable[[], object]) -> set[int]:
            drawn.clear()
            act()
            await driver.wait_until_idle()
            return set(drawn)

        def reopen() -> None:
            driver.screen.post_message(
                LibraryReloaded(Library(driver.screen.library.get().caches), is_automatic=False)
            )

        assert await drawn_by(reopen) == set()
        # All papers match, so that only the highlighting changes.
        for query in (parse("paper"), Query()):
            view = driver.screen.model.view._replace(query=query)
            assert await drawn_by(partial(driver.screen.papers.change_view, view)) == {0, 1, 2}
        source.add("2025-05-01", DigestPaper("2505.09999", "One more", 1), name="more.md")
        source.sync()
        assert await drawn_by(reopen) >= {3}


@pytest.mark.parametrize("width", [80, 120, 180])
async def test_order_by_authors_is_that_of_the_names_in_the_column(
    source: DigestSource, width: int
) -> None:
    names = [
        "Zoe Adams, Cy Dorn",
        "José Van Dijk, Ada Bell",
        "Ada Yonath",
        "Bo Cole, Di Fay, Al Gu",
    ]
    source.add(
        "2025-01-01",
        *(
            DigestPaper(f"2501.0000{i}", title=f"P{i}", authors=each)
            for i, each in enumerate(names)
        ),
    )
    source.sync()
    options = source.options(settings=Settings(read_after=0, watch=False, layout="below"))
    async with open_app(options, (width, 30)) as driver:
        while "Authors▴" not in driver.text:
            await driver.press("s")
        assert driver.titles == ["P0", "P3", "P1", "P2"]
        rows = [line for line in driver.pane("table") if re.search(r"P\d", line)]
        families = [re.split(r"P\d +", row)[1] for row in rows]
        assert [each[0] for each in families] == ["A", "C", "V", "Y"]
        assert families[2].startswith("Van Dijk")
        # The header of the paper names it in the same way.
        await driver.press("j", "j")
        assert "Van Dijk" in driver.pane("viewer")[1]
