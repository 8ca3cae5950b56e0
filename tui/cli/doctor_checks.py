"""The checks of ``broadsheet doctor``: the installation, the reader's files and the sources."""

from __future__ import annotations

import errno
import os
import platform
import sys
from collections.abc import Iterable, Iterator
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from shlex import quote

from tui.cli.check_result import CheckResult, safely
from tui.cli.file_system_checks import (
    MIN_FREE_BYTES,
    free_bytes,
    has_modes,
    max_file_bytes,
    reduced_guarantees,
)
from tui.cli.output import describe_error, plural
from tui.cli.source_checks import check_source
from tui.cli.source_selection import cache_locator
from tui.config import paths
from tui.config.paths import sample_data, stylesheets
from tui.config.settings_file import load_settings
from tui.library.saved_views import load_views
from tui.marks.store import MarkStore
from tui.storage.folder import TinyDbFolder
from tui.storage.locks import OWNER_FILE, lock_status
from tui.storage.ownership import folder_remedy, foreign_files, take_over
from tui.terminal import capabilities

_PACKAGES = """
    broadsheet textual rich tinydb orjson filelock platformdirs markdown-it-py
"""

_MISSING = "missing; reinstall Broadsheet"

_GROUP_AND_OTHERS = 0o077
"""The permission bits of everybody but the owner."""


def check_all() -> Iterator[CheckResult]:
    """Run all checks, in the order in which they are shown."""
    yield _check_versions()
    yield from _check_resources()
    settings, problems = load_settings(*paths.config_files())
    note = "" if paths.config_file().exists() else " (not found; using the defaults)"
    note += "; correct the problems below" if problems else ""
    yield CheckResult(not problems, "settings", f"{paths.config_file()}{note}")
    for file in paths.config_files()[1:]:
        if file.exists():
            yield CheckResult(True, "settings", f"{file} (site-wide)")
    for problem in problems:
        yield CheckResult(False, "settings", str(problem))
    yield from safely("views", _check_views())
    # A temporary cache would hide what is wrong with the own one.
    locator = cache_locator(settings)._replace(fallback=None)
    if locator.shared is not None:
        yield _check_shared_cache(locator.shared, is_open=settings.share_cache)
    name = "cache" if locator.shared is None else "own cache"
    yield _check_folder(name, locator.own, "XDG_CACHE_HOME")
    yield _check_folder("state", paths.state_folder(), "XDG_STATE_HOME")
    yield from safely("marks", _check_marks())
    private = [paths.config_file().parent, paths.state_folder(), paths.log_file().parent]
    if locator.shared is not None or not settings.share_cache:
        private.append(locator.own)
    yield from _check_permissions(filter(has_modes, private))
    yield from safely("owners", _check_owners(paths.own_folders()))
    yield _check_space([locator.own, *private[:2]])
    for sentence in reduced_guarantees([locator.own, *private[:2]]):
        yield CheckResult(True, "file system", sentence)
    caches = [locator.cache_of(path) for path in settings.sources or (sample_data(),)]
    cache_folders = [cache.folder.path for cache in caches]
    locked = [*cache_folders, paths.state_folder(), paths.marks_folder()]
    yield from safely("locks", _check_locks(locked))
    for cache in caches:
        yield from safely("source", check_source(cache))
    yield _check_log()
    yield _check_terminal()


def _check_space(folders: Iterable[Path]) -> CheckResult:
    """Check that the disks of some folders are not full, and that files may be large enough."""
    full = next((folder for folder in folders if free_bytes(folder) < MIN_FREE_BYTES), None)
    if full is not None:
        details = describe_error(OSError(errno.ENOSPC, "", str(full)))
    elif max_file_bytes() < MIN_FREE_BYTES:
        details = f"files are limited to {max_file_bytes() >> 10} KB; ulimit -S -f unlimited"
    else:
        return CheckResult(True, "disk space", "enough")
    return CheckResult(False, "disk space", details)


def _check_versions() -> CheckResult:
    """Return the versions of Broadsheet, its dependencies and Python."""
    found, missing = [], []
    for name in _PACKAGES.split():
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            missing.append(name)
    found.append(f"Python {platform.python_version()}")
    if missing:
        found.append(f"missing: {' '.join(missing)}; reinstall Broadsheet")
    return CheckResult(not missing, "versions", ", ".join(found))


def _check_resources() -> Iterator[CheckResult]:
    """Check that the files that come with the program are installed."""
    sheets = stylesheets()
    yield CheckResult(bool(sheets), "styles", str(sheets[0].parent) if sheets else _MISSING)
    is_present = sample_data().is_dir()
    note = "" if is_present else f" ({_MISSING})"
    yield CheckResult(is_present, "sample data", f"{sample_data()}{note}")


def _check_log() -> CheckResult:
    """Check that the crash log can be written, and find when that was last done."""
    file = paths.log_file()
    try:
        modified = datetime.fromtimestamp(file.stat().st_mtime)
        state = f"last written {modified:%Y-%m-%d %H:%M}; attach it to bug reports"
    except FileNotFoundError:
        state = "no errors logged"
    except OSError as error:
        return CheckResult(False, "log", describe_error(error))
    if not TinyDbFolder(file.parent, 0).is_writable():
        remedy = folder_remedy(file.parent, "XDG_STATE_HOME")
        return CheckResult(False, "log", f"{file}: cannot be written; {remedy}")
    return CheckResult(True, "log", f"{file}: {state}")


def _check_terminal() -> CheckResult:
    """Check the terminal's type, size and encoding."""
    terminal = capabilities.detect_terminal(os.environ, sys.stdout.encoding)
    connection = ", over SSH" if terminal.is_remote else ""
    if os.environ.get("TMUX"):
        connection += ", inside tmux"
    if not sys.stdout.isatty():
        return CheckResult(True, "terminal", f"none; output goes to a file or a pipe{connection}")
    columns, lines = capabilities.terminal_size(sys.stdout.fileno(), os.environ)
    name, encoding = os.environ.get("TERM", ""), sys.stdout.encoding
    colors = {capabilities.MONOCHROME: "no colors", capabilities.TRUE_COLOR: "all colors"}.get(
        terminal.colors, f"{terminal.colors} colors"
    )
    symbols = "Unicode symbols" if terminal.has_unicode else "ASCII symbols"
    found = f"{name or 'unknown'}, {columns} × {lines}, {encoding}, {colors}, {symbols}"
    remedies = []
    if name in capabilities.UNUSABLE_TERMS:
        remedies.append("set TERM to your terminal's type, such as xterm-256color")
    if columns < capabilities.MIN_COLUMNS or lines < capabilities.MIN_LINES:
        smallest = f"{capabilities.MIN_COLUMNS} × {capabilities.MIN_LINES}"
        remedies.append(f"enlarge it to at least {smallest}")
    if not capabilities.is_utf8(encoding):
        remedies.append("set LANG to a UTF-8 locale, such as C.UTF-8")
    return CheckResult(not remedies, "terminal", "; ".join([found + connection, *remedies]))


def _check_folder(subject: str, path: Path, variable: str) -> CheckResult:
    """Check that a folder can be written, or created.

    Args:
        subject: what it is.
        path: the folder.
        variable: the environment variable or setting that selects another one.
    """
    if TinyDbFolder(path, 0).is_writable():
        return CheckResult(True, subject, str(path))
    details = f"{path} (cannot be written); {folder_remedy(path, variable)}"
    return CheckResult(False, subject, details)


def _check_views() -> Iterator[CheckResult]:
    """Check the file of saved views."""
    views, problems = load_views(paths.views_file())
    found = plural(len(views), "view") if paths.views_file().exists() else "none saved"
    remedy = "; correct the problems below" if problems else ""
    yield CheckResult(not problems, "views", f"{paths.views_file()}: {found}{remedy}")
    for problem in problems:
        yield CheckResult(False, "views", str(problem))


def _check_marks() -> Iterator[CheckResult]:
    """Check the marks, and report damaged files that were set aside."""
    folder = _check_folder("marks", paths.marks_folder(), "XDG_STATE_HOME")
    store = MarkStore(paths.marks_folder())
    papers = plural(len(store.all_marks()), "paper")
    damaged = store.quarantined_files()
    note = f", {plural(len(damaged), 'damaged file')} set aside" if damaged else ""
    # A remedy ends with a command, so nothing may follow it.
    details = f"{folder.details}: {papers}{note}" if folder.is_ok else folder.details
    yield CheckResult(folder.is_ok and not store.read_errors, "marks", details)
    for message in store.read_errors:
        yield CheckResult(False, "marks", message)
    if store.has_restorable_files():
        yield CheckResult(False, "marks", "to repair them from the backup: broadsheet marks export")
    for file, aside in store.lost_files():
        copies = "a backup of your disk or, with 'broadsheet marks sync', another machine"
        remedy = f"mv {quote(str(file))} {quote(str(aside))}"
        yield CheckResult(
            False, "marks", f"{copies} may have those of {file.name}; to go on without: {remedy}"
        )


def _check_shared_cache(path: Path, *, is_open: bool) -> CheckResult:
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
    result = _check_folder("cache", path, "'cache' in the settings")
    if not result.is_ok or not is_open:
        return result
    parents = (parent for parent in path.resolve().parents if parent.exists())
    closed = [parent for parent in parents if not parent.stat().st_mode & 0o011]
    access = "readable by others"
    if closed:
        access = f"other users cannot enter {closed[0]}; chmod a+x {quote(str(closed[0]))}"
    return CheckResult(not closed, "cache", f"{path} ({access})")


def _check_permissions(folders: Iterable[Path]) -> Iterator[CheckResult]:
    """Check that other users cannot enter private folders.

    Args:
        folders: may be missing. The permissions of files in them do not matter.
    """
    problems = []
    for path in folders:
        try:
            status = path.stat()
        except OSError:
            continue
        name = quote(str(path))
        if status.st_uid == os.geteuid() and status.st_mode & _GROUP_AND_OTHERS:
            problems.append(f"{path} is open to other users; chmod -R go= {name}")
    yield from (CheckResult(False, "permissions", problem) for problem in problems)
    if not problems:
        yield CheckResult(True, "permissions", "private folders are closed to other users")


def _check_owners(folders: Iterable[Path]) -> Iterator[CheckResult]:
    """Report files of other users in our own folders, such as those of a run with sudo."""
    for folder in folders:
        # Folders may be inside each other; the outer one has all files.
        if any(other in folder.parents for other in folders):
            continue
        if foreign := foreign_files(folder):
            files = plural(foreign.number, "file")
            verb = "belongs" if foreign.number == 1 else "belong"
            what = f"{files} in {folder} {verb} to {foreign.owner}, such as {foreign.first}"
            remedy = take_over(folder)
            if os.geteuid() == 0 and "SUDO_UID" in os.environ:
                remedy = "run Broadsheet without sudo"
            yield CheckResult(False, "owners", f"{what}; {remedy}")


def _check_locks(folders: Iterable[Path]) -> Iterator[CheckResult]:
    """Report which locks are held, and which lock files cannot be opened."""
    states = [lock_status(path) for path in folders if TinyDbFolder(path, 0).other_owner() is None]
    for state in states:
        # A lock in a folder that cannot be entered is not the problem.
        if state.error and os.path.lexists(state.file):
            problem = f"{state.file}: {state.error}"
            if state.is_unusable:
                remedy = f"rm -r {quote(str(state.file))}"
                problem = f"{state.file} cannot be opened ({state.error}); {remedy}"
            yield CheckResult(False, "locks", problem)
    held = [state.file for state in states if state.is_held]
    if held:
        details = f"another Broadsheet is writing to {', '.join(str(file.parent) for file in held)}"
        # Only these stay if another machine crashes.
        if files := [quote(str(file)) for file in held if file.name == OWNER_FILE]:
            details += f"; if none is running on any machine: rm {' '.join(files)}"
        yield CheckResult(True, "locks", details)
    elif not any(state.error for state in states):
        yield CheckResult(True, "locks", "none held")
