"""Lock files that a killed git left in one of the program's own clones."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from tui.i18n import _
from tui.sources.git.command import GitError

_PROCESSES = Path("/proc")


def remove_stale_locks(clone: Path) -> None:
    """Remove lock files, which would make every later git fail.

    Args:
        clone: a clone of the program's. The caller keeps its other processes out of it, but a git
            that one of them started may have outlived it.

    Raises:
        GitError: a git is still running in the clone; nothing was removed.
        OSError: a lock file cannot be removed.
    """
    locks = [
        Path(folder, name)
        for folder, _folders, names in os.walk(clone / ".git")
        for name in names
        if name.endswith(".lock")
    ]
    if not locks:
        return
    process = _process_using(clone, locks)
    if process is not None:
        message = _("another git (process {pid}) is still working on it; try again later")
        raise GitError(message.format(pid=process))
    for lock in locks:
        lock.unlink(missing_ok=True)


def _process_using(clone: Path, locks: Iterable[Path]) -> str | None:
    """Return the id of a git running in a clone, or of a process with a lock file open.

    Returns:
        None if no process does, or if the system does not list processes.
    """
    folder = clone.resolve()
    paths = {lock.resolve() for lock in locks}
    for process in _PROCESSES.glob("[0-9]*"):
        # Processes of other users cannot be inspected; they have no access to the clones either.
        with suppress(OSError):
            is_git = (process / "comm").read_bytes().startswith(b"git")
            if is_git and (process / "cwd").readlink().is_relative_to(folder):
                return process.name
            if any(each.readlink() in paths for each in (process / "fd").iterdir()):
                return process.name
    return None
