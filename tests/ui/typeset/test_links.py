"""The links of a page, to choose one of."""

from __future__ import annotations

import pytest

from tui.ui.typeset.blocks import parse_blocks
from tui.ui.typeset.layout import lay_out
from tui.ui.typeset.links import collect_links
from tui.ui.typeset.spans import Line, Span


def found(markdown: str, width: int = 40) -> list[tuple[str, str]]:
    return collect_links(lay_out(parse_blocks(markdown), width))


def test_in_order_and_each_address_once() -> None:
    markdown = "[one](https://a.b/1) and [two](http://a.b/2)\n\n- [one again](https://a.b/1)"
    assert found(markdown) == [("one", "https://a.b/1"), ("two", "http://a.b/2")]


@pytest.mark.parametrize("width", [13, 20, 60])
@pytest.mark.parametrize("before", ["", "- ", "> ", "> - "])
def test_a_link_over_several_lines_and_styles_is_one(before: str, width: int) -> None:
    markdown = (
        f"{before}[a **strong** and `coded` link over lines](https://a.b) and [b](https://c.d)"
    )
    assert found(markdown, width) == [
        ("a strong and coded link over lines", "https://a.b"), ("b", "https://c.d"),
    ]  # fmt: skip


def test_a_bare_address_that_is_broken_is_whole() -> None:
    address = "https://example.org/a/long/path/to/a/page"
    assert found(f"- see {address} there", 14) == [(address, address)]


@pytest.mark.parametrize("link", ["[a](javascript:b)", "[a](file:///b)", "<mailto:a@b.c>", "a"])
def test_only_the_web(link: str) -> None:
    assert found(link) == []


def test_spaces_that_keep_words_together_are_spaces() -> None:
    line = Line((Span("a\u00a0b", "link", "https://a.b"),))
    assert collect_links([line]) == [("a b", "https://a.b")]
