"""With sudo, files that are created in a user's folders would belong to root: give them back."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


@contextmanager
def files_given_back(folders: Iterable[Path]) -> Iterator[None]:
    """Give the user who ran sudo the files that root leaves in their folders.

    Folders that belonged to somebody else before are left alone, and so are files with several
    names, which may be files of root elsewhere.

    Args:
        folders: the program's own folders, which may be missing.
    """
    try:
        uid, gid = int(os.environ["SUDO_UID"]), int(os.environ["SUDO_GID"])
    except (KeyError, ValueError):
        uid = gid = 0
    if uid == 0 or os.geteuid() != 0:
        yield
        return
    own = [folder for folder in folders if _is_below_folder_of(uid, folder)]
    created = [parent for folder in own for parent in _missing_parents(folder)]
    try:
        yield
    finally:
        for folder in (*created, *own):
            # What cannot be given back is reported by ``broadsheet doctor``.
            with suppress(OSError):
                _give(folder, uid, gid, with_content=folder in own)


def _missing_parents(folder: Path) -> list[Path]:
    return [each for each in folder.parents if not os.path.lexists(each)]


def _is_below_folder_of(uid: int, folder: Path) -> bool:
    """Return whether a user owns a folder, or where it is missing, the nearest that contains it."""
    nearest = next(each for each in (folder, *folder.parents) if os.path.lexists(each))
    try:
        return nearest.stat().st_uid == uid
    except OSError:
        return False


def _give(folder: Path, uid: int, gid: int, *, with_content: bool) -> None:
    """Make a user the owner of a folder, and of what root has in it, without following links."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        if os.fstat(handle).st_uid == 0:
            os.fchown(handle, uid, gid)
        if not with_content:
            return
        for _parent, folders, files, parent in os.fwalk(".", dir_fd=handle):
            for name in (*folders, *files):
                status = os.stat(name, dir_fd=parent, follow_symlinks=False)
                if status.st_uid == 0 and (stat.S_ISDIR(status.st_mode) or status.st_nlink == 1):
                    os.chown(name, uid, gid, dir_fd=parent, follow_symlinks=False)
    finally:
        os.close(handle)
