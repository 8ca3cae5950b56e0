"""Problems on a terminal are grouped; elsewhere, and as JSON, all are there."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.on_terminal import terminal
from tests.support.home import Home
from tests.support.sample_digests import SamplePaper, ko_digest, write_digest

WHY = "how a file is read: broadsheet why FILE"
PROSE = "We follow https://arxiv.org/abs/2504.00001 in all of it.\n"


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    """Return a folder with digests, and with notes that name papers."""
    for number in range(1, 31):
        write_digest(tmp_path / "all" / "notes" / f"{number:02}.md", PROSE)
    for day in range(1, 4):
        date = f"2025-05-0{day}"
        papers = [SamplePaper(f"2505.0000{number}", authors=("A B",)) for number in range(2)]
        write_digest(tmp_path / "all" / f"{date}.md", ko_digest(date, papers))
    return tmp_path / "all"


def on_terminal(home: Home, *arguments: str | Path) -> list[str]:
    with terminal(home, *arguments, columns=200) as screen:
        assert screen.wait() == 0
        return screen.raw.decode().replace("\x1b[K", "").replace("\r", "\n").split("\n")


def test_files_without_papers_are_one_problem_by_folder_and_reason(home: Home, notes: Path) -> None:
    lines = on_terminal(home, "sync", "-p", notes)
    assert (
        "broadsheet: notes/ (30 files, such as 01.md): names papers only in running text; not read"
        in lines
    )
    assert "broadsheet: note: votes missing: 6 papers in 3 files" in lines
    assert f"  all of them: broadsheet sync -p … 2>&1 | less; {WHY}" in lines
    assert not any("02.md" in line for line in lines)


def test_everything_is_listed_elsewhere(home: Home, notes: Path) -> None:
    result = home.run("sync", "-p", notes)
    lines = result.err.splitlines()
    assert len(lines) == 30 + 6
    assert lines[0] == "broadsheet: 2025-05-01.md:3: note: votes missing"
    assert lines[-1] == ("broadsheet: notes/30.md: names papers only in running text; not read")
    counts = home.run("sync", "-p", notes, "--format", "json").json
    assert (len(counts["problems"]), len(counts["notes"])) == (30, 6)


def test_at_most_ten_lines(home: Home, tmp_path: Path) -> None:
    for number in range(20):
        write_digest(tmp_path / "all" / f"folder{number:02}" / "a.md", PROSE)
    digest = ko_digest("2025-05-01", [SamplePaper("2505.00001")])
    write_digest(tmp_path / "all" / "2025-05-01.md", digest)
    lines = on_terminal(home, "sync", "-p", tmp_path / "all")
    problems = [line for line in lines if line.startswith(("broadsheet: ", "  "))]
    assert len(problems) == 10
    assert problems[-1] == "  13 more; all of them: broadsheet sync -p … 2>&1 | less; " + WHY


def test_add_says_what_gave_no_paper(home: Home, notes: Path) -> None:
    lines = on_terminal(home, "add", notes)
    assert f"Added {notes} (2 papers)." in lines
    assert any("such as 01.md): names papers only in running text" in line for line in lines)
    assert f"  all of them: broadsheet sync -p {notes} 2>&1 | less; {WHY}" in lines
    added = home.run("add", notes, "--format", "json").json
    assert added["sources"] == [{"path": str(notes), "papers": 2, "new": False}]
    assert (len(added["problems"]), len(added["notes"])) == (30, 6)


def test_list_counts_problems_only(home: Home, notes: Path) -> None:
    result = home.run("list", "-p", notes, "--format", "ids")
    assert result.err == "broadsheet: 1 problem in 30 files; 'broadsheet sync -p …' lists it\n"


def test_doctor_lists_notes_by_kind(home: Home, notes: Path) -> None:
    home.configure(f'sources = ["{notes}"]\n')
    home.run("sync")
    out = home.run("doctor").out
    assert "1 problem in its digests ('broadsheet sync' lists them)" in out
    assert "votes missing: 6 papers in 3 files" in out
