from __future__ import annotations

import pytest

from tui.digests.parsing.sections import summary_outline

USUAL = ["What's New", "Technical Details", "Performance Highlights"]


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
def test_labels(form: str) -> None:
    assert list(summary_outline("\n".join(map(form.format, USUAL))).sections) == USUAL


def test_labels_with_curly_apostrophes_and_other_case_are_the_usual_ones() -> None:
    assert summary_outline("- **What’s new**: words\n- **Rain**: words").sections == (
        "What's New",
        "Rain",
    )


def test_one_section() -> None:
    assert summary_outline("- **What's New**: words").sections == ("What's New",)


def test_usual_labels_count_wherever_they_stand() -> None:
    summary = "***What's New***: words\n- ***Technical Details***: words\n- **Detail**: words"
    assert summary_outline(summary).sections == ("What's New", "Technical Details")


def test_headings_below_the_title() -> None:
    summary = "# Wind\n\n## 1. Why\n**Bold**\n\n## 2. **How**\n### 2.1 R&amp;D ###\n- **Not**: me"
    assert summary_outline(summary).sections == ("1. Why", "2. How", "2.1 R&D")
    assert summary_outline(summary).title == "Wind"


def test_numbered_headings_are_sections_at_any_level() -> None:
    told = summary_outline("# 1. Why\n\n# 2. How")
    assert (told.title, told.sections) == (None, ("1. Why", "2. How"))


def test_a_title_alone_leaves_the_labels() -> None:
    assert summary_outline("# Wind\n\n**Why**\n\nwords").sections == ("Why",)


def test_nothing_in_a_fence_counts() -> None:
    summary = "```python\n# comment\n- **No**: me\n```\n- **Yes**: words\n```\n**No**\n"
    told = summary_outline(summary)
    assert (told.title, told.sections) == (None, ("Yes",))


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
def test_summaries_without_sections(summary: str) -> None:
    assert summary_outline(summary).sections == ()


def test_a_heading_without_end_is_cut() -> None:
    (label,) = summary_outline("## " + "x" * 1000).sections
    assert len(label) == 200
