"""Help while a query is typed: completion, earlier searches, and mistakes."""

from __future__ import annotations

import pytest

from tests.ui.driver import AppDriver, open_app
from tests.ui.sources import DigestPaper, DigestSource
from tui.config.session import MAX_QUERIES, Session, load_session, save_session
from tui.marks.edits import set_tags
from tui.ui.screens.main.startup_options import StartupOptions

pytestmark = pytest.mark.slow


@pytest.fixture
def source_of_two(source: DigestSource) -> DigestSource:
    """Return a source with papers by three authors."""
    source.add(
        "2025-05-01",
        DigestPaper("2505.00001", "GPT-4o in Wind", 30, "Jae Kim, Kim Lee", "- ***Setup***: A."),
        DigestPaper("2505.00002", "Wind", 20, "Kim Lee, Ada Bell"),
    )
    source.sync()
    return source


def hint(driver: AppDriver) -> str:
    """Return the line above the input."""
    return driver.lines[-2].strip()


async def type_query(driver: AppDriver, text: str) -> None:
    """Open the prompt, and type."""
    await driver.press("slash")
    await driver.press("ctrl+u")
    await driver.type(text)


async def test_mistake_leaves_the_list_and_is_named(samples: DigestSource) -> None:
    async with open_app(samples.options(period="")) as driver:
        await type_query(driver, "diffusion")
        found = driver.titles
        assert 0 < len(found) < 71
        driver.prompt.value = "diffusion votess:>20"
        await driver.wait_until_idle()
        assert driver.titles == found
        assert hint(driver).startswith("Did you mean votes:? 'votess:>20' begins with an unknown")
        await driver.press("enter")
        assert "'votess:>20' at column 11 begins" in driver.text
        assert driver.titles == found
        driver.prompt.value = "diffusion votes:>20"
        await driver.wait_until_idle()
        assert "Did you mean" not in driver.text
        assert len(driver.titles) < len(found)


async def test_lone_mistake_does_not_show_the_whole_list(source_of_two: DigestSource) -> None:
    async with open_app(source_of_two.options(period="")) as driver:
        await type_query(driver, "votess")
        assert driver.titles == []
        await driver.type(":>20")
        assert driver.titles == []
        assert hint(driver).startswith("Did you mean votes:?")


async def test_unclosed_quotes_and_parentheses_are_searched_as_if_closed(
    source_of_two: DigestSource,
) -> None:
    async with open_app(source_of_two.options()) as driver:
        await type_query(driver, '(gpt OR ("4o in w')
        assert driver.titles == ["GPT-4o in Wind"]
        await driver.press("enter")
        assert "never closed" in driver.text or "unclosed" in driver.text


async def test_query_is_echoed_as_typed(source_of_two: DigestSource) -> None:
    async with open_app(source_of_two.options()) as driver:
        await driver.answer_prompt("slash", "GPT-4o (Wind OR rain)")
        assert "/GPT-4o (Wind OR rain)" in driver.status
        await driver.press("slash")
        assert driver.prompt.value == "GPT-4o (Wind OR rain)"
        driver.prompt.value = "gpt-4O (Wind OR rain)"
        await driver.press("enter")
        assert "/gpt-4O (Wind OR rain)" in driver.status
        await driver.answer_prompt("slash", "Nothing")
        assert "No papers match 'Nothing'." in driver.text


async def test_operators_are_understood(source_of_two: DigestSource) -> None:
    async with open_app(source_of_two.options()) as driver:
        await driver.answer_prompt("slash", "wind AND NOT gpt-4o")
        assert driver.titles == ["Wind"]
        await driver.answer_prompt("slash", "(gpt-4o & wind) | nothing")
        assert driver.titles == ["GPT-4o in Wind"]


async def test_operator_in_lower_case_is_a_word_and_named(source_of_two: DigestSource) -> None:
    async with open_app(source_of_two.options()) as driver:
        await type_query(driver, "wind and gpt-4o")
        assert hint(driver) == "'and' is a word here; write AND for the operator"


async def test_tab_completes_fields_and_states(source_of_two: DigestSource) -> None:
    async with open_app(source_of_two.options()) as driver:
        await type_query(driver, "so")
        assert hint(driver) == "source:  sort:"
        await driver.press("tab")
        assert driver.prompt.value == "source:"
        await driver.press("tab")
        assert driver.prompt.value == "sort:"
        await driver.press("tab")
        assert driver.prompt.value == "source:"
        await type_query(driver, "wind -is:un")
        # The suggestion continues the text.
        assert "wind -is:unread" in driver.lines[-1]
        await driver.press("tab")
        assert driver.prompt.value == "wind -is:unread "
        await type_query(driver, "date:2025..to")
        await driver.press("tab")
        assert driver.prompt.value == "date:2025..today "
        await type_query(driver, "sort:-vo")
        await driver.press("right")
        assert driver.prompt.value == "sort:-votes "


async def test_tab_completes_authors_tags_sources_and_sections(source_of_two: DigestSource) -> None:
    options = source_of_two.options()
    options.marks.apply(set_tags(["2505.00001"], ["reading list", "rl"]))
    async with open_app(options) as driver:
        # The most frequent ones first.
        await type_query(driver, "author:")
        assert hint(driver).startswith("Kim Lee  ")
        await type_query(driver, "author:kim")
        assert hint(driver) == "Kim Lee  Jae Kim"
        await driver.press("tab")
        assert driver.prompt.value == 'author:"Kim Lee" '
        assert len(driver.titles) == 2
        await driver.press("tab")
        assert driver.prompt.value == 'author:"Jae Kim" '
        assert driver.titles == ["GPT-4o in Wind"]
        await type_query(driver, 'author:="jae')
        await driver.press("tab")
        assert driver.prompt.value == 'author:="Jae Kim" '
        await type_query(driver, "tag:R")
        assert set(hint(driver).split("  ")) == {"reading list", "rl"}
        await type_query(driver, "tag:rea")
        await driver.press("tab")
        assert driver.prompt.value == 'tag:"reading list" '
        await type_query(driver, "source:2025")
        await driver.press("tab")
        assert driver.prompt.value == "source:2025-05-01.md "
        await type_query(driver, "section:set")
        await driver.press("tab")
        assert driver.prompt.value == "section:Setup "
        assert driver.titles == ["GPT-4o in Wind"]


async def test_finished_value_is_followed_by_the_next_word(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        await type_query(driver, "is:un")
        await driver.press("tab", "tab")
        await driver.type("vo", "tab")
        assert driver.prompt.value == "is:unread votes:"
        await driver.type("20", "tab", "enter")
        assert "Fri 30 May 2025" in driver.status
        assert "/is:unread votes:20   " in driver.status


async def test_only_shift_tab_switches_the_scope(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        await driver.press("slash")
        assert hint(driver).startswith("Shift+Tab: scope")
        for typed in ("", "is:unread", "is:unread ", "model", "so"):
            await type_query(driver, typed)
            await driver.press("tab")
            assert "Search in Fri 30 May 2025: " in driver.text
        await driver.press("shift+tab")
        assert "Search in All days: so" in driver.text


async def test_up_recalls_earlier_searches(samples: DigestSource) -> None:
    session = Session(queries=["First one", "second"])
    async with open_app(samples.options(session=session)) as driver:
        await driver.answer_prompt("slash", "Model")
        await driver.press("escape")
        await type_query(driver, "draft")
        await driver.press("up")
        assert driver.prompt.value == "Model"
        assert "/Model" in driver.status
        await driver.press("up", "up", "up")
        assert driver.prompt.value == "First one"
        await driver.press("down", "down", "down", "down")
        assert driver.prompt.value == "draft"
        await driver.press("up", "up", "enter")
    assert session.queries == ["First one", "Model", "second"]


async def test_queries_are_kept_between_starts(
    samples: DigestSource, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("state")
    options: StartupOptions = samples.options(session=load_session(folder))
    async with open_app(options) as driver:
        for number in range(3):
            await driver.answer_prompt("slash", f"Query{number}")
        await driver.answer_prompt("slash", "")
    save_session(folder, options.session)
    loaded = load_session(folder)
    assert loaded.queries == ["Query0", "Query1", "Query2"]
    for number in range(MAX_QUERIES + 9):
        loaded.remember_query(f"more {number}")
    loaded.remember_query("x" * 10_000)
    assert len(loaded.queries) == MAX_QUERIES
    assert loaded.queries[-1] == f"more {MAX_QUERIES + 8}"


async def test_recalled_query_cannot_control_the_terminal(samples: DigestSource) -> None:
    session = Session(queries=["a\x1b[2J\u202eb"])
    async with open_app(samples.options(session=session)) as driver:
        await driver.press("slash", "up")
        assert driver.prompt.value == "ab"


@pytest.mark.parametrize("size", [(40, 12), (60, 20)])
async def test_hints_fit_small_screens(samples: DigestSource, size: tuple[int, int]) -> None:
    async with open_app(samples.options(), size) as driver:
        await type_query(driver, "author:")
        assert all(driver.cell_width(line) == size[0] for line in driver.lines)
        await type_query(driver, "votess:>20")
        assert hint(driver).startswith("Did you mean votes:?")
        # The label leaves room for the query.
        assert driver.lines[-1].rstrip().endswith(": votess:>20")
