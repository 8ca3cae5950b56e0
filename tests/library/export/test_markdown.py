"""Export to Markdown; the text of one paper does not affect the next."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from tests.library.export.records import paper, record, render_text
from tui.library.export import ExportRecord
from tui.library.export.markdown import nest_below_title
from tui.models import Marks

MARKDOWN = MarkdownIt()


def headings(text: str) -> list[tuple[str, str]]:
    """Return tag and text of the headings found by a Markdown parser."""
    tokens = MARKDOWN.parse(text)
    return [
        (token.tag, "".join(child.content for child in tokens[at + 1].children or ()))
        for at, token in enumerate(tokens)
        if token.type == "heading_open" and token.level == 0
    ]


def test_paper_is_a_page_with_all_fields() -> None:
    exported = paper("A Title", "Ada Kim", "Bo Lee", dates=("2025-05-22", "2025-05-23"))
    marks = Marks(tags=("rl", "todo"), note="Mine.\n\nSecond.")
    assert render_text([record(exported, "- ***What's New***: all", marks=marks)], "markdown") == (
        "# A Title\n\n"
        "<https://arxiv.org/abs/2505.04921>\n\n"
        "Votes: 7  \nDates: 2025-05-22, 2025-05-23  \nAuthors: Ada Kim, Bo Lee  \nTags: rl, todo"
        "\n\n> Mine.\n>\n> Second.\n\n- ***What's New***: all\n"
    )


def test_unknown_votes_are_labelled_and_missing_fields_left_out() -> None:
    assert render_text([record(paper(votes=None))], "markdown") == (
        "# A Title\n\n<https://arxiv.org/abs/2505.04921>\n\n"
        "Votes: unknown  \nDates: 2025-05-22  \nAuthors: unknown\n"
    )


def test_several_summaries_have_captions() -> None:
    text = render_text([record(paper(), "One.", "Two.")], "markdown")
    caption = "*daily_papers_ko, 2025-05-22*"
    assert text.endswith(f"\n\n{caption}\n\nOne.\n\n{caption}\n\nTwo.\n")


def test_papers_are_separated() -> None:
    papers = [
        record(paper("One"), "# Its own\n## Part"),
        record(paper("Two"), "## Part"),
    ]
    assert headings(render_text(papers, "markdown")) == [
        ("h1", "One"), ("h2", "Its own"), ("h3", "Part"), ("h1", "Two"), ("h2", "Part"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "nested"),
    [
        ("## One\n### Two", "## One\n### Two"),
        ("# One\n## Two", "## One\n### Two"),
        ("  # One", "## One"),
        ("One\n===\ntext", "## One\ntext"),
        ("###### Six\n# One", "###### Six\n## One"),
        ("#hashtag\n##", "#hashtag\n##"),
        ("```\n# no heading\n```", "```\n# no heading\n```"),
        ("# One\n~~~\n# no\n```\n~~~~\n# Two", "## One\n~~~\n# no\n```\n~~~~\n## Two"),
        ("text\n\n===", "text\n\n==="),
        ("left\n```python\nopen", "left\n```python\nopen\n```"),
        ("```\n```python\n# no", "```\n```python\n# no\n```"),
        ("````\n```", "````\n```\n````"),
        ("a <!-- b", "a <!-- b\n-->"),
        ("a <!-- b --> c", "a <!-- b --> c"),
        ("", ""),
    ],
)
def test_headings_are_nested_below_the_title(text: str, nested: str) -> None:
    assert nest_below_title(text) == nested


@pytest.mark.parametrize("construct", ["```", "~~~~ python", "# x\n```", "<!--", "> ```", "- ```"])
def test_open_constructs_do_not_swallow_the_next_paper(construct: str) -> None:
    marks = Marks(note=construct)
    papers = [record(paper("One"), construct, marks=marks), record(paper("Two"))]
    assert ("h1", "Two") in headings(render_text(papers, "markdown"))


@given(
    lines=st.lists(
        st.sampled_from(["# a", "## b", "```", "~~~", "````", "===", "---", "text", "", "   # c"])
    )
)
def test_only_titles_are_first_level_headings(lines: list[str]) -> None:
    papers = [record(paper("One"), "\n".join(lines)), ExportRecord(paper("Two"))]
    parsed = headings(render_text(papers, "markdown"))
    assert [text for tag, text in parsed if tag == "h1"] == ["One", "Two"]


@pytest.mark.parametrize(
    "title",
    [
        "A *b* _c_ `d` [e](http://f) <g> \\h", "snake_case and VLM^2-Bench", "# a", "1 < 2",
        "* * *", "a\nb",
    ],
)  # fmt: skip
def test_titles_are_escaped(title: str) -> None:
    assert headings(render_text([record(paper(title))], "markdown")) == [
        ("h1", " ".join(title.split()))
    ]
    inline = MARKDOWN.parse(render_text([record(paper(title))], "markdown"))[1]
    token_types = {child.type for child in inline.children or ()}
    assert token_types <= {"text", "text_special"}


def test_formulas_in_titles_are_kept() -> None:
    assert render_text([record(paper(r"Of $W_4*A_4$ *x*"))], "markdown").startswith(
        "# Of $W_4*A_4$ \\*x\\*\n"
    )


def test_author_names_are_escaped() -> None:
    names = ("# Kim", "<b>", "[x](javascript:y)")
    text = render_text([record(paper("A Title", *names))], "markdown")
    assert "<b>" not in text.replace("\\<b", "")
    assert "[x](" not in text.replace("\\[x\\](", "")
