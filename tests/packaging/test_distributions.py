"""Build the distributions, check their contents, and install the wheel in an empty environment."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from dataclasses import dataclass
from email.message import Message
from email.parser import Parser
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from tests.pty.harness import DEFAULT_MODES, PseudoTerminal
from tests.support.home import Home
from tui import VERSION

ROOT = Path(__file__).parents[2]
TIMEOUT_SECONDS = 300.0


def project() -> dict[str, Any]:
    tree = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    table: dict[str, Any] = tree["project"]
    return table


def run_tool(*command: str | Path) -> None:
    """Run a Python tool outside of this checkout."""
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    finished = subprocess.run(
        [*map(str, command)], env=environment, cwd="/", capture_output=True, text=True,
        timeout=TIMEOUT_SECONDS, check=False,
    )  # fmt: skip
    assert finished.returncode == 0, finished.stdout + finished.stderr


@dataclass(frozen=True)
class Distributions:
    """A wheel and an sdist in a folder."""

    folder: Path

    @property
    def wheel(self) -> Path:
        [wheel] = self.folder.glob("*.whl")
        return wheel

    @property
    def sdist(self) -> Path:
        [sdist] = self.folder.glob("*.tar.gz")
        return sdist

    @property
    def wheel_names(self) -> list[str]:
        with zipfile.ZipFile(self.wheel) as archive:
            return archive.namelist()

    @property
    def sdist_names(self) -> list[str]:
        """The names of files in the sdist, relative to its top folder."""
        with tarfile.open(self.sdist) as archive:
            files = [member.name for member in archive.getmembers() if member.isfile()]
        folders = {name.partition("/")[0] for name in files}
        assert folders == {f"broadsheet-{VERSION}"}
        return [name.partition("/")[2] for name in files]

    @property
    def metadata(self) -> Message:
        [name] = [name for name in self.wheel_names if name.endswith(".dist-info/METADATA")]
        with zipfile.ZipFile(self.wheel) as archive:
            return Parser().parsestr(archive.read(name).decode())


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Distributions:
    """Build the sdist, and the wheel from it, once for all test workers."""
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    folder = shared / "distributions"
    with FileLock(shared / "distributions.lock"):
        if not folder.is_dir():
            incomplete = shared / "distributions.incomplete"
            run_tool(sys.executable, "-m", "build", "--no-isolation", "--outdir", incomplete, ROOT)
            incomplete.rename(folder)
    return Distributions(folder)


def files_below(folder: str) -> set[str]:
    return {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def names_of(requirements: list[str]) -> list[str]:
    return sorted(re.split(r"[<>=~]", requirement)[0] for requirement in requirements)


def test_wheel_contains_the_package_and_its_data(built: Distributions) -> None:
    names = set(built.wheel_names)
    expected = files_below("tui") | {
        f"tui/{name}" for folder in ("styles", "sample_data") for name in files_below(folder)
    }
    inside = {name for name in names if name.startswith("tui/")}
    assert inside == expected
    assert {"tui/py.typed", "tui/styles/app.tcss", "tui/manual/searching.md"} <= inside
    assert "tui/sample_data/daily_papers_ko/2025/05/30.md" in inside


def test_wheel_contains_nothing_else(built: Distributions) -> None:
    tops = {name.partition("/")[0] for name in built.wheel_names}
    assert tops == {"tui", f"broadsheet-{VERSION}.dist-info"}
    assert not [name for name in built.wheel_names if "test" in name or "__pycache__" in name]
    assert [name for name in built.wheel_names if name.endswith(".dist-info/licenses/LICENSE")]


def test_sdist_contains_the_checkout(built: Distributions) -> None:
    tops = {name.partition("/")[0] for name in built.sdist_names}
    assert tops == {
        ".gitignore", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "PKG-INFO", "README.md",
        "pyproject.toml", "sample_data", "styles", "tests", "tui",
    }  # fmt: skip
    names = set(built.sdist_names)
    assert files_below("styles") | files_below("sample_data") | files_below("tui") <= names
    assert {"tests/corpus.py", "tests/packaging/test_distributions.py"} <= names
    assert not [name for name in names if "__pycache__" in name or name.endswith(".pyc")]


def test_metadata(built: Distributions) -> None:
    expected, metadata = project(), built.metadata
    assert (metadata["Name"], metadata["Version"]) == ("broadsheet", VERSION)
    assert metadata["Requires-Python"] == expected["requires-python"]
    required = [each for each in metadata.get_all("Requires-Dist", []) if "extra" not in each]
    assert names_of(required) == names_of(expected["dependencies"])
    payload = metadata.get_payload()
    assert isinstance(payload, str)
    assert payload.strip() == (ROOT / "README.md").read_text(encoding="utf-8").strip()


def test_installed_wheel_works_without_the_checkout(built: Distributions, tmp_path: Path) -> None:
    run_tool(sys.executable, "-m", "venv", tmp_path / "venv")
    binaries = tmp_path / "venv" / "bin"
    run_tool(binaries / "python", "-m", "pip", "install", "--quiet", built.wheel)
    home = Home(tmp_path / "reader", program=(str(binaries / "broadsheet"),))
    home.root.mkdir()

    version = home.run("--version")
    assert (version.code, version.out) == (0, f"broadsheet {VERSION}\n")

    listed = home.run("list", "--format", "ids")
    assert (listed.code, len(listed.lines)) == (0, 71)
    assert listed.lines[0] == "2505.22954"

    page = home.run("help", "searching")
    assert (page.code, page.out.splitlines()[0]) == (0, "# Searching")

    doctor = home.run("doctor")
    assert doctor.code == 0
    assert str(ROOT) not in doctor.out
    assert str(tmp_path / "venv") in doctor.out

    with PseudoTerminal(home.program, environment=home.environment, at=home.root) as terminal:
        terminal.wait_for(lambda text: "Darwin Godel" in text and "자기 코드를" in text)
        assert terminal.broken_wide_characters() == []
        terminal.press("q")
        assert terminal.wait() == 0
        assert terminal.modes == DEFAULT_MODES

    as_module = Home(home.root, program=(str(binaries / "python"), "-m", "tui"))
    assert as_module.run("list", "--format", "ids").out == listed.out
