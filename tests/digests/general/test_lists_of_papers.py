"""Lists of papers in the README of a repository, and in newsletters."""

from __future__ import annotations

import pytest

from tui.digests.reader import read

DAY = "2025-05-14"
ARXIV = "https://arxiv.org/abs/2505.0800"
BADGE = f"[![arXiv](https://img.shields.io/badge/arXiv-Survey-b31b1b)]({ARXIV}9)"
ITEMS = f"- **Quiet Stairs** [[paper]]({ARXIV}1)\n\n## Loud\n\n- [Loud Stairs]({ARXIV}2)\n"
ROWS = (
    "| Title | arXiv | Year |\n|---|---|---|\n"
    f"| Quiet Stairs | {ARXIV}1 | 2025 |\n| Loud Stairs | {ARXIV}2 | 2025 |\n"
)


def titles(text: str) -> list[str]:
    return sorted(entry.title or "" for entry in read(text.encode(), f"{DAY}.md").entries)


@pytest.mark.parametrize("line", [BADGE, f"[Survey]({ARXIV}9) | [Website](https://example.org)"])
@pytest.mark.parametrize("papers", [ITEMS, ROWS])
def test_survey_of_a_list_is_not_all_of_it(line: str, papers: str) -> None:
    text = f"# Awesome Stairs\n\n{line}\n\n## Quiet\n\n{papers}"
    assert titles(text) == ["Loud Stairs", "Quiet Stairs"]


@pytest.mark.parametrize(
    "text",
    [
        f"# Soft Stairs\n\n{BADGE}\n\n## Abstract\n\nSoft.\n\n## Prior work\n\n{ITEMS}",
        f"# Soft Stairs\n\n**Paper**: {ARXIV}9\n\n## Prior work\n\n{ITEMS}",
        f"# Soft Stairs\n\n{BADGE}\n\nAs soft as [Quiet Stairs]({ARXIV}1).\n",
        f"# Soft Stairs\n\n{BADGE}\n\n## References\n\n{ITEMS}".replace("## Loud\n\n", ""),
    ],
)
def test_page_of_a_paper_with_references(text: str) -> None:
    assert titles(text) == ["Soft Stairs"]


@pytest.mark.parametrize("columns", ["Title | Link", "Paper | Links", "Links | Paper"])
@pytest.mark.parametrize("names", [("Quiet Stairs", "Loud Stairs"), ("Code", "Data")])
def test_table_of_titles_and_links(columns: str, names: tuple[str, str]) -> None:
    links = [f"[pdf]({ARXIV}{n}), [code](https://example.org/{n})" for n in (1, 2)]
    pairs = [*zip(names, links, strict=True)]
    if columns.startswith("Links"):
        pairs = [(link, name) for name, link in pairs]
    rows = "".join(f"| {first} | {second} |\n" for first, second in pairs)
    text = f"# Stairs\n\n## In houses\n\n| {columns} |\n|---|---|\n{rows}"
    assert titles(text) == sorted(names)


@pytest.mark.parametrize("columns", ["Field | Value", "Title | Quiet Stairs"])
def test_table_of_fields(columns: str) -> None:
    rows = f"| Paper | {ARXIV}1 |\n| Authors | Ada Bell, Cy Dorn |\n"
    text = f"# Stairs\n\n## Quiet Stairs\n\n| {columns} |\n|---|---|\n{rows}"
    (entry,) = read(text.encode(), f"{DAY}.md").entries
    assert (entry.title, entry.authors) == ("Quiet Stairs", ("Ada Bell", "Cy Dorn"))


def test_table_behind_a_list() -> None:
    text = f"# Stairs\n\nNews:\n- added [Soft Stairs]({ARXIV}3)\n\n{ROWS}"
    assert titles(text) == ["Loud Stairs", "Quiet Stairs", "Soft Stairs"]
    summaries = {entry.summary for entry in read(text.encode(), f"{DAY}.md").entries}
    assert summaries == {"", "added"}


@pytest.mark.parametrize("indent", ["", "  "])
def test_table_of_the_fields_of_an_item(indent: str) -> None:
    rows = ("| Field | Value |", "|---|---|", f"| arXiv | {ARXIV}1 |", "| Authors | Ada Bell |")
    table = "".join(f"{indent}{row}\n" for row in rows)
    text = f"# Stairs\n\n- **Quiet Stairs**\n\n{table}\n- **Soft Stairs**\n  - {ARXIV}2\n"
    entries = read(text.encode(), f"{DAY}.md").entries
    assert [(entry.title, entry.authors) for entry in entries] == [
        ("Quiet Stairs", ("Ada Bell",)),
        ("Soft Stairs", ()),
    ]


@pytest.mark.parametrize(
    "end", [" ([paper]({link}))", " ([Paper]({link}) | [Tweet](https://x.com/1))"]
)
@pytest.mark.parametrize("dash", [" - ", ": ", " "])
def test_titles_in_bold_before_sentences_with_links(dash: str, end: str) -> None:
    papers = [
        f"**{number}) {title}**{dash}We walk on stairs for a year. They are new."
        + end.format(link=f"{ARXIV}{number}")
        for number, title in enumerate(("Loud Stairs", "Quiet Stairs"), start=1)
    ]
    entries = read("\n\n".join(["# Stairs", "Hello.", *papers]).encode(), f"{DAY}.md").entries
    assert [entry.title for entry in entries] == ["Loud Stairs", "Quiet Stairs"]
    assert all(entry.summary.startswith("We walk on") for entry in entries)
    assert all(entry.summary.endswith("They are new.") for entry in entries)


def test_sentences_of_a_paper_with_references() -> None:
    lines = [f"**Part {n}** - Stairs as others have them. ([paper]({ARXIV}{n}))" for n in (1, 2)]
    text = "\n\n".join(["# Notes", "## Soft Stairs", f"Paper: {ARXIV}9", *lines])
    assert titles(text) == ["Soft Stairs"]


def test_title_in_bold_behind_a_symbol_and_link_below_the_text() -> None:
    papers = [
        f"📄 **{title}**\n\nWe walk on stairs for a year.\n\n[Read the paper →]({ARXIV}{number})\n"
        for number, title in enumerate(("Loud Stairs", "Quiet Stairs"), start=1)
    ]
    entries = read("\n".join(["# Stairs\n", *papers]).encode(), f"{DAY}.md").entries
    assert [entry.title for entry in entries] == ["Loud Stairs", "Quiet Stairs"]
    assert all(entry.summary.startswith("We walk on stairs for a year.") for entry in entries)
