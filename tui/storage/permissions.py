"""Permissions of the program's files: private to their owner, or readable by everybody."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from tui.i18n import _

_NO_MODES_ERRNOS = (errno.EPERM, errno.ENOSYS, errno.EOPNOTSUPP)
"""Errors of changing the mode of one's own file on a file system without modes, such as exFAT."""


class FileModes(NamedTuple):
    """Permission bits that are set regardless of the process's umask.

    Attributes:
        file: mode of a file.
        folder: mode of a folder.
        required: bits that group and others must have on a folder.
        forbidden: bits that they must not have.
    """

    file: int
    folder: int
    required: int
    forbidden: int

    def applied_to(self, mode: int) -> int:
        """Return the folder mode that meets the requirements with the fewest changed bits."""
        return (mode | self.required) & ~self.forbidden


PRIVATE = FileModes(0o600, 0o700, required=0, forbidden=0o077)
SHARED = FileModes(0o644, 0o755, required=0o055, forbidden=0)


_find_own_folders: Callable[[], Iterable[Path]] = tuple


def use_own_folders(find: Callable[[], Iterable[Path]]) -> None:
    """Set the function that returns the program's own folders. It is called when one is needed."""
    global _find_own_folders  # noqa: PLW0603  # a process has one set of folders
    _find_own_folders = find


def own_folders() -> Iterable[Path]:
    """Return the folders that belong to the program alone; none if it did not name them."""
    return _find_own_folders()


def make_folder(path: Path, mode: int) -> None:
    """Create a folder with its missing parents, all with the same mode.

    ``Path.mkdir`` would create the parents with the default permissions.

    Raises:
        OSError: a folder cannot be created.
    """
    for folder in (*reversed(path.parents), path):
        if not folder.exists():
            if folder.is_symlink():
                message = _("is a link to {target}, which does not exist")
                raise OSError(None, message.format(target=os.path.realpath(folder)), str(folder))
            folder.mkdir(mode=mode, exist_ok=True)


def change_mode(file: Path | int, mode: int) -> None:
    """Set the permissions of a file of ours, as far as its file system has any.

    Args:
        file: a path, or the descriptor of an open file.
        mode: the permissions.

    Raises:
        OSError: the permissions could not be changed.
    """
    try:
        os.chmod(file, mode)  # noqa: PTH101  # also for descriptors
    except OSError as error:
        if error.errno not in _NO_MODES_ERRNOS:
            raise
