"""Other users of this machine: made for a test, with homes and processes of their own."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from pwd import getpwnam

from tests.support.home import PATIENCE, Home
from tests.support.requirements import need

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class User:
    """A user, and the home that they run Broadsheet in."""

    name: str
    uid: int
    group: int
    home: Home

    def owns(self, folder: Path, mode: int = 0o700) -> Path:
        """Make a folder that is theirs."""
        folder.mkdir(parents=True, exist_ok=True)
        os.chown(folder, self.uid, self.group)
        folder.chmod(mode)
        return folder

    def writes(self, file: Path, text: str) -> None:
        """Write a file that is theirs, and seen whole or not at all."""
        temporary = file.with_name(f".{file.name}")
        temporary.write_text(text, encoding="utf-8")
        os.chown(temporary, self.uid, self.group)
        temporary.replace(file)


def need_users() -> None:
    """Skip a test where users cannot be made; in continuous integration that is a failure."""
    need("useradd", "userdel", "setpriv", root_for="make other users")


@contextmanager
def public_folder() -> Iterator[Path]:
    """Make a folder that every user can reach."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder


def public_program(folder: Path) -> dict[str, str]:
    """Copy Python and Broadsheet to where every user can run them: this one's may be root's.

    Returns:
        The environment that they need.
    """
    stdlib = Path(sysconfig.get_path("stdlib"))
    python = folder / "python"
    lib = python / "lib" / stdlib.name
    left_out = ("site-packages", "dist-packages", "test", "idlelib", "config-*", "__pycache__")
    shutil.copytree(stdlib, lib, ignore=shutil.ignore_patterns(*left_out))
    (python / "bin").mkdir()
    shutil.copy(os.path.realpath(sys.executable), python / "bin" / "python")
    for library in (Path(sys.base_prefix) / "lib").glob("libpython*.so*"):
        shutil.copy(library, python / "lib")
    for name in _needed("broadsheet"):
        _copy_distribution(name, lib / "site-packages")
    for name in ("tui", "styles", "sample_data"):
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / name, folder / "app" / name, ignore=ignored)
    for path, folders, files in os.walk(folder):
        for each in (*folders, *files):
            place = Path(path) / each
            place.chmod(place.stat().st_mode | (0o755 if place.is_dir() else 0o444))
    return {
        "PYTHONHOME": str(python),
        "PYTHONPATH": str(folder / "app"),
        "LD_LIBRARY_PATH": str(python / "lib"),
        "PROGRAM": str(python / "bin" / "python"),
    }


def _needed(name: str) -> set[str]:
    """Return a distribution and those that it cannot do without, as far as they are there."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        here = waiting.pop()
        try:
            requires = distribution(here).requires or ()
        except PackageNotFoundError:  # for another system
            continue
        if here not in found:
            found.add(here)
            names = (re.match(r"[\w.-]+", each) for each in requires if "extra ==" not in each)
            waiting += [match[0] for match in names if match]
    return found


def _copy_distribution(name: str, to: Path) -> None:
    for file in distribution(name).files or ():
        source = Path(str(file.locate()))
        if ".." not in file.parts and file.suffix != ".pyc" and source.is_file():
            target = to / file
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, target)


@contextmanager
def users(folder: Path, *names: str, umask: int = 0o077) -> Iterator[list[User]]:
    """Make users, who can run Broadsheet, and remove them again.

    Args:
        folder: one that every user can reach.
        names: what to call them; the system calls them so that nobody else is meant.
        umask: that they all have.
    """
    environment = public_program(folder)
    python = environment.pop("PROGRAM")
    with ExitStack() as stack:
        made = []
        for name in names:
            account = f"bs-{name}-{os.getpid()}"
            stack.callback(_remove, account)
            uid, group = _add(account)
            step_down = (
                *("setpriv", f"--reuid={uid}", f"--regid={group}", "--clear-groups"),
                *("/bin/sh", "-c", f'umask {umask:o}; exec "$@"', "sh"),
            )
            home = Home(folder / name, environment, (*step_down, python, "-m", "tui"))
            user = User(account, uid, group, home)
            for each in ("", "home", "config/broadsheet", "state", "cache"):
                user.owns(home.root / each)
            user.owns(home.config.parent.parent)
            made.append(user)
        yield made


def _add(account: str) -> tuple[int, int]:
    """Make a user; return the numbers of it and of its group."""
    command = ["useradd", "--system", "--user-group", "--no-create-home", account]
    subprocess.run(command, check=True, timeout=PATIENCE, capture_output=True)
    made = getpwnam(account)
    return made.pw_uid, made.pw_gid


def _remove(account: str) -> None:
    subprocess.run(["userdel", account], check=False, timeout=PATIENCE, capture_output=True)
