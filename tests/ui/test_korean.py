"""The app in Korean: texts, and that they fit."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from rich.cells import cell_len

from tests.ui.driver import AppDriver, assert_full_width, open_app, wait_until
from tests.ui.sources import DigestSource
from tui.cache.source_cache import SCHEMA
from tui.config.key_bars import BARS, HINTS
from tui.config.keybindings import BY_ID
from tui.config.session import Session
from tui.i18n import _, use_language
from tui.storage.tables import read_tables, write_tables

pytestmark = pytest.mark.slow

SIZES = [(120, 40), (80, 24), (60, 20), (41, 13)]
every_size = pytest.mark.parametrize("size", SIZES, ids=str)


@pytest.fixture(autouse=True)
def _korean() -> Iterator[None]:
    use_language("ko")
    yield
    use_language("en")


async def test_main_screen(samples: DigestSource) -> None:
    options = samples.options(is_sample=True, session=Session(newest="2025-05-28"))
    async with open_app(options) as driver:
        assert driver.lines[0].strip() == (
            "예시 자료입니다. F: Hugging Face에서 최근 일주일의 논문 받아오기. "
            "내 다이제스트 추가: broadsheet add 폴더"
        )
        rows = [" ".join(line.split()) for line in driver.pane("sidebar")]
        assert rows[:8] == [
            "5월28일~ 새 논문 15", "전체 날짜 71", "안 읽음 71", "별표 0", "", "▾ 2025년 71",
            "▾ 5월 35", "∙ 30 금 9",
        ]  # fmt: skip
        assert driver.pane("table")[0].split() == ["추천▾", "제목", "저자"]
        assert "추천 96   2025-05-30" in driver.text
        assert driver.status == "2025년 5월 28일 (수) 이후 새 논문 15편. W 키로 봅니다."
        await driver.press("plus", "plus", "plus", "plus")
        expected = "2025년 5월 30일 (금)   2/9 ⋅ 안 읽음 2   추천 50 이상 (기준 미만 7편)   추천 ▾"
        assert driver.status.startswith(expected)


async def test_results_of_a_triage_are_aligned(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        await driver.press("T", "asterisk", "I", *["r"] * 7)
        lines = driver.text.splitlines()
        ends = {
            cell_len(line.rstrip()) for line in lines if re.search(r"[가-힣]  +1$", line.rstrip())
        }
        assert len(ends) == 1


async def test_narrow_calendar_has_every_month(samples: DigestSource) -> None:
    async with open_app(samples.options(), (80, 24)) as driver:
        await driver.press("i")
        assert driver.lines[4].split() == [str(month) for month in range(1, 13)]
    async with open_app(samples.options(), (120, 24)) as driver:
        await driver.press("i")
        assert driver.lines[4].split() == [f"{month}월" for month in range(1, 13)]


async def test_marks_help_palette_and_problems(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        await driver.press("asterisk")
        assert driver.status == "별표를 붙였습니다."
        await driver.press("question_mark")
        assert "별표 붙이기/떼기" in driver.text
        await driver.press("escape", "exclamation_mark")
        assert "추천 수가 없습니다" in driver.text
        await driver.press("escape", "ctrl+p", *"별표")
        await wait_until(lambda: "표시: 별표 붙이기/떼기" in driver.text)
        await driver.press("enter")
        await wait_until(lambda: len(driver.app.screen_stack) == 1)
        await driver.wait_until_idle()
        assert driver.status == "별표를 뗐습니다."


@every_size
async def test_every_line_is_as_wide_as_the_screen(
    samples: DigestSource, size: tuple[int, int]
) -> None:
    async with open_app(samples.options(period="", is_sample=True), size) as driver:
        assert_full_width(driver)
        for keys in (
            ["enter"], ["c"], ["escape", "escape", "1"], ["j", "l"], ["plus"] * 6, ["minus"] * 6,
            ["asterisk"], ["t"], ["escape", "e"], ["escape", "a"], ["escape", "d"], ["escape", "x"],
            ["escape", "slash"], ["escape", "ctrl+p"], ["escape", "exclamation_mark"],
            ["escape", "question_mark"], ["escape", "f2"], ["escape"],
        ):  # fmt: skip
            await driver.press(*keys)
            assert_full_width(driver)


def hints(driver: AppDriver) -> list[str]:
    """Return the hints of the key bar without the keys."""
    return re.findall(r"[가-힣]+", driver.lines[-1])


@pytest.mark.parametrize(
    ("size", "more"), [((80, 24), ["별표", "되돌리기"]), ((60, 20), [])], ids=str
)
async def test_key_bar_shows_the_most_important_keys(
    samples: DigestSource, size: tuple[int, int], more: list[str]
) -> None:
    async with open_app(samples.options(), size) as driver:
        first = ["읽기", "안", "읽음", "분류", "검색"]
        assert hints(driver) == [*first, *more, "도움말", "종료"]
        await driver.press("enter")
        assert hints(driver)[:3] == ["뒤로", "본문", "논문"]
        assert hints(driver)[-2:] == ["도움말", "뒤로"]


def test_hints_are_short() -> None:
    names = ((pane, name) for pane, ids in BARS.items() for name in ids)
    for pane, name in names:
        hint = HINTS.get((pane, name), BY_ID[name].hint)
        assert 1 <= len(_(hint)) <= 5, name


async def test_cache_with_an_older_schema_is_rebuilt_without_an_error(
    samples: DigestSource,
) -> None:
    for file in samples.cache.rglob("*.json"):
        write_tables(file, read_tables(file, SCHEMA), SCHEMA - 1)
    async with open_app(samples.options()) as driver:
        assert driver.period == "2025-05-30"
        assert driver.status == (
            "이전 버전의 Broadsheet가 만든 캐시여서 모든 다이제스트를 다시 읽었습니다."
        )
        await driver.press("j")
        assert driver.status.startswith("2025년 5월 30일 (금)")
