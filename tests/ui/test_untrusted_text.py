from __future__ import annotations

import unicodedata
from collections.abc import Callable

import pytest

from tests.ui.driver import open_app
from tests.ui.sources import DigestPaper, DigestSource

pytestmark = pytest.mark.slow

MARKUP = "[bold red]Red[/] [@click=app.quit]quit[/] [link=https://evil.example]x[/link] $accent"
ESCAPES = "\x1b[31mred\x1b[0m \x1b]0;title\x07 \x9b31m a\u202eb\u2066c\u200bd"


async def test_markup_is_shown_as_it_is_and_does_nothing(source: DigestSource) -> None:
    paper = DigestPaper(
        "2505.00001", "A " + MARKUP, 5, f"Ada {MARKUP}, Cy", f"- ***New***: {MARKUP}"
    )
    source.add("2025-05-01", paper)
    source.sync()
    async with open_app(source.options(), (200, 40)) as driver:
        assert "A [bold red]Red[/] [@click=app.quit]quit[/]" in driver.pane("table")[1]
        viewer = "\n".join(driver.pane("viewer"))
        assert viewer.count("[@click=app.quit]quit[/]") >= 2
        assert "$accent" in viewer
        x, y = driver.find("@click")
        await driver.click_at(x, y)
        top = driver.screen.panes.viewer.content_region.y
        for line, text in enumerate(driver.pane("viewer")):
            at = text.find("quit[/]")
            if at >= 0:
                await driver.click_at(driver.screen.panes.viewer.content_region.x + at, top + line)
        assert not driver.app._exit
        assert not driver.screen.panes.status.message


async def test_escape_sequences_and_bidi_controls_never_reach_the_screen(
    source: DigestSource,
) -> None:
    paper = DigestPaper(
        "2505.00001", "Title " + ESCAPES, 5, "Ada " + ESCAPES, "- ***New***: " + ESCAPES
    )
    source.add("2025-05-01", paper, name="some/2025-05-01.md")
    async with open_app(source.options(), (120, 40)) as driver:
        await driver.press("exclamation_mark", "escape", "enter")
        for text in (driver.text, *driver.titles):
            for bad in "\x1b\x07\x9b\u202e\u2066\u200b":
                assert bad not in text
        assert "Title" in driver.text


async def test_search_for_markup_is_shown_as_it_is(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        await driver.answer_prompt("slash", '"[@click=app.quit]x[/]"')
        assert "[@click=app.quit]x[/]" in driver.status
        assert "[@click=app.quit]x[/]" in "\n".join(driver.pane("table"))
        await driver.answer_prompt("slash", "[bold]x:1[/]")
        assert driver.app.is_running
        await driver.press("escape", "d")
        driver.prompt.value = "[@click=app.quit]x[/]"
        await driver.press("enter")
        assert "Enter a date, such as" in driver.text


async def test_file_name_with_markup_is_shown_as_it_is(source: DigestSource) -> None:
    name = "[@click=app.quit]x[/]\x1b[31m/2025-05-01.md"
    source.add("2025-05-02", DigestPaper("2505.00001", votes=None), name=name)
    async with open_app(source.options()) as driver:
        await driver.press("exclamation_mark")
        assert "[@click=app.quit]x[/]" in driver.text
        assert "\x1b" not in driver.text
        await driver.click("@click")
        assert not driver.app._exit


@pytest.mark.parametrize(
    "link",
    [
        "[words](javascript:alert(1))",
        "[words](JaVaScRiPt:alert(1))",
        "[words](data:text/html,x)",
        "[words](file:///etc/passwd)",
        "[words](ssh://host)",
        "[words](//evil.example)",
        "<javascript:words>",
        "![words](javascript:alert(1))",
        '<a href="javascript:alert(1)">words</a>',
    ],
)
async def test_only_web_urls_are_links(
    source: DigestSource, link: str, opened_urls: Callable[[], list[str]]
) -> None:
    source.add("2025-05-01", DigestPaper("2505.00001", summary=f"- ***New***: see {link} here."))
    source.sync()
    async with open_app(source.options()) as driver:
        text = "words"
        await driver.click(text, dx=1)
        assert opened_urls() == []
        assert not driver.screen.panes.status.message
        x, y = driver.find(text)
        assert not driver.app.screen.get_style_at(x + 1, y).link


async def test_web_url_is_a_link(source: DigestSource) -> None:
    source.add(
        "2025-05-01", DigestPaper("2505.00001", summary="- see [words](https://fine.example/).")
    )
    source.sync()
    async with open_app(source.options()) as driver:
        x, y = driver.find("words")
        assert driver.app.screen.get_style_at(x, y).link == "https://fine.example/"
        await driver.click("words")
        assert driver.app.clipboard == "https://fine.example/"


async def test_unsafe_text_that_was_not_cleaned_is_not_drawn(samples: DigestSource) -> None:
    async with open_app(samples.options()) as driver:
        unsafe = "before\x1b]52;c;eA==\x07\x9b31m\u202e\n\tafter"
        driver.screen.panes.status.show_message(unsafe)
        await driver.wait_until_idle()
        strips = driver.app.screen._compositor.render_strips(driver.app.size)
        drawn = "".join(segment.text for strip in strips for segment in strip)
        assert "before]52;c;eA==31mafter" in drawn
        assert not {char for char in drawn if unicodedata.category(char) in {"Cc", "Cf"}}
