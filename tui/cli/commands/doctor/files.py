"""Checks of the user's folders and files: damage, permissions and locks."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from shlex import quote

from tui.cli.commands.doctor.check_result import CheckResult
from tui.cli.output import plural
from tui.config.paths import marks_folder, views_file
from tui.library.saved_views import load_views
from tui.marks import MarkStore
from tui.storage.folder import TinyDbFolder, lock_status

_GROUP_AND_OTHERS = 0o077
"""The permission bits of everybody but the owner."""


def check_folder(subject: str, path: Path) -> CheckResult:
    """Check that a folder can be written, or created."""
    if TinyDbFolder(path, 0).is_writable():
        return CheckResult(True, subject, str(path))
    return CheckResult(False, subject, f"{path} (cannot be written); {_remedy(path)}")


def _remedy(path: Path) -> str:
    """Return what to do to make a folder writable."""
    existing = next(parent for parent in (path, *path.parents) if os.access(parent, os.F_OK))
    if not existing.is_dir():
        return f"{existing} is not a folder; move it"
    if existing.stat().st_uid == os.geteuid():
        return f"chmod u+rwx {quote(str(existing))}"
    return f"it belongs to another user; sudo chown -R $USER {quote(str(existing))}"


def check_views() -> Iterator[CheckResult]:
    """Check the file of saved views."""
    views, problems = load_views(views_file())
    found = plural(len(views), "view") if views_file().exists() else "none saved"
    remedy = "; correct the problems below" if problems else ""
    yield CheckResult(not problems, "views", f"{views_file()}: {found}{remedy}")
    for problem in problems:
        yield CheckResult(False, "views", str(problem))


def check_marks() -> Iterator[CheckResult]:
    """Check the marks, and report damaged files that were set aside."""
    folder = check_folder("marks", marks_folder())
    store = MarkStore(marks_folder())
    papers = plural(len(store.all_marks()), "paper")
    damaged = store.quarantined_files()
    note = f", {plural(len(damaged), 'damaged file')} set aside" if damaged else ""
    yield CheckResult(
        folder.is_ok and not store.read_errors, "marks", f"{folder.details}: {papers}{note}"
    )
    for message in store.read_errors:
        yield CheckResult(False, "marks", message)


def check_shared_cache(path: Path, *, is_open: bool) -> CheckResult:
    """Check the cache folder in the settings.

    Args:
        path: the folder.
        is_open: whether the settings let other users read it.
    """
    owner = TinyDbFolder(path, 0).other_owner()
    if owner is not None:
        is_readable = os.access(path, os.R_OK | os.X_OK)
        remedy = "" if is_readable else f"; not readable, ask {owner} for access"
        return CheckResult(is_readable, "cache", f"{path} (maintained by {owner}{remedy})")
    result = check_folder("cache", path)
    if not result.is_ok or not is_open:
        return result
    parents = (parent for parent in path.resolve().parents if parent.exists())
    closed = [parent for parent in parents if not parent.stat().st_mode & 0o011]
    access = "readable by others"
    if closed:
        access = f"other users cannot enter {closed[0]}; chmod a+x {quote(str(closed[0]))}"
    return CheckResult(not closed, "cache", f"{path} ({access})")


def check_permissions(folders: Iterable[Path]) -> Iterator[CheckResult]:
    """Check that other users cannot enter private folders.

    Args:
        folders: may be missing. The permissions of files in them do not matter.
    """
    is_ok = True
    for path in folders:
        try:
            status = path.stat()
        except OSError:
            continue
        problem = ""
        if status.st_uid != os.geteuid():
            problem = f"belongs to another user; sudo chown -R $USER {quote(str(path))}"
        elif status.st_mode & _GROUP_AND_OTHERS:
            problem = f"is open to other users; chmod -R go= {quote(str(path))}"
        if problem:
            is_ok = False
            yield CheckResult(False, "permissions", f"{path} {problem}")
    if is_ok:
        yield CheckResult(True, "permissions", "private folders are closed to other users")


def check_locks(folders: Iterable[Path]) -> Iterator[CheckResult]:
    """Report which locks are held, and which lock files cannot be opened."""
    states = [lock_status(path) for path in folders if TinyDbFolder(path, 0).other_owner() is None]
    for state in states:
        if state.error:
            remedy = f"rm -r {quote(str(state.file))}"
            yield CheckResult(
                False, "locks", f"{state.file} cannot be opened ({state.error}); {remedy}"
            )
    held = ", ".join(str(state.file.parent) for state in states if state.is_held)
    if held:
        yield CheckResult(True, "locks", f"another Broadsheet is writing to {held}")
    elif not any(state.error for state in states):
        yield CheckResult(True, "locks", "none held")
