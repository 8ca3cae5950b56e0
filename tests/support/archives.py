"""Archives of every kind for tests."""

from __future__ import annotations

import io
import os
import tarfile
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Literal

OLD_TIMESTAMP = 1_700_000_000
"""A time in the past; recent files would be considered unfinished."""

NamedContent = tuple[str, str | bytes]
TAR_MODES: dict[str, Literal["w", "w:gz", "w:bz2", "w:xz"]] = {
    ".tar": "w",
    ".tar.gz": "w:gz",
    ".tgz": "w:gz",
    ".tar.bz2": "w:bz2",
    ".tar.xz": "w:xz",
}

_files_written = 0


def make_old(file: Path) -> Path:
    """Set the time of a file to the past, but later than that of the previous file."""
    global _files_written  # noqa: PLW0603
    _files_written += 1
    os.utime(file, (OLD_TIMESTAMP + _files_written, OLD_TIMESTAMP + _files_written))
    return file


def write_archive(file: Path, members: Iterable[NamedContent]) -> Path:
    """Write an archive of named contents, in the format of the file's extension."""
    file.parent.mkdir(parents=True, exist_ok=True)
    if file.suffix == ".zip":
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in members:
                archive.writestr(name, content)
    else:
        mode = next(mode for suffix, mode in TAR_MODES.items() if file.name.endswith(suffix))
        with tarfile.open(file, mode) as tar:
            for name, content in members:
                add_member(tar, name, content)
    return make_old(file)


def add_member(tar: tarfile.TarFile, name: str, content: str | bytes) -> None:
    """Add a member to an open tar archive."""
    data = content.encode() if isinstance(content, str) else content
    info = tarfile.TarInfo(name)
    info.size = len(data)
    tar.addfile(info, io.BytesIO(data))
