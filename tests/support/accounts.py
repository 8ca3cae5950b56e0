"""Temporary accounts on this machine that run Broadsheet, for tests with several users."""

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

from tests.support.home import TIMEOUT_SECONDS, Home
from tests.support.requirements import require_programs

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Account:
    """An account of the system, and the home in which it runs Broadsheet."""

    name: str
    uid: int
    group: int
    home: Home

    def make_folder(self, folder: Path, mode: int = 0o700) -> Path:
        """Create a folder that belongs to the account."""
        folder.mkdir(parents=True, exist_ok=True)
        os.chown(folder, self.uid, self.group)
        folder.chmod(mode)
        return folder

    def write_file(self, file: Path, text: str) -> None:
        """Write a file that belongs to the account, atomically."""
        temporary = file.with_name(f".{file.name}")
        temporary.write_text(text, encoding="utf-8")
        os.chown(temporary, self.uid, self.group)
        temporary.replace(file)


def require_accounts() -> None:
    """Skip a test if accounts cannot be created."""
    require_programs("useradd", "userdel", "setpriv", root_task="create accounts")


@contextmanager
def public_folder() -> Iterator[Path]:
    """Create a folder that every account can enter."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder


def install_for_everyone(folder: Path) -> tuple[str, dict[str, str]]:
    """Copy Python and Broadsheet into a folder, because other accounts may be unable to read them.

    Returns:
        The path of the Python interpreter, and the environment that it needs.
    """
    stdlib = Path(sysconfig.get_path("stdlib"))
    python = folder / "python"
    lib = python / "lib" / stdlib.name
    excluded = ("site-packages", "dist-packages", "test", "idlelib", "config-*", "__pycache__")
    shutil.copytree(stdlib, lib, ignore=shutil.ignore_patterns(*excluded))
    (python / "bin").mkdir()
    shutil.copy(os.path.realpath(sys.executable), python / "bin" / "python")
    for library in (Path(sys.base_prefix) / "lib").glob("libpython*.so*"):
        shutil.copy(library, python / "lib")
    for name in _required_distributions("broadsheet"):
        _copy_distribution(name, lib / "site-packages")
    for name in ("tui", "styles", "sample_data"):
        ignore = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / name, folder / "app" / name, ignore=ignore)
    for parent, folders, files in os.walk(folder):
        for name in (*folders, *files):
            path = Path(parent) / name
            path.chmod(path.stat().st_mode | (0o755 if path.is_dir() else 0o444))
    return str(python / "bin" / "python"), {
        "PYTHONHOME": str(python),
        "PYTHONPATH": str(folder / "app"),
        "LD_LIBRARY_PATH": str(python / "lib"),
    }


def _required_distributions(name: str) -> set[str]:
    """Return a distribution and all installed ones that it requires, directly or indirectly."""
    required: set[str] = set()
    queue = [name]
    while queue:
        current = queue.pop()
        try:
            requirements = distribution(current).requires or ()
        except PackageNotFoundError:  # for another system
            continue
        if current not in required:
            required.add(current)
            dependencies = (
                re.match(r"[\w.-]+", requirement)
                for requirement in requirements
                if "extra ==" not in requirement
            )
            queue += [match[0] for match in dependencies if match]
    return required


def _copy_distribution(name: str, target_folder: Path) -> None:
    for file in distribution(name).files or ():
        source = Path(str(file.locate()))
        if ".." not in file.parts and file.suffix != ".pyc" and source.is_file():
            target = target_folder / file
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, target)


@contextmanager
def temporary_accounts(folder: Path, *names: str, umask: int = 0o077) -> Iterator[list[Account]]:
    """Create accounts that can run Broadsheet, and delete them at the end.

    Args:
        folder: a folder that every account can enter.
        names: short names; the actual ones also contain the process id, to be unique.
        umask: the umask of all accounts.
    """
    python, environment = install_for_everyone(folder)
    with ExitStack() as stack:
        accounts = []
        for name in names:
            account_name = f"bs-{name}-{os.getpid()}"
            stack.callback(_remove_account, account_name)
            uid, group = _add_account(account_name)
            drop_privileges = (
                *("setpriv", f"--reuid={uid}", f"--regid={group}", "--clear-groups"),
                *("/bin/sh", "-c", f'umask {umask:o}; exec "$@"', "sh"),
            )
            home = Home(folder / name, environment, (*drop_privileges, python, "-m", "tui"))
            account = Account(account_name, uid, group, home)
            for path in ("", "home", "config/broadsheet", "state", "cache"):
                account.make_folder(home.root / path)
            account.make_folder(home.config.parent.parent)
            accounts.append(account)
        yield accounts


def _add_account(name: str) -> tuple[int, int]:
    """Create an account; return its user id and group id."""
    command = ["useradd", "--system", "--user-group", "--no-create-home", name]
    subprocess.run(command, check=True, timeout=TIMEOUT_SECONDS, capture_output=True)
    entry = getpwnam(name)
    return entry.pw_uid, entry.pw_gid


def _remove_account(name: str) -> None:
    subprocess.run(["userdel", name], check=False, timeout=TIMEOUT_SECONDS, capture_output=True)
