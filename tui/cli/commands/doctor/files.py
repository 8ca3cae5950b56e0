"""Checks of the reader's folders, files and sources: damage, permissions and locks."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from shlex import quote

from tui.cache.source_cache import SourceCache
from tui.cli.commands.doctor.check_result import CheckResult
from tui.cli.output import plural
from tui.config.paths import marks_folder, views_file
from tui.library.saved_views import load_views
from tui.marks import MarkStore
from tui.storage.folder import TinyDbFolder, lock_status
from tui.storage.tables import StorageError

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


def check_source(cache: SourceCache) -> Iterator[CheckResult]:
    """Check that a source can be read and that its cache is intact."""
    path = cache.source
    owner = cache.other_owner()
    try:
        papers = cache.period_counts().total
        problems = sum(len(document["problems"]) for document in cache.manifest().files.values())
        damaged_file = _damaged_file(cache)
    except (StorageError, OSError) as error:
        remedy = f"report it to {owner}" if owner else "run 'broadsheet sync' to rebuild it"
        yield CheckResult(False, "source", f"{path}: {error}; {remedy}")
        return
    state = f"{plural(papers, 'paper')}{_last_change(cache)}" if cache.exists() else "not read yet"
    if problems:
        state += f", {plural(problems, 'problem')} in its digests"
    if owner is not None:
        yield CheckResult(True, "source", f"{path} (maintained by {owner}): {state}")
    elif os.access(path, os.R_OK):
        hint = " ('broadsheet sync' lists them)" if problems else ""
        yield CheckResult(True, "source", f"{path}: {state}{hint}")
    else:
        remedy = "mount it, or remove it with 'broadsheet remove'"
        yield CheckResult(False, "source", f"{path} (cannot be reached): {state}; {remedy}")
    if damaged_file:
        remedy = "unless digests are being read now, run 'broadsheet sync' to rebuild it"
        yield CheckResult(False, "source", f"{damaged_file}: damaged; {remedy}")


def _damaged_file(cache: SourceCache) -> str:
    """Return a cache file whose size differs from the manifest; empty if all match."""
    sizes = cache.manifest().sizes.items()
    damaged = (name for name, size in sizes if cache.folder.size(name) != size)
    return next((str(cache.folder.file(name)) for name in damaged), "")


def _last_change(cache: SourceCache) -> str:
    """Return when a sync last found changes, to be appended to a sentence."""
    # A sync writes the manifest last, and only if something changed.
    stamp = cache.folder.stamp("catalogue")
    if stamp is None:
        return ""
    return f", last changed {datetime.fromtimestamp(stamp[1] / 1e9):%Y-%m-%d %H:%M}"
