"""The page of a paper: metadata, note and summaries, and its links."""

from __future__ import annotations

from itertools import pairwise

import pytest
from rich.cells import cell_len

from tui.models import EntryRef, Marks, Paper, Summary
from tui.ui.typeset.blocks import parse_blocks
from tui.ui.typeset.layout import lay_out
from tui.ui.typeset.paper_page import collect_links, typeset_page
from tui.ui.typeset.spans import Line, Span


def paper(
    title: str = "A Title",
    votes: int | None = 44,
    authors: tuple[str, ...] = ("Kim Jae", "Ada Byron"),
    dates: tuple[str, ...] = ("2025-05-01", "2025-05-22"),
) -> Paper:
    return Paper("2505.04921", title, votes, "\n".join(authors), dates, ())


def summary(
    markdown: str, date: str = "2025-05-22", dialect: str = "daily", thumbnail: str | None = None
) -> Summary:
    return Summary(EntryRef(date, dialect, f"{dialect}.md", 0, 0), markdown, (), thumbnail)


def text(lines: list[Line]) -> list[str]:
    return [line.text.replace("\u00a0", " ") for line in lines]


def test_page_starts_with_metadata() -> None:
    lines = typeset_page(paper(), [summary("Words.")], 92)
    assert text(lines) == [
        "A Title",
        "Kim Jae, Ada Byron",
        "44 votes   2025-05-01, 2025-05-22   arxiv.org/abs/2505.04921   PDF",
        "",
        "Words.",
    ]
    spans = [span for line in lines for span in line.spans]
    assert [(span.text, span.href) for span in spans if span.href] == [
        ("arxiv.org/abs/2505.04921", "https://arxiv.org/abs/2505.04921"),
        ("PDF", "https://arxiv.org/pdf/2505.04921"),
    ]
    assert spans[0].style == "title"
    assert ("44\u00a0votes", "votes") in [(span.text, span.style) for span in spans]


@pytest.mark.parametrize(
    ("votes", "label"), [(None, "votes unknown"), (0, "0 votes"), (1, "1 vote"), (2, "2 votes")]
)
def test_votes_are_labelled(votes: int | None, label: str) -> None:
    assert text(typeset_page(paper(votes=votes), [], 92))[2].startswith(f"{label}   2025")


def test_missing_metadata_takes_no_space() -> None:
    lines = typeset_page(paper(authors=(), dates=()), [], 92)
    assert text(lines) == [
        "A Title",
        "44 votes   arxiv.org/abs/2505.04921   PDF",
        "",
        "No summary.",
    ]


@pytest.mark.parametrize("markdown", ["", " \n\n "])
def test_empty_summary_is_mentioned(markdown: str) -> None:
    lines = text(typeset_page(paper(), [summary(markdown)], 92))
    assert lines[3:] == ["", "No summary."]


def test_two_summaries_have_captions() -> None:
    summaries = [
        summary("New.", "2025-05-22", "one"),
        summary(""),
        summary("Old.", "2025-05-01", "two"),
    ]
    lines = typeset_page(paper(), summaries, 92)
    assert text(lines)[3:] == [
        "", "2025-05-22, one.md", "", "New.", "", "2025-05-01, two.md", "", "Old.",
    ]  # fmt: skip
    assert [line.spans[0].style for line in lines if "2025-05-01" in line.text][1:] == ["caption"]


@pytest.mark.parametrize(
    ("title", "heading"),
    [
        ("A Title", "A Title"),
        ("A Title", "“a  TITLE”"),
        ("$W_4A_4$: 한국어", "$W_4A_4$ : *한국어*"),
        ("???", "???"),
    ],
)
def test_heading_that_repeats_the_title_is_dropped(title: str, heading: str) -> None:
    lines = text(typeset_page(paper(title=title), [summary(f"# {heading}\n\nWords.")], 92))
    assert lines[3:] == ["", "Words."]


@pytest.mark.parametrize("heading", ["Another", "A Title, Explained", "!!!"])
def test_other_headings_are_kept(heading: str) -> None:
    lines = text(typeset_page(paper(), [summary(f"# {heading}\n\nWords.")], 92))
    assert lines[3:] == ["", heading, "", "Words."]


def test_summary_with_only_the_title_leaves_no_empty_line() -> None:
    assert text(typeset_page(paper(), [summary("# A Title")], 92))[-1].endswith("PDF")


@pytest.mark.parametrize(
    ("thumbnail", "label"),
    [
        ("https://a.b/c.png", "picture"),
        ("https://a.b/c.MP4?x=.png", "video"),
        ("http://[broken/c.webm", "video"),
        ("javascript:alert(1)", None),
        ("file:///a.png", None),
    ],
)
def test_thumbnail_is_a_link_if_its_url_is_safe(thumbnail: str, label: str | None) -> None:
    summaries = [summary("a"), summary("b", thumbnail=thumbnail)]
    spans = [span for line in typeset_page(paper(), summaries, 92) for span in line.spans]
    expected = [] if label is None else [(label, thumbnail)]
    assert [(span.text, span.href) for span in spans if span.href][2:] == expected


def test_long_author_list_is_shortened_above_and_complete_below() -> None:
    authors = tuple(f"Author{number:03}" for number in range(100))
    lines = text(typeset_page(paper(authors=authors), [summary("Words.")], 60))
    above, below = lines[: lines.index("Words.")], lines[lines.index("Words.") :]
    assert " ".join(above).count("Author") == 12
    assert "and 88 more" in " ".join(above)
    assert below[1:4:2] == ["", ""]
    assert below[2] == "Authors"
    assert " ".join(below[4:]) == ", ".join(authors)


@pytest.mark.parametrize("width", [12, 20, 40, 92])
def test_lines_fit(width: int) -> None:
    authors = tuple(f"이름이 긴 저자 {number}" for number in range(100))
    long_paper = paper(title="매우 긴 제목 " * 9 + "w" * 99, authors=authors)
    summaries = [
        summary("가나다 " * 99, dialect="d" * 50),
        summary("# 다\n\n라", thumbnail="http://a.b/"),
    ]
    lines = typeset_page(long_paper, summaries, width)
    assert [line.text for line in lines if cell_len(line.text) > width] == []
    blank = [not line.text.strip() for line in lines]
    assert not any(first and second for first, second in pairwise(blank))


# Marks


def test_tags_are_part_of_the_metadata() -> None:
    lines = typeset_page(paper(), [summary("Words.")], 92, Marks(tags=("rl", "강화학습")))
    assert text(lines)[2].endswith("   PDF   #rl #강화학습")
    assert ("#rl #강화학습", "label") in [(span.text, span.style) for span in lines[2].spans]


def test_note_keeps_its_line_breaks() -> None:
    note = "\n**not bold**, see https://a.b/c\n- no list\n\n\n\nlast\n"
    lines = typeset_page(paper(), [summary("Words.")], 92, Marks(note=note))
    assert text(lines)[3:] == [
        "", "Note", "", "**not bold**, see https://a.b/c", "- no list", "", "last", "", "Words.",
    ]  # fmt: skip
    assert [span.href for span in lines[6].spans if span.href] == ["https://a.b/c"]
    assert all(line.section is None for line in lines)


def test_empty_note_takes_no_space() -> None:
    assert typeset_page(paper(), [], 92, Marks(note=" \n ")) == typeset_page(paper(), [], 92)


def test_several_summaries_start_at_their_captions() -> None:
    summaries = [summary("New.", "2025-05-22", "one"), summary("Old.", "2025-05-01", "two")]
    for width in (12, 92):
        opening = [line for line in typeset_page(paper(), summaries, width) if line.starts_summary]
        assert [line.text[:10] for line in opening] == ["2025-05-22", "2025-05-01"]
    [start] = [line for line in typeset_page(paper(), summaries[:1], 92) if line.starts_summary]
    assert start.text == "New."


@pytest.mark.parametrize("width", [12, 40])
def test_tags_and_notes_fit(width: int) -> None:
    marks = Marks(tags=("아주긴꼬리표" * 4, "b" * 30), note="긴낱말" * 30 + "\n" + "w" * 99)
    lines = typeset_page(paper(), [], width, marks)
    assert [line.text for line in lines if cell_len(line.text) > width] == []


# Links


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
