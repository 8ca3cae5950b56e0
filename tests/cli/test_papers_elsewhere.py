"""Export and marks of papers that are not on arXiv."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.library.export.records import entry, paper, record, render_text
from tests.support.home import Home
from tui.library.export.bibtex import cite_key
from tui.paper_ids import slug

PREPRINT = "doi:10.1101/2025.04.11.648321"


@pytest.mark.parametrize(
    ("paper_id", "fields"),
    [
        (
            PREPRINT,
            {
                "doi": "10.1101/2025.04.11.648321",
                "publisher": "Cold Spring Harbor Laboratory",
                "year": "2025",
                "month": "April",
                "url": "https://doi.org/10.1101/2025.04.11.648321",
            },
        ),
        (
            "acl:P19-1001",
            {
                "publisher": "Association for Computational Linguistics",
                "year": "2019",
                "url": "https://aclanthology.org/P19-1001/",
            },
        ),
        (
            "openreview:rJl-b3_cF7",
            {"publisher": "OpenReview", "url": "https://openreview.net/forum?id=rJl-b3_cF7"},
        ),
        ("url:https://site.org/a", {"url": "https://site.org/a"}),
    ],
)
def test_bibtex(paper_id: str, fields: dict[str, str]) -> None:
    parsed = entry(paper("Wind", "Ada Bell", arxiv_id=paper_id))
    assert dict(parsed.fields) == {"title": "Wind", **fields}


def test_citation_keys_differ() -> None:
    ids = [
        PREPRINT, "doi:10.1016/s0140(20)5", "doi:10.1016/s0140-20-5", "openreview:aBcd",
        "openreview:abcd", "url:https://site.org/a", "url:https://site.org/a-b",
        "url:https://site.org/a/b", "2505.04921", "hep-th/9901001",
    ]  # fmt: skip
    keys = {cite_key(paper("", arxiv_id=paper_id)) for paper_id in ids}
    assert len(keys) == len({slug(paper_id) for paper_id in ids}) == len(ids)
    assert slug(PREPRINT) == "10.1101-2025.04.11.648321"


def test_json_has_an_id_and_no_arxiv_id() -> None:
    (row,) = json.loads(render_text([record(paper("Cells", arxiv_id=PREPRINT))], "json"))
    assert (row["arxiv_id"], row["id"]) == (None, PREPRINT)
    assert row["url"] == "https://doi.org/10.1101/2025.04.11.648321"


def test_marks_search_and_show(home: Home, tmp_path: Path) -> None:
    link = "https://www.biorxiv.org/content/10.1101/2025.04.11.648321v1"
    digests = tmp_path / "digests"
    digests.mkdir()
    for day in ("2025-04-14", "2025-04-15"):
        (digests / f"{day}.md").write_text(f"- [Cells in a Row]({link}): they stand\n")
    run = home.run("marks", "set", f"{link}.full.pdf", "--star", "--tag", "bio")
    assert run.code == 0
    for query in (f"id:{PREPRINT}", link, "doi:10.1101/2025.04.11.648321", "is:starred", "10.1101"):
        (row,) = home.run("list", "-p", digests, "--format", "json", query).json
        assert (row["id"], row["tags"], len(row["dates"])) == (PREPRINT, ["bio"], 2), query
    assert home.run("list", "-p", digests, "--format", "ids").lines == [PREPRINT]
    shown = home.run("show", "-p", digests, "DOI: 10.1101/2025.04.11.648321v1").out
    assert shown.startswith("# Cells in a Row\n\n<https://doi.org/10.1101/2025.04.11.648321>")
    exported = home.root / "marks.jsonl"
    assert home.run("marks", "export", "-o", exported).code == 0
    (tmp_path / "other").mkdir()
    other = Home(tmp_path / "other")
    assert other.run("marks", "import", exported).code == 0
    assert other.run("list", "-p", digests, "--format", "ids", "tag:bio").lines == [PREPRINT]
