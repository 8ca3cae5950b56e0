"""The digests that people publish, where a checkout has them beside it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tui.digests.reader import read

FOLDER = Path(__file__).parents[3] / "shared" / "digests"
EXPECTED = FOLDER / "expected.json"

pytestmark = pytest.mark.skipif(
    not EXPECTED.is_file(), reason="no real digests beside the checkout"
)


def _expected() -> dict[str, dict[str, Any]]:
    if not EXPECTED.is_file():
        return {}
    expected: dict[str, dict[str, Any]] = json.loads(EXPECTED.read_text(encoding="utf-8"))
    return expected


@pytest.mark.parametrize(("path", "expected"), _expected().items())
def test_everything_expected_is_read(path: str, expected: dict[str, Any]) -> None:
    digest = read((FOLDER / path).read_bytes(), path)
    assert digest.dialect == path.split("/", 1)[0]
    assert digest.problems == ()
    papers = expected["papers"]
    for name in ("arxiv_id", "title", "votes"):
        assert [getattr(entry, name) for entry in digest.entries] == [p[name] for p in papers]
    assert [list(entry.authors) for entry in digest.entries] == [p["authors"] for p in papers]
    assert [entry.thumbnail for entry in digest.entries] == [p.get("thumbnail") for p in papers]
    assert {entry.date for entry in digest.entries} == {expected["date"]}
    assert all(entry.summary for entry in digest.entries)
    for entry, paper in zip(digest.entries, papers, strict=True):
        if paper["sections"]:
            assert list(entry.sections) == paper["sections"]
