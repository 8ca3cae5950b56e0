"""Replace files atomically: write a temporary file, sync it, and rename it into place."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from tui.storage.permissions import PRIVATE, change_mode

TEMPORARY = ".tmp"
"""Suffix of temporary files."""

_USER_PREFIX = ".broadsheet-"
"""Prefix of temporary files in the reader's folders."""

_TOKEN_BYTES = 8

NO_SYNC_ERRNOS = (errno.EINVAL, errno.ENOSYS, errno.EOPNOTSUPP, errno.EBADF)
"""Errors of ``fsync`` on file systems without it: VirtualBox and CIFS cannot sync folders."""


def replace_file(path: Path, data: bytes, mode: int = PRIVATE.file) -> None:
    """Replace one of the program's files, completely or not at all.

    The new file survives a power failure once ``sync_folder`` has been called.

    Args:
        path: the file; its folder must exist, and the caller holds the folder's lock.
        data: the new content.
        mode: the permissions of the new file.

    Raises:
        OSError: it could not be written; the old file is unchanged.
    """
    import tempfile

    with _errors_naming(path):
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=TEMPORARY, dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            _write_and_rename(
                file, Path(name), path, [data], None if mode == PRIVATE.file else mode
            )


def remove_leftovers(folder: Path, name: str) -> None:
    """Remove the temporary files of writers that were killed.

    Args:
        folder: the folder, which may be missing.
        name: the names of the files written, as a glob pattern. The caller holds the lock that
            their writers need, so none of the temporary files is in use.
    """
    for file in folder.glob(f".{name}.*{TEMPORARY}"):
        # A leftover that cannot be removed does no harm.
        with suppress(OSError):
            file.unlink()


def sync_folder(folder: Path) -> None:
    """Make the files renamed in a folder survive a power failure, if its file system can.

    Nothing happens if the folder can be written only, and not read.

    Raises:
        OSError: the disk failed.
    """
    # Also the error of file systems on which nobody may sync folders.
    with suppress(PermissionError), _errors_naming(folder):
        handle = os.open(folder, os.O_RDONLY)
        try:
            _sync(handle)
        finally:
            os.close(handle)


def _sync(handle: int) -> None:
    """Write an open file or folder to disk, if its file system can do that on request."""
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in NO_SYNC_ERRNOS:
            raise


def replace_text(path: Path, pieces: Iterable[str]) -> None:
    """Replace a file in one of the reader's folders with UTF-8 text; see `replace_bytes`."""
    replace_bytes(path, (piece.encode() for piece in pieces))


def replace_bytes(path: Path, chunks: Iterable[bytes]) -> None:
    """Replace a file in one of the reader's folders, which have no lock.

    A new file gets the default permissions, an existing one keeps its own. A symbolic link stays
    one, and a device or named pipe is written to instead of being replaced.

    Args:
        path: the file; its folder must exist.
        chunks: the content.

    Raises:
        OSError: it could not be written; the old file is unchanged.
    """
    if path.exists() and not path.is_file():
        with path.open("wb") as stream:
            stream.writelines(chunks)
        return
    target = Path(os.path.realpath(path))
    _remove_unlocked_leftovers(target.parent)
    with _errors_naming(path):
        temporary, file = _create_locked(target.parent)
        # The lock is held until the file is in place, so no other process removes it.
        with file:
            mode = target.stat().st_mode & 0o777 if target.exists() else None
            _write_and_rename(file, temporary, target, chunks, mode)


def _write_and_rename(
    file: BinaryIO, temporary: Path, path: Path, chunks: Iterable[bytes], mode: int | None
) -> None:
    """Write and sync a temporary file and rename it to ``path``; remove it if that fails."""
    try:
        file.writelines(chunks)
        if mode is not None:
            change_mode(file.fileno(), mode)
        file.flush()
        _sync(file.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


@contextmanager
def _errors_naming(path: Path) -> Iterator[None]:
    """Name a file in OSErrors, instead of no file or a temporary one."""
    try:
        yield
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error


def _create_locked(folder: Path) -> tuple[Path, BinaryIO]:
    """Create a temporary file and lock it, which shows other processes that it is in use."""
    import fcntl
    import secrets

    while True:
        path = folder / f"{_USER_PREFIX}{secrets.token_hex(_TOKEN_BYTES)}"
        # "x" does not follow a symbolic link that another user created.
        file = path.open("xb")
        # Without lock support no process gets a lock, so none removes the file.
        with suppress(OSError):
            fcntl.flock(file, fcntl.LOCK_EX)
        if os.fstat(file.fileno()).st_nlink:
            return path, file
        # Another process removed it before it was locked.
        file.close()


def _remove_unlocked_leftovers(folder: Path) -> None:
    """Remove the temporary files of writers that were killed; those of living ones are locked."""
    import fcntl

    for path in folder.glob(_USER_PREFIX + "[0-9a-f]" * (2 * _TOKEN_BYTES)):
        with suppress(OSError):
            if path.is_file():
                with path.open("r+b") as file:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    path.unlink()
