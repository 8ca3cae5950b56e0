"""Papers that are not on arXiv, and links that are references or no papers."""

from __future__ import annotations

import json

import pytest

from tui.digests.reader import read
from tui.models import Digest

PATH = "2025-04-14.md"
DOI = "https://doi.org/10.1145/3292500.3330701"
DOI_ID = "doi:10.1145/3292500.3330701"
FORUM = "https://openreview.net/forum?id=x1Yz"
ACL = "https://aclanthology.org/2023.acl-long.1/"
PREPRINT = "https://www.biorxiv.org/content/10.1101/2025.04.11.648321v1"
PREPRINT_ID = "doi:10.1101/2025.04.11.648321"


def papers(text: str, path: str = PATH) -> dict[str, str | None]:
    return titles(read(text.encode(), path))


def titles(digest: Digest) -> dict[str, str | None]:
    return {entry.paper_id: entry.title for entry in digest.entries}


@pytest.mark.parametrize(
    "text",
    [
        f"# Papers\n\n## [Lanterns]({DOI})\n\nThey glow.\n\n## [Ladders]({FORUM})\n\nThey lean.",
        f"# Papers\n\n## Lanterns\n\n- DOI: {DOI}\n\n## Ladders\n\n- Link: <{FORUM}>",
        "# Papers\n\n## Lanterns\n\nDOI: 10.1145/3292500.3330701\n\n"
        "## Ladders\n\n[OpenReview](https://openreview.net/pdf?id=x1Yz)",
        f"- [Lanterns]({DOI}) - They glow.\n- **Ladders** - Ada Bell [PDF]({FORUM})",
        f"- **Lanterns**\n  - Authors: Ada Bell\n  - Link: {DOI}\n"
        f"- **Ladders**\n  - Authors: Cy Dorn\n  - Link: {FORUM}",
        f"| Title | Authors | Link |\n|---|---|---|\n| Lanterns | Ada Bell | [x]({DOI}) |\n"
        f"| [Ladders]({FORUM}) | Cy Dorn | |",
        json.dumps([{"title": "Lanterns", "doi": DOI[16:]}, {"title": "Ladders", "url": FORUM}]),
        f"title,doi,url\nLanterns,{DOI[16:]},\nLadders,,{FORUM}\n",
        f"- title: Lanterns\n  doi: {DOI[16:]}\n- title: Ladders\n  id: openreview:x1Yz\n",
    ],
    ids=["links", "fields", "plain", "items", "nested", "table", "json", "csv", "yaml"],
)
def test_papers_elsewhere_are_read_in_every_shape(text: str) -> None:
    assert papers(text) == {DOI_ID: "Lanterns", "openreview:x1Yz": "Ladders"}


def test_both_kinds_in_one_digest() -> None:
    text = f"- [Lanterns](https://arxiv.org/abs/2504.08101)\n- [Cells]({PREPRINT})\n- [A]({ACL})"
    assert papers(text) == {
        "2504.08101": "Lanterns", PREPRINT_ID: "Cells", "acl:2023.acl-long.1": "A",
    }  # fmt: skip


def test_arxiv_has_precedence() -> None:
    record = {"title": "Lanterns", "doi": DOI[16:], "url": "https://arxiv.org/abs/2504.08101v2"}
    assert papers(json.dumps([record])) == {"2504.08101": "Lanterns"}
    text = f"## Lanterns\n\n- DOI: {DOI}\n- arXiv: https://arxiv.org/abs/2504.08101"
    assert papers(text) == {"2504.08101": "Lanterns"}


def test_one_paper_under_two_ids_is_one_paper() -> None:
    text = (
        f"## New\n\n- [Lanterns for the Sea]({DOI})\n- [Ladders]({FORUM})\n\n"
        "## Again\n\n- [Lanterns for the sea](https://arxiv.org/abs/2504.08101): they glow\n"
    )
    digest = read(text.encode(), PATH)
    assert titles(digest) == {"2504.08101": "Lanterns for the sea", "openreview:x1Yz": "Ladders"}
    assert "they glow" in digest.entries[0].summary


@pytest.mark.parametrize(
    "reference",
    [
        f"As [Loud Fans]({DOI}) showed, fans are loud.",
        f"- [Loud Fans]({DOI})",
        f"1. Bell, A. Loud fans. {DOI}",
        f"### Background\n\n[Loud Fans]({FORUM})",
        "See doi:10.1145/3292500.3330701.",
    ],
)
@pytest.mark.parametrize("link", ["https://arxiv.org/abs/2504.08777", PREPRINT])
def test_what_a_summary_mentions_is_a_reference(reference: str, link: str) -> None:
    text = f"# Papers\n\n## Quiet Fans\n\n- Link: {link}\n\nFans are quiet.\n\n{reference}\n"
    assert list(papers(text).values()) == ["Quiet Fans"]
    note = (
        f"---\ntitle: Quiet Fans\nauthors: Ada\ndate: 2025-04-14\npdf: {link}\n---\n{reference}\n"
    )
    assert list(papers(note).values()) == ["Quiet Fans"]


@pytest.mark.parametrize(
    "url",
    [
        "https://github.com/ada/wind",
        "https://ada.github.io/wind",
        "https://x.com/ada/status/12",
        "https://youtu.be/abcdefgh",
        "https://huggingface.co/ada/wind",
        "https://site.org/blog/wind",
    ],
)
def test_links_to_something_else_are_no_papers(url: str) -> None:
    text = f"# News\n\n- [Lanterns](https://arxiv.org/abs/2504.08101)\n- [Wind Is Out Now]({url})\n"
    assert papers(text) == {"2504.08101": "Lanterns"}


def test_stable_urls_where_a_paper_is_expected() -> None:
    pdf, page = "https://site.org/wind.pdf", "https://proceedings.mlr.press/v202/a.html"
    text = f"## [Lanterns]({page})\n\nThey glow.\n\n## Wind\n\n- Paper: https://site.org/wind\n"
    assert papers(text) == {f"url:{page}": "Lanterns", "url:https://site.org/wind": "Wind"}
    items = f"- [Lanterns](https://arxiv.org/abs/2504.08101)\n- [Counting Wind]({pdf})"
    assert papers(items) == {"2504.08101": "Lanterns", f"url:{pdf}": "Counting Wind"}
    record = {"title": "Wind", "authors": ["Ada"], "summary": "It blows.", "url": page}
    assert papers(json.dumps([record])) == {f"url:{page}": "Wind"}


def test_number_of_a_preprint_in_a_path_is_no_day() -> None:
    text = f"---\ntitle: Cells\nauthors: Ada\npdf: {PREPRINT}\n---\nCells.\n"
    (entry,) = read(text.encode(), "2025-04-14/biorxiv-10-1101-2025-04-11-648321-v1.md").entries
    assert (entry.paper_id, entry.date) == (PREPRINT_ID, "2025-04-14")


def test_daily_papers_with_a_paper_elsewhere() -> None:
    text = (
        "## Daily Papers (2025-05-01)\n\n"
        "### [Wind](https://arxiv.org/abs/2504.00001)\n\nVote: 3\n\n"
        f"### [Cells]({PREPRINT})\n\nVote: 2\n"
    )
    digest = read(text.encode(), "2025/05/01.md")
    assert digest.dialect == "daily_papers_ko"
    assert titles(digest) == {"2504.00001": "Wind", PREPRINT_ID: "Cells"}
    assert not any("skipped" in problem.message for problem in digest.problems)


@pytest.mark.parametrize(
    "text",
    [
        "## [Quiet Stairs](https://arxiv.org/abs/2504.08101)\n*Ada Bell, Cy Dorn*\n\nShh.\n\n"
        f"## [Lanterns]({DOI})\n*Ada Bell, Cy Dorn*\n\nThey glow.\n",
        "# Daily Papers - 2025-04-14\n\n## 2504.08101\n🔗 https://huggingface.co/papers/2504.08101\n\n"
        f"**Summary**:\nQuiet Stairs\n\n## {DOI}\n\n**Summary**:\nLanterns\n",
        "## Papers for 2025-04-14\n\n| Title | Authors | Summary |\n|---|---|---|\n"
        "| Quiet Stairs (Read more on [x](https://arxiv.org/abs/2504.08101))| Ada Bell | Shh. |\n"
        f"| Lanterns (Read more on [DOI]({DOI}))| Ada Bell | They glow. |\n",
    ],
    ids=["page", "daily_papers", "table"],
)
def test_exact_dialects_do_not_lose_papers_elsewhere(text: str) -> None:
    assert list(papers(text)) == ["2504.08101", DOI_ID]


@pytest.mark.parametrize("start", ["", "https://"])
def test_label_that_is_the_address_of_its_link(start: str) -> None:
    text = f"# {PATH[:-3]}\n"
    for title, url in (("Slow Lanterns", DOI), ("Tall Ladders", FORUM)):
        text += f"\n### {title}\n[{start}{url[8:]}]({url})\n\nThey are new.\n"
    assert papers(text) == {DOI_ID: "Slow Lanterns", "openreview:x1Yz": "Tall Ladders"}


@pytest.mark.parametrize("mark", ["> [!abstract] ", "> ", ""])
def test_titles_that_are_links_among_paragraphs(mark: str) -> None:
    links = {
        "2505.08001": "https://arxiv.org/abs/2505.08001",
        "doi:10.64898/2026.03.09.710233": (
            "https://www.biorxiv.org/content/10.64898/2026.03.09.710233v1"
        ),
        "openreview:abcdef1234": "https://openreview.net/forum?id=abcdef1234",
    }
    below = mark[:1]
    parts = [
        f"{mark}[Quiet Stairs of Town {n}]({link})\n{below} Authors: Ada Bell\n"
        for n, link in enumerate(links.values())
    ]
    text = "# 14 May 2025\n\n" + "\n".join(parts) + "\n## Log\n\n- 10:40 coffee\n"
    entries = read(text.encode(), "2025-05-14.md").entries
    assert [entry.paper_id for entry in entries] == list(links)
    assert {entry.authors for entry in entries} == {("Ada Bell",)}
