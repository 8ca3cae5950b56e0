"""Links to the code of a paper are a fact of it, wherever they stand; venues are no authors."""

from __future__ import annotations

import json

import pytest

from tui.digests.reader import read
from tui.models import Entry

DAY = "2025-05-14"
LINK = "https://arxiv.org/abs/2505.08001"
CODE = "https://github.com/lab/stairs"
FACT = f"- **Code**: <{CODE}>"


def only_entry(text: str, path: str = f"{DAY}.md") -> Entry:
    (entry,) = read(text.encode(), path).entries
    assert (entry.paper_id, entry.title) == ("2505.08001", "Quiet Stairs")
    return entry


@pytest.mark.parametrize(
    "text",
    [
        f"- [Quiet Stairs]({LINK}) [[code]]({CODE})",
        f"- **Quiet Stairs** [[paper]({LINK})] [[💻 Code]({CODE})]",
        f"- Quiet Stairs [pdf]({LINK}) [here]({CODE})",
        f"- **Quiet Stairs**, {LINK}, {CODE}.",
        f"- **Quiet Stairs** [![paper](https://img.shields.io/a)]({LINK}) "
        f"[![GitHub](https://img.shields.io/github/stars/lab/stairs)]({CODE})",
        f"## [Quiet Stairs]({LINK}) ([代码]({CODE}))\n\nAda Bell, Cy Dorn",
        f"## Quiet Stairs\nLinks: [arXiv]({LINK}), [코드]({CODE})\n\nAda Bell, Cy Dorn",
        f"|Title|Links|\n|---|---|\n|Quiet Stairs|[paper]({LINK}), [code]({CODE})|",
        f"|Title|Paper|Code|\n|---|---|---|\n|Quiet Stairs|[paper]({LINK})|<{CODE}>|",
        f"|**{DAY}**|**Quiet Stairs**|[2505.08001]({LINK})|**[link]({CODE})**|",
    ],
)
def test_links_to_code_beside_a_title(text: str) -> None:
    summary = only_entry(text).summary
    assert FACT in summary
    assert summary.count(CODE) == 1
    assert "shields.io" not in summary


@pytest.mark.parametrize(
    "url",
    [
        "https://gitlab.com/lab/stairs",
        "https://huggingface.co/lab/stairs-7b",
        "https://huggingface.co/spaces/lab/stairs",
        "https://huggingface.co/datasets/lab/stairs",
    ],
)
def test_links_that_lead_to_code_need_no_label(url: str) -> None:
    assert f"<{url}>" in only_entry(f"- [Quiet Stairs]({LINK}) ([more]({url}))").summary


@pytest.mark.parametrize("label", ["Demo", "Project Page", "项目", "データ"])
def test_links_that_lead_elsewhere_need_a_label(label: str) -> None:
    summary = only_entry(f"- [Quiet Stairs]({LINK}) [{label}](https://stairs.example.org)").summary
    assert ("- **Code**: <https://stairs.example.org>" in summary) == (label != "データ")


@pytest.mark.parametrize(
    "url",
    [
        "https://huggingface.co/papers/2505.08001",
        "https://github.com/lab/reading/issues/12",
        "https://github.com/lab",
    ],
)
def test_other_pages_of_such_sites_are_no_code(url: str) -> None:
    assert "Code" not in only_entry(f"- [Quiet Stairs]({LINK}) [link]({url})").summary


def test_cells_and_items_in_json() -> None:
    cells = {
        "2505.08001": f"|**{DAY}**|**Quiet Stairs**|Ada Bell et.al.|[2505.08001v1]({LINK}v1)|"
        f"**[link]({CODE})**|\n",
        "2505.08002": f"- {DAY}, **Loud Stairs**, Cy Dorn et.al., Paper: "
        f"[{LINK[:-1]}2]({LINK[:-1]}2), Code: **[{CODE}]({CODE})**\n",
        "2505.08003": f"|**{DAY}**|**No Stairs**|Eve Funk et.al.|[2505.08003](x)|null|\n",
    }
    entries = read(json.dumps({"Stairs": cells}).encode(), "docs/papers.json").entries
    found = {entry.title: (entry.authors, entry.summary) for entry in entries}
    assert found == {
        "Quiet Stairs": (("Ada Bell", "et al."), FACT),
        "Loud Stairs": (("Cy Dorn", "et al."), FACT),
        "No Stairs": (("Eve Funk", "et al."), ""),
    }


@pytest.mark.parametrize(
    "fields",
    [
        {"code": {"url": CODE, "stars": 3}},
        {"repositories": [{"url": CODE, "stars": 3}]},
        {"links": {"paper": LINK, "code": CODE}},
        {"links": [{"name": "arXiv", "url": LINK}, {"name": "Repo", "url": CODE}]},
        {"links": [LINK, CODE]},
        {"code": [CODE]},
    ],
)
def test_objects_and_lists_with_code(fields: dict[str, object]) -> None:
    record = {"id": "2505.08001", "title": "Quiet Stairs", **fields}
    summary = only_entry(json.dumps([record]), f"{DAY}.json").summary
    assert FACT in summary
    assert summary.count(CODE) == 1


def test_source_of_a_record_is_no_code() -> None:
    record = {"id": "2505.08001", "title": "Quiet Stairs", "source_url": CODE}
    assert CODE not in only_entry(json.dumps([record]), f"{DAY}.json").summary


def test_code_of_a_listed_paper_with_a_section() -> None:
    text = (
        f"- [Quiet Stairs]({LINK}) [[code]({CODE})]\n- [Loud Stairs]({LINK[:-1]}2)\n\n"
        "## Quiet Stairs\n\nStairs that nobody hears.\n"
    )
    summary = read(text.encode(), f"{DAY}.md").entries[0].summary
    assert summary == f"Stairs that nobody hears.\n\n{FACT}"


@pytest.mark.parametrize(
    "venue", ["ACL 2025", "ICML 2025", "ACM MM'25", "Findings of ACL 2025", "XYZ 2025", "*ICML*"]
)
@pytest.mark.parametrize(
    "line", ["- **Quiet Stairs** ({}) [[paper]({})]", "- [Quiet Stairs]({1}) ({0})"]
)
def test_venues_are_no_authors(line: str, venue: str) -> None:
    other = f"- **Loud Stairs** (Ada Bell) [[paper]({LINK[:-1]}2)]"
    names = f"- **No Stairs** (Ada Bell, Cy Dorn) [[paper]({LINK[:-1]}3)]"
    text = "\n".join([line.format(venue, LINK), other, names])
    entries = {entry.title: entry for entry in read(text.encode(), f"{DAY}.md").entries}
    assert entries["Quiet Stairs"].authors == ()
    assert venue.strip("*") in entries["Quiet Stairs"].summary
    assert entries["Loud Stairs"].authors == ("Ada Bell",)


@pytest.mark.parametrize(
    ("names", "authors"),
    [
        ("Bell, 2025", ("Bell",)),
        ("Ada Bell, Cy Dorn, 2025", ("Ada Bell", "Cy Dorn")),
        ("Ada Bell", ()),
    ],
)
def test_names_in_brackets_stay_authors(names: str, authors: tuple[str, ...]) -> None:
    assert only_entry(f"- **Quiet Stairs** ({names}) [[paper]({LINK})]").authors == authors
