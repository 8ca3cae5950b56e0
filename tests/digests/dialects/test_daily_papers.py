from __future__ import annotations

import pytest

from tests.digests.pages import (
    SUMMARY,
    daily_entry,
    daily_page,
    daily_paper,
    messages,
    read_daily,
)
from tui.digests.reader import read
from tui.models import UNDATED, Entry


def test_all_fields_of_a_paper_are_read() -> None:
    digest = read_daily(daily_page())
    assert digest.problems == ()
    assert digest.entries == (
        Entry(
            paper_id="2505.00001",
            date="2025-05-22",
            title="Counting Wind",
            is_arxiv_title=False,
            votes=None,
            authors=(),
            thumbnail=None,
            summary=SUMMARY,
            sections=("1. Motivation", "2. Results"),
            dialect="daily_papers",
            line=3,
        ),
    )


# -- headings of papers


@pytest.mark.parametrize(
    "heading",
    [
        "## 2505.00001\n🔗 https://huggingface.co/papers/2505.00001",
        "## 2505.00001\n\n🔗 https://huggingface.co/papers/2505.00001",
        "## 2505.00001\nhttps://arxiv.org/abs/2505.00001",
        "## 2505.00001\n🔗 [paper](https://arxiv.org/abs/2505.00001) | [pdf](https://a.example)",
        "## 2505.00001\n**Link**: https://arxiv.org/abs/2505.00001",
        "## 2505.00001\n⭐ 12\n\n🔗 https://arxiv.org/abs/2505.00001",
        "## 2505.00001\n🔗 https://huggingface.co/papers/2505.00001\n🔗 arxiv.org/abs/2505.00001",
        "## [2505.00001](https://huggingface.co/papers/2505.00001)",
        "## 2505.00001v1\n🔗 https://huggingface.co/papers/2505.00001",
        "## 📄 2505.00001 ##\n🔗 https://huggingface.co/papers/2505.00001",
        "## arXiv:2505.00001\n🔗 https://huggingface.co/papers/2505.00001",
        "## 3. 2505.00001\n🔗 https://huggingface.co/papers/2505.00001",
        "### 2505.00001\n🔗 https://huggingface.co/papers/2505.00001",
        "##2505.00001\n🔗 https://huggingface.co/papers/2505.00001",
    ],
)
def test_heading_starts_a_paper(heading: str) -> None:
    digest = read_daily(daily_page(f"{heading}\n\n**Summary**:\n```markdown\n{SUMMARY}\n```\n"))
    (entry,) = digest.entries
    assert (entry.paper_id, entry.title, entry.line) == ("2505.00001", "Counting Wind", 3)
    assert entry.summary.removeprefix("⭐ 12\n\n") == SUMMARY
    assert digest.problems == ()


@pytest.mark.parametrize(
    "id_and_title", ["2505.00001: Rain", "2505.00001 – Rain", "[2505.00001] Rain", "Rain"]
)
def test_title_in_the_heading_is_used_if_the_summary_has_none(id_and_title: str) -> None:
    link = "🔗 https://huggingface.co/papers/2505.00001"
    without_title = daily_entry(daily_page(f"## {id_and_title}\n{link}\n\n**Summary**:\nwords"))
    assert (without_title.paper_id, without_title.title) == ("2505.00001", "Rain")
    with_title = daily_entry(
        daily_page(f"## {id_and_title}\n{link}\n\n**Summary**:\n# Wind\n\nwords")
    )
    assert with_title.title == "Wind"


@pytest.mark.parametrize(
    "link",
    ["🔗 https://a.example/2505.00001", "🔗 https://huggingface.co/papers", "https://a.example"],
)
def test_paper_with_a_link_elsewhere_is_skipped(link: str) -> None:
    lost = f"## 2505.00009\n{link}\n\n**Summary**:\nlost words\n"
    digest = read_daily(daily_page(daily_paper(), lost, daily_paper("2505.00002")))
    assert [entry.paper_id for entry in digest.entries] == ["2505.00001", "2505.00002"]
    assert all("lost" not in entry.summary for entry in digest.entries)
    (message,) = messages(digest)
    assert "skipped" in message


def test_link_to_another_paper_is_reported() -> None:
    paper = "## 2505.00001\n🔗 https://huggingface.co/papers/2505.00002\n\n**Summary**:\nwords"
    digest = read_daily(daily_page(paper))
    assert [entry.paper_id for entry in digest.entries] == ["2505.00001"]
    (message,) = messages(digest)
    assert "2505.00002" in message


def test_missing_link_is_reported() -> None:
    digest = read_daily(daily_page("## 2505.00001\n\n**Summary**:\nwords"))
    assert [(entry.paper_id, entry.summary) for entry in digest.entries] == [
        ("2505.00001", "words")
    ]
    (message,) = messages(digest)
    assert "no link" in message


def test_headings_of_a_summary_are_not_boundaries() -> None:
    summary = (
        "# Wind\n\n## 1. Why\n\nwords\n\n## 2505.00009\n\nwords\n\n## Results\n\n---\n\n## 3. End"
    )
    digest = read_daily(daily_page(daily_paper(summary=summary), daily_paper("2505.00002")))
    assert [entry.paper_id for entry in digest.entries] == ["2505.00001", "2505.00002"]
    assert digest.entries[0].summary == summary


# -- summaries


@pytest.mark.parametrize(
    "label",
    [
        "**Summary**:",
        "**Summary:**",
        "**Summary**",
        "Summary:",
        "**요약**:",
        "### Summary",
        "📝 **Summary**:",
        "",
    ],
)
def test_label_starts_the_summary(label: str) -> None:
    link = "🔗 https://huggingface.co/papers/2505.00001"
    for summary in ("Wind is counted.", f"```markdown\n{SUMMARY}\n```"):
        page = daily_page(f"## 2505.00001\n{link}\n\n{label}\n{summary}\n\n---")
        assert daily_entry(page).summary == summary.removeprefix("```markdown\n").removesuffix(
            "\n```"
        )


def test_label_below_a_heading_belongs_to_the_summary() -> None:
    summary = "# Wind\n\nSummary: words"
    page = daily_page(daily_paper(summary=summary)).replace("**Summary**:\n", "")
    assert daily_entry(page).summary == summary


def test_summary_may_be_on_the_line_of_its_label() -> None:
    assert daily_entry(daily_page(daily_paper()).replace("**:\n", "**: ")).summary == SUMMARY
    page = daily_page(daily_paper(summary="words")).replace("**:\n", "**: ")
    assert daily_entry(page).summary == "words"


@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        ("```", "```"),
        ("```md", "```"),
        ("```Markdown", "```"),
        ("```text", "```"),
        ("~~~", "~~~"),
        ("~~~markdown", "~~~"),
        ("````markdown", "````"),
        ("  ```markdown", "  ```"),
    ],
)
@pytest.mark.parametrize("code", ["", "\n\n```python\n# comment\n```\n\n## End\n\nwords"])
def test_fence_around_the_summary_is_removed(opening: str, closing: str, code: str) -> None:
    inner = SUMMARY + code
    digest = read_daily(daily_page(daily_paper(summary=f"{opening}\n{inner}\n{closing}")))
    (entry,) = digest.entries
    assert entry.summary == inner
    assert entry.title == "Counting Wind"
    assert digest.problems == ()


def test_bare_fence_inside_the_summary_fence_is_kept() -> None:
    inner = f"{SUMMARY}\n\n```\n# install\n```\n\n## 3. End\n\nwords"
    digest = read_daily(
        daily_page(daily_paper(summary=f"```markdown\n{inner}\n```"), daily_paper("2505.00002"))
    )
    assert [entry.summary for entry in digest.entries] == [inner, SUMMARY]
    assert digest.problems == ()


def test_prose_before_the_fence_is_kept() -> None:
    entry = daily_entry(
        daily_page(daily_paper(summary=f"다음은 요약입니다.\n\n```\n{SUMMARY}\n```"))
    )
    assert entry.summary == f"다음은 요약입니다.\n\n{SUMMARY}"
    assert entry.title == "Counting Wind"


def test_prose_after_the_fence_is_kept() -> None:
    entry = daily_entry(
        daily_page(daily_paper(summary=f"```markdown\n{SUMMARY}\n```\n\nMore words."))
    )
    assert entry.summary == f"{SUMMARY}\n\nMore words."


@pytest.mark.parametrize(
    "summary",
    [
        SUMMARY,
        f"{SUMMARY}\n\n```python\n# comment\n```\n\n## Results\n\nwords",
        "죄송합니다. 논문을 찾을 수 없어 요약할 수 없습니다.",
        "**핵심**\n\nwords\n\n**결과**\n\nwords",
        "# Wind\n\n| a | b |\n|---|---|\n| $W_4A_4$ | <sub>x</sub> |\n\n$$\n\\alpha\n$$",
        "words\n\n---\n\nmore words",
        "# Wind\n\nSummary: words",
    ],
)
def test_unfenced_summaries_are_kept_unchanged(summary: str) -> None:
    digest = read_daily(daily_page(daily_paper(summary=summary), daily_paper("2505.00002")))
    assert [entry.summary for entry in digest.entries] == [summary, SUMMARY]
    assert digest.problems == ()


def test_summary_continues_after_a_fence_that_closes_early() -> None:
    summary = "```markdown\n# Wind\n\n## 1. Why\n```\n\n## 2. How\n\nwords"
    entry = daily_entry(daily_page(daily_paper(summary=summary)))
    assert entry.summary == "# Wind\n\n## 1. Why\n\n## 2. How\n\nwords"


def test_title_daily_papers_in_a_summary_is_not_a_digest_heading() -> None:
    summary = "```markdown\n# Daily Papers\n\n## 1. Why\n\nwords\n```"
    entry = daily_entry(daily_page(daily_paper(summary=summary)))
    assert (entry.title, entry.sections) == ("Daily Papers", ("1. Why",))


def test_unclosed_fence_ends_at_the_next_paper() -> None:
    first = daily_paper(summary=f"```markdown\n{SUMMARY}")
    digest = read_daily(daily_page(first, daily_paper("2505.00002")))
    assert [entry.summary for entry in digest.entries] == [SUMMARY, SUMMARY]
    (message,) = messages(digest)
    assert message.startswith("3: ")
    assert "not closed" in message


def test_papers_after_an_unclosed_fence_are_read() -> None:
    first = daily_paper(summary=f"```markdown\n{SUMMARY}")
    without_link = f"## 2505.00003\n\n**Summary**:\n```markdown\n{SUMMARY}\n```\n"
    page = daily_page(first, daily_paper("2505.00002"), without_link, "## About\n\nA page.")
    digest = read_daily(page)
    assert [(entry.paper_id, entry.summary) for entry in digest.entries] == [
        ("2505.00001", SUMMARY),
        ("2505.00002", SUMMARY),
        ("2505.00003", SUMMARY),
    ]
    assert [message.partition(": ")[2] for message in messages(digest)] == [
        "the summary's code fence is not closed; ending it at the next paper",
        "no link; using the id in the heading",
    ]


def test_unclosed_fence_ends_at_the_end_of_the_file() -> None:
    digest = read_daily(daily_page(daily_paper(summary=f"```markdown\n{SUMMARY}")))
    assert [entry.summary for entry in digest.entries] == [SUMMARY]
    assert len(digest.problems) == 1


@pytest.mark.parametrize("summary", ["", "\n\n", "```markdown\n```", "---\n\n---"])
def test_missing_summary_is_reported(summary: str) -> None:
    digest = read_daily(daily_page(daily_paper(summary=summary), daily_paper("2505.00002")))
    assert [(entry.summary, entry.title) for entry in digest.entries] == [
        ("", None),
        (SUMMARY, "Counting Wind"),
    ]
    assert messages(digest) == ["3: summary missing"]


# -- titles


@pytest.mark.parametrize(
    ("heading", "title"),
    [
        ("# 논문 요약: “Wind”", "Wind"),
        ("words\n\n# Wind", "Wind"),
        ("# Wind #", "Wind"),
        ("# R&amp;D  of \\[Wind\\]", "R&D of [Wind]"),
        ("## Wind", None),
        ("words", None),
        ("# 논문 요약", None),
        ("# 1. Motivation", None),
        ("```python\n# comment\n```\nwords", None),
    ],
)
def test_title_is_the_first_heading_of_the_summary(heading: str, title: str | None) -> None:
    summary = f"{heading}\n\n## 1. Why\n\nwords"
    assert daily_entry(daily_page(daily_paper(summary=summary))).title == title


def test_long_title_is_truncated() -> None:
    digest = read_daily(daily_page(daily_paper(summary="# " + "w" * 600)))
    assert len(digest.entries[0].title or "") == 500
    assert len(digest.problems) == 1


# -- text around the papers


@pytest.mark.parametrize(
    "rest",
    [
        "## License\n\nDo what you like.",
        "# About\n\nwords",
        "Made by a machine.",
        "```bibtex\n@misc{wind}\n```",
        "## Format\n\n```\n## 2505.00009\n🔗 https://arxiv.org/abs/2505.00009\n```",
    ],
)
def test_text_after_the_last_paper_is_not_in_its_summary(rest: str) -> None:
    assert daily_entry(f"{daily_page()}\n{rest}").summary == SUMMARY


def test_citation_after_the_summary_fence_is_removed() -> None:
    summary = f"```markdown\n{SUMMARY}\n```\n\n```bibtex\n@misc{{wind}}\n```"
    assert daily_entry(daily_page(daily_paper(summary=summary))).summary == SUMMARY


def test_license_after_an_unfenced_summary_is_removed() -> None:
    page = daily_page(daily_paper(summary=SUMMARY)) + "\n## License\n\nwords"
    assert daily_entry(page).summary == SUMMARY


def test_papers_after_another_section_are_read() -> None:
    digest = read_daily(daily_page(daily_paper(), "## About\n\nwords\n", daily_paper("2505.00002")))
    assert [entry.summary for entry in digest.entries] == [SUMMARY, SUMMARY]


def test_preamble_is_ignored() -> None:
    preamble = (
        f"# Winds\n\n```\n{daily_paper('2505.00009', 'words')}```\n\n{daily_paper('2505.00008')}"
    )
    digest = read_daily(f"{preamble}\n{daily_page()}")
    assert [entry.paper_id for entry in digest.entries] == ["2505.00001"]


def test_duplicate_papers_are_merged() -> None:
    digest = read_daily(daily_page(daily_paper(), daily_paper(summary="")))
    (entry,) = digest.entries
    assert (entry.title, entry.summary, entry.line) == ("Counting Wind", SUMMARY, 3)
    assert entry.sections == ("1. Motivation", "2. Results")


# -- dates


@pytest.mark.parametrize(
    "heading",
    [
        "# 📰 Hugging Face Daily Papers – 2025-05-22",
        "# Hugging Face Daily Papers - 2025-05-22",
        "# Hugging Face Daily Papers — 2025.05.22",
        "## HuggingFace Daily Papers: 2025/5/22",
        "# Hugging Face Daily Papers (2025년 5월 22일)",
        "# Daily Papers – 2025-05-22",
        "# 📰 Hugging Face’s Daily Papers 20250522",
    ],
)
def test_digest_heading_gives_the_date(heading: str) -> None:
    digest = read_daily(daily_page(heading=heading), "README.md")
    assert [entry.date for entry in digest.entries] == ["2025-05-22"]
    assert digest.problems == ()


@pytest.mark.parametrize("date", ["", " – 2025-02-30"])
def test_date_of_the_path_is_the_fallback(date: str) -> None:
    digest = read_daily(daily_page(heading=f"# 📰 Hugging Face Daily Papers{date}"))
    assert [entry.date for entry in digest.entries] == ["2025-05-22"]
    assert len(digest.problems) == 1


def test_papers_without_any_date_are_undated() -> None:
    digest = read_daily(daily_page(heading="# Hugging Face Daily Papers"), "README.md")
    assert [entry.date for entry in digest.entries] == [UNDATED]
    assert len(digest.problems) == 1


def test_heading_without_papers_is_reported() -> None:
    digest = read_daily("# 📰 Hugging Face Daily Papers – 2025-05-22\n\nNothing today.")
    assert digest.entries == ()
    assert messages(digest) == ["1: no papers below this heading"]


@pytest.mark.parametrize(
    "text",
    [
        "# Hugging Face Daily Papers\n\nAn archive.",
        daily_paper(),
        "See Hugging Face Daily Papers – 2025-05-22",
        "# Hugging Face Daily Papers in Practice\n\nwords",
        f"````\n{daily_page()}\n````",
    ],
)
def test_other_pages_are_not_claimed(text: str) -> None:
    assert read(text.encode(), "2025-05-22.md").dialect is None
