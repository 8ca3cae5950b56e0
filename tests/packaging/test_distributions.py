"""What is published: built from this checkout, looked into, installed where nothing else is."""

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

from tests.pty.harness import DEFAULT_MODES, Terminal
from tests.support.home import Home

ROOT = Path(__file__).parents[2]
PATIENCE = 300.0


def project() -> dict[str, Any]:
    tree = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    told: dict[str, Any] = tree["project"]
    return told


def do(*command: str | Path) -> None:
    """Run a command of Python's own tools, with none of this checkout's surroundings."""
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    done = subprocess.run(
        [*map(str, command)], env=environment, cwd="/", capture_output=True, text=True,
        timeout=PATIENCE, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


@dataclass(frozen=True)
class Built:
    """A folder with a wheel and an sdist."""

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
    def in_wheel(self) -> list[str]:
        with zipfile.ZipFile(self.wheel) as archive:
            return archive.namelist()

    @property
    def in_sdist(self) -> list[str]:
        """The names in the sdist, without the folder that all are in."""
        with tarfile.open(self.sdist) as archive:
            files = [member.name for member in archive.getmembers() if member.isfile()]
        folders = {name.partition("/")[0] for name in files}
        assert folders == {f"broadsheet-{project()['version']}"}
        return [name.partition("/")[2] for name in files]

    @property
    def metadata(self) -> Message:
        [name] = [name for name in self.in_wheel if name.endswith(".dist-info/METADATA")]
        with zipfile.ZipFile(self.wheel) as archive:
            return Parser().parsestr(archive.read(name).decode())


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Build the sdist, and the wheel out of it; once, however many workers ask for it."""
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    folder = shared / "distributions"
    with FileLock(shared / "distributions.lock"):
        if not folder.is_dir():
            partly = shared / "distributions.partly"
            do(sys.executable, "-m", "build", "--no-isolation", "--outdir", partly, ROOT)
            partly.rename(folder)
    return Built(folder)


def files_below(folder: str) -> set[str]:
    return {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def names_of(requirements: list[str]) -> list[str]:
    return sorted(re.split(r"[<>=~]", requirement)[0] for requirement in requirements)


def test_the_wheel_holds_the_package_and_what_it_needs(built: Built) -> None:
    names = set(built.in_wheel)
    expected = files_below("tui") | {
        f"tui/{name}" for folder in ("styles", "sample_data") for name in files_below(folder)
    }
    inside = {name for name in names if name.startswith("tui/")}
    assert inside == expected
    assert {"tui/py.typed", "tui/styles/app.tcss"} <= inside
    assert "tui/sample_data/daily_papers_ko/2025/05/30.md" in inside


def test_the_wheel_holds_nothing_else(built: Built) -> None:
    tops = {name.partition("/")[0] for name in built.in_wheel}
    assert tops == {"tui", f"broadsheet-{project()['version']}.dist-info"}
    assert not [name for name in built.in_wheel if "test" in name or "__pycache__" in name]
    assert [name for name in built.in_wheel if name.endswith(".dist-info/licenses/LICENSE")]


def test_the_sdist_is_the_checkout(built: Built) -> None:
    tops = {name.partition("/")[0] for name in built.in_sdist}
    assert tops == {
        ".gitignore", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "PKG-INFO", "README.md",
        "pyproject.toml", "sample_data", "styles", "tests", "tui",
    }  # fmt: skip
    names = set(built.in_sdist)
    assert files_below("styles") | files_below("sample_data") | files_below("tui") <= names
    assert {"tests/corpus.py", "tests/packaging/test_distributions.py"} <= names
    assert not [name for name in names if "__pycache__" in name or name.endswith(".pyc")]


def test_the_metadata(built: Built) -> None:
    told, metadata = project(), built.metadata
    assert (metadata["Name"], metadata["Version"]) == ("broadsheet", told["version"])
    assert metadata["Requires-Python"] == told["requires-python"]
    needed = [each for each in metadata.get_all("Requires-Dist", []) if "extra" not in each]
    assert names_of(needed) == names_of(told["dependencies"])
    payload = metadata.get_payload()
    assert isinstance(payload, str)
    assert payload.strip() == (ROOT / "README.md").read_text(encoding="utf-8").strip()


def test_what_is_installed_works_without_the_checkout(built: Built, tmp_path: Path) -> None:
    do(sys.executable, "-m", "venv", tmp_path / "venv")
    binaries = tmp_path / "venv" / "bin"
    do(binaries / "python", "-m", "pip", "install", "--quiet", built.wheel)
    home = Home(tmp_path / "reader", program=(str(binaries / "broadsheet"),))
    home.root.mkdir()

    version = home.run("--version")
    assert (version.code, version.out) == (0, f"broadsheet {project()['version']}\n")

    listed = home.run("list", "--format", "ids")
    assert (listed.code, len(listed.lines)) == (0, 71)
    assert listed.lines[0] == "2505.22954"

    doctor = home.run("doctor")
    assert doctor.code == 0
    assert str(ROOT) not in doctor.out
    assert str(tmp_path / "venv") in doctor.out

    with Terminal(home.program, environment=home.environment, at=home.root) as terminal:
        terminal.wait_for(lambda text: "Darwin Godel" in text and "자기 코드를" in text)
        assert terminal.broken_wide_characters() == []
        terminal.press("q")
        assert terminal.wait() == 0
        assert terminal.modes == DEFAULT_MODES

    as_module = Home(home.root, program=(str(binaries / "python"), "-m", "tui"))
    assert as_module.run("list", "--format", "ids").out == listed.out
