from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.support.home import Home
from tests.support.sample_digests import SamplePaper, ko_digest, write_digest


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Return a home whose list of papers exceeds a pipe's buffer."""
    home = Home(tmp_path_factory.mktemp("large"))
    papers = [SamplePaper(f"2505.{n:05}", f"Paper {n}", n, ("Ann Lee",)) for n in range(1, 8001)]
    write_digest(home.root / "digests" / "01.md", ko_digest("2025-05-01", papers))
    assert home.run("sync", "-p", "digests").code == 0
    return home


@pytest.mark.parametrize("style", ["table", "json", "csv", "ids"])
def test_closed_pipe_is_not_an_error(large: Home, style: str) -> None:
    result = large.shell(f"broadsheet list -p digests --format {style} | head -1")
    assert result.code == 0  # that of the program, because of pipefail
    assert len(result.lines) == 1
    assert result.err == ""


@pytest.mark.parametrize("args", ["list -p digests", "-h", "--version", "doctor", "config"])
def test_pipe_closed_before_any_output_is_not_an_error(large: Home, args: str) -> None:
    result = large.shell(f"broadsheet {args} | true")
    assert (result.code, result.err) == (0, "")


def test_closed_error_pipe_is_not_an_error(home: Home) -> None:
    result = home.shell("broadsheet list -p nowhere 2>&1 | true")
    assert result.out == ""
    assert result.err == ""


@pytest.mark.parametrize("args", ["list", "list --format json", "sync", "show 2505.15809"])
def test_full_disk_is_one_error(samples: Home, args: str) -> None:
    result = samples.shell(f"broadsheet {args} > /dev/full")
    assert result.code == 2
    assert result.err.splitlines()[-1] == "broadsheet: no space left on this disk; free some up"
    assert "Traceback" not in result.err


@pytest.mark.parametrize(
    ("args", "code"), [("list -p nowhere", 2), ("nowhere", 2), ("config --nope", 2), ("marks", 2)]
)
def test_errors_that_cannot_be_printed_do_not_change_the_exit_code(
    home: Home, args: str, code: int
) -> None:
    assert home.shell(f"broadsheet {args} 2> /dev/full").code == code


@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-", "<&-"])
def test_closed_stream_is_not_an_error(home: Home, digests: Path, closed: str) -> None:
    result = home.shell(f"broadsheet list --format ids -p '{digests}' {closed}")
    assert result.code == 0
    assert result.lines == ([] if ">&-" in closed.split() else list(_IDS))
    assert "Traceback" not in result.err
    assert home.shell(f"broadsheet {closed}").code == 2


_IDS = ("2505.00001", "2505.00003", "2505.00002")


@pytest.mark.parametrize(
    "environment",
    [{"LANG": "C"}, {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}],
)
def test_korean_is_printed_in_a_plain_locale(
    home: Home, digests: Path, environment: dict[str, str]
) -> None:
    result = home.with_environment(**environment).run("list", "-p", digests)
    assert result.code == 0
    assert result.lines[0] == "2025-05-02\t9\t2505.00001\tFirst: a survey"
    assert len(result.lines) == 3


@pytest.mark.parametrize("style", ["table", "csv", "json", "ids"])
def test_korean_is_escaped_if_output_is_ascii(home: Home, digests: Path, style: str) -> None:
    ascii_only = home.with_environment(PYTHONIOENCODING="ascii")
    result = ascii_only.run("list", "-p", digests, "--format", style)
    assert result.code == 0
    assert "Traceback" not in result.err
    if style == "json":  # always UTF-8
        assert result.json[2]["title"] == "두 번째 논문"
    elif style == "csv":  # always UTF-8
        assert "두 번째 논문" in result.out
    elif style == "table":
        assert r"\ub450 \ubc88\uc9f8" in result.out
    assert ascii_only.run("show", "2505.00002", "-p", digests).code == 0


def test_folder_name_that_is_not_utf8_is_accepted(home: Home, digests: Path) -> None:
    latin1_name = os.fsencode(home.root) + b"/caf\xe9"
    os.rename(digests, latin1_name)  # noqa: PTH104  # a Path cannot hold bytes
    for args in (["list", "--format", "json"], ["sync"], ["sync", "--format", "json"]):
        result = home.run(*args, "-p", os.fsdecode(latin1_name))
        assert result.code == 0
        assert "Traceback" not in result.err
