"""``broadsheet stats``, as text and as JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.on_terminal import terminal
from tests.support.home import Home
from tests.support.sample_digests import SamplePaper, ko_digest, write_digest


@pytest.fixture
def spring(tmp_path: Path) -> Path:
    """Return a folder with digests of two months; the second has one rising word."""
    folder = tmp_path / "spring"
    for day in range(1, 9):
        old = [SamplePaper(f"2504.0{day:04}", "Old news", votes=day, authors=("Ann Lee",))]
        write_digest(folder / f"4-{day}.md", ko_digest(f"2025-04-{day:02}", old))
    for day in range(1, 6):
        new = [SamplePaper(f"2505.0{day:04}", "Pebble news", votes=40, authors=("Bo Kim", "이 선"))]
        write_digest(folder / f"5-{day}.md", ko_digest(f"2025-05-{day:02}", new))
    return folder


def test_json_has_all_statistics(home: Home, digests: Path) -> None:
    result = home.run("stats", "-p", digests, "--format", "json")
    assert result.code == 0
    assert result.json == {
        "papers": 3,
        "votes": 18,
        "unknown_votes": 1,
        "first": "2025-05-01",
        "last": "2025-05-02",
        "days": [
            {"day": "2025-05-01", "papers": 2, "votes": 9},
            {"day": "2025-05-02", "papers": 2, "votes": 18},
        ],
        "months": [{"month": "2025-05", "papers": 3, "votes": 18}],
        "years": [{"year": "2025", "papers": 3, "votes": 18}],
        "bins": [
            {"least": 0, "most": 0, "papers": 0, "query": "votes:0"},
            {"least": 1, "most": 4, "papers": 0, "query": "votes:1..4"},
            {"least": 5, "most": 9, "papers": 2, "query": "votes:5..9"},
            {"least": None, "most": None, "papers": 1, "query": "-has:votes"},
        ],
        "authors": 4,
        "top_authors": [
            {"name": "Ann Lee", "papers": 1, "votes": 9, "query": 'author:="Ann Lee"'},
            {"name": "Bo Kim", "papers": 1, "votes": 9, "query": 'author:="Bo Kim"'},
            {"name": "Cy Oh", "papers": 1, "votes": 9, "query": 'author:="Cy Oh"'},
            {"name": "이 선", "papers": 1, "votes": None, "query": 'author:="이 선"'},
        ],
        "rising": {"month": "2025-05", "papers": 0, "since": None, "before": 0, "words": []},
    }


def test_every_query_finds_the_papers_that_were_counted(home: Home, spring: Path) -> None:
    numbers: dict[str, Any] = home.run("stats", "-p", spring, "--format", "json").json
    [word] = numbers["rising"]["words"]
    assert (word["word"], word["papers"], word["before"]) == ("pebble", 5, 0)
    counted = [*numbers["bins"], *numbers["top_authors"], word]
    assert len(counted) == 9
    for item in counted:
        matches = home.run("list", "-p", spring, "--format", "ids", "--", item["query"])
        assert len(matches.lines) == item["papers"], item
    for name in ("day", "month", "year"):
        for item in numbers[f"{name}s"]:
            papers = home.run("list", "-p", spring, "--format", "json", f"date:{item[name]}").json
            votes = sum(paper["votes"] for paper in papers)
            assert (len(papers), votes) == (item["papers"], item["votes"])


def test_text_in_a_pipe_is_tab_separated(home: Home, spring: Path) -> None:
    result = home.run("stats", "-p", spring)
    assert (result.code, result.err) == (0, "")
    assert result.lines[0] == "13 papers, 236 votes; 13 days from 2025-04-01 to 2025-05-05"
    assert f"2025-04\t{'=' * 30}\t8\t36 votes" in result.lines
    assert f"20..49\t{'=' * 30}\t5" in result.lines
    assert f"Ann Lee\t{'=' * 30}\t8\t36 votes" in result.lines
    assert f"이 선\t{'=' * 19}\t5\t200 votes" in result.lines
    assert f"pebble\t{'=' * 30}\t5\t0 before" in result.lines
    heading = "Rising words: titles of 2025-05 (5) compared with those since 2025-04 (8)"
    assert heading in result.lines
    assert "Years" not in result.lines


def test_query_limits_the_papers_counted(home: Home, spring: Path) -> None:
    assert home.run("stats", "pebble", "-p", spring).lines[0].startswith("5 papers, 200 votes; ")
    number = home.run("stats", "-p", spring, "--format", "json", "--", "-pebble").json["papers"]
    assert number == 8


def test_no_papers_is_exit_code_1(home: Home, digests: Path) -> None:
    result = home.run("stats", "nobody-wrote-this", "-p", digests)
    assert (result.code, result.out, result.err.splitlines()[-1]) == (
        1,
        "",
        "broadsheet: no paper matches the query",
    )
    result = home.run("stats", "nobody-wrote-this", "-p", digests, "--format", "json")
    assert (result.code, result.json["papers"], result.json["first"], result.json["votes"]) == (
        1,
        0,
        None,
        None,
    )
    assert home.run("stats", "vots:>3").code == 2


def test_unknown_votes_are_not_zero(home: Home) -> None:
    papers = [SamplePaper("2505.00001", "One"), SamplePaper("2505.00002", "Two")]
    write_digest(home.root / "d" / "1.md", ko_digest("2025-05-01", papers))
    result = home.run("stats", "-p", "d")
    assert result.lines[0].startswith("2 papers, unknown votes; 1 day, 20")
    assert "0 votes" not in result.out


@pytest.mark.parametrize("columns", [46, 80, 120])
def test_bars_are_aligned_on_a_terminal(home: Home, spring: Path, columns: int) -> None:
    with terminal(home, "stats", "2505.0", "-p", spring, columns=columns) as screen:
        assert screen.wait() == 0
        assert screen.broken_wide_characters() == []
        assert "Authors with the most papers, of 2 authors" in screen.text
        lines = [screen.cells(screen.find(name)[1]) for name in ("Bo Kim", "이 선")]
        assert len({line.index("⣿") for line in lines}) == 1
    ascii_only = home.with_environment(LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    with terminal(ascii_only, "stats", "pebble", "-p", spring, columns=columns) as screen:
        assert screen.wait() == 0
        assert "====" in screen.text
        assert "⣿" not in screen.text


def test_markup_in_a_name_is_not_interpreted(home: Home) -> None:
    papers = [SamplePaper("2505.00001", "One", authors=("[red]Ann[/red]", "Bo"))]
    write_digest(home.root / "d" / "1.md", ko_digest("2025-05-01", papers))
    with terminal(home, "stats", "-p", "d") as screen:
        assert screen.wait() == 0
        assert "[red]Ann[/red]" in screen.text


def test_closed_pipe_is_not_an_error(home: Home, spring: Path) -> None:
    result = home.shell(f"broadsheet stats -p '{spring}' --format json | head -c 20")
    assert (result.code, result.err) == (0, "")
    assert json.loads(result.out.partition(",")[0] + "}") == {"papers": 13}
