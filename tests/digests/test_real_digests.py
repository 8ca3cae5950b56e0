"""Published digests, if they are available next to the checkout."""

from __future__ import annotations

import json
from typing import Any

from tests.support.requirements import require_real_digests
from tui.digests.reader import read


def test_real_digests_are_read_completely() -> None:
    real = require_real_digests()
    days: dict[str, dict[str, Any]] = json.loads((real / "expected.json").read_text("utf-8"))
    assert len(days) == 5
    for path, expected in days.items():
        digest = read((real / path).read_bytes(), path)
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
