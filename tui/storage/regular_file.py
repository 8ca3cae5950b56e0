"""Open and read regular files only, whatever has taken a file's place.

Opening a named pipe would wait for a writer for ever, a link may lead anywhere, and a sparse file
of a terabyte takes no space on the disk.
"""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO

from tui.i18n import _

_IRREGULAR_ERRNOS = (errno.ENXIO, errno.ELOOP)
"""Errors of opening a socket, a device without hardware, or a link that leads to itself."""


class UnusableFileError(OSError):
    """Not a regular file, or too large; ``strerror`` says which."""

    def __init__(self, path: str | Path, reason: str) -> None:
        super().__init__(None, reason, str(path))


def open_regular_file(path: str | Path, *, follow_links: bool = True) -> BinaryIO:
    """Open a file for reading, without waiting.

    Args:
        path: the file; absolute and without links if ``follow_links`` is False.
        follow_links: whether the file or one of its folders may be a symbolic link.

    Raises:
        UnusableFileError: it is not a regular file, or reached through a link.
        OSError: it cannot be opened.
    """
    flags = os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC
    try:
        handle = os.open(path, flags) if follow_links else _open_without_links(str(path), flags)
    except OSError as error:
        if error.errno not in _IRREGULAR_ERRNOS:
            raise
        is_loop = follow_links and error.errno == errno.ELOOP
        reason = _("a link to itself") if is_loop else _("not a regular file")
        raise UnusableFileError(path, reason) from error
    try:
        mode = os.fstat(handle).st_mode
        if stat.S_ISDIR(mode):
            raise UnusableFileError(path, _("a folder, not a file"))
        if not stat.S_ISREG(mode):
            # Reading a pipe or device may never end.
            raise UnusableFileError(path, _("not a regular file"))
    except BaseException:
        os.close(handle)
        raise
    return os.fdopen(handle, "rb")


def _open_without_links(path: str, flags: int) -> int:
    """Open a file by its absolute path, none of whose parts is a link; return its descriptor."""
    search = getattr(os, "O_PATH", None)
    try:
        if search is None:  # not on this system, where only the last part is checked
            return os.open(path, flags | os.O_NOFOLLOW)
        root, *folders, name = Path(path).parts
        current = os.open(root, search | os.O_CLOEXEC)
        try:
            for folder in folders:
                of_folder = search | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
                inner = os.open(folder, of_folder, dir_fd=current)
                os.close(current)
                current = inner
            return os.open(name, flags | os.O_NOFOLLOW, dir_fd=current)
        finally:
            os.close(current)
    except OSError as error:
        if os.path.realpath(path) != path:
            raise UnusableFileError(path, _("replaced by a link")) from error
        raise OSError(error.errno, error.strerror, path) from error


def read_regular_file(path: str | Path, max_bytes: int, *, follow_links: bool = True) -> bytes:
    """Return the content of a file.

    Args:
        path: as for ``open_regular_file``.
        max_bytes: the largest size.
        follow_links: as for ``open_regular_file``.

    Raises:
        UnusableFileError: it is larger, or cannot be used; see ``open_regular_file``.
        OSError: it cannot be read.
    """
    with open_regular_file(path, follow_links=follow_links) as file:
        size = os.fstat(file.fileno()).st_size
        if size <= max_bytes:
            data = file.read(size + 1)
            if len(data) > size:
                # It has grown, or its file system does not know its size.
                data += file.read(max_bytes + 1 - len(data))
            if len(data) <= max_bytes:
                return data
    raise UnusableFileError(path, _("larger than {size} MB").format(size=max_bytes >> 20))
