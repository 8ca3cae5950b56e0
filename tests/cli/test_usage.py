from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

import pytest

from tests.support.home import Home
from tui.cli.commands import COMMANDS
from tui.cli.main import paths_only
from tui.cli.parsers import parse_browse


@pytest.mark.parametrize("words", [[], *([command] for command in COMMANDS)])
@pytest.mark.parametrize("flag", ["-h", "--help"])
def test_help_everywhere(home: Home, words: list[str], flag: str) -> None:
    ran = home.run(*words, flag)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith(f"usage: {' '.join(['broadsheet', *words])} ")
    assert list(home.root.iterdir()) == []


def test_the_first_help_names_every_command(home: Home) -> None:
    told = home.run("-h").out.split("commands:\n")[1].split("\n\n")[0]
    assert dict(line.split(maxsplit=1) for line in told.splitlines()) == COMMANDS


def test_version(home: Home) -> None:
    ran = home.run("--version")
    assert (ran.code, ran.out) == (0, f"broadsheet {version('broadsheet')}\n")


@pytest.mark.parametrize("paths", [[], ["digests"], ["a.md", "b c"]])
def test_paths_alone_need_no_parser(paths: list[str]) -> None:
    assert vars(paths_only(paths)) == vars(parse_browse(paths))


@pytest.mark.parametrize("words", [[], *([command] for command in COMMANDS)])
@pytest.mark.parametrize("option", ["--colour", "-x", "--form"])
def test_an_unknown_option(home: Home, words: list[str], option: str) -> None:
    required = {
        "show": ["2505.00001"],
        "add": ["."],
        "remove": ["."],
        "marks": ["export"],
        "completion": ["bash"],
    }
    ran = home.run(*words, *required.get(" ".join(words), []), option)
    assert (ran.code, ran.out) == (2, "")
    assert f"error: {option}: unknown option" in ran.err
    assert list(home.root.iterdir()) == []


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["show"], "the following arguments are required: ID"),
        (["show", "2505.00001", "2505.00002"], "2505.00002: unexpected argument"),
        (["sources", "here"], "here: unexpected argument"),
        (["add"], "the following arguments are required: PATH"),
        (["remove"], "the following arguments are required: PATH"),
        (["list", "--format", "xml"], "invalid choice: 'xml'"),
        (["show", "2505.00001", "--format", "csv"], "invalid choice: 'csv'"),
        (["sync", "--format", "csv"], "invalid choice: 'csv'"),
        (["stats", "--format", "csv"], "invalid choice: 'csv'"),
        (
            ["stats", "two", "words"],
            "words: unexpected argument; put quotes around the query",
        ),
        (["stats", "-votes"], "-votes: unknown option; put '--' before a query"),
        (["completion", "tcsh"], "invalid choice: 'tcsh'"),
        (["export", "--format", "ids"], "invalid choice: 'ids'"),
        (["export", "-o"], "-o/--output: expected one argument"),
        (["sync", "-pdigests"], "-pdigests: unknown option; put a space after '-p'"),
        (["list", "-p"], "-p/--path: expected one argument"),
    ],
)
def test_wrong_words(home: Home, words: list[str], told: str) -> None:
    ran = home.run(*words)
    assert (ran.code, ran.out) == (2, "")
    assert told in ran.err
    assert list(home.root.iterdir()) == []


# The browser, before it opens


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--min-votes", "-1"], "argument --min-votes: '-1' is not a whole number from 0 up"),
        (["--min-votes", "ten"], "argument --min-votes: 'ten' is not a whole number from 0 up"),
        (["--date", "soon"], "--date soon: not a date; write 2025-05-22, 2025-05 or 2025"),
        (["--date", "2025-02-30"], "--date 2025-02-30: not a date"),
        (["--query", "vots:>3"], "--query: "),
        (["nowhere"], "nowhere: no such file or folder; 'broadsheet -h' lists"),
        (["~nobody-at-all/x"], "~nobody-at-all/x: no such file or folder"),
        (["lsit"], "lsit: no such file or folder; 'broadsheet -h' lists"),
        (["--", "-odd name"], "-odd name: no such file or folder"),
        ([".", "--min-votes", "3", "nowhere"], "needs a terminal"),
        (["."], "needs a terminal; to print papers, use 'broadsheet list'"),
        ([], "needs a terminal; to print papers, use 'broadsheet list'"),
    ],
)
def test_what_is_wrong_is_told_before_the_browser_opens(
    home: Home, words: list[str], told: str
) -> None:
    ran = home.run(*words)
    assert (ran.code, ran.out) == (2, "")
    assert told in ran.err.splitlines()[-1]
    assert "Traceback" not in ran.err
    if "usage" not in ran.err:
        assert len(ran.err.splitlines()) == 1
    assert list(home.root.iterdir()) == []


def test_a_command_beats_a_path_of_its_name(home: Home, digests: Path) -> None:
    digests.rename(home.root / "sources")
    assert "the sample data is shown" in home.run("sources").out
    assert "needs a terminal" in home.run("./sources").err
    assert "needs a terminal" in home.run("--", "sources").err
