"""What is kept for the reader: whether it is whole, can be written, and is closed to others."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from shlex import quote

from tui.cli.commands.doctor.check_result import CheckResult
from tui.config.paths import marks_folder, views_file
from tui.library.saved_views import load_views
from tui.library.view import count
from tui.marks import MarkStore
from tui.storage.folder import TinyDbFolder
from tui.storage.lock_status import state_of_lock

_OTHERS = 0o077
"""What a mode lets the group and everybody do."""


def folder(what: str, path: Path) -> CheckResult:
    """Tell whether a folder can be written."""
    if TinyDbFolder(path, 0).is_writable():
        return CheckResult(True, what, str(path))
    return CheckResult(False, what, f"{path} (cannot be written): {_to_do(path)}")


def _to_do(path: Path) -> str:
    """Return what to type so that a folder can be written."""
    there = next(each for each in (path, *path.parents) if os.access(each, os.F_OK))
    if not there.is_dir():
        return f"{there} is no folder and in the way; move it"
    if there.stat().st_uid == os.geteuid():
        return f"chmod u+rwx {quote(str(there))}"
    return f"it belongs to somebody else; sudo chown -R $USER {quote(str(there))}"


def views() -> Iterator[CheckResult]:
    """Tell of the kept views."""
    found, problems = load_views(views_file())
    told = count(len(found), "view") if views_file().exists() else "none kept"
    to_do = "; correct it" if problems else ""
    yield CheckResult(not problems, "views", f"{views_file()}: {told}{to_do}")
    for problem in problems:
        yield CheckResult(False, "views", str(problem))


def marks() -> Iterator[CheckResult]:
    """Tell of the marks, and of files of theirs that are damaged."""
    place = folder("marks", marks_folder())
    store = MarkStore(marks_folder())
    marked = count(len(store.all_marks()), "paper")
    kept = store.quarantined_files()
    aside = f", {count(len(kept), 'damaged file')} kept beside them" if kept else ""
    yield place._replace(
        is_ok=place.is_ok and not store.read_errors, details=f"{place.details}: {marked}{aside}"
    )
    for damage in store.read_errors:
        yield CheckResult(False, "marks", damage)


def shared_cache(path: Path, *, is_open: bool) -> CheckResult:
    """Tell who may write and who may read a cache folder that the settings name."""
    owner = TinyDbFolder(path, 0).kept_by()
    if owner is not None:
        is_readable = os.access(path, os.R_OK | os.X_OK)
        return CheckResult(is_readable, "cache", f"{path} (kept by {owner}{_BUT[is_readable]})")
    found = folder("cache", path)
    if not found.is_ok or not is_open:
        return found
    above = (each for each in path.resolve().parents if each.exists())
    closed = [each for each in above if not each.stat().st_mode & 0o011]
    told = "others may read it"
    if closed:
        told = f"readers cannot pass through {closed[0]}; chmod a+x {quote(str(closed[0]))}"
    return CheckResult(not closed, "cache", f"{path} ({told})")


_BUT = {True: "", False: ", who does not let you read it; ask them"}


def permissions(folders: Iterable[Path]) -> Iterator[CheckResult]:
    """Tell whether others can reach what is the reader's alone.

    Args:
        folders: what nobody else shall enter, so that it does not matter what the files in it
            allow. They need not be there.
    """
    is_well = True
    for path in folders:
        try:
            status = path.stat()
        except OSError:
            continue
        told = ""
        if status.st_uid != os.geteuid():
            told = f"belongs to somebody else: sudo chown -R $USER {quote(str(path))}"
        elif status.st_mode & _OTHERS:
            told = f"is open to others: chmod -R go= {quote(str(path))}"
        if told:
            is_well = False
            yield CheckResult(False, "permissions", f"{path} {told}")
    if is_well:
        yield CheckResult(True, "permissions", "what is yours is closed to others")


def locks(folders: Iterable[Path]) -> Iterator[CheckResult]:
    """Tell which locks are held now, and which cannot be had by anybody."""
    states = [state_of_lock(path) for path in folders if TinyDbFolder(path, 0).kept_by() is None]
    for state in states:
        if state.broken:
            told = f"{state.file} cannot be opened ({state.broken}): rm -r {quote(str(state.file))}"
            yield CheckResult(False, "locks", told)
    held = ", ".join(str(state.file.parent) for state in states if state.is_held)
    if held:
        yield CheckResult(True, "locks", f"another Broadsheet is writing now: {held}")
    elif not any(state.broken for state in states):
        yield CheckResult(True, "locks", "nobody is writing now")
