"""Imports: the contracts in ``.importlinter``, and which modules are loaded at run time."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from graphlib import TopologicalSorter
from pathlib import Path

import grimp
import pytest

import tui.cli.commands
from tests.support.home import TIMEOUT_SECONDS, Home
from tui.cli.commands import BROWSE, COMMANDS

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[1]

SLOW_LIBRARIES = {
    "PIL", "tinydb", "tomlkit", "markdown_it", "filelock", "httpx", "watchfiles", "yaml",
}  # fmt: skip
"""Libraries that must not delay the first screen."""

REPEATED_MODULE_NAMES = {
    "letter", "sync",  # a command, and what implements it
    "atom", "bibtex", "csl_json", "ris",  # a format that is written, and read
    "details", "endpoint",  # two servers
}  # fmt: skip
"""Names that CONTRIBUTING explains."""


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


def test_contracts_are_kept() -> None:
    # Parallel tests would write to a shared cache at the same time.
    checked = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=ROOT, capture_output=True, text=True, timeout=TIMEOUT_SECONDS, check=False,
    )  # fmt: skip
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert " 0 broken" in checked.stdout


def test_no_modules_import_each_other() -> None:
    graph = grimp.build_graph("tui", exclude_type_checking_imports=True, cache_dir=None)
    imports = {name: graph.find_modules_directly_imported_by(name) for name in graph.modules}
    # Raises CycleError.
    TopologicalSorter(imports).prepare()


def test_module_and_class_names_are_unique() -> None:
    modules: Counter[str] = Counter()
    classes: Counter[str] = Counter()
    for file in (ROOT / "tui").rglob("*.py"):
        if file.stem not in {"__init__", "__main__"}:
            modules[file.stem] += 1
        nodes = ast.parse(file.read_bytes()).body
        names = [node.name for node in nodes if isinstance(node, ast.ClassDef)]
        classes.update(name for name in names if not name.startswith("_"))
    assert {name for name, count in modules.items() if count > 1} == REPEATED_MODULE_NAMES
    assert {name for name, count in classes.items() if count > 1} == {"Entry", "Problem"}


def loaded_modules(home: Home, script: str, *arguments: str | Path) -> set[str]:
    """Run a script; return the packages, and our modules, that are loaded at its end."""
    output = home.root / "modules.json"
    tail = (
        "\nimport json, pathlib, sys\n"
        f"pathlib.Path({str(output)!r}).write_text(json.dumps(sorted(sys.modules)))\n"
    )
    program = Home(home.root, home.extra_environment, (sys.executable, "-c", script + tail))
    result = program.run(*arguments)
    assert "Traceback" not in result.err, result.err
    modules: list[str] = json.loads(output.read_text(encoding="utf-8"))
    output.unlink()
    return {name for name in modules if name.startswith("tui")} | {
        name.partition(".")[0] for name in modules
    }


RUN = "import sys\nfrom tui.cli.main import main\nmain(sys.argv[1:])"


@pytest.mark.parametrize(
    "arguments",
    [
        ["list"],
        ["list", "sort:title section:new -survey", "--format", "csv"],
        ["count"],
        ["count", "is:new votes:>3"],
        ["show", "2505.15809"],
        ["paper", "nothing"],
        ["export", "is:unread", "--format", "markdown"],
        ["letter", "--days", "9999"],
        ["stats"],
        ["stats", "votes:>3", "--format", "json"],
        ["sync", "--rebuild", "--format", "json"],
        ["sources"],
        ["config"],
        ["config", "--init"],
        ["why", "daily_papers_ko/2025/04/02.md"],
        ["doctor"],
        ["marks", "export"],
        ["completion", "zsh"],
        ["help"],
        ["man"],
        ["remove", "nowhere"],
    ],
)
def test_commands_do_not_import_textual(home: Home, arguments: Sequence[str]) -> None:
    names = loaded_modules(home, RUN, *arguments)
    assert f"tui.cli.commands.{arguments[0]}" in names
    assert not names & {"textual", "rich"}
    assert not [name for name in names if name.startswith(("tui.ui.widgets", "tui.ui.screens"))]


def test_add_does_not_import_textual(home: Home) -> None:
    (home.root / "digests").mkdir()
    names = loaded_modules(home, RUN, "add", "digests")
    assert "tomlkit" in names
    assert "textual" not in names


def test_fetch_does_not_import_textual(home: Home) -> None:
    names = loaded_modules(home, RUN, "fetch", "--date", "2025-05-02")
    assert "httpx" in names
    assert "textual" not in names


def test_every_command_is_checked() -> None:
    marks = test_commands_do_not_import_textual.pytestmark  # type: ignore[attr-defined]
    assert {arguments[0] for arguments in marks[0].args[1]} | {"add", "fetch"} == set(COMMANDS)


def test_every_command_is_one_module() -> None:
    folder = Path(tui.cli.commands.__path__[0])
    modules = {path.stem for path in folder.iterdir() if not path.name.startswith("__")}
    assert modules == {*COMMANDS, BROWSE}


def test_list_on_a_terminal_does_not_import_textual(home: Home) -> None:
    names = loaded_modules(home, f"import sys\nsys.stdout.isatty = lambda: True\n{RUN}", "list")
    assert "rich" in names
    assert "textual" not in names


def test_list_of_an_unchanged_cache_imports_little(home: Home) -> None:
    (home.root / "digests").mkdir()
    home.run("sync", "-p", "digests")
    names = loaded_modules(home, RUN, "list", "-p", "digests")
    # Without settings or a query, the modules that parse them are not needed.
    assert not names & {
        "tinydb",
        "tomllib",
        "tomlkit",
        "tui.config.settings_file",
        "tui.query.parser",
        "tui.query.sorting",
        "tui.library.search.search",
    }


def test_count_for_a_prompt_imports_little(home: Home) -> None:
    (home.root / "digests").mkdir()
    home.configure(f'sources = ["{home.root / "digests"}"]')
    home.run("sync")
    names = loaded_modules(home, RUN, "count", "is:new is:unread")
    assert not names & {
        "tinydb",
        "tomlkit",
        "tui.library.search.search",
        "tui.query.parser",
        "tui.query.sorting",
    }


@pytest.mark.parametrize(
    ("arguments", "module"),
    [
        (["--version"], BROWSE),
        (["-h"], BROWSE),
        (["--min-votes", "x"], BROWSE),
        *(([name, "-h"], name) for name in COMMANDS),
    ],
)
def test_help_imports_only_the_module_of_the_command(
    home: Home, arguments: Sequence[str], module: str
) -> None:
    script = (
        "import sys\nfrom tui.cli.main import main\n"
        f"try: main({arguments!r})\nexcept SystemExit: pass"
    )
    names = loaded_modules(home, script)
    modules = {name for name in names if name.startswith("tui.")}
    assert modules == {
        "tui.cli",
        "tui.cli.arguments",
        "tui.cli.commands",
        f"tui.cli.commands.{module}",
        "tui.cli.main",
        "tui.cli.output",
        "tui.runtime",
        "tui.runtime.crash_log",
        "tui.runtime.first_frame",
    }


def test_version_imports_nothing_else(home: Home) -> None:
    script = "from tui.__main__ import main\nassert main() == 0"
    names = loaded_modules(home, script, "--version")
    assert {name for name in names if name.startswith("tui")} == {"tui", "tui.__main__"}
    assert not names & {"argparse", "dataclasses", "importlib.metadata"}


OPENED = """
import sys
import tui.cli.commands.browse as browse
before = []
create_app = browse._create_app
def create(arguments):
    app, *others = create_app(arguments)
    app.run = lambda **_: before.extend(sys.modules)
    return app, *others
browse._create_app = create
browse._require_terminal = lambda: None
browse._save_state = lambda *_: None
from tui.cli.main import main
assert main(sys.argv[1:]) == 0
assert before
for name in set(sys.modules) - set(before):
    del sys.modules[name]
"""


@pytest.mark.parametrize("arguments", [[], ["--query", "votes:>3"], ["--date", "2025-05"]])
def test_first_screen_does_not_import_what_only_reading_and_writing_need(
    home: Home, arguments: Sequence[str]
) -> None:
    assert home.run("sync").code == 0
    names = loaded_modules(home, OPENED, *arguments)
    assert {"asyncio", "textual", "orjson", "tui.ui.screens.main.main_screen"} <= names
    assert not names & SLOW_LIBRARIES
    assert not names & {
        "ssl",
        "textual.command",
        "textual.widgets._input",
        "tui.storage.database",
        "tui.cache.sync",
        "tui.ui.typeset.paper_page",
        "tui.library.search.search",
        "tui.marks.commands",
        "tui.marks.reading_list",
        "tui.ui.screens.main.command_controller",
        "tui.ui.screens.main.export_controller",
        "tui.ui.screens.main.later_controllers",
        "tui.ui.screens.main.undo_controller",
        "tui.ui.screens.main.triage_controller",
        "tui.ui.task_messages",
    }
    unused = (
        "tui.digests", "tui.sources", "tui.library.ranking", "tui.terminal.pictures",
        "tui.ui.typeset.math", "tui.ui.screens.main.picture_controller",
    )  # fmt: skip
    assert not [name for name in names if name.startswith(unused)]
    assert ("tui.cli.arguments" in names) == bool(arguments)


def test_only_what_needs_an_extra_imports_it(home: Home) -> None:
    script = """
import importlib, pkgutil, sys, tui
sys.modules.update(dict.fromkeys(["PIL", "httpx", "pypdfium2", "selectolax", "socksio"]))
for found in pkgutil.walk_packages(tui.__path__, "tui."):
    if not found.name.startswith(ALLOWED):
        importlib.import_module(found.name)
"""
    allowed = (
        "tui.__main__", "tui.sources.", "tui.library.download_plan",
        "tui.terminal.pictures.decoding", "tui.ui.workers.picture_jobs",
    )  # fmt: skip
    assert "tui.ui.screens.triage" in loaded_modules(home, f"ALLOWED = {allowed}\n{script}")


def test_importing_every_module_creates_no_files(home: Home) -> None:
    script = """
import importlib, pkgutil, tui
for found in pkgutil.walk_packages(tui.__path__, "tui."):
    if found.name != "tui.__main__":
        importlib.import_module(found.name)
"""
    names = loaded_modules(home, script)
    assert {
        "tui.ui.app",
        "tui.cache.sync",
        "tui.cli.commands.browse",
        "tui.storage.database",
    } <= names
    assert list(home.root.rglob("*")) == []


def class_names(folder: Path) -> set[str]:
    """Return the names of all public classes below a folder."""
    return {
        node.name
        for file in folder.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    }


def test_test_helpers_have_names_of_their_own() -> None:
    assert not class_names(ROOT / "tui") & class_names(ROOT / "tests")


def test_no_test_module_imports_another() -> None:
    imports = re.compile(r"^\s*(?:from|import) .*\btest_\w+", re.MULTILINE)
    files = (ROOT / "tests").rglob("*.py")
    assert [file for file in files if imports.search(file.read_text(encoding="utf-8"))] == []
