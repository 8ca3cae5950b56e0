"""Papers whose digests have no day."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.home import Home
from tests.support.sample_digests import SamplePaper, ko_digest, write_digest

PAGE = """# Reading list

- [Lanterns](https://arxiv.org/abs/2504.00001)
- [Ladders](https://arxiv.org/abs/2504.00002)
"""


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    """Return a folder with a list of two papers without any day, and a digest of one of them."""
    write_digest(tmp_path / "papers/list.md", PAGE)
    digest = ko_digest("2025-05-01", [SamplePaper("2504.00002", "Ladders", 3, ("Ada Bell",))])
    return write_digest(tmp_path / "papers/digest.md", digest).parent


def test_papers_without_a_day_are_listed_last(home: Home, papers: Path) -> None:
    result = home.run("list", "-p", papers, "--format", "json")
    assert [(paper["arxiv_id"], paper["dates"]) for paper in result.json] == [
        ("2504.00002", ["2025-05-01"]),
        ("2504.00001", []),
    ]
    assert result.err == ""
    assert "-\t-\t2504.00001\tLanterns" in home.run("list", "-p", papers).out


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("date:2025", ["2504.00002"]),
        ("date:<2025", []),
        ("-has:date", ["2504.00001"]),
        ("has:date", ["2504.00002"]),
        ("sort:date", ["2504.00002", "2504.00001"]),
    ],
)
def test_comparisons_of_dates_exclude_them(
    home: Home, papers: Path, query: str, ids: list[str]
) -> None:
    assert home.run("list", "-p", papers, "--format", "ids", "--", query).lines == ids


def test_they_are_exported(home: Home, papers: Path) -> None:
    for query in ("id:2504.00001", "id:2504.00002"):
        for name in ("json", "csv", "markdown", "bibtex"):
            assert home.run("export", "-p", papers, query, "--format", name).code == 0
    (paper,) = home.run("export", "-p", papers, "id:2504.00001", "--format", "json").json
    assert [summary["date"] for summary in paper["summaries"]] == [None]
    assert "0001-01" not in home.run("export", "-p", papers, "--format", "markdown").out
    assert "0001-01" not in home.run("stats", "-p", papers).out
    assert home.run("show", "-p", papers, "2504.00001").code == 0


def test_day_of_publication_is_kept(home: Home, tmp_path: Path) -> None:
    text = '[{"arxiv_id": "2504.00001", "title": "Lanterns", "published": "2025-04-08"}]'
    folder = write_digest(tmp_path / "papers/2025-04-14.json", text).parent
    (paper,) = home.run("export", "-p", folder, "--format", "json").json
    assert paper["dates"] == ["2025-04-14"]
    assert [summary["published"] for summary in paper["summaries"]] == ["2025-04-08"]
