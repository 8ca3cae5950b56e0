"""Real digests, which are not part of the repository."""

from __future__ import annotations

import json
from typing import Any

from tests.support.home import Home
from tests.support.requirements import require_real_digests


def test_papers_are_listed_as_expected(home: Home) -> None:
    real = require_real_digests()
    expected: dict[str, dict[str, Any]] = json.loads((real / "expected.json").read_text("utf-8"))
    result = home.run("list", "-p", real, "--format", "json")
    assert result.code == 0
    listed = {paper["arxiv_id"]: paper for paper in result.json}
    assert len(listed) == 120
    papers = [
        (path, day["date"], paper) for path, day in expected.items() for paper in day["papers"]
    ]
    assert sorted(listed) == sorted(paper["arxiv_id"] for _, _, paper in papers)
    for path, day, paper in papers:
        paper_in_list = listed[paper["arxiv_id"]]
        assert paper_in_list["title"] == (paper["title"] or paper["arxiv_id"])
        assert paper_in_list["votes"] == paper["votes"]
        assert paper_in_list["authors"] == paper["authors"]
        assert paper_in_list["dates"] == [day]
        assert paper_in_list["sources"] == [path]


def test_sync_finds_no_problems(home: Home) -> None:
    counts = home.run("sync", "-p", require_real_digests(), "--format", "json").json
    assert counts.pop("problems") == []
    # It is not a digest, but repeats what they have.
    assert [note["file"] for note in counts.pop("notes")] == ["expected.json"]
    assert list(counts.values()) == [5, 0, 0, 1, 120, 120]
