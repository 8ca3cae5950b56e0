from __future__ import annotations

import pytest

from tests.digests.pages import (
    BLOCK,
    messages,
    plain_entry,
    plain_page,
    plain_paper,
    read_plain,
)
from tui.digests.reader import read
from tui.models import Entry


def test_a_paper_as_it_should_be() -> None:
    digest = read_plain(plain_page())
    assert digest.problems == ()
    assert digest.entries == (
        Entry(
            arxiv_id="2505.00001",
            date="2025-05-22",
            title="Counting Wind",
            is_arxiv_title=False,
            votes=None,
            authors=(),
            thumbnail=None,
            summary=BLOCK,
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
def test_headings(heading: str) -> None:
    digest = read_plain(plain_page(f"{heading}\n\n**Summary**:\n```markdown\n{BLOCK}\n```\n"))
    (entry,) = digest.entries
    assert (entry.arxiv_id, entry.title, entry.line) == ("2505.00001", "Counting Wind", 3)
    assert entry.summary.removeprefix("⭐ 12\n\n") == BLOCK
    assert digest.problems == ()


@pytest.mark.parametrize(
    "id_and_title", ["2505.00001: Rain", "2505.00001 – Rain", "[2505.00001] Rain", "Rain"]
)
def test_a_title_in_the_heading_stands_in(id_and_title: str) -> None:
    link = "🔗 https://huggingface.co/papers/2505.00001"
    without = plain_entry(plain_page(f"## {id_and_title}\n{link}\n\n**Summary**:\nwords"))
    assert (without.arxiv_id, without.title) == ("2505.00001", "Rain")
    told = plain_entry(plain_page(f"## {id_and_title}\n{link}\n\n**Summary**:\n# Wind\n\nwords"))
    assert told.title == "Wind"


@pytest.mark.parametrize(
    "link",
    ["🔗 https://a.example/2505.00001", "🔗 https://huggingface.co/papers", "https://a.example"],
)
def test_a_link_without_an_id_loses_the_paper(link: str) -> None:
    lost = f"## 2505.00009\n{link}\n\n**Summary**:\nlost words\n"
    digest = read_plain(plain_page(plain_paper(), lost, plain_paper("2505.00002")))
    assert [entry.arxiv_id for entry in digest.entries] == ["2505.00001", "2505.00002"]
    assert all("lost" not in entry.summary for entry in digest.entries)
    (message,) = messages(digest)
    assert "skipped" in message


def test_another_papers_link_is_a_problem() -> None:
    paper = "## 2505.00001\n🔗 https://huggingface.co/papers/2505.00002\n\n**Summary**:\nwords"
    digest = read_plain(plain_page(paper))
    assert [entry.arxiv_id for entry in digest.entries] == ["2505.00001"]
    (message,) = messages(digest)
    assert "2505.00002" in message


def test_a_lost_link_is_a_problem() -> None:
    digest = read_plain(plain_page("## 2505.00001\n\n**Summary**:\nwords"))
    assert [(entry.arxiv_id, entry.summary) for entry in digest.entries] == [
        ("2505.00001", "words")
    ]
    (message,) = messages(digest)
    assert "no link" in message


def test_a_summarys_headings_begin_and_end_no_paper() -> None:
    summary = (
        "# Wind\n\n## 1. Why\n\nwords\n\n## 2505.00009\n\nwords\n\n## Results\n\n---\n\n## 3. End"
    )
    digest = read_plain(plain_page(plain_paper(summary=summary), plain_paper("2505.00002")))
    assert [entry.arxiv_id for entry in digest.entries] == ["2505.00001", "2505.00002"]
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
def test_labels(label: str) -> None:
    link = "🔗 https://huggingface.co/papers/2505.00001"
    for summary in ("Wind is counted.", f"```markdown\n{BLOCK}\n```"):
        page = plain_page(f"## 2505.00001\n{link}\n\n{label}\n{summary}\n\n---")
        assert plain_entry(page).summary == summary.removeprefix("```markdown\n").removesuffix(
            "\n```"
        )


def test_a_label_below_a_heading_is_the_summarys_own() -> None:
    summary = "# Wind\n\nSummary: words"
    page = plain_page(plain_paper(summary=summary)).replace("**Summary**:\n", "")
    assert plain_entry(page).summary == summary


def test_words_behind_the_label() -> None:
    assert plain_entry(plain_page(plain_paper()).replace("**:\n", "**: ")).summary == BLOCK
    page = plain_page(plain_paper(summary="words")).replace("**:\n", "**: ")
    assert plain_entry(page).summary == "words"


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
def test_fences(opening: str, closing: str, code: str) -> None:
    inner = BLOCK + code
    digest = read_plain(plain_page(plain_paper(summary=f"{opening}\n{inner}\n{closing}")))
    (entry,) = digest.entries
    assert entry.summary == inner
    assert entry.title == "Counting Wind"
    assert digest.problems == ()


def test_a_bare_fence_within_the_block() -> None:
    inner = f"{BLOCK}\n\n```\n# install\n```\n\n## 3. End\n\nwords"
    digest = read_plain(
        plain_page(plain_paper(summary=f"```markdown\n{inner}\n```"), plain_paper("2505.00002"))
    )
    assert [entry.summary for entry in digest.entries] == [inner, BLOCK]
    assert digest.problems == ()


def test_prose_before_the_block_is_kept() -> None:
    entry = plain_entry(plain_page(plain_paper(summary=f"다음은 요약입니다.\n\n```\n{BLOCK}\n```")))
    assert entry.summary == f"다음은 요약입니다.\n\n{BLOCK}"
    assert entry.title == "Counting Wind"


def test_prose_behind_the_block_is_kept() -> None:
    entry = plain_entry(
        plain_page(plain_paper(summary=f"```markdown\n{BLOCK}\n```\n\nMore words."))
    )
    assert entry.summary == f"{BLOCK}\n\nMore words."


@pytest.mark.parametrize(
    "summary",
    [
        BLOCK,
        f"{BLOCK}\n\n```python\n# comment\n```\n\n## Results\n\nwords",
        "죄송합니다. 논문을 찾을 수 없어 요약할 수 없습니다.",
        "**핵심**\n\nwords\n\n**결과**\n\nwords",
        "# Wind\n\n| a | b |\n|---|---|\n| $W_4A_4$ | <sub>x</sub> |\n\n$$\n\\alpha\n$$",
        "words\n\n---\n\nmore words",
        "# Wind\n\nSummary: words",
    ],
)
def test_summaries_without_a_fence_are_kept_as_they_are(summary: str) -> None:
    digest = read_plain(plain_page(plain_paper(summary=summary), plain_paper("2505.00002")))
    assert [entry.summary for entry in digest.entries] == [summary, BLOCK]
    assert digest.problems == ()


def test_a_block_that_ends_too_early_does_not_end_the_summary() -> None:
    summary = "```markdown\n# Wind\n\n## 1. Why\n```\n\n## 2. How\n\nwords"
    entry = plain_entry(plain_page(plain_paper(summary=summary)))
    assert entry.summary == "# Wind\n\n## 1. Why\n\n## 2. How\n\nwords"


def test_a_block_may_be_about_daily_papers() -> None:
    summary = "```markdown\n# Daily Papers\n\n## 1. Why\n\nwords\n```"
    entry = plain_entry(plain_page(plain_paper(summary=summary)))
    assert (entry.title, entry.sections) == ("Daily Papers", ("1. Why",))


def test_a_fence_left_open_ends_at_the_next_paper() -> None:
    first = plain_paper(summary=f"```markdown\n{BLOCK}")
    digest = read_plain(plain_page(first, plain_paper("2505.00002")))
    assert [entry.summary for entry in digest.entries] == [BLOCK, BLOCK]
    (message,) = messages(digest)
    assert message.startswith("3: ")
    assert "not closed" in message


def test_papers_after_an_open_fence_are_read_as_usual() -> None:
    first = plain_paper(summary=f"```markdown\n{BLOCK}")
    without_link = f"## 2505.00003\n\n**Summary**:\n```markdown\n{BLOCK}\n```\n"
    page = plain_page(first, plain_paper("2505.00002"), without_link, "## About\n\nA page.")
    digest = read_plain(page)
    assert [(entry.arxiv_id, entry.summary) for entry in digest.entries] == [
        ("2505.00001", BLOCK),
        ("2505.00002", BLOCK),
        ("2505.00003", BLOCK),
    ]
    assert [message.partition(": ")[2] for message in messages(digest)] == [
        "the summary's code fence is not closed; ending it at the next paper",
        "no link; using the id in the heading",
    ]


def test_a_fence_left_open_ends_at_the_end() -> None:
    digest = read_plain(plain_page(plain_paper(summary=f"```markdown\n{BLOCK}")))
    assert [entry.summary for entry in digest.entries] == [BLOCK]
    assert len(digest.problems) == 1


@pytest.mark.parametrize("summary", ["", "\n\n", "```markdown\n```", "---\n\n---"])
def test_a_missing_summary(summary: str) -> None:
    digest = read_plain(plain_page(plain_paper(summary=summary), plain_paper("2505.00002")))
    assert [(entry.summary, entry.title) for entry in digest.entries] == [
        ("", None),
        (BLOCK, "Counting Wind"),
    ]
    assert messages(digest) == ["3: no summary"]


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
def test_titles(heading: str, title: str | None) -> None:
    summary = f"{heading}\n\n## 1. Why\n\nwords"
    assert plain_entry(plain_page(plain_paper(summary=summary))).title == title


def test_a_long_title_is_cut() -> None:
    digest = read_plain(plain_page(plain_paper(summary="# " + "w" * 600)))
    assert len(digest.entries[0].title or "") == 500
    assert len(digest.problems) == 1


# -- pages that are more than a digest


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
def test_what_follows_the_last_paper_is_not_in_its_summary(rest: str) -> None:
    assert plain_entry(f"{plain_page()}\n{rest}").summary == BLOCK


def test_a_citation_right_behind_the_block_is_not_in_the_summary() -> None:
    summary = f"```markdown\n{BLOCK}\n```\n\n```bibtex\n@misc{{wind}}\n```"
    assert plain_entry(plain_page(plain_paper(summary=summary))).summary == BLOCK


def test_a_licence_behind_a_summary_without_a_fence() -> None:
    page = plain_page(plain_paper(summary=BLOCK)) + "\n## License\n\nwords"
    assert plain_entry(page).summary == BLOCK


def test_papers_behind_another_part_still_count() -> None:
    digest = read_plain(plain_page(plain_paper(), "## About\n\nwords\n", plain_paper("2505.00002")))
    assert [entry.summary for entry in digest.entries] == [BLOCK, BLOCK]


def test_the_preamble_is_ignored() -> None:
    preamble = (
        f"# Winds\n\n```\n{plain_paper('2505.00009', 'words')}```\n\n{plain_paper('2505.00008')}"
    )
    digest = read_plain(f"{preamble}\n{plain_page()}")
    assert [entry.arxiv_id for entry in digest.entries] == ["2505.00001"]


def test_papers_told_twice() -> None:
    digest = read_plain(plain_page(plain_paper(), plain_paper(summary="")))
    (entry,) = digest.entries
    assert (entry.title, entry.summary, entry.line) == ("Counting Wind", BLOCK, 3)
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
def test_digest_headings(heading: str) -> None:
    digest = read_plain(plain_page(heading=heading), "README.md")
    assert [entry.date for entry in digest.entries] == ["2025-05-22"]
    assert digest.problems == ()


@pytest.mark.parametrize("date", ["", " – 2025-02-30"])
def test_the_paths_date_stands_in(date: str) -> None:
    digest = read_plain(plain_page(heading=f"# 📰 Hugging Face Daily Papers{date}"))
    assert [entry.date for entry in digest.entries] == ["2025-05-22"]
    assert len(digest.problems) == 1


def test_without_any_date_the_papers_are_left_out() -> None:
    digest = read_plain(plain_page(heading="# Hugging Face Daily Papers"), "README.md")
    assert digest.entries == ()
    assert len(digest.problems) == 1


def test_a_heading_without_papers() -> None:
    digest = read_plain("# 📰 Hugging Face Daily Papers – 2025-05-22\n\nNothing today.")
    assert digest.entries == ()
    assert messages(digest) == ["1: no papers below this heading"]


@pytest.mark.parametrize(
    "text",
    [
        "# Hugging Face Daily Papers\n\nAn archive.",
        plain_paper(),
        "See Hugging Face Daily Papers – 2025-05-22",
        "# Hugging Face Daily Papers in Practice\n\nwords",
        f"````\n{plain_page()}\n````",
    ],
)
def test_what_is_not_claimed(text: str) -> None:
    assert read(text.encode(), "2025-05-22.md").dialect is None
