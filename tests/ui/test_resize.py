from __future__ import annotations

import pytest

from tests.ui.driver import assert_full_width, open_app
from tests.ui.sources import DigestSource, sample_papers

pytestmark = pytest.mark.slow

SIZES = [(200, 60), (120, 40), (71, 24), (40, 12), (30, 10), (39, 30), (120, 11), (1, 1), (120, 40)]


async def test_cursor_keeps_its_paper_at_any_size(source: DigestSource) -> None:
    source.add("2025-05-01", *sample_papers(50))
    source.sync()
    async with open_app(source.options(), SIZES[0]) as driver:
        await driver.press(*["j"] * 30)
        for width, height in SIZES:
            await driver.resize(width, height)
            assert driver.paper == "Paper 031"
            if width >= 40 and height >= 12:
                assert "  Paper 031" in "\n".join(driver.pane("table")), (width, height)
                assert "Broadsheet needs" not in driver.text
        assert "This is about paper 031." in driver.text
        await driver.press("j")
        assert driver.paper == "Paper 032"


@pytest.mark.parametrize("size", [(30, 10), (39, 12), (40, 11)], ids=str)
async def test_screen_that_is_too_small_names_the_minimum(
    samples: DigestSource, size: tuple[int, int]
) -> None:
    async with open_app(samples.options(), size) as driver:
        words = " ".join(driver.text.split())
        assert words == "Broadsheet needs 40 x 12 cells."
        await driver.resize(40, 12)
        assert "Darwin" in driver.text


@pytest.mark.parametrize("keys", [["enter"], ["1"], ["d"], ["question_mark"], ["exclamation_mark"]])
async def test_every_state_survives_resizing(samples: DigestSource, keys: list[str]) -> None:
    async with open_app(samples.options(is_sample=True), (120, 40)) as driver:
        await driver.press(*keys)
        before = driver.text
        for width, height in SIZES:
            await driver.resize(width, height)
        assert driver.text == before


LARGEST, SMALLEST = (200, 60), (40, 12)


def steps(start: tuple[int, int], end: tuple[int, int]) -> list[tuple[int, int]]:
    """Return the sizes between two sizes, with every width and every height."""
    (width, height), (last, lowest) = start, end
    count = abs(last - width)
    return [
        (width + (last - width) * at // count, height + round((lowest - height) * at / count))
        for at in range(count + 1)
    ]


DOWN, UP = steps(LARGEST, SMALLEST), steps(SMALLEST, LARGEST)


def test_steps_cover_every_size() -> None:
    for sizes in (DOWN, UP):
        assert {width for width, _ in sizes} == set(range(40, 201))
        assert {height for _, height in sizes} == set(range(12, 61))
    assert (DOWN[0], DOWN[-1], UP[0], UP[-1]) == (LARGEST, SMALLEST, SMALLEST, LARGEST)


async def test_every_step_down_and_up_again(source: DigestSource) -> None:
    source.add("2025-05-01", *sample_papers(80))
    source.sync()
    async with open_app(source.options(), LARGEST) as driver:
        await driver.press(*["j"] * 60)
        # Every width on the way down; the way back differs only in what grows.
        for size in (*DOWN, *UP[2::8], LARGEST):
            await driver.resize(*size)
            assert driver.paper == "Paper 061"
            assert "  Paper 061" in "\n".join(driver.pane("table")), size
            assert "? help" in driver.lines[-1]
            assert_full_width(driver)
        assert "This is about paper 061." in driver.text


@pytest.mark.parametrize(
    ("keys", "stays"),
    [
        (["1"], "1 Thu"),
        (["enter"], "Escape back"),
        (["slash", *"paper"], "paper"),
        (["a"], "All papers by"),
        (["e", *"written"], "written"),
        (["ctrl+p"], "Search commands"),
    ],
    ids=lambda value: value if isinstance(value, str) else "-".join(value),
)
async def test_every_step_while_a_dialog_is_open(
    source: DigestSource, keys: list[str], stays: str
) -> None:
    source.add("2025-05-01", *sample_papers(80))
    source.sync()
    async with open_app(source.options(), LARGEST) as driver:
        await driver.press(*["j"] * 60, *keys)
        # Some of the sizes, half of them on the way back; the test above has all of them.
        for size in (*DOWN[::16], SMALLEST, *UP[8::16], LARGEST):
            await driver.resize(*size)
            assert stays in driver.text, size
            assert_full_width(driver)
        assert driver.paper == "Paper 061"


async def test_summary_keeps_its_position_when_it_is_rewrapped(source: DigestSource) -> None:
    from tests.ui.sources import DigestPaper

    words = "\n\n".join(f"Paragraph {n:02} " + "goes on and on " * 12 for n in range(40))
    source.add("2025-05-01", DigestPaper("2505.00001", summary=words))
    source.sync()
    async with open_app(source.options(), (120, 40)) as driver:
        await driver.press("enter", *["pagedown"] * 2)
        seen_before = {word for word in driver.text.split() if word.isdecimal() and len(word) == 2}
        await driver.resize(60, 40)
        seen_after = {word for word in driver.text.split() if word.isdecimal() and len(word) == 2}
        assert seen_before & seen_after


async def test_crossing_the_narrow_width_hides_and_shows_the_sidebar(samples: DigestSource) -> None:
    async with open_app(samples.options(), (72, 24)) as driver:
        assert "All days" in driver.text
        await driver.resize(71, 24)
        assert "All days" not in driver.text
        await driver.resize(72, 24)
        assert "All days" in driver.text


@pytest.mark.parametrize("size", [(71, 24), (40, 12)], ids=str)
async def test_on_a_narrow_screen_the_sidebar_covers_the_papers(
    samples: DigestSource, size: tuple[int, int]
) -> None:
    async with open_app(samples.options(), size) as driver:
        before, panes = driver.lines, (driver.pane("table"), driver.pane("viewer"))
        await driver.press("1")
        assert driver.lines[0].startswith(" All days")
        assert (driver.pane("table"), driver.pane("viewer")) == panes
        # The end of each line has not moved.
        assert [line[-8:] for line in driver.lines[:-1]] == [line[-8:] for line in before[:-1]]
        await driver.press("2")
        assert driver.lines == before


async def test_covering_sidebar_hides_neither_bar(
    samples: DigestSource,
) -> None:
    async with open_app(samples.options(is_sample=True), (60, 20)) as driver:
        bar_lines = [*driver.lines[:1], *driver.lines[-2:]]
        assert "Sample data" in bar_lines[0]
        await driver.press("1")
        assert "All days" in driver.lines[1]
        assert [driver.lines[0], driver.lines[-2]] == bar_lines[:2]
