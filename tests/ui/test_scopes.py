"""Scopes other than dates: marks, tags, authors, similar papers and saved views."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ui.driver import AppDriver, open_app, sidebar_marks
from tests.ui.sources import DigestPaper, DigestSource, sample_papers
from tui.config.session import Session
from tui.library.saved_views import save_view
from tui.marks.edits import set_read, set_starred, set_tags
from tui.marks.store import MarkStore
from tui.query.parser import parse

pytestmark = pytest.mark.slow


@pytest.fixture
def marked(samples: DigestSource) -> DigestSource:
    """Return the samples with a few marks."""
    marks = MarkStore(samples.cache.parent / "marks")
    marks.apply(set_starred(["2505.22954", "2505.22618"], True))
    marks.apply(set_tags(["2505.22954"], ("agents", "todo")))
    marks.apply(set_tags(["2505.13934"], ("todo",)))
    marks.apply(set_read(["2505.22954"], True))
    return samples


def views(source: DigestSource) -> Path:
    """Return the file of saved views."""
    return source.cache.parent / "views.toml"


async def test_marks_are_above_the_dates_with_their_counts(marked: DigestSource) -> None:
    async with open_app(marked.options()) as driver:
        assert sidebar_marks(driver) == [
            "All days 70/71",
            "Unread 70",
            "Starred 2",
            "▸ Tagged 2",
        ]
        await driver.press("1", "g", "j", "j", "j", "l")
        assert sidebar_marks(driver)[3:] == ["▾ Tagged 2", "#todo 2", "#agents 1"]
        assert driver.status.startswith("Tagged   2 papers")
        await driver.press("j")
        assert driver.status.startswith("#todo   2 papers")
        await driver.press("j")
        assert driver.status.startswith("#agents   1 paper")
        await driver.press("h")
        assert driver.status.startswith("Tagged   2 papers")


async def test_going_through_the_sidebar_leads_over_marks_to_days(marked: DigestSource) -> None:
    async with open_app(marked.options()) as driver:
        await driver.press("1", "g")
        seen = [driver.status.split("   ")[0]]
        for _ in range(6):
            await driver.press("j")
            seen.append(driver.status.split("   ")[0])
        assert seen == [
            "All days", "Unread", "Starred", "Tagged", "2025", "May 2025", "Fri 30 May 2025",
        ]  # fmt: skip


async def test_threshold_applies_to_dates_and_each_scope_has_its_own(
    marked: DigestSource,
) -> None:
    async with open_app(marked.options()) as driver:
        await driver.press("plus", "plus", "1", "g", "j", "j")
        assert driver.status.startswith("Starred   2 papers ⋅ 1 unread   votes")
        await driver.press("plus", "plus", "plus", "plus")
        assert "50+ votes" in driver.status
        await driver.press("G")
        assert "10+ votes" in driver.status


async def test_search_narrows_any_scope(marked: DigestSource) -> None:
    async with open_app(marked.options()) as driver:
        await driver.press("1", "g", "j", "j", "2")
        await driver.answer_prompt("slash", "votes:>60")
        assert driver.votes == [96]
        assert "1/2" in driver.status


async def test_a_lists_the_papers_of_an_author_and_escape_leads_back(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        before = driver.paper
        await driver.press("a")
        assert "All papers by" in driver.text
        assert "Shengran Hu" in driver.text
        await driver.press("enter")
        assert driver.status.startswith("Papers by Jenny Zhang   1 paper")
        assert "Papers by Jenny" in "\n".join(sidebar_marks(driver))
        await driver.press("escape")
        assert (driver.period, driver.paper) == ("2025-05-30", before)
        assert "Jenny" not in "\n".join(sidebar_marks(driver))


async def test_papers_of_an_author_are_those_of_the_whole_name(source: DigestSource) -> None:
    source.add(
        "2025-05-01",
        DigestPaper("2505.00001", "One", 5, "Wei Li, Ada Bell"),
        DigestPaper("2505.00002", "Two", 4, "Wei Liu"),
        DigestPaper("2505.00003", "Three", 3, "WEI LI"),
    )
    source.add("2025-04-01", DigestPaper("2504.00001", "Four", 2, "Cy Dorn, Wei Li"))
    source.sync()
    async with open_app(source.options()) as driver:
        await driver.press("a", "enter")
        assert sorted(driver.titles) == ["Four", "One", "Three"]


async def test_a_lists_the_papers_with_a_tag_too(marked: DigestSource) -> None:
    async with open_app(marked.options()) as driver:
        await driver.press("a", "G", "enter")
        assert driver.status.startswith("#todo   2 papers")
        assert driver.screen.panes.sidebar.scope.name == "#todo"
        assert "▾ Tagged 2" in sidebar_marks(driver)


async def test_m_lists_similar_papers_most_similar_first(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        await driver.press("j", "m")
        assert driver.status.startswith("Similar to Fast-dLLM")
        assert len(driver.titles) == 10
        assert "Block Diffusion" in " ".join(driver.titles[:3])
        assert not any(title.startswith("Fast-dLLM") for title in driver.titles)
        by_similarity = driver.titles
        await driver.press("s")
        as_left = driver.titles
        assert as_left != by_similarity
        await driver.press("ctrl+o")
        assert driver.paper is not None
        assert driver.paper.startswith("Fast-dLLM")
        await driver.press("ctrl+n")
        assert driver.titles == as_left


async def test_view_is_saved_and_opened(marked: DigestSource) -> None:
    async with open_app(marked.options()) as driver:
        await driver.press("plus", "plus", "0")
        await driver.answer_prompt("slash", "diffusion")
        found = driver.titles
        await driver.press("w")
        await driver.type("Much diffusion", "enter")
        assert driver.status == "Saved as view Much diffusion."
        await driver.press("1")
        [row] = [row for row in sidebar_marks(driver) if row.startswith("Much diffusion")]
        assert row == f"Much diffusion {len(found)}"
    kept = views(marked).read_text().splitlines()[-1]
    assert kept == '"Much diffusion" = "diffusion votes:>=10 sort:relevance,-votes"'
    async with open_app(marked.options()) as driver:
        await driver.press("1", "g", "j", "j", "j", "j")
        assert driver.status.startswith("Much diffusion")
        assert driver.titles == found


async def test_new_view_takes_the_place_of_its_search_in_the_history(marked: DigestSource) -> None:
    async with open_app(marked.options()) as driver:
        before, paper = driver.titles, driver.paper
        await driver.answer_prompt("slash", "diffusion")
        assert driver.titles != before
        await driver.answer_prompt("w", "Much diffusion")
        assert driver.screen.panes.sidebar.scope.title == "Much diffusion"
        await driver.press("q")
        assert (driver.titles, driver.paper) == (before, paper)


async def test_views_show_their_counts(marked: DigestSource) -> None:
    views(marked).write_text('"Good" = "votes:>=50"\n"Words" = "diffusion"\n')
    async with open_app(marked.options()) as driver:
        [good, words] = sidebar_marks(driver)[4:]
        await driver.press("1", "g", "j", "j", "j", "j")
        assert good == f"Good {len(driver.titles)}"
        assert words == "Words 10"


async def test_view_is_replaced_and_deleted(marked: DigestSource) -> None:
    views(marked).write_text('# mine\n"Good" = "votes:>=50"\n')
    async with open_app(marked.options()) as driver:
        await driver.press("X")
        assert driver.status == "This is not a saved view; choose one in the sidebar first."
        await driver.press("1", "g", "j", "j", "j", "j", "minus", "plus", "w")
        assert driver.prompt.value == "Good"
        await driver.press("enter")
        assert driver.status == "Replaced view Good."
        await driver.press("1", "g", "j", "j", "j", "j", "X")
        assert driver.status == "Deleted view Good; u undoes it."
        assert not any("Good" in row for row in sidebar_marks(driver))
    assert views(marked).read_text().strip() == "# mine"


async def test_changes_of_views_can_be_undone_and_redone(marked: DigestSource) -> None:
    text = '# mine\n"Good" = "votes:>=50"  # best\n"Words" = "diffusion"\n'
    views(marked).write_text(text)
    async with open_app(marked.options()) as driver:
        await driver.press("1", "g", "j", "j", "j", "j", "X")
        await driver.answer_prompt("w", "Everything")
        for key, status in (
            ("u", "Undone: saved view Everything"),
            ("u", "Undone: deleted view Good"),
            ("U", "Redone: deleted view Good"),
            ("u", "Undone: deleted view Good"),
        ):
            await driver.press(key)
            assert driver.status == status
        await driver.press("0")
        assert any("Good" in row for row in sidebar_marks(driver))
        assert not any("Everything" in row for row in sidebar_marks(driver))
        # Order and comments, too.
        assert views(marked).read_text() == text
        await driver.press("1", "g", "j", "j", "j", "j", "S", "w", "enter")
        assert "sort:votes" in views(marked).read_text()
        await driver.press("u")
        assert driver.status == "Undone: replaced view Good"
        assert views(marked).read_text() == text


async def test_undo_returns_to_the_view_that_was_deleted(marked: DigestSource) -> None:
    views(marked).write_text('"Good" = "votes:>=50"\n')
    async with open_app(marked.options()) as driver:
        await driver.press("1", "g", "j", "j", "j", "j", "X")
        assert driver.status == "Deleted view Good; u undoes it."
        assert driver.screen.panes.sidebar.scope.title == "All days"
        await driver.press("u")
        await driver.press("2")
        assert driver.status.startswith("Good ")
        assert driver.screen.panes.sidebar.scope.title == "Good"
        # A list has a row while it is shown, whether it is a saved view or not.
        await driver.press("U")
        assert driver.status == "Redone: deleted view Good"
        assert sidebar_marks(driver)[-1] == "Good"
        assert driver.screen.panes.sidebar.scope.title == "Good"
        await driver.press("u")
        assert [row.split()[0] for row in sidebar_marks(driver)].count("Good") == 1
        # The list stays if the reader went elsewhere.
        await driver.press("X")
        await driver.press("left_square_bracket", "u")
        await driver.press("2")
        assert not driver.status.startswith("Good ")


async def test_view_of_another_process_survives_an_undo(marked: DigestSource) -> None:
    views(marked).write_text('"Good" = "votes:>=50"\n')
    async with open_app(marked.options()) as driver:
        await driver.press("1", "g", "j", "j", "j", "j", "X")
        save_view(views(marked), "Theirs", parse("is:starred"))
        await driver.press("u")
        assert driver.status == "Undone: deleted view Good"
        assert views(marked).read_text() == 'Theirs = "is:starred"\nGood = "votes:>=50"\n'
        await driver.press("U")
        save_view(views(marked), "Good", parse("is:read"))
        await driver.press("u")
        assert driver.status == "Left as it is after a later change: deleted view Good"
        assert 'Good = "is:read"' in views(marked).read_text()


async def test_invalid_view_in_the_file_is_a_problem(
    marked: DigestSource,
) -> None:
    views(marked).write_text('"Good" = "votes:>=50"\n"Invalid" = "vote:3"\n')
    async with open_app(marked.options()) as driver:
        assert any(row.startswith("Good") for row in sidebar_marks(driver))
        assert "1 problem" in driver.status
        await driver.press("exclamation_mark")
        assert "views.toml" in driver.text
        assert "mean 'votes:'?" in driver.text


async def test_scopes_are_in_the_palette(marked: DigestSource) -> None:
    views(marked).write_text('"Good" = "votes:>=50"\n')
    async with open_app(marked.options()) as driver:
        screen = driver.screen
        assert [shelf.title for shelf in screen.navigator.scopes] == [
            "Unread", "Starred", "Tagged", "#todo", "#agents", "Good",
        ]  # fmt: skip


async def test_similar_papers_cannot_be_saved_as_a_view(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        await driver.press("m", "w")
        assert driver.status == "A list of similar papers cannot be saved as a view."


def order(driver: AppDriver) -> str:
    return driver.pane("table")[0]


async def test_b_sorts_by_a_second_column_and_the_headings_show_it(source: DigestSource) -> None:
    source.add("2025-05-01", DigestPaper("2505.00001", "B", 5), DigestPaper("2505.00002", "A", 5))
    source.add("2025-05-02", DigestPaper("2505.00003", "C", 5), DigestPaper("2505.00004", "D", 9))
    source.sync()
    async with open_app(source.options(period="")) as driver:
        await driver.press("b")
        assert driver.titles == ["D", "A", "B", "C"]
        assert "Votes▾" in order(driver)
        assert "Title▴2" in order(driver)
        assert "votes ▾, title ▴" in driver.status
        await driver.press("b", "b")
        assert "Date▾2" in order(driver)
        assert driver.titles[:2] == ["D", "C"]
        await driver.press("S")
        assert "Date▴2" in order(driver)
        assert driver.titles[-1] == "D"


async def test_order_that_makes_no_difference_is_not_shown(source: DigestSource) -> None:
    source.add("2025-05-01", *(DigestPaper(f"2505.0000{n}", f"{n}", None) for n in (1, 2)))
    source.add("2025-05-02", *(DigestPaper(f"2505.0000{n}", f"{n}", n) for n in (3, 4)))
    source.sync()
    async with open_app(source.options()) as driver:
        assert driver.status.endswith("votes ▾")
        await driver.press("left_square_bracket")
        assert "votes" not in driver.status
        driver.screen.papers.set_sort(parse("sort:-date,title").sort)
        await driver.wait_until_idle()
        assert "Title▴" in order(driver)
        assert "Title▴2" not in order(driver)
        assert driver.status.endswith("title ▴")
        assert "date" not in driver.status
        await driver.press("0")
        assert "Title▴2" in order(driver)
        assert driver.status.endswith("date ▾, title ▴")


async def test_shift_click_adds_a_sort_column(source: DigestSource) -> None:
    source.add("2025-05-01", DigestPaper("2505.00001", "B", 5), DigestPaper("2505.00002", "A", 5))
    source.sync()
    async with open_app(source.options()) as driver:
        x, y = driver.find("Title")
        widget, region = driver.app.screen.get_widget_at(x, y)
        for titles in (["A", "B"], ["B", "A"]):
            await driver.pilot.click(widget, offset=(x - region.x, y - region.y), shift=True)
            await driver.wait_until_idle()
            assert driver.titles == titles
        assert "votes ▾, title ▾" in driver.status


async def test_sorting_replaces_the_order_of_the_query(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        await driver.answer_prompt("slash", "votes:>0 sort:votes")
        assert driver.votes == sorted(vote for vote in driver.votes if vote)
        await driver.press("S")
        assert driver.votes[0] == 96
        assert "sort:" not in driver.status


async def test_one_step_back_leads_out_of_the_sidebar(marked: DigestSource) -> None:
    async with open_app(marked.options()) as driver:
        await driver.press("1", "g", "j", "j", "j", "enter")
        assert driver.status.startswith("Tagged")
        await driver.press("escape")
        assert driver.period == "2025-05-30"


async def test_after_saving_a_view_one_step_leads_back(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        await driver.press("plus")
        await driver.answer_prompt("w", "mine")
        await driver.press("escape", "escape")
        assert (driver.period, "5+ votes" in driver.status) == ("2025-05-30", True)


async def test_existing_view_is_replaced_only_after_confirmation(
    marked: DigestSource,
) -> None:
    views(marked).write_text('"Good" = "votes:>=50"\n')
    async with open_app(marked.options()) as driver:
        await driver.answer_prompt("w", "Good")
        assert "Enter again replaces it" in driver.text
        assert '"votes:>=50"' in views(marked).read_text()
        await driver.press("enter")
        assert driver.status == "Replaced view Good."


async def test_back_leads_to_the_scope_of_the_last_visit(marked: DigestSource) -> None:
    session = Session()
    async with open_app(marked.options(session=session)) as driver:
        await driver.press("1", "g", "j", "j")
    async with open_app(marked.options(session=session)) as driver:
        assert driver.period == "2025-05-30"
        await driver.press("ctrl+o")
        assert driver.status.startswith("Starred   2 papers")


async def test_view_named_like_a_scope_does_not_move_the_cursor(marked: DigestSource) -> None:
    views(marked).write_text('"Unread" = "is:unread"\n')
    async with open_app(marked.options()) as driver:
        await driver.press("1", "g", "j", "2", "asterisk")
        assert driver.screen.panes.sidebar.cursor == 1


@pytest.mark.parametrize("value", ["1" * 5000, "[" * 5000])
async def test_unreadable_value_keeps_the_other_views(marked: DigestSource, value: str) -> None:
    views(marked).write_text(f'"Good" = "votes:>=50"\nx = {value}\n')
    async with open_app(marked.options()) as driver:
        assert "Starred 2" in sidebar_marks(driver)
        assert "1 problem" in driver.status


async def test_views_edited_by_hand_are_read_again(marked: DigestSource) -> None:
    async with open_app(marked.options()) as driver:
        views(marked).write_text('"Good" = "votes:>=50"\n')
        await driver.press("ctrl+r")
        assert any(row.startswith("Good") for row in sidebar_marks(driver))


async def test_scope_is_remembered_after_a_cancelled_search(source: DigestSource) -> None:
    source.add("2025-05-01", *sample_papers(5))
    source.add("2025-05-02", *sample_papers(5, first=10))
    source.sync()
    async with open_app(source.options()) as driver:
        await driver.press("left_square_bracket", "j", "j")
        paper = driver.paper
        await driver.press("right_square_bracket", "slash", "escape", "1", "j")
        assert (driver.period, driver.paper) == ("2025-05-01", paper)
