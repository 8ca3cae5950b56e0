"""Put something else in the place of a file."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
from collections.abc import Callable
from pathlib import Path

SPARSE_BYTES = 1 << 40


def remove(path: Path) -> None:
    """Remove a file or folder that may be missing, and create its parent folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def put_pipe(path: Path) -> None:
    """Replace a file by a named pipe, which nobody writes to."""
    remove(path)
    os.mkfifo(path)


def put_sparse_giant(path: Path) -> None:
    """Replace a file by one of a terabyte that takes no space on the disk."""
    remove(path)
    with path.open("wb") as file:
        file.truncate(SPARSE_BYTES)


def put_folder(path: Path) -> None:
    """Replace a file by a folder."""
    remove(path)
    path.mkdir()


def put_socket(path: Path) -> None:
    """Replace a file by a socket, which nobody listens on."""
    remove(path)
    with socket.socket(socket.AF_UNIX) as unix, contextlib.chdir(path.parent):
        # Relative, because addresses are short.
        unix.bind(path.name)


def put_loop(path: Path) -> None:
    """Replace a file by a symbolic link that leads to itself."""
    remove(path)
    path.symlink_to(path)


IRREGULAR: dict[str, Callable[[Path], None]] = {
    "pipe": put_pipe,
    "sparse giant": put_sparse_giant,
    "folder": put_folder,
    "socket": put_socket,
    "loop": put_loop,
}
