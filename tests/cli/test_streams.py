from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.support.home import Home
from tests.support.sample_digests import SamplePaper, ko_digest, write_digest


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A reader of so many papers that a list of them is more than a pipe holds."""
    home = Home(tmp_path_factory.mktemp("large"))
    papers = [SamplePaper(f"2505.{n:05}", f"Paper {n}", n, ("Ann Lee",)) for n in range(1, 8001)]
    write_digest(home.root / "digests" / "01.md", ko_digest("2025-05-01", papers))
    assert home.run("sync", "-p", "digests").code == 0
    return home


@pytest.mark.parametrize("style", ["table", "json", "csv", "ids"])
def test_a_reader_that_has_had_enough(large: Home, style: str) -> None:
    ran = large.shell(f"broadsheet list -p digests --format {style} | head -1")
    assert ran.code == 0  # pipefail: the program's own
    assert len(ran.lines) == 1
    assert ran.err == ""


@pytest.mark.parametrize("words", ["list -p digests", "-h", "--version", "doctor", "config"])
def test_nobody_reads(large: Home, words: str) -> None:
    ran = large.shell(f"broadsheet {words} | true")
    assert (ran.code, ran.err) == (0, "")


def test_nobody_reads_the_errors(home: Home) -> None:
    ran = home.shell("broadsheet list -p nowhere 2>&1 | true")
    assert ran.out == ""
    assert ran.err == ""


@pytest.mark.parametrize("words", ["list", "list --format json", "sync", "show 2505.15809"])
def test_a_full_disk(samples: Home, words: str) -> None:
    ran = samples.shell(f"broadsheet {words} > /dev/full")
    assert ran.code == 2
    assert ran.err.splitlines()[-1] == "broadsheet: no space left on this disk; free some"
    assert "Traceback" not in ran.err


@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-", "<&-"])
def test_closed_streams(home: Home, digests: Path, closed: str) -> None:
    ran = home.shell(f"broadsheet list --format ids -p '{digests}' {closed}")
    assert ran.code == 0
    assert ran.lines == ([] if ">&-" in closed.split() else list(_IDS))
    assert "Traceback" not in ran.err
    assert home.shell(f"broadsheet {closed}").code == 2


_IDS = ("2505.00001", "2505.00003", "2505.00002")


@pytest.mark.parametrize(
    "environment",
    [{"LANG": "C"}, {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}],
)
def test_korean_in_a_plain_locale(home: Home, digests: Path, environment: dict[str, str]) -> None:
    ran = home.with_environment(**environment).run("list", "-p", digests)
    assert ran.code == 0
    assert ran.lines[0] == "2025-05-02\t9\t2505.00001\tFirst: a survey"
    assert len(ran.lines) == 3


@pytest.mark.parametrize("style", ["table", "csv", "json", "ids"])
def test_korean_where_only_ascii_can_be_written(home: Home, digests: Path, style: str) -> None:
    ascii_only = home.with_environment(PYTHONIOENCODING="ascii")
    ran = ascii_only.run("list", "-p", digests, "--format", style)
    assert ran.code == 0
    assert "Traceback" not in ran.err
    if style == "json":  # is UTF-8, whatever the locale
        assert ran.json[2]["title"] == "두 번째 논문"
    elif style != "ids":
        assert r"\ub450 \ubc88\uc9f8" in ran.out
    assert ascii_only.run("show", "2505.00002", "-p", digests).code == 0


def test_a_folder_whose_name_is_no_text(home: Home, digests: Path) -> None:
    odd = os.fsencode(home.root) + b"/caf\xe9"
    os.rename(digests, odd)  # noqa: PTH104  # a Path cannot hold bytes
    for words in (["list", "--format", "json"], ["sync"], ["sync", "--format", "json"]):
        ran = home.run(*words, "-p", os.fsdecode(odd))
        assert ran.code == 0
        assert "Traceback" not in ran.err
