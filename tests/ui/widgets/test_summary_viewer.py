"""The summary viewer: positions, sections, links and matches."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from rich.cells import cell_len, set_cell_size
from rich.color import Color
from rich.style import Style

from tests.support.contrast import MIN_READABLE_CONTRAST, contrast
from tests.ui.widget_host import WidgetDriver, host_widget
from tui.models import EntryRef, Marks, Paper, Summary
from tui.query.highlight import Highlighter
from tui.query.parser import parse
from tui.terminal.themes import THEME_NAMES
from tui.ui.widgets.summary_viewer import SummaryViewer

pytestmark = pytest.mark.slow

LABELS = ["Motivation", "Method", "Experiments", "결과와 의의", "Limits"]
BODY = "\n\n".join(f"## {label}\n\n" + f"About {label} it says a word. " * 20 for label in LABELS)


def paper(number: int = 1) -> Paper:
    return Paper(f"2505.0000{number}", f"Paper {number}", 4, "Ada Bell", ("2025-05-01",), ())


def summary(markdown: str, date: str = "2025-05-01") -> Summary:
    return Summary(EntryRef(date, "daily", f"{date}.md", 0, 0), markdown, (), None)


def finder(query: str) -> Highlighter:
    return Highlighter.for_query(parse(query))


@asynccontextmanager
async def reading(
    markdown: str = BODY,
    words: str = "",
    size: tuple[int, int] = (80, 20),
    theme: str = "ink",
) -> AsyncIterator[tuple[WidgetDriver, SummaryViewer]]:
    viewer = SummaryViewer()
    async with host_widget(viewer, size, theme=theme) as driver:
        viewer.show(paper(), [summary(markdown)], highlighter=finder(words) if words else None)
        viewer.focus()
        await driver.pilot.pause()
        yield driver, viewer


# Marks


async def test_tags_and_notes_are_shown() -> None:
    async with reading("Words.") as (driver, viewer):
        marks = Marks(tags=("rl", "강화학습"), note="Ask Jae,\n[bold]not[/] me.")
        viewer.show(paper(), [summary("Words.")], marks)
        await driver.pilot.pause()
        assert "PDF   #rl #강화학습" in driver.text
        assert "Note\n\n  Ask Jae,\n  [bold]not[/] me.\n\n  Words." in driver.text


# Positions


async def test_paper_is_shown_at_its_last_position() -> None:
    async with reading() as (driver, viewer):
        await driver.press(*["j"] * 9)
        seen = driver.text
        viewer.show(paper(2), [summary(BODY)])
        assert viewer.window.top == 0
        viewer.show(None, [])
        viewer.show(paper(1), [summary(BODY)])
        assert viewer.window.top == 9
        await driver.pilot.pause()
        assert driver.text == seen
        await driver.press("g")
        viewer.show(paper(2), [summary(BODY)])
        viewer.show(paper(1), [summary(BODY)])
        assert viewer.window.top == 0


async def test_updated_paper_keeps_its_position() -> None:
    async with reading() as (driver, viewer):
        await driver.press(*["j"] * 9)
        viewer.show(paper(), [summary(BODY)], Marks(read=True))
        assert viewer.window.top == 9


@pytest.mark.parametrize("width", [40, 60, 160])
async def test_another_width_shows_the_same_words_at_the_top(width: int) -> None:
    text = " ".join(f"word{number}" for number in range(2000))
    async with reading(text) as (driver, viewer):
        await driver.press(*["pagedown"] * 4)
        first = driver.lines[1].split()[0]
        await driver.resize(width, 20)
        assert first in driver.lines[1].split()
        viewer.show(paper(2), [])
        await driver.resize(80, 20)
        viewer.show(paper(1), [summary(text)])
        await driver.pilot.pause()
        before, after = int(first[4:]), int(driver.lines[1].split()[0][4:])
        assert abs(before - after) < 30


async def test_progress_is_complete_when_the_end_is_visible() -> None:
    async with reading() as (driver, viewer):
        seen = [viewer.percent_read]
        for _ in range(10):
            await driver.press("pagedown")
            seen.append(viewer.percent_read)
        assert seen == sorted(seen)
        assert 0 < seen[0] < 100
        assert seen[-1] == 100
        viewer.show(paper(2), [summary("Short.")])
        assert viewer.percent_read == 100
        viewer.show(None, [])
        assert viewer.percent_read == 100


# Sections, summaries and links


def first_line(driver: WidgetDriver) -> str:
    return driver.lines[1].strip()


async def test_steps_through_the_sections() -> None:
    async with reading(size=(80, 14)) as (driver, viewer):
        assert [label for label, _ in viewer.sections] == LABELS
        assert viewer.section is None
        for number, label in enumerate(LABELS):
            assert viewer.go_to_next_section(1) == label
            assert viewer.section == number
        assert viewer.go_to_next_section(1) is None
        assert viewer.section == len(LABELS) - 1
        # The last is too short to reach the top.
        await driver.pilot.pause()
        assert "Limits" in driver.text
        assert "Limits" not in first_line(driver)
        assert viewer.go_to_next_section(-1) == LABELS[-2]
        await driver.pilot.pause()
        assert first_line(driver) == LABELS[-2]
        # From inside a section to its start, and only then to the previous section.
        await driver.press("j", "j")
        assert viewer.go_to_next_section(-1) == LABELS[-2]
        assert viewer.go_to_next_section(-1) == LABELS[-3]
        assert [viewer.go_to_next_section(-1) for _ in range(3)] == [LABELS[1], LABELS[0], None]


async def test_section_being_read_follows_the_text() -> None:
    async with reading(size=(80, 14)) as (driver, viewer):
        for number, (_, line) in enumerate(viewer.sections[:-1]):
            viewer.go_to_line(line)
            assert (viewer.window.top, viewer.section) == (line, number)
            await driver.press("k")
            assert viewer.section == (number - 1 if number else None)
        viewer.go_to_line(999)
        assert viewer.percent_read == 100


async def test_text_without_sections() -> None:
    async with reading("Words.") as (_, viewer):
        assert (viewer.sections, viewer.section, viewer.go_to_next_section(1)) == ([], None, None)


async def test_steps_cycle_through_the_summaries() -> None:
    async with reading(size=(80, 14)) as (driver, viewer):
        assert viewer.go_to_next_summary() is None
        summaries = [summary(BODY, date) for date in ("2025-05-03", "2025-05-02", "2025-05-01")]
        viewer.show(paper(), summaries)
        for number, date in ((2, "05-02"), (3, "05-01"), (1, "05-03"), (2, "05-02")):
            assert viewer.go_to_next_summary() == (number, 3)
            await driver.pilot.pause()
            assert first_line(driver) == f"2025-{date}, 2025-{date}.md"


async def test_summaries_are_counted_even_if_all_are_visible() -> None:
    async with reading() as (_, viewer):
        viewer.show(paper(), [summary("New.", "2025-05-02"), summary("Old.")])
        assert [viewer.go_to_next_summary() for _ in range(3)] == [(2, 2), (1, 2), (2, 2)]


async def test_links_are_listed_in_order() -> None:
    async with reading("See [this\nand that](https://a.b) or [no](javascript:c).") as (_, viewer):
        assert viewer.links == [
            ("arxiv.org/abs/2505.00001", "https://arxiv.org/abs/2505.00001"),
            ("PDF", "https://arxiv.org/pdf/2505.00001"),
            ("this and that", "https://a.b"),
        ]


# The outline


async def test_outline_stays_beside_the_text_and_follows_it() -> None:
    async with reading(size=(150, 14)) as (driver, viewer):
        viewer.is_centered = True
        await driver.pilot.pause()
        column = viewer.margin()

        def outline_lines() -> list[str]:
            return [set_cell_size(line, column).strip("▸ ") for line in driver.lines[1:6]]

        def colors() -> list[Color | None]:
            return [driver.style_of(label).color for label in LABELS]

        assert [line.split()[0] for line in outline_lines()] == [
            label.split()[0] for label in LABELS
        ]
        before = outline_lines()
        # Above the first section, that is the next one.
        assert [each == colors()[0] for each in colors()] == [True, False, False, False, False]
        assert "▸" in driver.lines[1]
        viewer.go_to_next_section(1)
        viewer.go_to_next_section(1)
        await driver.pilot.pause()
        assert outline_lines() == before
        accent = driver.style_of("Method").color
        assert [set_cell_size(line, column).count("▸") for line in driver.lines[1:6]] == [
            0, 1, 0, 0, 0,
        ]  # fmt: skip
        assert [driver.style_of(label).color == accent for label in LABELS] == [
            False, True, False, False, False,
        ]  # fmt: skip
        await driver.click("Experiments", dx=2)
        assert viewer.section == 2
        assert driver.style_of("Experiments").color == accent
        assert driver.lines[1].split()[-1] == "Experiments"
        # The last two sections are both visible at the end: only the outline shows the step.
        for label in LABELS[3:]:
            viewer.go_to_next_section(1)
            await driver.pilot.pause()
            assert driver.style_of(label.split()[0]).color == accent


@pytest.mark.parametrize(
    ("width", "labels", "centered"),
    [(130, LABELS, True), (150, LABELS[:3], True), (150, LABELS, False)],
)
async def test_no_outline_without_room_or_need(
    width: int, labels: list[str], centered: bool
) -> None:
    body = "\n\n".join(f"## {label}\n\nA word." for label in labels)
    async with reading(body, size=(width, 30)) as (driver, viewer):
        viewer.is_centered = centered
        await driver.pilot.pause()
        assert driver.text.count("Method") == 1


async def test_more_sections_than_lines_show_those_around_the_one_being_read() -> None:
    labels = [f"Part {number}" for number in range(30)]
    body = "\n\n".join(f"## {label}\n\n" + "A word. " * 60 for label in labels)
    async with reading(body, size=(150, 14)) as (driver, viewer):
        viewer.is_centered = True
        viewer.go_to_line(dict(viewer.sections)["Part 20"])
        await driver.pilot.pause()
        beside = [line[: viewer.margin()].strip("▸ ") for line in driver.lines[1:]]
        assert "Part 20" in beside
        assert "" not in beside


async def test_outline_is_indented_by_level_and_uses_its_room() -> None:
    long = "A heading with forty-four letters and digits"
    items = "- **Alpha**: one\n- **Beta**: two\n  - **Gamma**: three"
    body = f"## {long}\n\n{items}\n\n## End\n\n**Delta**"
    async with reading(body, size=(200, 20)) as (driver, viewer):
        viewer.is_centered = True
        await driver.pilot.pause()
        beside = [line[: viewer.margin()] for line in driver.lines[1:7]]
        labels = [line.strip("▸ ") for line in beside]
        assert labels == [long, "Alpha", "Beta", "Gamma", "End", "Delta"]
        starts = [line.index(label) for line, label in zip(beside, labels, strict=True)]
        assert [start - starts[0] for start in starts] == [0, 2, 2, 4, 0, 2]


async def test_long_labels_of_the_outline_are_cut_to_their_room() -> None:
    body = "\n\n".join(f"## {'강화학습에 대하여 ' * 4}{label}\n\nA." for label in LABELS)
    async with reading(body, size=(149, 20)) as (driver, viewer):
        viewer.is_centered = True
        await driver.pilot.pause()
        x, _ = driver.find("강화학습")
        assert x < viewer.margin()
        [title] = [line for line in driver.lines if "Paper 1" in line]
        assert cell_len(title.partition("Paper 1")[0]) == viewer.margin()


# Matches

WORDS = "The mill counts wind. " + "Other things are said here. " * 40 + "The mill stops. " * 2


def drawn(driver: WidgetDriver, name: str) -> list[str]:
    """Return the texts drawn in a style, line by line."""
    wanted = driver.app.query_one(SummaryViewer)._named_style(name).bgcolor
    strips = driver.app.screen._compositor.render_strips(driver.app.size)
    found = (
        "".join(each.text for each in strip if each.style and each.style.bgcolor == wanted)
        for strip in strips
    )
    return [text.strip() for text in found if text.strip()]


async def test_matches_are_highlighted_and_cleared() -> None:
    async with reading(WORDS, "wind OR ada") as (driver, viewer):
        assert drawn(driver, "match") == ["Ada", "wind"]
        viewer.highlight(finder("counts"))
        await driver.pilot.pause()
        assert drawn(driver, "match") == ["counts"]
        viewer.highlight(None)
        await driver.pilot.pause()
        assert drawn(driver, "match") == []
        assert viewer.go_to_next_match(1) is None


async def test_steps_cycle_through_the_matches() -> None:
    async with reading(WORDS, "mill", (60, 14)) as (driver, viewer):
        for number in (1, 2, 3, 1):
            assert viewer.go_to_next_match(1) == (number, 3)
            await driver.pilot.pause()
            assert drawn(driver, "match-current") == ["mill"]
        assert viewer.window.top == 0
        assert viewer.go_to_next_match(-1) == (3, 3)
        await driver.pilot.pause()
        assert viewer.percent_read == 100


async def test_first_step_starts_at_the_visible_text() -> None:
    async with reading("The mill. " * 300, "mill", (60, 14)) as (driver, viewer):

        def above() -> int:
            return sum(line.text.count("mill") for line in viewer._lines[: viewer.window.top])

        await driver.press("pagedown")
        before = above()
        assert before > 0
        assert viewer.go_to_next_match(1) == (before + 1, 300)
        # Also after scrolling further.
        await driver.press("pagedown", "pagedown")
        before = above()
        assert viewer.go_to_next_match(-1) == (before, 300)


async def test_match_is_scrolled_into_view_with_context() -> None:
    async with reading("\n\n".join([*["Other."] * 30, "The mill.", *["Other."] * 30]), "mill") as (
        driver,
        viewer,
    ):
        viewer.go_to_next_match(1)
        await driver.pilot.pause()
        _, y = driver.find("mill")
        assert 3 < y < 16


@pytest.mark.parametrize(
    ("markdown", "words", "pieces"),
    [
        (
            "one two three " * 9,
            '"one two three one two three one two three one two three one"',
            None,
        ),
        ("- " + "가나다라 마바사아 " * 9, '"' + "가나다라 마바사아 " * 8 + '가나다라"', None),
        ("- ***What's New***: 바람을 세는 모델", '"New: 바람을"', ["New: 바람을"]),
        ("see [the words](https://a.b) here", '"see the words here"', ["see the words here"]),
        ("**굵은** `code`", '"굵은 code"', ["굵은 code"]),
    ],
)
async def test_match_can_span_lines_and_styles(
    markdown: str, words: str, pieces: list[str] | None
) -> None:
    async with reading(markdown, words, (44, 30)) as (driver, viewer):
        assert viewer.go_to_next_match(1) is not None
        await driver.pilot.pause()
        found = drawn(driver, "match-current")
        if pieces is None:
            assert len(found) > 1
            assert " ".join(found) == words.strip('"')
        else:
            assert found == pieces


@pytest.mark.parametrize("theme", THEME_NAMES)
async def test_link_within_a_match_is_still_one_and_can_be_selected(theme: str) -> None:
    text = "see [the words](https://a.b) here"
    async with reading(text, "words", theme=theme) as (driver, viewer):
        viewer.go_to_next_match(1)
        await driver.pilot.pause()
        assert driver.style_of("words").link == "https://a.b"
        assert driver.style_of("the words").link == "https://a.b"
        x, y = driver.find("see")
        await driver.pilot.mouse_down(offset=(x, y))
        await driver.pilot.hover(offset=(x + 12, y))
        await driver.pilot.mouse_up(offset=(x + 12, y))
        await driver.pilot.pause()
        assert driver.app.screen.get_selected_text() == "see the words"
        assert drawn(driver, "selected") == ["see the words"]
        assert drawn(driver, "match-current") == []
        for selected in ("see", "the words", "words"):
            assert text_contrast(driver.style_of(selected)) >= MIN_READABLE_CONTRAST


async def test_current_match_survives_an_update_of_the_paper() -> None:
    async with reading(WORDS, "mill") as (driver, viewer):
        viewer.go_to_next_match(1)
        viewer.show(paper(), [summary(WORDS)], Marks(note="mill"), finder("mill"))
        await driver.pilot.pause()
        assert len(drawn(driver, "match-current")) == 1
        viewer.show(paper(2), [summary(WORDS)], highlighter=finder("mill"))
        await driver.pilot.pause()
        assert drawn(driver, "match-current") == []
        assert viewer.go_to_next_match(1) == (1, 3)
        assert viewer.go_to_next_match(-1) == (3, 3)
        viewer.show(paper(2), [summary("No more of it: a mill.")], highlighter=finder("mill"))
        assert viewer.go_to_next_match(1) == (1, 1)


async def test_step_on_the_same_screen_draws_only_the_lines_that_change(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    body = "\n\n".join(["A mill.", "Nothing.", "Nothing.", "A mill.", "Nothing."])
    async with reading(body, "mill") as (driver, viewer):
        await driver.pilot.pause()
        drawn_lines: list[int] = []
        draw = SummaryViewer.render_line

        def note(self: SummaryViewer, y: int) -> object:
            drawn_lines.append(y)
            return draw(self, y)

        monkeypatch.setattr(SummaryViewer, "render_line", note)
        viewer.go_to_next_match(1)
        await driver.pilot.pause()
        first = set(drawn_lines)
        drawn_lines.clear()
        viewer.go_to_next_match(1)
        await driver.pilot.pause()
        assert len(first) == 1
        assert len(set(drawn_lines)) == 2
        drawn_lines.clear()
        viewer.highlight(finder("mill nothing"))
        await driver.pilot.pause()
        assert len(set(drawn_lines)) == 4


def color(value: Color | None) -> str:
    assert value is not None
    return value.get_truecolor().hex


def text_contrast(style: Style) -> float:
    return contrast(color(style.color), color(style.bgcolor))


@pytest.mark.parametrize("theme", THEME_NAMES)
async def test_matches_are_readable_in_every_theme(theme: str) -> None:
    text = "Plain mill, [linked mill](https://a.b), `coded mill`, **bold mill**. " * 2
    async with reading(text, "mill", theme=theme) as (driver, viewer):
        viewer.go_to_next_match(1)
        await driver.pilot.pause()
        strips = driver.app.screen._compositor.render_strips(driver.app.size)
        styles = [
            each.style for strip in strips for each in strip if each.text == "mill" and each.style
        ]
        assert len(styles) == 8
        assert all(text_contrast(style) >= MIN_READABLE_CONTRAST for style in styles)
        [current] = [style for style in styles if style.bgcolor == styles[0].bgcolor]
        others = [style for style in styles if style is not current]
        assert contrast(color(current.bgcolor), color(others[0].bgcolor)) >= 3
        assert all(style.underline and style.bold for style in others)
