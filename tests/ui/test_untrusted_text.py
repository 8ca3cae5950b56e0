from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.ui.driver import open_app
from tests.ui.sources import DigestPaper, DigestSource

MARKUP = "[bold red]Red[/] [@click=app.quit]quit[/] [link=https://evil.example]x[/link] $accent"
ESCAPES = "\x1b[31mred\x1b[0m \x1b]0;title\x07 \x9b31m a\u202eb\u2066c\u200bd"


async def test_markup_is_shown_as_it_is_and_does_nothing(source: DigestSource) -> None:
    paper = DigestPaper(
        "2505.00001", "A " + MARKUP, 5, f"Ada {MARKUP}, Cy", f"- ***New***: {MARKUP}"
    )
    source.add("2025-05-01", paper)
    source.sync()
    async with open_app(source.options(), (200, 40)) as reader:
        assert "A [bold red]Red[/] [@click=app.quit]quit[/]" in reader.pane("table")[1]
        viewer = "\n".join(reader.pane("viewer"))
        assert viewer.count("[@click=app.quit]quit[/]") >= 2
        assert "$accent" in viewer
        x, y = reader.find("@click")
        await reader.click_at(x, y)
        top = reader.screen.panes.viewer.content_region.y
        for line, text in enumerate(reader.pane("viewer")):
            at = text.find("quit[/]")
            if at >= 0:
                await reader.click_at(reader.screen.panes.viewer.content_region.x + at, top + line)
        assert not reader.app._exit
        assert not reader.screen.panes.status.message


async def test_escape_sequences_and_bidi_controls_never_reach_the_screen(
    source: DigestSource,
) -> None:
    paper = DigestPaper(
        "2505.00001", "Title " + ESCAPES, 5, "Ada " + ESCAPES, "- ***New***: " + ESCAPES
    )
    source.add("2025-05-01", paper, name="some/2025-05-01.md")
    async with open_app(source.options(), (120, 40)) as reader:
        await reader.press("exclamation_mark", "escape", "enter")
        for text in (reader.text, *reader.titles):
            for bad in "\x1b\x07\x9b\u202e\u2066\u200b":
                assert bad not in text
        assert "Title" in reader.text


async def test_a_search_for_markup_is_shown_as_it_is(samples: DigestSource) -> None:
    async with open_app(samples.options()) as reader:
        await reader.answer_prompt("slash", '"[@click=app.quit]x[/]"')
        assert "[@click=app.quit]x[/]" in reader.status
        assert "[@click=app.quit]x[/]" in "\n".join(reader.pane("table"))
        await reader.answer_prompt("slash", "[bold]x:1[/]")
        assert reader.app.is_running
        await reader.press("escape", "d")
        reader.prompt.value = "[@click=app.quit]x[/]"
        await reader.press("enter")
        assert "a year, month or day" in reader.text


async def test_a_file_name_with_markup_is_shown_as_it_is(source: DigestSource) -> None:
    name = "[@click=app.quit]x[/]\x1b[31m/2025-05-01.md"
    source.add("2025-05-02", DigestPaper("2505.00001", votes=None), name=name)
    async with open_app(source.options()) as reader:
        await reader.press("exclamation_mark")
        assert "[@click=app.quit]x[/]" in reader.text
        assert "\x1b" not in reader.text
        await reader.click("@click")
        assert not reader.app._exit


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
    async with open_app(source.options()) as reader:
        text = "words"
        await reader.click(text, dx=1)
        assert opened_urls() == []
        assert not reader.screen.panes.status.message
        x, y = reader.find(text)
        assert not reader.app.screen.get_style_at(x + 1, y).link


async def test_a_web_url_is_a_link(source: DigestSource) -> None:
    source.add(
        "2025-05-01", DigestPaper("2505.00001", summary="- see [words](https://fine.example/).")
    )
    source.sync()
    async with open_app(source.options()) as reader:
        x, y = reader.find("words")
        assert reader.app.screen.get_style_at(x, y).link == "https://fine.example/"
        await reader.click("words")
        assert reader.app.clipboard == "https://fine.example/"
