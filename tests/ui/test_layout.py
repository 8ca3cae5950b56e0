"""Where the panes are, how large they are, and which one has the focus."""

from __future__ import annotations

from itertools import pairwise

import pytest
from rich.cells import cell_len
from textual.geometry import Region

from tests.ui.driver import AppDriver, assert_full_width, open_app, styled_runs
from tests.ui.sources import DigestPaper, DigestSource, sample_papers
from tui.config.session import Session
from tui.config.settings import Settings
from tui.terminal.capabilities import ANSI_COLORS, COLORS_256, MONOCHROME, TRUE_COLOR, Terminal
from tui.terminal.themes import THEME_NAMES

pytestmark = pytest.mark.slow

LONG_TITLE = (
    "Counting the Wind of Twelve Valleys With Three Mills, a Weather Vane and a Great Deal of Time"
)


def long_titles(count: int) -> list[DigestPaper]:
    return [
        DigestPaper(
            f"2505.{number:05}",
            f"{number:02} {LONG_TITLE}",
            100 - number,
            "Ada Bell, Cy Dorn, Eve Frost",
            "- ***What's New***: " + "A mill that counts the wind of a valley. " * 20,
        )
        for number in range(1, count + 1)
    ]


def heights(driver: AppDriver) -> tuple[int, int]:
    panes = driver.screen.panes
    return panes.table.outer_size.height, panes.viewer.outer_size.height


def is_beside(driver: AppDriver) -> bool:
    panes = driver.screen.panes
    return panes.table.region.right <= panes.viewer.region.x


# Beside or below


@pytest.mark.parametrize(("width", "beside"), [(100, False), (149, False), (150, True)])
async def test_summary_is_beside_the_list_on_a_wide_screen(
    samples: DigestSource, width: int, beside: bool
) -> None:
    async with open_app(samples.options(), (width, 45)) as driver:
        assert is_beside(driver) is beside
        assert_full_width(driver)
        assert driver.paper is not None
        assert driver.paper[:30] in "\n".join(driver.pane("viewer"))


@pytest.mark.parametrize(
    ("layout", "width", "beside"),
    [("below", 200, False), ("beside", 140, True), ("beside", 100, False)],
)
async def test_setting_decides_where_the_summary_is(
    samples: DigestSource, layout: str, width: int, beside: bool
) -> None:
    settings = Settings(read_after=0, watch=False, layout=layout)
    async with open_app(samples.options(settings=settings), (width, 40)) as driver:
        assert is_beside(driver) is beside


async def test_key_switches_the_layout_and_the_session_remembers_it(
    samples: DigestSource,
) -> None:
    session = Session()
    async with open_app(samples.options(session=session), (160, 40)) as driver:
        await driver.press("B")
        assert not is_beside(driver)
        await driver.press("B", "B")
        assert not is_beside(driver)
        await driver.press("q")
    assert session.layout == "below"
    async with open_app(samples.options(session=session), (160, 40)) as driver:
        assert not is_beside(driver)


async def test_key_says_if_the_screen_is_too_narrow(samples: DigestSource) -> None:
    async with open_app(samples.options(), (100, 30)) as driver:
        await driver.press("B")
        assert not is_beside(driver)
        assert "too narrow" in driver.status


async def test_list_beside_the_summary_can_be_made_wider(samples: DigestSource) -> None:
    async with open_app(samples.options(), (160, 40)) as driver:
        table = driver.screen.panes.table
        before = table.size.width
        await driver.press("greater_than_sign")
        assert table.size.width > before
        await driver.press(*["less_than_sign"] * 2)
        assert table.size.width < before


async def test_titles_beside_the_summary_take_two_lines(source: DigestSource) -> None:
    source.add("2025-05-01", *long_titles(30))
    source.sync()
    async with open_app(source.options(), (150, 45)) as driver:
        table = driver.pane("table")
        assert "01 Counting the Wind of Twelve Valleys With" in table[1]
        words = " ".join(" ".join(table[1:3]).split())
        assert f"01 {LONG_TITLE}" in words.replace("∙ 99 ", "")
        # The cursor stays in view, and a click finds its row.
        await driver.press("G")
        assert driver.screen.panes.table.cursor == 29
        assert "30 Counting" in "\n".join(driver.pane("table"))
        await driver.click("25 Counting", dx=2)
        assert driver.screen.panes.table.cursor == 24
        await driver.press("ctrl+u")
        assert driver.screen.panes.table.cursor == 24 - driver.screen.panes.table.window.page // 2
        assert_full_width(driver)


async def test_every_row_of_two_lines_is_drawn_as_the_cursor_moves(source: DigestSource) -> None:
    source.add("2025-05-01", *long_titles(30))
    source.sync()
    async with open_app(source.options(), (150, 44)) as driver:
        for _ in range(29):
            await driver.press("j")
            row = driver.screen.panes.table.cursor
            lines = driver.pane("table")
            [y] = [y for y, line in enumerate(lines) if f" {row + 1:02} Counting" in line]
            backgrounds = {background(driver, 40, y), background(driver, 40, y + 1)}
            assert len(backgrounds) == 1
            assert background(driver, 40, y + 2) not in backgrounds


def background(driver: AppDriver, x: int, y: int) -> str:
    strip = driver.app.screen._compositor.render_strips(driver.app.size)[y]
    for segment in strip.crop(x, x + 1):
        assert segment.style is not None
        return f"{segment.style.bgcolor} {segment.style.reverse} {segment.style.underline}"
    raise AssertionError


# The split follows the content


@pytest.mark.parametrize("size", [(120, 40), (80, 24)], ids=str)
async def test_few_papers_leave_the_room_to_the_summary(
    source: DigestSource, size: tuple[int, int]
) -> None:
    source.add("2025-05-01", *sample_papers(60))
    source.add("2025-05-02", *sample_papers(3, first=61))
    source.sync()
    async with open_app(source.options(), size) as driver:
        assert heights(driver)[0] == 4
        assert "Paper 063" in driver.pane("table")[-1]
        await driver.press("left_square_bracket")
        large = heights(driver)
        assert large[0] == (size[1] - 2) * 42 // 100
        await driver.answer_prompt("slash", "paper 04")
        assert 4 < heights(driver)[0] <= large[0]
        await driver.answer_prompt("slash", "paper 041")
        assert heights(driver)[0] == 4
        assert sum(heights(driver)) == size[1] - 2
        await driver.press("escape")
        assert heights(driver) == large


async def test_list_does_not_shrink_while_a_query_is_typed(source: DigestSource) -> None:
    source.add("2025-05-01", *sample_papers(60))
    source.sync()
    async with open_app(source.options()) as driver:
        before = heights(driver)[0]
        await driver.press("slash", *"041")
        assert len(driver.titles) == 1
        assert heights(driver)[0] == before
        await driver.press("enter")
        assert heights(driver)[0] == 4


@pytest.mark.parametrize("size", [(40, 12), (60, 20), (80, 24), (120, 40)], ids=str)
async def test_preview_shows_some_of_the_summary(
    source: DigestSource, size: tuple[int, int]
) -> None:
    authors = ", ".join(f"Author {letter}" for letter in "ABCDEFGHIJKLMNOPQRSTUVWX")
    paper = DigestPaper("2505.00001", LONG_TITLE, 10, authors, "Look here, a summary.")
    source.add("2025-05-01", paper, *sample_papers(30))
    source.sync()
    async with open_app(source.options(), size) as driver:
        await driver.press("G")
        preview = driver.pane("viewer")
        facts = next(line for line in preview if "10 votes" in line)
        assert facts.strip().startswith("Author A")
        assert " +2" in facts
        assert "Look here, a summary." in "\n".join(preview)
        await driver.press("enter")
        assert "Author A, Author B" in driver.text


async def test_place_in_a_text_stays_when_the_header_changes(source: DigestSource) -> None:
    text = "\n\n".join(f"Paragraph {number:02}." for number in range(60))
    authors = ", ".join(f"Author {letter}" for letter in "ABCDEFGHIJKLMNOPQRSTUVWX")
    source.add("2025-05-01", DigestPaper("2505.00001", LONG_TITLE, 10, authors, text))
    source.sync()
    async with open_app(source.options(), (80, 24)) as driver:
        await driver.press("enter", "ctrl+d", "ctrl+d")
        first = driver.lines[1].strip() or driver.lines[2].strip()
        assert first.startswith("Paragraph")
        await driver.press("escape")
        shown = [line.strip() for line in driver.pane("viewer") if line]
        assert shown[0] == first
        await driver.press("enter")
        assert first in (driver.lines[1].strip(), driver.lines[2].strip())


async def test_latin_text_has_shorter_lines_than_korean(source: DigestSource) -> None:
    source.add(
        "2025-05-01",
        DigestPaper("2505.00001", "Latin", 2, summary="mill wind vane " * 60),
        DigestPaper("2505.00002", "Korean", 1, summary="바람을 세는 방앗간 " * 60),
    )
    source.sync()
    async with open_app(source.options(), (140, 40)) as driver:
        latin = max(cell_len(line.strip()) for line in driver.pane("viewer") if "mill" in line)
        await driver.press("j")
        korean = max(cell_len(line.strip()) for line in driver.pane("viewer") if "바람" in line)
        assert 72 <= latin <= 80
        assert 80 < korean <= 92


# Focus


def focus_bars(driver: AppDriver) -> list[str]:
    """Return the names of the panes with an accent bar at their left edge."""
    panes = driver.screen.panes
    found = []
    for pane in (panes.sidebar, panes.table, panes.viewer):
        accent = pane.get_component_rich_style("line-window--focus").bgcolor
        region: Region = pane.content_region
        expected = {f"{accent} None None", "Color('default', ColorType.DEFAULT) True None"}
        column = {background(driver, region.x, y) for y in range(region.y, region.bottom)}
        if len(column) == 1 and column <= expected:
            found.append(str(pane.id))
    return found


@pytest.mark.parametrize("size", [(100, 30), (160, 40)], ids=str)
@pytest.mark.parametrize(
    ("theme", "colors"),
    [
        *((theme, TRUE_COLOR) for theme in THEME_NAMES),
        ("ink", COLORS_256),
        ("ink", ANSI_COLORS),
        ("paper", ANSI_COLORS),
        ("ink", MONOCHROME),
    ],
)
async def test_focused_pane_has_an_accent_bar(
    samples: DigestSource, theme: str, colors: int, size: tuple[int, int]
) -> None:
    options = samples.options(session=Session(theme=theme), terminal=Terminal(colors))
    async with open_app(options, size) as driver:
        for key, pane in (("1", "sidebar"), ("3", "viewer"), ("2", "table")):
            await driver.press(key)
            assert focus_bars(driver) == [pane]
        await driver.press("slash")
        assert focus_bars(driver) == []


async def test_key_bar_follows_the_focus(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        bars = [driver.lines[-1]]
        for key in ("1", "3", "enter"):
            await driver.press(key)
            bars.append(driver.lines[-1])
        assert len(set(bars)) == 4
        table, sidebar, viewer, reader = bars
        assert "Enter read" in table
        assert "Enter list" in sidebar
        assert "l h fold" in sidebar
        assert "Enter read" in viewer
        assert "} { section" in viewer
        assert "J K paper" in reader
        await driver.press("escape")
        assert driver.lines[-1] == table
        assert all("? help" in bar for bar in bars)


def test_bars_differ() -> None:
    from tui.config.key_bars import BARS

    assert all(one != other for one, other in pairwise(BARS.values()))


# Prompts


@pytest.mark.parametrize("size", [(40, 12), (60, 20), (120, 40)], ids=str)
async def test_label_of_a_prompt_keeps_its_colon(
    source: DigestSource, size: tuple[int, int]
) -> None:
    source.add("2025-05-01", DigestPaper("2505.00001", LONG_TITLE))
    source.sync()
    async with open_app(source.options(), size) as driver:
        await driver.press("slash")
        before, colon, rest = driver.lines[-1].partition(":")
        assert colon
        assert before.strip().startswith("Search")
        assert rest.startswith(" ")
        await driver.press(*"mill")
        assert "mill" in driver.lines[-1]
        await driver.resize(50, 15)
        assert ":" in driver.lines[-1]


async def test_day_that_is_read_is_dim_without_colors(samples: DigestSource) -> None:
    async with open_app(samples.options(terminal=Terminal(MONOCHROME))) as driver:
        await driver.press("R", "left_square_bracket", "left_square_bracket")
        sidebar = driver.screen.panes.sidebar.region
        dim = {text.split()[0]: style.dim for text, style in styled_runs(driver, sidebar)}
        assert (dim["30"], dim["29"], dim["All"]) == (True, None, None)
