from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from rich.segment import Segment

from tests.ui.driver import AppDriver, open_app
from tests.ui.sources import DigestPaper, DigestSource, sample_papers
from tui.library.library import Library
from tui.query import Query, parse
from tui.ui.messages import LibraryReloaded
from tui.ui.widgets.paper_table import PaperTable

# Threshold

DIFFICULT = [96, 58, 31, 18, 12, 9, 7, 4, 2]


async def test_plus_twice_leaves_papers_with_ten_votes(samples: DigestSource) -> None:
    async with open_app(samples.options()) as reader:
        await reader.press("plus", "plus")
        assert reader.votes == [96, 58, 31, 18, 12]
        assert "5 of 9 papers   10+ votes, 4 hidden" in reader.status


async def test_thresholds_step_up_and_down_and_stop_at_the_ends(samples: DigestSource) -> None:
    async with open_app(samples.options()) as reader:
        counts = []
        for key in ["plus"] * 6 + ["minus"] * 6:
            await reader.press(key)
            counts.append(len(reader.titles))
        assert counts == [7, 5, 3, 2, 0, 0, 2, 3, 5, 7, 9, 9]


async def test_the_status_line_counts_hidden_papers_with_unknown_votes(
    samples: DigestSource,
) -> None:
    async with open_app(samples.options(period="2025-05-23")) as reader:
        assert reader.votes == [90, 67, 34, 16, None, None]
        await reader.press("plus", "plus", "plus")
        assert reader.votes == [90, 67, 34]
        assert "3 of 6 papers   20+ votes, 3 hidden (2 unknown)" in reader.status


async def test_an_empty_list_names_the_key_that_lowers_the_threshold(samples: DigestSource) -> None:
    async with open_app(samples.options(period="2025-05-23", min_votes=100)) as reader:
        assert "No papers have 100 or more votes." in reader.text
        assert "4 with fewer; 2 papers with unknown votes." in reader.text
        assert not any(reader.pane("viewer"))
        await reader.press("minus")
        assert reader.votes == [90, 67]
        assert reader.screen.panes.viewer.paper == reader.screen.panes.table.paper


async def test_v_sets_a_threshold(samples: DigestSource) -> None:
    async with open_app(samples.options()) as reader:
        await reader.answer_prompt("v", "31")
        assert reader.votes == [96, 58, 31]
        await reader.press("plus")
        assert reader.votes == [96, 58]
        await reader.answer_prompt("v", "0")
        assert reader.votes == DIFFICULT


async def test_a_typed_threshold_replaces_the_previous_one(
    samples: DigestSource,
) -> None:
    async with open_app(samples.options(min_votes=20)) as reader:
        for votes in ("50", "5", "31"):
            reader.type_ahead("v", *votes, "enter")
            await reader.wait_until_idle()
            assert f"{votes}+ votes" in reader.status
            assert reader.focus == "table"


@pytest.mark.parametrize("answer", ["", "many", "-1", "1.5", "٣", "1234567"])
async def test_v_rejects_text_that_is_not_a_number(samples: DigestSource, answer: str) -> None:
    async with open_app(samples.options()) as reader:
        await reader.answer_prompt("v", answer)
        assert "Enter a whole number." in reader.text
        assert reader.votes == DIFFICULT


async def test_a_threshold_stays_from_day_to_day(samples: DigestSource) -> None:
    async with open_app(samples.options()) as reader:
        await reader.press("plus", "plus", "left_square_bracket")
        assert reader.votes == [79, 55, 37, 26, 14]


async def test_the_cursor_stays_on_its_paper_when_the_threshold_changes(
    samples: DigestSource,
) -> None:
    async with open_app(samples.options()) as reader:
        await reader.press("S", "G", "k")
        paper = reader.paper
        assert reader.screen.panes.table.cursor == 7
        await reader.press("plus", "plus")
        assert reader.paper == paper
        assert reader.screen.panes.table.cursor == 3
        await reader.press("minus")
        assert reader.paper == paper


async def test_the_cursor_moves_to_a_neighbour_if_its_paper_is_hidden(
    samples: DigestSource,
) -> None:
    async with open_app(samples.options()) as reader:
        await reader.press("G", "plus")
        assert reader.paper == reader.titles[-1]
        assert reader.screen.panes.viewer.paper == reader.screen.panes.table.paper


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


def order(reader: AppDriver) -> str:
    return " ".join(paper.arxiv_id[-1] for paper in reader.screen.panes.table._papers)


@pytest.mark.parametrize("heading", ORDERS)
async def test_a_click_on_a_heading_sorts_and_reverses(source: DigestSource, heading: str) -> None:
    await sortable(source)
    up, down = ORDERS[heading]
    async with open_app(source.options(period=""), (140, 30)) as reader:
        begun = "Éta" if heading == "Votes" else ""
        signs = set()
        for _ in range(2):
            await reader.click(heading)
            sign = reader.lines[reader.find(heading)[1]].partition(heading)[2][0]
            signs.add(sign)
            assert order(reader) == (up if sign == "▴" else down), begun
            assert f"{sign}" in reader.status
        assert signs == {"▴", "▾"}


async def test_numbers_sort_descending_and_texts_ascending_at_first(source: DigestSource) -> None:
    await sortable(source)
    async with open_app(source.options(period=""), (140, 30)) as reader:
        assert order(reader) == ORDERS["Votes"][1]
        await reader.click("Title")
        assert order(reader) == ORDERS["Title"][0]
        await reader.click("Votes")
        assert order(reader) == ORDERS["Votes"][1]
        await reader.click("Date")
        assert order(reader) == ORDERS["Date"][1]


async def test_s_goes_through_the_visible_columns(source: DigestSource) -> None:
    await sortable(source)
    async with open_app(source.options(period=""), (140, 30)) as reader:
        went = []
        for _ in range(5):
            await reader.press("s")
            went.append(order(reader))
        assert went == [
            ORDERS["Title"][0],
            ORDERS["Authors"][0],
            ORDERS["Date"][1],
            ORDERS["arXiv"][1],
            ORDERS["Votes"][1],
        ]


async def test_s_leaves_out_columns_without_room(source: DigestSource) -> None:
    await sortable(source)
    async with open_app(source.options(period=""), (60, 20)) as reader:
        await reader.press("s", "s")
        assert "votes ▾" in reader.status


async def test_capital_s_reverses(source: DigestSource) -> None:
    await sortable(source)
    async with open_app(source.options(period="")) as reader:
        await reader.press("S")
        assert order(reader) == ORDERS["Votes"][0]
        assert "votes ▴" in reader.status
        await reader.press("S")
        assert order(reader) == ORDERS["Votes"][1]


async def test_the_cursor_stays_on_its_paper_when_the_order_changes(samples: DigestSource) -> None:
    async with open_app(samples.options()) as reader:
        await reader.press("j", "j")
        paper = reader.paper
        for keys in ("S", "s", "s", "S"):
            await reader.press(keys)
            assert reader.paper == paper
            assert reader.screen.panes.viewer.paper == reader.screen.panes.table.paper
        assert paper is not None
        assert paper[:20] in "\n".join(reader.pane("table"))


# Query


async def test_a_search_shows_its_results(samples: DigestSource) -> None:
    async with open_app(samples.options(period="")) as reader:
        await reader.answer_prompt("slash", "diffusion votes:>=30")
        assert reader.votes == [67, 58, 33]
        assert "3 of 71 papers   /diffusion votes:>=30" in reader.status
        assert reader.focus == "table"


async def test_a_search_starts_with_the_current_query(samples: DigestSource) -> None:
    async with open_app(samples.options(period="")) as reader:
        await reader.answer_prompt("slash", "diffusion")
        await reader.press("slash")
        assert reader.prompt.value == "diffusion"
        await reader.type(" -language", "enter")
        assert 0 < len(reader.titles) < 10
        await reader.answer_prompt("slash", "")
        assert len(reader.titles) == 71


async def test_a_search_reads_the_summaries(samples: DigestSource) -> None:
    async with open_app(samples.options(period="")) as reader:
        await reader.answer_prompt("slash", "보관소")
        assert reader.titles == [
            "Darwin Godel Machine: Open-Ended Evolution of Self-Improving Agents"
        ]


async def test_a_search_without_results_names_the_key_that_leads_back(
    samples: DigestSource,
) -> None:
    async with open_app(samples.options()) as reader:
        await reader.answer_prompt("slash", "astrolabe")
        assert "No papers match astrolabe" in reader.text
        assert "Escape" in reader.text
        assert "0 of 9 papers" in reader.status
        await reader.press("escape")
        assert reader.votes == DIFFICULT


async def test_an_invalid_query_keeps_the_list_and_is_explained(samples: DigestSource) -> None:
    async with open_app(samples.options()) as reader:
        await reader.answer_prompt("slash", "vote:>=20")
        assert "vote:" in reader.text
        assert "column 1" in reader.text
        assert reader.votes == DIFFICULT
        assert reader.prompt.has_focus
        assert reader.prompt.value == "vote:>=20"
        reader.prompt.value = "votes:>=20"
        await reader.press("enter")
        assert reader.votes == [96, 58, 31]


async def test_the_order_of_a_query_takes_precedence(samples: DigestSource) -> None:
    async with open_app(samples.options()) as reader:
        await reader.answer_prompt("slash", "sort:title")
        assert reader.titles == sorted(reader.titles, key=str.casefold)
        assert "title ▴" in reader.status


async def test_a_search_stays_from_day_to_day(samples: DigestSource) -> None:
    async with open_app(samples.options()) as reader:
        await reader.answer_prompt("slash", "reasoning")
        first = set(reader.titles)
        await reader.press("left_square_bracket")
        assert "/reasoning" in reader.status
        assert set(reader.titles).isdisjoint(first)
        assert 0 < len(reader.titles) < 7


async def test_escape_goes_back_one_step_at_a_time(samples: DigestSource) -> None:
    async with open_app(samples.options()) as reader:
        await reader.answer_prompt("slash", "model")
        await reader.press("plus", "plus", "enter")
        assert reader.screen.panes.is_zoomed
        await reader.press("ctrl+n")
        steps = []
        for _ in range(5):
            await reader.press("escape")
            view = reader.screen.model.view
            steps.append((
                bool(reader.screen.panes.status.message),
                reader.screen.panes.is_zoomed,
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
        assert reader.app.is_running


async def test_escape_goes_back_to_the_table_first(samples: DigestSource) -> None:
    async with open_app(samples.options(min_votes=10)) as reader:
        await reader.press("1", "escape")
        assert reader.focus == "table"
        assert len(reader.titles) == 5


async def test_a_narrow_status_line_keeps_threshold_and_order(
    samples: DigestSource,
) -> None:
    async with open_app(samples.options(period="", min_votes=20), (60, 20)) as reader:
        assert reader.status.split("   ")[:3] == ["All days", "27 of 71 papers", "20+ votes"]
        assert "votes ▾" in reader.status
        await reader.answer_prompt(
            "slash", "a query that is much too long for any status line there is"
        )
        assert "/a query that is" in reader.status
        assert "⋯" in reader.status
        assert reader.status.endswith("1 problem")


async def test_the_table_is_redrawn_only_when_it_changes(
    source: DigestSource, monkeypatch: pytest.MonkeyPatch
) -> None:
    source.add("2025-05-01", *sample_papers(3))
    source.sync()
    async with open_app(source.options()) as reader:
        drawn: list[int] = []
        draw_now = PaperTable.draw_row

        def note(self: PaperTable, row: int, width: int) -> list[Segment]:
            drawn.append(row)
            return draw_now(self, row, width)

        monkeypatch.setattr(PaperTable, "draw_row", note)

        async def drawn_by(act: Callable[[], object]) -> set[int]:
            drawn.clear()
            act()
            await reader.wait_until_idle()
            return set(drawn)

        def reopen() -> None:
            reader.screen.post_message(
                LibraryReloaded(Library(reader.screen.library.caches), is_automatic=False)
            )

        assert await drawn_by(reopen) == set()
        # All papers match, so that only the highlighting changes.
        for query in (parse("paper"), Query()):
            asked = reader.screen.model.view._replace(query=query)
            assert await drawn_by(partial(reader.screen.papers.change_view, asked)) == {0, 1, 2}
        source.add("2025-05-01", DigestPaper("2505.09999", "One more", 1), name="more.md")
        source.sync()
        assert await drawn_by(reopen) >= {3}
