from __future__ import annotations

import pytest

from tests.ui.driver import assert_full_width, open_app
from tests.ui.sources import DigestPaper, DigestSource

pytestmark = pytest.mark.slow

SIZES = [(60, 20), (80, 24), (120, 40), (41, 13), (73, 21), (200, 50)]
every_size = pytest.mark.parametrize("size", SIZES, ids=str)


@every_size
async def test_every_line_is_as_wide_as_the_screen(
    samples: DigestSource, size: tuple[int, int]
) -> None:
    async with open_app(samples.options(period="", is_sample=True), size) as driver:
        assert_full_width(driver)
        for keys in (
            ["enter"], ["ctrl+d"], ["escape"], ["1"], ["j", "l"], ["plus", "plus", "plus"],
            ["d"], ["escape"], ["exclamation_mark"], ["escape"], ["question_mark"], ["escape"],
        ):  # fmt: skip
            await driver.press(*keys)
            assert_full_width(driver)


@every_size
@pytest.mark.parametrize("shift", [0, 1])
async def test_wide_characters_are_never_cut_in_half(
    source: DigestSource, size: tuple[int, int], shift: int
) -> None:
    title = "x" * shift + "가나다라마바사아자차카타파하" * 12
    authors = "x" * shift + "김철수이영희박민수최지우" * 6
    source.add("2025-05-01", DigestPaper("2505.00001", title, 5, authors, f"- ***New***: {title}"))
    source.sync()
    async with open_app(source.options(), size) as driver:
        assert_full_width(driver)
        # Marks and votes precede it if there is space.
        shown = next(word for word in driver.pane("table")[1].split() if word not in "∙5")
        # The start of the title is shown, with an ellipsis.
        assert title.startswith(shown.removesuffix("⋯"))
        # Beside the summary, the title continues on the second line.
        rows = driver.pane("table")[1 : 1 + driver.screen.panes.table.row_height]
        assert "⋯" in rows[-1]
        await driver.press("1")
        assert_full_width(driver)
        await driver.press("2", "enter")
        assert_full_width(driver)


async def test_long_words_and_numbers_stay_in_their_columns(source: DigestSource) -> None:
    source.add(
        "2025-05-01",
        DigestPaper("2505.00001", "W" * 300, 12345678, "A" * 300, "- " + "가" * 300),
        DigestPaper("2505.00002", "Short", None, "B"),
    )
    source.sync()
    async with open_app(source.options()) as driver:
        assert_full_width(driver)
        await driver.press("plus", "exclamation_mark")
        assert_full_width(driver)
