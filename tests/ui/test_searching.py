"""Search while typing, in a day and in all days, with highlighted matches."""

from __future__ import annotations

import threading

import pytest
from textual import events
from textual.worker import get_current_worker

from tests.ui.driver import AppDriver, open_app, wait_until
from tests.ui.sources import DigestPaper, DigestSource
from tui.cache.word_index import WordIndex, read_word_index
from tui.library.search.search import FIRST_BATCH
from tui.query.parser import parse
from tui.storage.folder import TinyDbFolder
from tui.ui import key_queue
from tui.ui.screens.pages import query_help
from tui.ui.workers import library_jobs


def highlighted(driver: AppDriver, name: str) -> list[str]:
    """Return the underlined texts of a pane, in order."""
    widget = driver.screen.query_one(f"#{name}")
    found: list[str] = []
    for y in range(widget.size.height):
        for text, style, _control in widget.render_line(y):
            if style and style.underline and not style.link:
                found.append(text.replace("\xa0", " "))
    return found


@pytest.fixture
def korean(source: DigestSource) -> DigestSource:
    """Return a source with Korean words in several spellings."""
    source.add(
        "2025-05-02",
        DigestPaper(
            "2505.00003", "Policy Gradients", 30, summary="- ***New***: 강화학습으로 배웁니다."
        ),
        DigestPaper("2505.00004", "Rewards", 20, summary="- ***New***: 강화 학습을\n  다룹니다."),
        DigestPaper(
            "2505.00005", "Wind", 10, "Ada Bell, 김하하", summary="- ***New***: 것이 상당히 커."
        ),
    )
    source.add("2025-05-01", DigestPaper("2505.00001", "Diffusion and Wind", 5))
    source.sync()
    return source


async def test_list_narrows_with_every_letter(samples: DigestSource) -> None:
    async with open_app(samples.options(period="")) as driver:
        await driver.press("slash")
        counts = []
        for letter in "diffusion":
            await driver.press(letter)
            counts.append(len(driver.titles))
        assert counts == sorted(counts, reverse=True)
        assert counts[0] > counts[-1] > 0
        assert f"{counts[-1]}/71 ⋅ {counts[-1]} unread   /diffusion" in driver.status
        await driver.press("enter")
        assert len(driver.titles) == counts[-1]
        assert driver.focus == "table"


async def test_half_typed_term_leaves_the_list(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        await driver.press("slash")
        await driver.type("votes")
        found = driver.titles
        await driver.type(":")
        assert driver.titles == found
        await driver.type(">=30")
        assert driver.votes == [96, 58, 31]
        await driver.type(" vots:2", "enter")
        assert "'vots:2' at column 12" in driver.text
        assert "Did you mean 'votes:'" in driver.text
        assert driver.votes == [96, 58, 31]


async def test_escape_restores_the_list(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        await driver.press("j", "j", "j")
        titles, paper = driver.titles, driver.paper
        await driver.press("slash")
        await driver.type("diffusion")
        assert driver.titles != titles
        await driver.press("escape")
        assert (driver.titles, driver.paper, driver.period) == (titles, paper, "2025-05-30")
        await driver.answer_prompt("slash", "model")
        found = driver.titles
        await driver.press("slash")
        await driver.type(" votes:>50", "shift+tab")
        assert driver.titles != found
        await driver.press("escape")
        assert (driver.titles, driver.period) == (found, "2025-05-30")
        assert "/model" in driver.status


async def test_shift_tab_switches_between_the_day_and_all_days(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        await driver.press("slash")
        await driver.type("diffusion")
        day_count = len(driver.titles)
        assert "Search in Fri 30 May 2025: diffusion" in driver.text
        await driver.press("shift+tab")
        assert "Search in All days: diffusion" in driver.text
        assert driver.status.startswith("All days")
        assert len(driver.titles) > day_count
        await driver.press("shift+tab")
        assert "Search in Fri 30 May 2025: diffusion" in driver.text
        assert len(driver.titles) == day_count
        await driver.press("shift+tab", "enter")
        assert driver.screen.panes.sidebar.scope.period == ""
        await driver.press("ctrl+o")
        assert driver.period == "2025-05-30"


async def test_search_in_a_day_can_be_extended_to_all_days(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        await driver.answer_prompt("slash", "diffusion")
        day_count = len(driver.titles)
        await driver.press("slash", "shift+tab", "enter")
        assert driver.status.startswith("All days")
        assert "/diffusion" in driver.status
        assert len(driver.titles) > day_count


async def test_query_with_dates_of_its_own_searches_all_days(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        await driver.press("j")
        before = driver.status, driver.titles, driver.paper
        await driver.press("slash")
        await driver.type("model")
        assert "Search in Fri 30 May 2025: model" in driver.text
        driver.prompt.value = "model date:2025-05-22..2025-05-23"
        await driver.wait_until_idle()
        assert "Search in All days: model date:" in driver.text
        await driver.press("enter")
        assert driver.status.startswith("All days   ")
        assert "/model date:2025-05-22..2025-05-23" in driver.status
        dates = {date for paper in driver.screen.panes.table.papers for date in paper.dates}
        assert dates == {"2025-05-22", "2025-05-23"}
        # The search is edited, and then given up.
        await driver.answer_prompt("slash", "agent date:2025-05-22..2025-05-23")
        await driver.press("escape")
        assert (driver.status, driver.titles, driver.paper) == before


async def test_search_returns_to_the_day_with_the_last_date_in_the_query(
    samples: DigestSource,
) -> None:
    async with open_app(samples.options()) as driver:
        await driver.press("slash")
        await driver.type("date:2025-05-22")
        assert "Search in All days:" in driver.text
        driver.prompt.value = "model"
        await driver.wait_until_idle()
        assert "Search in Fri 30 May 2025: model" in driver.text
        assert driver.status.startswith("Fri 30 May 2025")
        driver.prompt.value = "date:2025-05-22"
        await driver.wait_until_idle()
        # The reader has the last word.
        await driver.press("shift+tab")
        await driver.type(" model", "enter")
        assert driver.status.startswith("Fri 30 May 2025")


async def test_dates_of_a_query_stay_within_a_list_that_is_no_period(
    samples: DigestSource,
) -> None:
    async with open_app(samples.options()) as driver:
        await driver.press("m")
        await driver.answer_prompt("slash", "date:2025")
        assert driver.status.startswith("Similar to ")


async def test_matches_are_highlighted(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        await driver.answer_prompt("slash", "diffusion enze")
        assert driver.titles == [
            "Fast-dLLM: Training-free Acceleration of Diffusion LLM by Enabling KV Cache and"
            " Parallel Decoding"
        ]
        assert "Dif" in "".join(highlighted(driver, "table"))
        await driver.press("enter")
        shown = [text.casefold() for text in highlighted(driver, "viewer")]
        assert set(shown) == {"diffusion", "enze"}
        assert len(shown) >= 3
        await driver.press("escape", "escape")
        assert not highlighted(driver, "table")
        assert not highlighted(driver, "viewer")


async def test_negated_words_are_not_highlighted(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        await driver.answer_prompt("slash", "model -diffusion")
        assert {text.casefold() for text in highlighted(driver, "viewer")} == {"model"}


async def test_n_cycles_through_the_matches(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        await driver.answer_prompt("slash", "the sort:-votes")
        total = len(highlighted(driver, "viewer"))
        await driver.press("n")
        assert driver.status == f"Match 1 of {total}"
        await driver.press("n")
        assert driver.status == f"Match 2 of {total}"
        await driver.press("N", "N")
        assert driver.status == f"Match {total} of {total}"


async def test_matches_in_a_summary_are_counted_while_they_are_typed(
    samples: DigestSource,
) -> None:
    async with open_app(samples.options(), (100, 16)) as driver:
        await driver.press("enter", "slash")
        await driver.type("a")
        total = int(driver.status.split()[0])
        assert total > 2
        assert driver.status == f"{total} matches."
        await driver.type("zzz")
        assert driver.status == "No matches."


async def test_paper_found_by_its_votes_has_no_match_in_its_summary(
    samples: DigestSource,
) -> None:
    async with open_app(samples.options()) as driver:
        await driver.answer_prompt("slash", "votes:>50 OR astrolabe")
        await driver.press("n")
        assert driver.status == "No match in this summary."


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("강화학습", ["Policy Gradients", "Rewards"]),
        ("강화 학습", ["Policy Gradients", "Rewards"]),
        ("ㄱㅎㅎㅅ", ["Policy Gradients", "Rewards"]),
        ("강화", ["Policy Gradients", "Rewards"]),
        ("이상", []),
        ("상당", ["Wind"]),
        ("김하", ["Wind"]),
        ("ㄱㅎㅎ", ["Wind", "Policy Gradients", "Rewards"]),
    ],
)  # fmt: skip
async def test_korean_is_found_by_spacing_variants_and_initials(
    korean: DigestSource, query: str, found: list[str]
) -> None:
    async with open_app(korean.options()) as driver:
        await driver.press("slash")
        driver.prompt.value = query
        await driver.wait_until_idle()
        assert driver.titles == found


async def test_korean_matches_are_highlighted_whole(korean: DigestSource) -> None:
    async with open_app(korean.options()) as driver:
        await driver.answer_prompt("slash", "ㄱㅎㅎㅅ")
        assert highlighted(driver, "viewer") == ["강화학습"]
        await driver.press("j")
        assert highlighted(driver, "viewer") == ["강화 학습"]


async def test_cursor_goes_to_the_first_result_unless_its_paper_remains(
    samples: DigestSource,
) -> None:
    async with open_app(samples.options()) as driver:
        await driver.press("G")
        last = driver.paper
        await driver.press("slash")
        await driver.type("votes:>30")
        assert driver.screen.panes.table.cursor == 0
        await driver.press("escape")
        assert driver.paper == last


async def test_keys_typed_before_the_search_opens_are_searched_for(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        driver.type_ahead("slash", *"diff")
        await driver.wait_until_idle()
        assert driver.prompt.value == "diff"
        assert "/diff" in driver.status


async def test_pasted_text_cannot_control_the_terminal(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        await driver.press("slash")
        driver.prompt.post_message(events.Paste("dif\x1b[31mfu\u202esion\x07\nrm -rf"))
        await driver.wait_until_idle()
        assert driver.prompt.value == "diffusion"
        assert "/diffusion" in driver.status


async def test_search_syntax_opens_while_typing(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        await driver.press("slash")
        await driver.type("mod")
        await driver.press("f2")
        assert "Search syntax" in driver.text
        assert "ㄱㅎㅎㅅ" in driver.text
        await driver.press("escape")
        assert driver.prompt.value == "mod"
        assert driver.app.focused is driver.prompt


def test_every_example_of_the_help_is_valid() -> None:
    for _heading, rows in query_help():
        for example, _words in rows:
            assert parse(str(parse(example))) == parse(example)


class BlockingMonth:
    """A cache in which reading the words of one month blocks until it is released."""

    def __init__(self, month: str, monkeypatch: pytest.MonkeyPatch) -> None:
        self.is_blocked, self.is_released = threading.Event(), threading.Event()

        def read(folder: TinyDbFolder, volume: str) -> WordIndex | None:
            if volume == month:
                self.is_blocked.set()
                while not self.is_released.wait(0.005) and not get_current_worker().is_cancelled:
                    pass
            return read_word_index(folder, volume)

        monkeypatch.setattr("tui.library.search.text_index.read_word_index", read)
        # As on a slow disk.
        monkeypatch.setattr(library_jobs, "PARTIAL_RESULTS_SECONDS", -1.0)
        # Keys do not wait for the end of a search that takes long.
        monkeypatch.setattr(key_queue, "READY_TIMEOUT_SECONDS", 0.01)


async def test_long_search_shows_results_as_they_are_found(
    samples: DigestSource, monkeypatch: pytest.MonkeyPatch
) -> None:
    month = BlockingMonth("2025-04", monkeypatch)
    async with open_app(samples.options(period="")) as driver:
        await driver.press("slash")
        driver.prompt.value = "diffusion"
        await wait_until(lambda: month.is_blocked.is_set() and "so far" in driver.status)
        so_far = driver.titles
        assert f"{len(so_far)} papers so far, 2" in driver.status
        assert "% searched" in driver.status
        driver.type_ahead("enter", "j")
        await wait_until(lambda: driver.screen.panes.table.cursor == 1)
        second = driver.paper
        month.is_released.set()
        await wait_until(lambda: "so far" not in driver.status)
        assert set(so_far) < set(driver.titles)
        assert driver.paper == second
        assert f"{len(driver.titles)}/71" in driver.status


async def test_long_search_delays_no_keys_after_the_first(
    samples: DigestSource, monkeypatch: pytest.MonkeyPatch
) -> None:
    month = BlockingMonth("2025-04", monkeypatch)
    async with open_app(samples.options(period="")) as driver:
        driver.type_ahead("slash", *"diffusion", "enter", "plus")
        await wait_until(lambda: driver.screen.model.view.min_votes == 5)
        assert month.is_blocked.is_set()
        # This key has waited for the search. Those that follow do not.
        monkeypatch.setattr(key_queue, "READY_TIMEOUT_SECONDS", 3600.0)
        driver.type_ahead("plus", "plus")
        await wait_until(lambda: driver.screen.model.view.min_votes == 20)
        month.is_released.set()


async def test_focus_can_be_moved_while_a_search_is_running(
    samples: DigestSource, monkeypatch: pytest.MonkeyPatch
) -> None:
    month = BlockingMonth("2025-04", monkeypatch)
    monkeypatch.setattr(key_queue, "READY_TIMEOUT_SECONDS", 3600.0)
    async with open_app(samples.options(period="")) as driver:
        driver.type_ahead("slash", *"diffusion", "enter", "shift+tab")
        await wait_until(lambda: month.is_blocked.is_set() and driver.focus == "sidebar")
        month.is_released.set()


async def test_long_search_without_results_yet_can_be_cancelled(
    samples: DigestSource, monkeypatch: pytest.MonkeyPatch
) -> None:
    month = BlockingMonth("2025-04", monkeypatch)
    async with open_app(samples.options(period="")) as driver:
        everything = driver.titles
        await driver.press("slash")
        driver.prompt.value = "nobodywrotethis"
        await wait_until(lambda: month.is_blocked.is_set() and "Searching." in driver.text)
        assert "Papers appear here as they are found." in driver.text
        driver.type_ahead("escape")
        await wait_until(lambda: driver.titles == everything)


async def test_cursor_returns_to_its_paper_while_a_query_is_typed(
    samples: DigestSource,
) -> None:
    async with open_app(samples.options()) as driver:
        await driver.press("j", "j")
        paper = driver.paper
        await driver.press("slash")
        # Every letter has results, but without the paper under the cursor.
        await driver.type("darwin")
        assert driver.paper != paper
        await driver.press(*["backspace"] * 6)
        assert driver.paper == paper


async def test_later_results_do_not_move_the_cursor_from_the_top(
    source: DigestSource, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The number of papers searched before the first results are posted.
    calm = [DigestPaper(f"2505.{10000 + number}", "Calm", 30) for number in range(FIRST_BATCH - 1)]
    source.add("2025-05-02", DigestPaper("2505.00002", "New wind", 5), *calm)
    source.add("2025-04-01", DigestPaper("2504.00001", "Mills", 9, summary="- ***New***: wind."))
    source.sync()
    month = BlockingMonth("2025-04", monkeypatch)
    async with open_app(source.options(period="")) as driver:
        assert driver.paper == "Calm"
        await driver.press("slash")
        driver.prompt.value = "wind sort:-votes"
        await wait_until(lambda: month.is_blocked.is_set() and driver.titles == ["New wind"])
        month.is_released.set()
        await wait_until(lambda: driver.titles == ["Mills", "New wind"])
        assert driver.paper == "Mills"
