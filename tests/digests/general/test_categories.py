"""Categories of arXiv that the general reader finds among the fields of a paper."""

from __future__ import annotations

import json

import pytest

from tui.digests.reader import read

LINK = "https://arxiv.org/abs/2505.08001"


def labels(text: str, path: str = "2025-05-14.md") -> tuple[str, ...]:
    (entry,) = read(text.encode(), path).entries
    assert entry.title == "Quiet Stairs"
    return entry.labels


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"categories": "cs.CL cs.LG"}, ("cs.CL", "cs.LG")),
        ({"categories": "cs.CL; cs.LG"}, ("cs.CL", "cs.LG")),
        ({"subjects": "Computation and Language (cs.CL); Optics (physics.optics)"},
         ("cs.CL", "physics.optics")),
        ({"tags": ["hep-th", "cond-mat.mes-hall", "stairs", "nlp"]},
         ("hep-th", "cond-mat.mes-hall")),
        ({"categories": ["math.GT", "cs.CL"], "primary_category": "cs.CL"}, ("cs.CL", "math.GT")),
        ({"categories": [{"term": "stat.ML"}, {"term": "68T50"}]}, ("stat.ML",)),
        ({"primaryCategory": "q-bio.NC"}, ("q-bio.NC",)),
        ({"arXiv categories": "cs.AI"}, ("cs.AI",)),
        ({"categories": "music, cs, example.com/cs.CL, cs.CL.py", "comment": "see cs.CL"}, ()),
    ],
)  # fmt: skip
def test_categories_in_data(fields: dict[str, object], expected: tuple[str, ...]) -> None:
    paper = {"title": "Quiet Stairs", "link": LINK, **fields}
    assert labels(json.dumps({"papers": [paper]}), "2025-05-14.json") == expected


def test_categories_in_a_table() -> None:
    text = f"title,url,Primary Category,tags\nQuiet Stairs,{LINK},cs.LG,stairs cs.CL\n"
    assert labels(text, "2025-05-14.csv") == ("cs.LG", "cs.CL")
    cells = f"| Paper | Votes | Category |\n|---|---|---|\n| [Quiet Stairs]({LINK}) | 4 | cs.LG |\n"
    assert labels(cells) == ("cs.LG",)


def test_categories_on_a_line() -> None:
    text = f"## Quiet Stairs\n- **Subjects**: Machine Learning (cs.LG); cs.CL\n- Link: {LINK}\n"
    assert labels(text) == ("cs.LG", "cs.CL")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Ada Bell · cs.CL · ▲ 48", ("cs.CL",)),
        ("*Ada Bell* | 48 upvotes | `cs.CL`, cs.LG", ("cs.CL", "cs.LG")),
        ("by Ada Bell - hep-th", ("hep-th",)),
        ("A list like cs.CL has many of them, as math has.", ()),
    ],
)
def test_categories_without_a_label(line: str, expected: tuple[str, ...]) -> None:
    assert labels(f"## [Quiet Stairs]({LINK})\n{line}\n\nSoft stairs.\n") == expected


@pytest.mark.parametrize(
    "text",
    [
        f"- [Quiet Stairs]({LINK}) (cs.CL, cs.LG)\n",
        f"- [cs.CL / cs.LG] [Quiet Stairs]({LINK}), Ada Bell, Cy Dorn\n",
        f"## [Quiet Stairs]({LINK})\n\n*Ada Bell, Cy Dorn* · `cs.CL` `cs.LG`\n\nStairs.\n",
        f"## Quiet Stairs\n\n[arXiv]({LINK}) | cs.CL, cs.LG | 2025-05-14\n\nStairs.\n",
    ],
)
def test_categories_that_are_set_apart(text: str) -> None:
    assert labels(text) == ("cs.CL", "cs.LG")


@pytest.mark.parametrize("rest", ["as in cs.CL", "(new in cs.CL)", "[cs.CL](https://a.example)"])
def test_categories_within_a_text(rest: str) -> None:
    assert labels(f"- [Quiet Stairs]({LINK}) {rest}\n") == ()


@pytest.mark.parametrize("body", ["Categories: cs.CL, cs.LG\n", "`cs.CL` `cs.LG`\n\nStairs.\n"])
def test_categories_below_front_matter(body: str) -> None:
    fields = f"title: Quiet Stairs\nlink: {LINK}\n"
    assert labels(f"---\n{fields}---\n\n{body}") == ("cs.CL", "cs.LG")
    fields = f"---\ntitle: Quiet Stairs\n---\n\n[Paper]({LINK})\n\n{body}"
    assert labels(fields) == ("cs.CL", "cs.LG")


def test_categories_in_front_matter() -> None:
    fields = f"title: Quiet Stairs\npdf: {LINK}\nauthors: Ada Bell\ntags: [stairs, cs.CL, cs.LG]\n"
    assert labels(f"---\n{fields}---\n\nStairs without noise (cs.AI).\n") == ("cs.CL", "cs.LG")


def test_categories_in_bibtex() -> None:
    text = "@misc{a, title={Quiet Stairs}, eprint={2505.08001}, primaryClass={cs.CL}}"
    assert labels(text, "2025-05-14.bib") == ("cs.CL",)


def test_categories_stay_in_the_summary_with_other_keywords() -> None:
    text = json.dumps([{"title": "Quiet Stairs", "link": LINK, "tags": ["cs.CL", "stairs"]}])
    (entry,) = read(text.encode(), "2025-05-14.json").entries
    assert entry.summary == "- **Tags**: cs.CL, stairs"
