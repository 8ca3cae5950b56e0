"""Properties of any text: lines fit, no text is lost, and blocks are separated."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from rich.cells import cell_len

from tests.ui.typeset.pages import all_spans, check_empty_lines, links, page
from tests.ui.typeset.strategies import markdowns, widths
from tui.digests.reader import read
from tui.ui.typeset.blocks import parse_blocks
from tui.ui.typeset.layout import lay_out

SAMPLES = Path(__file__).parents[3] / "sample_data"


@given(markdown=markdowns, width=widths)
def test_lines_fit_and_empty_lines_are_single(markdown: str, width: int) -> None:
    lines = lay_out(parse_blocks(markdown), width)
    assert [line.text for line in lines if cell_len(line.text) > width] == []
    check_empty_lines(lines)
    assert all(
        span.href.startswith(("http://", "https://")) for span in all_spans(markdown) if span.href
    )


nested = st.recursive(
    st.lists(
        st.sampled_from(["가나다", "漢字", "abc", "**굵게**", "`code`", "긴낱말" * 9]), min_size=1
    )
    .map(" ".join)
    .map(lambda words: [words]),
    lambda inner: st.one_of(
        inner.map(lambda lines: [f"> {line}" for line in lines]),
        inner.map(lambda lines: [f"- {lines[0]}", *(f"  {line}" for line in lines[1:])]),
        inner.map(lambda lines: [f"1. {lines[0]}", *(f"   {line}" for line in lines[1:])]),
        inner.map(lambda lines: ["```", *lines, "```"]),
        st.lists(inner, min_size=1, max_size=3).map(
            lambda blocks: [line for block in blocks for line in (*block, "")]
        ),
    ),
    max_leaves=12,
)


@given(source=nested, width=widths)
def test_no_letter_is_lost_or_repeated(source: list[str], width: int) -> None:
    def letters(text: str) -> str:
        return "".join(filter(str.isalpha, text))

    assert letters(page("\n".join(source), width)) == letters("".join(source))


@pytest.mark.parametrize("width", [12, 40, 60, 92])
def test_samples_fit_and_empty_lines_are_single(width: int) -> None:
    for file in SAMPLES.rglob("*.md"):
        for entry in read(file.read_bytes(), file.name).entries:
            lines = lay_out(parse_blocks(entry.summary), width)
            assert all(cell_len(line.text) <= width for line in lines)
            check_empty_lines(lines)
            for label in entry.sections if width == 92 else ():
                assert label.replace("`", "") in {line.section for line in lines}, (
                    file,
                    entry.arxiv_id,
                )


def test_text_is_shown_as_paragraphs_if_the_parser_fails(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*_: object) -> None:
        raise RecursionError

    monkeypatch.setattr(MarkdownIt, "parse", fail)
    assert page("# a\nb\n \n\n- https://c.d") == "# a b\n\n- https://c.d"
    assert links("see https://c.d") == [("https://c.d", "https://c.d")]


@pytest.mark.parametrize("marker", [">", "> ", "- ", "* ", "1. "])
def test_deep_nesting_loses_no_text(marker: str) -> None:
    text = page(marker * 1000 + "word")
    assert "word" in text.replace("\n", "")
    assert text.count(marker.strip(" 1")) + text.count("|") + sum(map(text.count, "∙⁃‣")) >= 1000
