"""Adding styles to parts of a line."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tui.ui.typeset.spans import Line, Span, StyleRange, style_ranges

SPANS = (Span("see "), Span("the words", "link", "https://a.b"), Span(" here", "strong"))


def test_ranges_split_spans_and_keep_their_styles_and_links() -> None:
    styled = list(style_ranges(SPANS, [StyleRange(2, 7, "match")]))
    assert styled == [
        Span("se"),
        Span("e ", "match"),
        Span("the", "link match", "https://a.b"),
        Span(" words", "link", "https://a.b"),
        Span(" here", "strong"),
    ]


def test_overlapping_ranges_add_both_styles() -> None:
    styled = list(
        style_ranges([Span("abcd")], [StyleRange(0, 3, "match"), StyleRange(2, 9, "selected")])
    )
    assert [(span.text, span.style) for span in styled] == [
        ("ab", "match"), ("c", "match selected"), ("d", "selected"),
    ]  # fmt: skip


offsets = st.integers(0, 25)


@given(ranges=st.lists(st.builds(StyleRange, offsets, offsets, st.sampled_from(["a", "b"]))))
def test_text_is_unchanged(ranges: list[StyleRange]) -> None:
    assert "".join(span.text for span in style_ranges(SPANS, ranges)) == "see the words here"


def test_indent_does_not_belong_to_the_text() -> None:
    line = Line((Span("text"),), "label").indent_with(Span("  ")).indent_with(Span("> "), Span(""))
    assert (line.text, line.indent_chars, line.section) == (">   text", 4, "label")
