from __future__ import annotations

import pytest

from tests.digests.pages import (
    KO_HEADER,
    KO_SUMMARY,
    ko_entry,
    ko_page,
    ko_paper,
    messages,
    read_ko,
)
from tui.digests.reader import read
from tui.models import UNDATED, Entry

STANDARD_SECTIONS = ("What's New", "Technical Details", "Performance Highlights")


def test_all_fields_of_a_paper_are_read() -> None:
    digest = read_ko(ko_page())
    assert digest.problems == ()
    assert digest.entries == (
        Entry(
            paper_id="2504.00001",
            date="2025-05-01",
            title="Counting Wind",
            is_arxiv_title=True,
            votes=44,
            authors=("Ada Bell", "Cy Dorn"),
            thumbnail="https://pictures.example/1.png",
            summary=KO_SUMMARY,
            sections=STANDARD_SECTIONS,
            dialect="daily_papers_ko",
            line=3,
        ),
    )


# -- headings of papers


@pytest.mark.parametrize(
    "link",
    [
        "https://arxiv.org/abs/2504.00001",
        "http://arxiv.org/abs/2504.00001v2",
        "https://arxiv.org/pdf/2504.00001.pdf",
        "https://huggingface.co/papers/2504.00001",
        "<https://arxiv.org/abs/2504.00001>",
        'https://arxiv.org/abs/2504.00001 "title"',
    ],
)
def test_link_gives_the_id(link: str) -> None:
    entry = ko_entry(ko_page(f"### [Counting Wind]({link})\n\n{KO_HEADER}\n{KO_SUMMARY}"))
    assert (entry.paper_id, entry.title) == ("2504.00001", "Counting Wind")


@pytest.mark.parametrize(
    "heading",
    [
        "### [Counting Wind](https://arxiv.org/abs/2504.00001)   ",
        "### [Counting Wind](https://arxiv.org/abs/2504.00001) ###",
        "###[Counting Wind](https://arxiv.org/abs/2504.00001)",
        "## [Counting Wind](https://arxiv.org/abs/2504.00001)",
        "#### [Counting Wind](https://arxiv.org/abs/2504.00001)",
        "  ### [Counting Wind](https://arxiv.org/abs/2504.00001)",
        "### 1. [Counting Wind](https://arxiv.org/abs/2504.00001)",
        "### **[Counting Wind](https://arxiv.org/abs/2504.00001)**",
        "### [**Counting Wind**](https://arxiv.org/abs/2504.00001)",
        "### [Counting Wind](https://arxiv.org/abs/2504.00001) ([code](https://a.example))",
        "### [Counting  Wind](https://arxiv.org/abs/2504.00001)",
        "### [Counting\n  Wind](https://arxiv.org/abs/2504.00001)",
        "### Counting Wind\nhttps://arxiv.org/abs/2504.00001",
        "### Counting Wind\n\n[Paper](https://arxiv.org/abs/2504.00001)",
        "### Counting Wind https://arxiv.org/abs/2504.00001",
        "### [Counting Wind] (https://arxiv.org/abs/2504.00001)",
        "### [Counting Wind]https://arxiv.org/abs/2504.00001",
        "### Counting Wind (https://arxiv.org/abs/2504.00001)",
    ],
)
def test_heading_starts_a_paper(heading: str) -> None:
    entry = ko_entry(ko_page(f"{heading}\n{KO_HEADER}\n{KO_SUMMARY}"))
    assert (entry.paper_id, entry.title, entry.votes) == ("2504.00001", "Counting Wind", 44)
    assert entry.summary == KO_SUMMARY
    assert entry.line == 3


@pytest.mark.parametrize(
    ("markdown", "title"),
    [
        ("[Wind] Counting", "[Wind] Counting"),
        ("Wind (Counting) (Again)", "Wind (Counting) (Again)"),
        ("Wind on [0, 1]\n  and Beyond", "Wind on [0, 1] and Beyond"),
        ("Wind [v2](sic)", "Wind [v2](sic)"),
        ("`Wind` Counting", "`Wind` Counting"),
        ("$W_4A_4$ and $\\pi_{0.5}$", "$W_4A_4$ and $\\pi_{0.5}$"),
        (r"\[Wind\] a\_b \*", "[Wind] a_b *"),
        ("Wind &amp; Rain", "Wind & Rain"),
        ("바람: 세기", "바람: 세기"),
        ("<b>Wind</b>", "<b>Wind</b>"),
    ],
)
def test_title_may_contain_markup(markdown: str, title: str) -> None:
    assert ko_entry(ko_page(ko_paper(title=markdown))).title == title


def test_heading_without_a_title_is_reported() -> None:
    digest = read_ko(ko_page(ko_paper(title=" ")))
    assert digest.entries[0].title is None
    assert messages(digest) == ["3: title missing"]


def test_long_title_is_truncated() -> None:
    digest = read_ko(ko_page(ko_paper(title="w" * 600)))
    assert len(digest.entries[0].title or "") == 500
    assert messages(digest) == ["3: the title has 600 characters; shortened"]


@pytest.mark.parametrize(
    "heading",
    ["### [Wind](https://a.example/1)", "### [Wind](https://arxiv.org/list/cs)", "### Wind"],
)
def test_paper_without_a_link_to_arxiv_is_skipped(heading: str) -> None:
    lost = f"{heading}\n\nVote: 3\n\nAuthors: Eli Fox\n\n- ***What's New***: lost words"
    digest = read_ko(ko_page(ko_paper(), lost, ko_paper("2504.00002")))
    assert [entry.paper_id for entry in digest.entries] == ["2504.00001", "2504.00002"]
    assert all("lost" not in entry.summary for entry in digest.entries)
    (problem,) = digest.problems
    assert "skipped" in problem.message
    assert ko_page(ko_paper(), lost).split("\n")[problem.line - 1] == heading


def test_headings_of_a_summary_do_not_start_papers() -> None:
    summary = "### What's New\n\nwords\n\n### Technical Details\n\nwords"
    entry = ko_entry(ko_page(ko_paper(summary=summary)))
    assert entry.summary == summary
    assert entry.sections == ("What's New", "Technical Details")


# -- votes and authors


def test_missing_votes_and_authors_are_reported() -> None:
    digest = read_ko(ko_page(ko_paper(header="")))
    assert (digest.entries[0].votes, digest.entries[0].authors) == (None, ())
    assert digest.entries[0].summary == KO_SUMMARY
    assert messages(digest) == ["3: votes missing", "3: authors missing"]


def test_unreadable_votes_are_reported_with_their_line() -> None:
    digest = read_ko(ko_page(ko_paper(header="Vote: many\n\nAuthors: Ada Bell\n")))
    assert messages(digest) == ["5: cannot read the votes 'many'; treated as unknown"]


def test_line_number_below_a_wrapped_heading_is_correct() -> None:
    heading = "### [Counting\nWind](https://arxiv.org/abs/2504.00001)"
    digest = read_ko(ko_page(f"{heading}\nVote: many\nAuthors: Ada Bell\n"))
    assert [problem.line for problem in digest.problems] == [5]


# -- summaries


def test_papers_need_no_blank_line_between_them() -> None:
    first, second = ko_paper().rstrip(), ko_paper("2504.00002").rstrip()
    digest = read_ko(f"## Daily Papers (2025-05-01)\n{first}\n{second}")
    assert [entry.summary for entry in digest.entries] == [KO_SUMMARY, KO_SUMMARY]
    assert digest.problems == ()


@pytest.mark.parametrize(
    "summary",
    [
        "- ***What's New***: words\n  - nested\n    - deeper",
        "죄송합니다. 이 논문을 요약할 수 없습니다.",
        "| a | b |\n|---|---|\n| $W_4$ | <b>x</b> |",
        "```python\n# comment\n---\n## [Wind](https://a.example)\n```\n\nmore",
        "- ***What's New***: words\n\n---\n\n- ***Technical Details***: words",
        "- an e-mail@example.org and a @mention{",
    ],
)
def test_summaries_are_kept_unchanged(summary: str) -> None:
    assert ko_entry(ko_page(ko_paper(summary=summary))).summary == summary


def test_missing_summary_is_empty() -> None:
    assert ko_entry(ko_page(ko_paper(summary=""))).summary == ""


@pytest.mark.parametrize(
    "rest",
    [
        "## License\n\nDo what you like.",
        "# About\n\nwords",
        "---\n\nMade by a machine.",
        "---\n***\n\n### Citation\n\nwords",
        "```bibtex\n@misc{wind}\n```",
        "```bibtex\n@misc{wind}\n```\n\nmore words",
        "~~~\n\n@article{wind,\n}\n~~~",
        "@misc{wind,\n title={Wind}}",
        "---",
        "---\n\n***\n",
    ],
)
def test_text_after_the_last_paper_is_not_in_its_summary(rest: str) -> None:
    assert ko_entry(f"{ko_page()}\n\n{rest}").summary == KO_SUMMARY


def test_breaks_between_papers_are_removed() -> None:
    digest = read_ko(ko_page(ko_paper(), "---", ko_paper("2504.00002"), "---"))
    assert [entry.summary for entry in digest.entries] == [KO_SUMMARY, KO_SUMMARY]
    assert digest.problems == ()


# -- text around the papers

PREAMBLE = """\
# Winds of the Day

Daily Papers of every day, in Korean.

### [Not a paper of the day](https://arxiv.org/abs/1706.03762)

- [2025-05-01](#daily-papers-2025-05-01)

```
## Daily Papers (2020-01-01)

### [An example](https://arxiv.org/abs/2001.00001)

Vote: 1
```
"""


def test_preamble_is_ignored() -> None:
    digest = read_ko(f"{PREAMBLE}\n{ko_page()}", "README.md")
    assert [entry.paper_id for entry in digest.entries] == ["2504.00001"]
    assert digest.problems == ()


def test_papers_with_votes_after_the_digest_are_read() -> None:
    page = ko_page(ko_paper(), "## License\n\nwords", ko_paper("2504.00002"))
    digest = read_ko(page)
    assert [(e.paper_id, e.date) for e in digest.entries] == [
        ("2504.00001", "2025-05-01"),
        ("2504.00002", "2025-05-01"),
    ]
    assert [entry.summary for entry in digest.entries] == [KO_SUMMARY, KO_SUMMARY]


@pytest.mark.parametrize("end", ["## Related", "---\n\nMade by a machine."])
def test_papers_without_votes_after_the_digest_are_skipped(end: str) -> None:
    paper_without_votes = "### [Wind](https://arxiv.org/abs/1706.03762)\n\nA classic."
    digest = read_ko(ko_page(ko_paper(), end, paper_without_votes))
    assert [entry.paper_id for entry in digest.entries] == ["2504.00001"]
    (message,) = messages(digest)
    assert "outside the digest" in message


def test_fenced_example_after_the_digest_is_ignored() -> None:
    example = "## Format\n\n```\n### [Wind](https://arxiv.org/abs/1706.03762)\n\nVote: 1\n```\n"
    digest = read_ko(ko_page(ko_paper(), example, ko_page(ko_paper("2504.00002"))))
    assert [entry.paper_id for entry in digest.entries] == ["2504.00001", "2504.00002"]


def test_unclosed_fence_ends_at_the_next_paper() -> None:
    first = ko_paper(summary="- ***What's New***: words\n\n```python\nprint()")
    digest = read_ko(ko_page(first, ko_paper("2504.00002")))
    assert [entry.summary[-7:] for entry in digest.entries] == ["print()", KO_SUMMARY[-7:]]
    (message,) = messages(digest)
    assert "not closed" in message


# -- dates


@pytest.mark.parametrize(
    "heading",
    [
        "## Daily Papers (2025-05-01)",
        "# Daily Papers (2025-05-01)",
        "## Daily Papers(2025.05.01) ##",
        "## 📰 Daily Papers – 2025/5/1",
        "## **Daily Papers** （2025년 5월 1일）",
        "## [Daily Papers (2025-05-01)](https://a.example)",
        "### daily_papers (2025-05-01)",
        "## DAILY PAPERS 2025-05-01",
        "## 2025-05-01 Daily Paper",
        "## Hugging Face Daily Papers (2025-05-01)",
    ],
)
def test_digest_heading_gives_the_date(heading: str) -> None:
    digest = read_ko(ko_page(heading=heading), "README.md")
    assert [entry.date for entry in digest.entries] == ["2025-05-01"]
    assert digest.problems == ()


def test_date_of_the_heading_takes_precedence_over_the_path() -> None:
    digest = read_ko(ko_page(ko_paper(), ko_paper("2504.00002")), "2025/05/02.md")
    assert {entry.date for entry in digest.entries} == {"2025-05-01"}
    assert messages(digest) == [
        "1: the path says 2025-05-02, the heading 2025-05-01; using the heading's date"
    ]


def test_differing_date_is_reported_once() -> None:
    digest = read_ko(ko_page() + "\n\n" + ko_page(ko_paper("2504.00002")), "2025/05/02.md")
    assert len(digest.entries) == 2
    assert len(digest.problems) == 1


@pytest.mark.parametrize(
    ("heading", "problem"),
    [
        ("## Daily Papers", "no date in this heading"),
        ("## Daily Papers (2025-02-30)", "does not exist"),
    ],
)
def test_date_of_the_path_is_the_fallback(heading: str, problem: str) -> None:
    digest = read_ko(ko_page(heading=heading))
    assert [entry.date for entry in digest.entries] == ["2025-05-01"]
    (message,) = messages(digest)
    assert problem in message
    assert "using the path's date, 2025-05-01" in message


@pytest.mark.parametrize("heading", ["## Daily Papers", "## Daily Papers (2025-02-30)"])
def test_papers_without_any_date_are_undated(heading: str) -> None:
    digest = read_ko(ko_page(ko_paper(), ko_paper("2504.00002"), heading=heading), "README.md")
    assert [entry.date for entry in digest.entries] == [UNDATED, UNDATED]
    (message,) = messages(digest)
    assert message.startswith("1: ")
    assert "Add a date to the heading" in message


def test_papers_have_the_date_of_the_heading_above() -> None:
    later = ko_page(heading="## Daily Papers (2025-05-02)")
    digest = read_ko(f"{ko_page()}\n\n{later}", "README.md")
    assert [(e.paper_id, e.date) for e in digest.entries] == [
        ("2504.00001", "2025-05-01"),
        ("2504.00001", "2025-05-02"),
    ]
    assert digest.problems == ()


@pytest.mark.parametrize("below", ["", "\n\nNothing today.\n", "\n\n## License\n\nwords"])
def test_heading_without_papers_is_reported(below: str) -> None:
    digest = read_ko("## Daily Papers (2025-05-01)" + below)
    assert digest.entries == ()
    assert messages(digest) == ["1: no papers below this heading"]


# -- duplicate papers


def test_duplicate_papers_are_merged_field_by_field() -> None:
    second = ko_page(
        ko_paper("2504.00002", title="Rain", header="Vote: 9\n"),
        ko_paper(title="Counting Winds", header="Vote: 50\n", summary=""),
        ko_paper("2504.00003"),
    )
    first = ko_page(ko_paper(), ko_paper("2504.00002", title="Old Rain", summary="old"))
    digest = read_ko(f"{first}\n\n{second}")
    wind, rain, third = digest.entries
    assert (wind.paper_id, wind.title, wind.votes) == ("2504.00001", "Counting Winds", 50)
    assert wind.authors == ("Ada Bell", "Cy Dorn")
    assert wind.thumbnail == "https://pictures.example/1.png"
    assert (wind.summary, wind.sections, wind.line) == (KO_SUMMARY, STANDARD_SECTIONS, 3)
    assert (rain.paper_id, rain.title, rain.votes) == ("2504.00002", "Rain", 9)
    assert (rain.summary, rain.sections) == (KO_SUMMARY, STANDARD_SECTIONS)
    assert third.paper_id == "2504.00003"
    # The second digest's papers are as they are; that they are in the first, too, is normal.
    assert {problem.message for problem in digest.problems} == {"authors missing"}


def test_unreadable_votes_do_not_replace_known_votes() -> None:
    digest = read_ko(ko_page(ko_paper(), ko_paper(header="Vote: many\n")))
    assert digest.entries[0].votes == 44


def test_zero_votes_replace_known_votes() -> None:
    digest = read_ko(ko_page(ko_paper(), ko_paper(header="Vote: 0\n")))
    assert digest.entries[0].votes == 0


def test_repeated_paper_is_normal() -> None:
    digest = read_ko(ko_page(ko_paper(), ko_paper(), ko_paper()))
    assert len(digest.entries) == 1
    assert digest.problems == ()


def test_versions_are_the_same_paper() -> None:
    assert len(read_ko(ko_page(ko_paper(), ko_paper("2504.00001v2"))).entries) == 1


# -- other pages


@pytest.mark.parametrize(
    "text",
    [
        "",
        "MIT License\n\nCopyright (c) 2025 Daily Papers",
        "# daily_papers_ko\n\nDaily Papers of 2025-05-01, in Korean.",
        "# Daily Papers\n\nA collection.\n\n## Install\n\nwords",
        '{"name": "Daily Papers (2025-05-01)"}',
        "def daily_papers():\n    # Daily Papers (2025-05-01)\n    pass",
        "```\n" + ko_page() + "\n```",
        "- Daily Papers (2025-05-01)\n- more",
    ],
)
def test_other_pages_are_not_claimed(text: str) -> None:
    digest = read(text.encode(), "2025-05-01.md")
    assert (digest.dialect, digest.entries) == (None, ())
    reasons = [problem.message for problem in digest.problems]
    in_code = ["names papers only in blocks of code; not read"]
    assert reasons == (in_code if "```" in text else [])
