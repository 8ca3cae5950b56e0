from __future__ import annotations

from pathlib import Path

from tests.support.home import Home
from tests.support.sample_digests import SamplePaper, ko_digest, write_digest

KEYS = ["read", "unchanged", "removed", "skipped", "entries", "papers", "problems", "notes"]


def test_json_output_has_counts_and_problems(home: Home, digests: Path) -> None:
    write_digest(digests / "LICENSE", "Free as air.\n")
    first = home.run("sync", "-p", digests, "--format", "json")
    assert (first.code, first.err) == (0, "")
    assert list(first.json) == KEYS
    assert list(first.json.values()) == [2, 0, 0, 1, 4, 3, [], _NO_VOTES]
    second = home.run("sync", "-p", digests, "--format", "json").json
    assert list(second.values()) == [0, 2, 0, 1, 4, 3, [], _NO_VOTES]
    (digests / "01.md").unlink()
    third = home.run("sync", "-p", digests, "--format", "json").json
    assert list(third.values()) == [0, 1, 1, 1, 2, 2, [], []]


_NO_VOTES = [{"file": "01.md", "line": 11, "message": "votes missing"}]


def test_rebuild_reads_everything(home: Home, digests: Path) -> None:
    home.run("sync", "-p", digests)
    rebuilt = home.run("sync", "-p", digests, "--rebuild", "--format", "json").json
    assert (rebuilt["read"], rebuilt["unchanged"], rebuilt["papers"]) == (2, 0, 3)


def test_text_output_has_counts(home: Home, digests: Path) -> None:
    result = home.run("sync", "-p", digests)
    assert result.lines == ["read 2, unchanged 0, removed 0, skipped 0, entries 4, papers 3"]
    assert result.err == "broadsheet: 01.md:11: note: votes missing\n"
    assert result.code == 0


def test_counts_precede_problems_in_one_stream(home: Home, digests: Path) -> None:
    result = home.shell(f"broadsheet sync -p '{digests}' 2>&1")
    assert result.lines[0].startswith("read 2")
    assert result.lines[1].startswith("broadsheet: 01.md")


def test_sample_data_has_no_problems(home: Home) -> None:
    counts = home.run("sync", "--format", "json").json
    assert (counts["read"], counts["entries"], counts["papers"]) == (28, 97, 71)
    assert counts["problems"] == []


def test_one_missing_source_of_several_is_a_problem(home: Home, digests: Path) -> None:
    result = home.run("sync", "-p", "nowhere", "-p", digests, "--format", "json")
    assert (result.code, result.json["papers"]) == (0, 3)
    assert result.json["problems"][0] == {
        "file": "nowhere",
        "line": 0,
        "message": "no such file or folder",
    }
    assert home.run("sync", "-p", "nowhere").code == 2


def test_configured_sources_are_merged(home: Home, digests: Path, tmp_path: Path) -> None:
    write_digest(
        tmp_path / "more" / "03.md", ko_digest("2025-05-03", [SamplePaper("2505.00001", votes=1)])
    )
    home.configure(f'sources = ["{digests}", "{tmp_path / "more"}"]\n')
    counts = home.run("sync", "--format", "json").json
    assert (counts["read"], counts["entries"], counts["papers"]) == (3, 5, 3)
