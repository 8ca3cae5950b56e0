"""The digests that people publish, where a checkout has them beside it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.home import Home

FOLDER = Path(__file__).parents[3] / "shared" / "digests"
EXPECTED = FOLDER / "expected.json"

pytestmark = pytest.mark.skipif(not EXPECTED.is_file(), reason="no real digests beside us")


def test_every_paper_is_listed_as_expected(home: Home) -> None:
    expected: dict[str, dict[str, Any]] = json.loads(EXPECTED.read_text(encoding="utf-8"))
    ran = home.run("list", "-p", FOLDER, "--format", "json")
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
    counts = home.run("sync", "-p", FOLDER, "--format", "json").json
    assert counts.pop("problems") == []
    assert list(counts.values()) == [5, 0, 0, 1, 120, 120]
