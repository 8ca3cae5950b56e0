from __future__ import annotations

import pytest

from tui.digests.parsing.summary_outline import clean_summary_title, summary_outline

STANDARD = ["What's New", "Technical Details", "Performance Highlights"]


@pytest.mark.parametrize(
    "form",
    [
        "- ***{}***: words",
        "- **{}**: words",
        "- **{}:** words",
        "- ***{}***：words",
        "- **{}** : words",
        "* ***{}***: words",
        "+ ***{}***: words",
        "- __{}__: words",
        "- {}: words",
        "{}: words",
        "- *{}*: words",
        "1. **{}**: words",
        "**{}**",
        "**{}**\n\nwords",
        "- **{}**\n  - words",
        "**{}**: words",
        "***{}:***",
        "#### {}\nwords",
        "#### **{}**\nwords",
        "- ***{}***: words\n  - **Detail**: words",
        "**{}**\n\n- **Detail**: words",
    ],
)
def test_label_is_a_section(form: str) -> None:
    assert list(summary_outline("\n".join(map(form.format, STANDARD))).sections) == STANDARD


def test_standard_labels_are_normalized() -> None:
    assert summary_outline("- **What’s new**: words\n- **Rain**: words").sections == (
        "What's New",
        "Rain",
    )


def test_single_section_is_found() -> None:
    assert summary_outline("- **What's New**: words").sections == ("What's New",)


def test_standard_labels_are_sections_everywhere() -> None:
    summary = "***What's New***: words\n- ***Technical Details***: words\n- **Detail**: words"
    assert summary_outline(summary).sections == ("What's New", "Technical Details")


def test_headings_below_the_title_are_sections() -> None:
    summary = "# Wind\n\n## 1. Why\n**Bold**\n\n## 2. **How**\n### 2.1 R&amp;D ###\n- **Not**: me"
    assert summary_outline(summary).sections == ("1. Why", "2. How", "2.1 R&D")
    assert summary_outline(summary).title == "Wind"


def test_numbered_headings_are_sections_at_any_level() -> None:
    outline = summary_outline("# 1. Why\n\n# 2. How")
    assert (outline.title, outline.sections) == (None, ("1. Why", "2. How"))


def test_labels_below_a_lone_title_are_sections() -> None:
    assert summary_outline("# Wind\n\n**Why**\n\nwords").sections == ("Why",)


def test_fenced_text_is_ignored() -> None:
    summary = "```python\n# comment\n- **No**: me\n```\n- **Yes**: words\n```\n**No**\n"
    outline = summary_outline(summary)
    assert (outline.title, outline.sections) == (None, ("Yes",))


@pytest.mark.parametrize(
    "summary",
    [
        "",
        "Just words.",
        "- **Bold** words",
        "**Bold** words: more",
        "  - **Nested**: words",
        f"**{'x' * 300}**",
        "- plain: words",
    ],
)
def test_other_text_is_not_a_section(summary: str) -> None:
    assert summary_outline(summary).sections == ()


def test_long_label_is_truncated() -> None:
    (label,) = summary_outline("## " + "x" * 1000).sections
    assert len(label) == 200


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
    assert clean_summary_title(heading) == ""


def test_repeated_prefix_is_fast() -> None:
    title = clean_summary_title("Title:" * 1_000_000)
    assert len(title) < len("Title:")
