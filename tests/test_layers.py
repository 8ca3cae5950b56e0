"""What imports what: the contracts of ``.importlinter``, and what is really in memory."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.support.home import PATIENCE, Home
from tui.cli.arguments import COMMANDS

ROOT = Path(__file__).parents[1]

SLOW = {"tinydb", "tomlkit", "markdown_it", "filelock", "httpx", "watchfiles", "yaml"}
"""Libraries that the first screen must not wait for."""


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


def test_contracts_are_kept() -> None:
    # A cache in the checkout would be written by several of us at once.
    checked = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE, check=False,
    )  # fmt: skip
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert " 0 broken" in checked.stdout


def imported(home: Home, script: str, *words: str | Path) -> set[str]:
    """Run a script; return the packages, and modules of ours, that are in memory at its end."""
    told = home.root / "modules.json"
    tail = (
        "\nimport json, pathlib, sys\n"
        f"pathlib.Path({str(told)!r}).write_text(json.dumps(sorted(sys.modules)))\n"
    )
    program = Home(home.root, home.more, (sys.executable, "-c", script + tail))
    ran = program.run(*words)
    assert "Traceback" not in ran.err, ran.err
    modules: list[str] = json.loads(told.read_text(encoding="utf-8"))
    told.unlink()
    return {name for name in modules if name.startswith("tui")} | {
        name.partition(".")[0] for name in modules
    }


RUN = "import sys\nfrom tui.cli.main import main\nmain(sys.argv[1:])"


@pytest.mark.parametrize(
    "words",
    [
        ["list"],
        ["list", "sort:title section:new -survey", "--format", "csv"],
        ["show", "2505.15809"],
        ["export", "is:unread", "--format", "markdown"],
        ["stats"],
        ["stats", "votes:>3", "--format", "json"],
        ["sync", "--rebuild", "--format", "json"],
        ["sources"],
        ["config"],
        ["config", "--init"],
        ["doctor"],
        ["marks", "export"],
        ["completion", "zsh"],
        ["man"],
        ["remove", "nowhere"],
    ],
)
def test_commands_do_without_textual(home: Home, words: Sequence[str]) -> None:
    names = imported(home, RUN, *words)
    assert "tui.cli.commands" in names
    assert not names & {"textual", "rich"}
    assert not [name for name in names if name.startswith(("tui.ui.widgets", "tui.ui.screens"))]


def test_adding_does_without_textual(home: Home) -> None:
    (home.root / "digests").mkdir()
    names = imported(home, RUN, "add", "digests")
    assert "tomlkit" in names
    assert "textual" not in names


def test_fetching_does_without_textual(home: Home) -> None:
    names = imported(home, RUN, "fetch", "--date", "2025-05-02")
    assert "httpx" in names
    assert "textual" not in names


def test_every_command_was_tried() -> None:
    marks = test_commands_do_without_textual.pytestmark  # type: ignore[attr-defined]
    assert {words[0] for words in marks[0].args[1]} | {"add", "fetch"} == set(COMMANDS)


def test_a_list_on_a_terminal_does_without_textual(home: Home) -> None:
    names = imported(home, f"import sys\nsys.stdout.isatty = lambda: True\n{RUN}", "list")
    assert "rich" in names
    assert "textual" not in names


def test_a_list_of_what_is_known_imports_little(home: Home) -> None:
    (home.root / "digests").mkdir()
    home.run("sync", "-p", "digests")
    names = imported(home, RUN, "list", "-p", "digests")
    # Reading settings and queries is for those who have some.
    assert not names & {
        "tinydb",
        "tomllib",
        "tomlkit",
        "tui.config.loading",
        "tui.query.parser",
        "tui.query.sorting",
        "tui.library.search.search",
    }
    assert "tui.runtime.crash_log" not in names


@pytest.mark.parametrize(
    ("words", "module"),
    [
        (["--version"], "browser"),
        (["-h"], "browser"),
        (["--min-votes", "x"], "browser"),
        (["list", "-h"], "list"),
    ],
)
def test_what_needs_no_papers_imports_no_room(
    home: Home, words: Sequence[str], module: str
) -> None:
    script = (
        f"import sys\nfrom tui.cli.main import main\ntry: main({words!r})\nexcept SystemExit: pass"
    )
    names = imported(home, script)
    rooms = {name for name in names if name.startswith("tui.")}
    arguments = {"tui.cli.arguments", "tui.cli.arguments.common", f"tui.cli.arguments.{module}"}
    assert (
        rooms
        == {
            "tui.cli",
            "tui.cli.main",
            "tui.cli.output",
            "tui.runtime",
            "tui.runtime.crash_report",
        }
        | arguments
    )


OPENED = """
import sys
import tui.cli.commands.browse as browser
from tui.ui.app import BroadsheetApp
browser._need_terminal = lambda: None
before = []
BroadsheetApp.run = lambda app, **_: before.extend(sys.modules)
browser.save_session = lambda *_: None
from tui.cli.main import main
assert main(sys.argv[1:]) == 0
assert before
for name in set(sys.modules) - set(before):
    del sys.modules[name]
"""


@pytest.mark.parametrize("words", [[], ["--query", "votes:>3"], ["--date", "2025-05"]])
def test_the_browser_opens_without_what_only_writing_and_reading_need(
    home: Home, words: Sequence[str]
) -> None:
    assert home.run("sync").code == 0
    names = imported(home, OPENED, *words)
    assert {"textual", "orjson", "tui.ui.screens.main.main"} <= names
    assert not names & SLOW
    assert not names & {
        "tui.storage.database",
        "tui.cache.sync",
        "tui.ui.typeset.page",
        "tui.library.search.search",
    }
    assert "tui.runtime.crash_log" not in names
    assert not [name for name in names if name.startswith(("tui.digests", "tui.sources"))]


def test_importing_makes_no_folder(home: Home) -> None:
    script = """
import importlib, pkgutil, tui
for found in pkgutil.walk_packages(tui.__path__, "tui."):
    if found.name != "tui.__main__":
        importlib.import_module(found.name)
"""
    names = imported(home, script)
    assert {
        "tui.ui.app",
        "tui.cache.sync",
        "tui.cli.commands.browse",
        "tui.storage.database",
    } <= names
    assert list(home.root.rglob("*")) == []
