from __future__ import annotations

import pytest

from tui.digests.builder import DigestBuilder
from tui.digests.parsing.titles import MAX_TITLE_CHARS, clean_summary_title, limit_title


@pytest.mark.parametrize(
    "heading",
    [
        "Counting Wind",
        "논문 요약: Counting Wind",
        "논문 제목: Counting Wind",
        "논문요약：Counting Wind",
        "요약: Counting Wind",
        "제목 - Counting Wind",
        "요약 – Counting Wind",
        "Paper Summary: Counting Wind",
        "PAPER TITLE: Counting Wind",
        "Summary: Counting Wind",
        "Title: Counting Wind",
        "**논문 요약**: Counting Wind",
        "**논문 요약:** Counting Wind",
        "**논문 요약: Counting Wind**",
        "📄 논문 요약: Counting Wind",
        "[논문 요약] Counting Wind",
        "논문 요약: 제목: Counting Wind",
        '논문 요약: "Counting Wind"',
        "“Counting Wind”",
        "'Counting Wind'",
        "‘Counting Wind’",
        "「Counting Wind」",
        "『Counting Wind』",
        "《Counting Wind》",
        "〈Counting Wind〉",
        "«Counting Wind»",
        "`Counting Wind`",
        "**Counting Wind**",
        "**“Counting Wind”**",
        "“**Counting Wind**”",
        "  Counting   Wind ",
    ],
)
def test_decoration_of_a_title_is_removed(heading: str) -> None:
    assert clean_summary_title(heading) == "Counting Wind"


@pytest.mark.parametrize(
    "title",
    [
        "“Wind” and “Rain”",
        '"Wind": Counting It',
        "Counting 'Wind'",
        "Title-Aware Counting",
        "Summary of Winds",
        "요약문 생성 모델",
        "Summarize: Winds",
        "3D 바람: 세기",
        "🤗 Winds",
        "W$_4$A$_4$ Winds",
        "Wind: A **Bold** Claim",
    ],
)
def test_text_of_a_title_is_kept(title: str) -> None:
    assert clean_summary_title(title) == title


def test_apostrophe_is_not_a_closing_quote() -> None:
    assert clean_summary_title("‘What’s the Wind?’") == "What’s the Wind?"


@pytest.mark.parametrize(
    "heading", ["", "논문 요약", "논문 요약:", "**Summary**", '""', "제목: “”"]
)
def test_prefix_alone_is_not_a_title(heading: str) -> None:
    assert clean_summary_title(heading) is None


def test_repeated_prefix_is_fast() -> None:
    title = clean_summary_title("Title:" * 1_000_000)
    assert title is not None
    assert len(title) < len("Title:")


def test_long_title_is_truncated_and_reported() -> None:
    builder = DigestBuilder("a.md", "daily_papers")
    title = limit_title("x" * 501, 7, builder.report)
    assert title is not None
    assert len(title) == MAX_TITLE_CHARS == 500
    assert title.endswith("x…")
    [problem] = builder.problems
    assert str(problem) == "a.md:7: the title has 501 characters; shortened"


@pytest.mark.parametrize("title", ["x" * 500, "x", None])
def test_short_titles_are_kept(title: str | None) -> None:
    builder = DigestBuilder("a.md", "daily_papers")
    assert limit_title(title, 7, builder.report) == title
    assert builder.problems == []
