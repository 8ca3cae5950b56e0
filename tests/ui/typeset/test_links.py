"""Collecting the links of a page."""

from __future__ import annotations

import pytest

from tui.ui.typeset.blocks import parse_blocks
from tui.ui.typeset.layout import lay_out
from tui.ui.typeset.links import collect_links
from tui.ui.typeset.spans import Line, Span


def page_links(markdown: str, width: int = 40) -> list[tuple[str, str]]:
    return collect_links(lay_out(parse_blocks(markdown), width))


def test_links_are_in_order_and_urls_unique() -> None:
    markdown = "[one](https://a.b/1) and [two](http://a.b/2)\n\n- [one again](https://a.b/1)"
    assert page_links(markdown) == [("one", "https://a.b/1"), ("two", "http://a.b/2")]


@pytest.mark.parametrize("width", [13, 20, 60])
@pytest.mark.parametrize("prefix", ["", "- ", "> ", "> - "])
def test_link_over_several_lines_and_styles_is_one_link(prefix: str, width: int) -> None:
    markdown = (
        f"{prefix}[a **strong** and `coded` link over lines](https://a.b) and [b](https://c.d)"
    )
    assert page_links(markdown, width) == [
        ("a strong and coded link over lines", "https://a.b"), ("b", "https://c.d"),
    ]  # fmt: skip


def test_wrapped_bare_url_is_joined() -> None:
    url = "https://example.org/a/long/path/to/a/page"
    assert page_links(f"- see {url} there", 14) == [(url, url)]


@pytest.mark.parametrize("link", ["[a](javascript:b)", "[a](file:///b)", "<mailto:a@b.c>", "a"])
def test_other_schemes_are_ignored(link: str) -> None:
    assert page_links(link) == []


def test_non_breaking_spaces_become_spaces() -> None:
    line = Line((Span("a\u00a0b", "link", "https://a.b"),))
    assert collect_links([line]) == [("a b", "https://a.b")]
