"""Pages that a person reads, and that one paper's text cannot break for the next."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from tests.export.making import exported, paper, text_of
from tui.export import ExportRecord
from tui.export.markdown import nest_below_title
from tui.models import Marks

MARKDOWN = MarkdownIt()


def headings(text: str) -> list[tuple[str, str]]:
    """Return the headings as a Markdown parser sees them: tag and text."""
    tokens = MARKDOWN.parse(text)
    return [
        (token.tag, "".join(child.content for child in tokens[at + 1].children or ()))
        for at, token in enumerate(tokens)
        if token.type == "heading_open" and token.level == 0
    ]


def test_a_page() -> None:
    one = paper("A Title", "Ada Kim", "Bo Lee", dates=("2025-05-22", "2025-05-23"))
    marks = Marks(tags=("rl", "todo"), note="Mine.\n\nSecond.")
    assert text_of([exported(one, "- ***What's New***: all", marks=marks)], "markdown") == (
        "# A Title\n\n"
        "<https://arxiv.org/abs/2505.04921>\n\n"
        "Votes: 7  \nDates: 2025-05-22, 2025-05-23  \nAuthors: Ada Kim, Bo Lee  \nTags: rl, todo"
        "\n\n> Mine.\n>\n> Second.\n\n- ***What's New***: all\n"
    )


def test_what_is_unknown_is_said_and_what_is_not_there_is_not() -> None:
    assert text_of([exported(paper(votes=None))], "markdown") == (
        "# A Title\n\n<https://arxiv.org/abs/2505.04921>\n\n"
        "Votes: unknown  \nDates: 2025-05-22  \nAuthors: unknown\n"
    )


def test_several_summaries_tell_where_they_are_from() -> None:
    text = text_of([exported(paper(), "One.", "Two.")], "markdown")
    caption = "*daily_papers_ko, 2025-05-22*"
    assert text.endswith(f"\n\n{caption}\n\nOne.\n\n{caption}\n\nTwo.\n")


def test_several_papers() -> None:
    papers = [exported(paper("One"), "# Its own\n## Part"), exported(paper("Two"), "## Part")]
    assert headings(text_of(papers, "markdown")) == [
        ("h1", "One"), ("h2", "Its own"), ("h3", "Part"), ("h1", "Two"), ("h2", "Part"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "below"),
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
def test_summaries_below_a_title(text: str, below: str) -> None:
    assert nest_below_title(text) == below


@pytest.mark.parametrize("left_open", ["```", "~~~~ python", "# x\n```", "<!--", "> ```", "- ```"])
def test_what_is_left_open_swallows_no_paper(left_open: str) -> None:
    marks = Marks(note=left_open)
    papers = [exported(paper("One"), left_open, marks=marks), exported(paper("Two"))]
    assert ("h1", "Two") in headings(text_of(papers, "markdown"))


@given(
    lines=st.lists(
        st.sampled_from(["# a", "## b", "```", "~~~", "````", "===", "---", "text", "", "   # c"])
    )
)
def test_no_summary_has_a_heading_beside_the_titles(lines: list[str]) -> None:
    papers = [exported(paper("One"), "\n".join(lines)), ExportRecord(paper("Two"))]
    found = headings(text_of(papers, "markdown"))
    assert [text for tag, text in found if tag == "h1"] == ["One", "Two"]


@pytest.mark.parametrize(
    "title",
    [
        "A *b* _c_ `d` [e](http://f) <g> \\h", "snake_case and VLM^2-Bench", "# a", "1 < 2",
        "* * *", "a\nb",
    ],
)  # fmt: skip
def test_a_title_is_shown_as_it_is(title: str) -> None:
    assert headings(text_of([exported(paper(title))], "markdown")) == [
        ("h1", " ".join(title.split()))
    ]
    inline = MARKDOWN.parse(text_of([exported(paper(title))], "markdown"))[1]
    kinds = {child.type for child in inline.children or ()}
    assert kinds <= {"text", "text_special"}


def test_a_formula_in_a_title_is_left_to_who_can_show_it() -> None:
    assert text_of([exported(paper(r"Of $W_4*A_4$ *x*"))], "markdown").startswith(
        "# Of $W_4*A_4$ \\*x\\*\n"
    )


def test_names_that_are_markdown_are_shown_as_they_are() -> None:
    names = ("# Kim", "<b>", "[x](javascript:y)")
    text = text_of([exported(paper("A Title", *names))], "markdown")
    assert "<b>" not in text.replace("\\<b", "")
    assert "[x](" not in text.replace("\\[x\\](", "")
