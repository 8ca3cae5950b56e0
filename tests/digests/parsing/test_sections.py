from __future__ import annotations

import pytest

from tui.digests.parsing.sections import summary_outline

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
