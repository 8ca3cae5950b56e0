"""Search while typing, in a day and in all days, with highlighted matches."""

from __future__ import annotations

import threading
from collections.abc import Mapping

import pytest
from textual import events
from textual.worker import get_current_worker

from tests.ui.driver import AppDriver, open_app, wait_until
from tests.ui.sources import DigestPaper, DigestSource
from tui.cache.serialization import EntryText
from tui.cache.source_cache import SourceCache
from tui.library.search.search import FIRST_BATCH
from tui.query import parse
from tui.ui import key_queue
from tui.ui.screens.pages import query_help
from tui.ui.workers import loader


def highlighted(reader: AppDriver, name: str) -> list[str]:
    """Return the underlined texts of a pane, in order."""
    widget = reader.screen.query_one(f"#{name}")
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


async def test_the_list_narrows_with_every_letter(samples: DigestSource) -> None:
    async with open_app(samples.options(period="")) as reader:
        await reader.press("slash")
        counts = []
        for letter in "diffusion":
            await reader.press(letter)
            counts.append(len(reader.titles))
        assert counts == sorted(counts, reverse=True)
        assert counts[0] > counts[-1] > 0
        assert f"{counts[-1]} of 71 papers   /diffusion" in reader.status
        await reader.press("enter")
        assert len(reader.titles) == counts[-1]
        assert reader.focus == "table"


async def test_a_half_typed_term_is_not_an_error(samples: DigestSource) -> None:
    async with open_app(samples.options()) as reader:
        await reader.press("slash")
        await reader.type("votes:")
        assert len(reader.titles) == 9
        assert "column 1" not in reader.text
        await reader.type(">=30")
        assert reader.votes == [96, 58, 31]
        await reader.type(" vots:2", "enter")
        assert "'vots:2' at column 12" in reader.text
        assert "Did you mean 'votes:'" in reader.text
        assert reader.votes == [96, 58, 31]


async def test_escape_restores_the_list(samples: DigestSource) -> None:
    async with open_app(samples.options()) as reader:
        await reader.press("j", "j", "j")
        titles, paper = reader.titles, reader.paper
        await reader.press("slash")
        await reader.type("diffusion")
        assert reader.titles != titles
        await reader.press("escape")
        assert (reader.titles, reader.paper, reader.period) == (titles, paper, "2025-05-30")
        await reader.answer_prompt("slash", "model")
        found = reader.titles
        await reader.press("slash")
        await reader.type(" votes:>50", "tab")
        assert reader.titles != found
        await reader.press("escape")
        assert (reader.titles, reader.period) == (found, "2025-05-30")
        assert "/model" in reader.status


async def test_tab_switches_between_the_day_and_all_days(samples: DigestSource) -> None:
    async with open_app(samples.options()) as reader:
        await reader.press("slash")
        await reader.type("diffusion")
        here = len(reader.titles)
        assert "Search in Fri 30 May 2025: diffusion" in reader.text
        await reader.press("tab")
        assert "Search in All days: diffusion" in reader.text
        assert reader.status.startswith("All days")
        assert len(reader.titles) > here
        await reader.press("tab")
        assert "Search in Fri 30 May 2025: diffusion" in reader.text
        assert len(reader.titles) == here
        await reader.press("tab", "enter")
        assert reader.screen.panes.sidebar.scope.period == ""
        await reader.press("ctrl+o")
        assert reader.period == "2025-05-30"


async def test_zero_extends_the_search_to_all_days(samples: DigestSource) -> None:
    async with open_app(samples.options()) as reader:
        await reader.answer_prompt("slash", "diffusion")
        here = len(reader.titles)
        await reader.press("0")
        assert reader.status.startswith("All days")
        assert "/diffusion" in reader.status
        assert len(reader.titles) > here


async def test_matches_are_highlighted(samples: DigestSource) -> None:
    async with open_app(samples.options()) as reader:
        await reader.answer_prompt("slash", "diffusion enze")
        assert reader.titles == [
            "Fast-dLLM: Training-free Acceleration of Diffusion LLM by Enabling KV Cache and"
            " Parallel Decoding"
        ]
        assert "Dif" in "".join(highlighted(reader, "table"))
        shown = [text.casefold() for text in highlighted(reader, "viewer")]
        assert set(shown) == {"diffusion", "enze"}
        assert len(shown) >= 3
        await reader.press("escape")
        assert not highlighted(reader, "table")
        assert not highlighted(reader, "viewer")


async def test_negated_words_are_not_highlighted(samples: DigestSource) -> None:
    async with open_app(samples.options()) as reader:
        await reader.answer_prompt("slash", "model -diffusion")
        assert {text.casefold() for text in highlighted(reader, "viewer")} == {"model"}


async def test_n_cycles_through_the_matches(samples: DigestSource) -> None:
    async with open_app(samples.options()) as reader:
        await reader.press("n")
        assert reader.status == "No search; / starts one."
        await reader.answer_prompt("slash", "the")
        total = len(highlighted(reader, "viewer"))
        await reader.press("n")
        assert reader.status == f"Match 1 of {total}"
        await reader.press("n")
        assert reader.status == f"Match 2 of {total}"
        await reader.press("N", "N")
        assert reader.status == f"Match {total} of {total}"


async def test_a_paper_found_by_its_authors_id_has_no_match_in_its_summary(
    samples: DigestSource,
) -> None:
    async with open_app(samples.options()) as reader:
        await reader.answer_prompt("slash", "votes:>50")
        await reader.press("n")
        assert reader.status == "No match in this summary."


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
        ("ㄱㅎㅎ", ["Policy Gradients", "Rewards", "Wind"]),
    ],
)  # fmt: skip
async def test_korean_is_found_by_spacing_variants_and_initials(
    korean: DigestSource, query: str, found: list[str]
) -> None:
    async with open_app(korean.options()) as reader:
        await reader.press("slash")
        reader.prompt.value = query
        await reader.wait_until_idle()
        assert reader.titles == found


async def test_korean_matches_are_highlighted_whole(korean: DigestSource) -> None:
    async with open_app(korean.options()) as reader:
        await reader.answer_prompt("slash", "ㄱㅎㅎㅅ")
        assert highlighted(reader, "viewer") == ["강화학습"]
        await reader.press("j")
        assert highlighted(reader, "viewer") == ["강화 학습"]


async def test_the_cursor_goes_to_the_first_result_unless_its_paper_remains(
    samples: DigestSource,
) -> None:
    async with open_app(samples.options()) as reader:
        await reader.press("G")
        last = reader.paper
        await reader.press("slash")
        await reader.type("votes:>30")
        assert reader.screen.panes.table.cursor == 0
        await reader.press("escape")
        assert reader.paper == last


async def test_keys_typed_before_the_search_opens_are_searched_for(samples: DigestSource) -> None:
    async with open_app(samples.options()) as reader:
        reader.type_ahead("slash", *"diff")
        await reader.wait_until_idle()
        assert reader.prompt.value == "diff"
        assert "/diff" in reader.status


async def test_pasted_text_cannot_control_the_terminal(samples: DigestSource) -> None:
    async with open_app(samples.options()) as reader:
        await reader.press("slash")
        reader.prompt.post_message(events.Paste("dif\x1b[31mfu\u202esion\x07\nrm -rf"))
        await reader.wait_until_idle()
        assert reader.prompt.value == "diffusion"
        assert "/diffusion" in reader.status


async def test_the_search_syntax_opens_while_typing(samples: DigestSource) -> None:
    async with open_app(samples.options()) as reader:
        await reader.press("slash")
        await reader.type("mod")
        await reader.press("f2")
        assert "Search syntax" in reader.text
        assert "ㄱㅎㅎㅅ" in reader.text
        await reader.press("escape")
        assert reader.prompt.value == "mod"
        assert reader.app.focused is reader.prompt


def test_every_example_of_the_help_is_valid() -> None:
    for _heading, rows in query_help():
        for example, _words in rows:
            assert parse(str(parse(example))) == parse(example)


class BlockingMonth:
    """A cache in which reading the summaries of one month blocks until it is released."""

    def __init__(self, month: str, monkeypatch: pytest.MonkeyPatch) -> None:
        self.is_blocked, self.is_released = threading.Event(), threading.Event()
        original_texts = SourceCache.texts

        def read(cache: SourceCache, wanted: str) -> Mapping[str, EntryText]:
            if wanted == month:
                self.is_blocked.set()
                while not self.is_released.wait(0.005) and not get_current_worker().is_cancelled:
                    pass
            return original_texts(cache, wanted)

        monkeypatch.setattr(SourceCache, "texts", read)
        # As on a slow disk.
        monkeypatch.setattr(loader, "PARTIAL_RESULTS_SECONDS", -1.0)
        # Keys do not wait for the end of a search that takes long.
        monkeypatch.setattr(key_queue, "READY_TIMEOUT_SECONDS", 0.01)


async def test_a_long_search_shows_results_as_they_are_found(
    samples: DigestSource, monkeypatch: pytest.MonkeyPatch
) -> None:
    month = BlockingMonth("2025-04", monkeypatch)
    async with open_app(samples.options(period="")) as reader:
        await reader.press("slash")
        reader.prompt.value = "diffusion"
        await wait_until(lambda: month.is_blocked.is_set() and "so far" in reader.status)
        so_far = reader.titles
        assert f"{len(so_far)} papers so far, 2" in reader.status
        assert "% searched" in reader.status
        reader.type_ahead("enter", "j")
        await wait_until(lambda: reader.screen.panes.table.cursor == 1)
        second = reader.paper
        month.is_released.set()
        await wait_until(lambda: "so far" not in reader.status)
        assert set(so_far) < set(reader.titles)
        assert reader.paper == second
        assert f"{len(reader.titles)} of 71 papers" in reader.status


async def test_a_long_search_without_results_yet_can_be_cancelled(
    samples: DigestSource, monkeypatch: pytest.MonkeyPatch
) -> None:
    month = BlockingMonth("2025-04", monkeypatch)
    async with open_app(samples.options(period="")) as reader:
        everything = reader.titles
        await reader.press("slash")
        reader.prompt.value = "nobodywrotethis"
        await wait_until(lambda: month.is_blocked.is_set() and "Searching." in reader.text)
        assert "Papers appear here as they are found." in reader.text
        reader.type_ahead("escape")
        await wait_until(lambda: reader.titles == everything)


async def test_the_cursor_returns_to_its_paper_while_a_query_is_typed(
    samples: DigestSource,
) -> None:
    async with open_app(samples.options()) as reader:
        await reader.press("j", "j")
        here = reader.paper
        await reader.press("slash")
        # Every letter has results, but without the paper under the cursor.
        await reader.type("darwin")
        assert reader.paper != here
        await reader.press(*["backspace"] * 6)
        assert reader.paper == here


async def test_later_results_do_not_move_the_cursor_from_the_top(
    source: DigestSource, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The number of papers searched before the first results are posted.
    calm = [DigestPaper(f"2505.{1000 + number}", "Calm", 30) for number in range(FIRST_BATCH - 1)]
    source.add("2025-05-02", DigestPaper("2505.00002", "New wind", 5), *calm)
    source.add("2025-04-01", DigestPaper("2504.00001", "Mills", 9, summary="- ***New***: wind."))
    source.sync()
    month = BlockingMonth("2025-04", monkeypatch)
    async with open_app(source.options(period="")) as reader:
        assert reader.paper == "Calm"
        await reader.press("slash")
        reader.prompt.value = "wind"
        await wait_until(lambda: month.is_blocked.is_set() and reader.titles == ["New wind"])
        month.is_released.set()
        await wait_until(lambda: reader.titles == ["Mills", "New wind"])
        assert reader.paper == "Mills"
