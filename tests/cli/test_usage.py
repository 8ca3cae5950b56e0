from __future__ import annotations

import os
from importlib.metadata import version
from pathlib import Path

import pytest

from tests.support.home import Home
from tests.support.sample_digests import SamplePaper, ko_digest, write_digest
from tui.cli.arguments import parse_browse
from tui.cli.commands import COMMANDS
from tui.cli.main import paths_only


@pytest.mark.parametrize("args", [[], *([command] for command in COMMANDS)])
@pytest.mark.parametrize("flag", ["-h", "--help"])
def test_every_command_has_help(home: Home, args: list[str], flag: str) -> None:
    result = home.run(*args, flag)
    assert (result.code, result.err) == (0, "")
    assert result.out.startswith(f"usage: {' '.join(['broadsheet', *args])} ")
    assert list(home.root.iterdir()) == []


def test_help_lists_every_command(home: Home) -> None:
    commands = home.run("-h").out.split("commands:\n")[1].split("\n\n")[0]
    assert dict(line.split(maxsplit=1) for line in commands.splitlines()) == COMMANDS


def test_version_is_printed(home: Home) -> None:
    result = home.run("--version")
    assert (result.code, result.out) == (0, f"broadsheet {version('broadsheet')}\n")


@pytest.mark.parametrize(
    ("args", "name"),
    [
        ("list $'caf\\xe9'", "QUERY"),
        ("export $'caf\\xe9'", "QUERY"),
        ("stats $'caf\\xe9'", "QUERY"),
        ("show $'caf\\xe9'", "ID"),
        ("marks set 2505.00001 --note $'caf\\xe9'", "--note"),
        ("marks set 2505.00001 --tag $'caf\\xe9'", "--tag"),
        ("marks set $'caf\\xe9' --star", "ID|QUERY"),
        ("fetch --since $'caf\\xe9'", "--since"),
        ("--query $'caf\\xe9'", "--query"),
        ("--date $'caf\\xe9'", "--date"),
    ],
)
def test_undecodable_text_is_rejected(home: Home, args: str, name: str) -> None:
    assert home.run("marks", "set", "2505.00001", "--note", "kept", "--tag", "kept").code == 0
    result = home.shell(f"broadsheet {args}")
    assert (result.code, result.out) == (2, "")
    assert f"argument {name}: is not valid UTF-8" in result.err
    assert '"note":"kept"' in home.run("marks", "export").out


def test_undecodable_path_can_be_read_but_not_stored(home: Home) -> None:
    digest = ko_digest("2025-05-01", [SamplePaper("2505.00001")])
    folder = os.fsdecode(os.fsencode(home.root) + b"/caf\xe9")
    write_digest(Path(folder) / "1.md", digest)
    listed = home.shell("broadsheet list --format ids -p caf*")
    assert (listed.code, listed.out) == (0, "2505.00001\n")
    added = home.shell("broadsheet add caf*")
    assert (added.code, added.out) == (2, "")
    assert "its name is not valid UTF-8; rename it" in added.err
    assert not home.config.exists()


@pytest.mark.parametrize("paths", [[], ["digests"], ["a.md", "b c"]])
def test_shortcut_for_paths_equals_the_parser(paths: list[str]) -> None:
    assert vars(paths_only(paths)) == vars(parse_browse(paths))


@pytest.mark.parametrize("args", [[], *([command] for command in COMMANDS)])
@pytest.mark.parametrize("option", ["--color", "-x", "--form"])
def test_unknown_option_is_rejected(home: Home, args: list[str], option: str) -> None:
    required = {
        "show": ["2505.00001"],
        "why": ["a.md"],
        "paper": ["2505.00001"],
        "add": ["."],
        "remove": ["."],
        "marks": ["export"],
        "completion": ["bash"],
    }
    result = home.run(*args, *required.get(" ".join(args), []), option)
    assert (result.code, result.out) == (2, "")
    assert f"error: {option}: unknown option" in result.err
    assert list(home.root.iterdir()) == []


@pytest.mark.parametrize(
    ("args", "message"),
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
def test_wrong_usage_is_one_error(home: Home, args: list[str], message: str) -> None:
    result = home.run(*args)
    assert (result.code, result.out) == (2, "")
    assert message in result.err
    assert list(home.root.iterdir()) == []


# Errors before the browser opens


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["--min-votes", "-1"], "argument --min-votes: '-1' is not a whole number from 0 up"),
        (["--min-votes", "ten"], "argument --min-votes: 'ten' is not a whole number from 0 up"),
        (
            ["--date", "soon"],
            "--date soon: not a date; write 2025-05-22, 2025-05, 2025, today or 7d",
        ),
        (["--date", "2025-02-30"], "--date 2025-02-30: not a date"),
        (["--query", "vots:>3"], "--query: "),
        (["nowhere"], "nowhere: no such file or folder; 'broadsheet -h' lists"),
        (["~nobody-at-all/x"], "~nobody-at-all/x: no such file or folder"),
        (["lsit"], "lsit: no such file or folder; 'broadsheet -h' lists"),
        (["--", "-my papers"], "-my papers: no such file or folder"),
        ([".", "--min-votes", "3", "nowhere"], "needs a terminal"),
        (["."], "needs a terminal; to print papers, use 'broadsheet list'"),
        ([], "needs a terminal; to print papers, use 'broadsheet list'"),
    ],
)
def test_error_is_printed_before_the_browser_opens(
    home: Home, args: list[str], message: str
) -> None:
    result = home.run(*args)
    assert (result.code, result.out) == (2, "")
    assert message in result.err.splitlines()[-1]
    assert "Traceback" not in result.err
    if "usage" not in result.err:
        assert len(result.err.splitlines()) == 1
    assert list(home.root.iterdir()) == []


def test_command_takes_precedence_over_a_path(home: Home, digests: Path) -> None:
    digests.rename(home.root / "sources")
    assert "the sample data is shown" in home.run("sources").out
    assert "needs a terminal" in home.run("./sources").err
    assert "needs a terminal" in home.run("--", "sources").err
