"""The digests that people publish, where a checkout has them beside it."""

from __future__ import annotations

import json
from typing import Any

from tests.support.home import Home
from tests.support.requirements import require_real_digests


def test_every_paper_is_listed_as_expected(home: Home) -> None:
    real = require_real_digests()
    expected: dict[str, dict[str, Any]] = json.loads((real / "expected.json").read_text("utf-8"))
    ran = home.run("list", "-p", real, "--format", "json")
    assert ran.code == 0
    listed = {paper["arxiv_id"]: paper for paper in ran.json}
    assert len(listed) == 120
    told = [(path, day["date"], paper) for path, day in expected.items() for paper in day["papers"]]
    assert sorted(listed) == sorted(paper["arxiv_id"] for _, _, paper in told)
    for path, day, paper in told:
        found = listed[paper["arxiv_id"]]
        assert found["title"] == (paper["title"] or paper["arxiv_id"])
        assert found["votes"] == paper["votes"]
        assert found["authors"] == paper["authors"]
        assert found["dates"] == [day]
        assert found["sources"] == [path]


def test_sync_reads_them_without_a_problem(home: Home) -> None:
    counts = home.run("sync", "-p", require_real_digests(), "--format", "json").json
    assert counts.pop("problems") == []
    assert list(counts.values()) == [5, 0, 0, 1, 120, 120]
