from __future__ import annotations

from pathlib import Path

import pytest

from tests.digests.pages import messages
from tests.digests.records import only_entry
from tui.digests.reader import read
from tui.models import UNDATED, Digest

ROOT = Path(__file__).parents[3]
LINK = "https://arxiv.org/abs/2504.00001"


def read_page(text: str, path: str = "2025-05-01.md") -> Digest:
    digest = read(text.encode(), path)
    assert digest.dialect == "page"
    return digest


def test_all_papers_of_a_page_are_read() -> None:
    page = f"""# Read on 2025-05-02

## Reasoning

### [1] [Counting *Wind*]({LINK}v2)
*Ada Bell,Cy Dorn*

Mills count.

#### Results of 2025-04-01

Much wind.

### [2] [Waves](https://arxiv.org/pdf/2504.00002)

![](https://pictures.example/1.png)

Vote: 7

Authors: Eve Fay

Waves, too.

---

## Next time

Bring cake.
"""
    digest = read_page(page, "x.md")
    assert digest.problems == ()
    wind, waves = digest.entries
    assert (wind.arxiv_id, wind.date, wind.line) == ("2504.00001", "2025-05-02", 5)
    assert (wind.title, wind.is_arxiv_title) == ("Counting *Wind*", False)
    assert (wind.votes, wind.authors) == (None, ("Ada Bell", "Cy Dorn"))
    assert wind.summary == "Mills count.\n\n#### Results of 2025-04-01\n\nMuch wind."
    assert wind.sections == ("Results of 2025-04-01",)
    assert (waves.date, waves.votes, waves.authors) == ("2025-05-02", 7, ("Eve Fay",))
    assert waves.thumbnail == "https://pictures.example/1.png"
    assert waves.summary == "Waves, too."


@pytest.mark.parametrize(
    ("heading", "title"),
    [
        (f"## [Wind [v2] of 'x']({LINK})", "Wind [v2] of 'x'"),
        (f"## 1. [Wind]({LINK})", "Wind"),
        (f"## Counting Wind ([arXiv]({LINK}))", "Counting Wind"),
        (f"## Counting Wind [[Paper]({LINK})]", "Counting Wind"),
        (f"## Counting Wind: {LINK}", "Counting Wind"),
        (f"## Counting Wind <{LINK}>", "Counting Wind"),
        (f"### [2504.00001]({LINK}) Counting Wind", "Counting Wind"),
        (f"#### [Code](https://github.com/a/b) [Wind]({LINK})", "Wind"),
        ("## [Wind](https://huggingface.co/papers/2504.00001)", "Wind"),
    ],
)
def test_heading_gives_the_title(heading: str, title: str) -> None:
    assert only_entry(read_page(f"{heading}\n\nwords\n")).title == title


def test_heading_without_a_title_is_reported() -> None:
    digest = read_page(f"## [arXiv]({LINK})\n")
    assert [entry.title for entry in digest.entries] == [None]
    assert messages(digest) == ["1: title missing"]


def test_page_that_mentions_daily_papers_is_read() -> None:
    for heading in ("## Daily Papers about wind", "# Notes"):
        assert only_entry(read_page(f"{heading}\n\n### [Wind]({LINK})\n\nVote: 3")).votes == 3


def test_papers_have_the_date_of_the_heading_above() -> None:
    page = "".join(
        f"## 2025-05-0{n}\n\n### [Wind](https://arxiv.org/abs/2504.0000{n})\n\n" for n in (2, 1)
    )
    digest = read_page(page, "list.md")
    assert [entry.date for entry in digest.entries] == ["2025-05-02", "2025-05-01"]


def test_missing_date_is_reported_with_a_remedy() -> None:
    digest = read_page(f"## [Wind]({LINK})", "list.md")
    assert digest.entries[0].date == UNDATED
    (message,) = messages(digest)
    assert "Name the file after its day" in message


@pytest.mark.parametrize(
    "page",
    [
        f"# [Our own paper]({LINK})\n\n## Install\n\npip install wind\n",
        f"# Wind [[arXiv]({LINK})]\n\n## [Demo](https://wind.example)\n\nTry it.\n",
        f"# Wind\n\nAs [they]({LINK}) say, wind is counted.\n\n## More\n\n{LINK}\n",
        f"```\n## [Wind]({LINK})\n```\n",
        "## [Wind](https://wind.example/2504.00001)\n",
        f"MIT License\n\n{LINK}\n",
    ],
)
def test_other_pages_are_not_claimed(page: str) -> None:
    assert read(page.encode(), "2025-05-01.md").dialect is None


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE"])
def test_pages_of_this_repository_are_not_claimed(name: str) -> None:
    assert read((ROOT / name).read_bytes(), f"2025-05-01/{name}").dialect is None


@pytest.mark.parametrize(
    "label", ["[LLM] Counting Wind in Towns", "Counting Wind in Towns (ICLR 2025)"]
)
def test_tags_and_venues_are_no_part_of_the_title(label: str) -> None:
    text = f"# Reading\n\n## [{label}](https://arxiv.org/abs/2504.00001)\n\nWind blows.\n"
    (entry,) = read(text.encode(), "2025-04-01.md").entries
    assert (entry.title, entry.summary) == ("Counting Wind in Towns", "Wind blows.")


def test_translation_of_the_title_is_above_the_summary() -> None:
    heading = "## [Counting Wind in Towns (바람 세기)](https://arxiv.org/abs/2504.00001)"
    (entry,) = read(f"# Reading\n\n{heading}\n\nWind.\n".encode(), "2025-04-01.md").entries
    assert (entry.title, entry.summary) == ("Counting Wind in Towns", "바람 세기\n\nWind.")
