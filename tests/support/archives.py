"""Archives of every kind, packed by the standard library and, where it refuses to, by hand."""

from __future__ import annotations

import io
import os
import tarfile
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Literal

LONG_AGO = 1_700_000_000
"""A time that is past for sure, so that an archive written a moment ago counts as settled."""

Pair = tuple[str, str | bytes]
MODES: dict[str, Literal["w", "w:gz", "w:bz2", "w:xz"]] = {
    ".tar": "w", ".tar.gz": "w:gz", ".tgz": "w:gz", ".tar.bz2": "w:bz2", ".tar.xz": "w:xz",
}  # fmt: skip

_turn = 0


def settle(file: Path) -> Path:
    """Let a file be old, and another one than it was."""
    global _turn  # noqa: PLW0603
    _turn += 1
    os.utime(file, (LONG_AGO + _turn, LONG_AGO + _turn))
    return file


def pack(file: Path, members: Iterable[Pair]) -> Path:
    """Pack texts or bytes under their names, as the archive's own name tells."""
    file.parent.mkdir(parents=True, exist_ok=True)
    if file.suffix == ".zip":
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, text in members:
                archive.writestr(name, text)
    else:
        mode = next(mode for suffix, mode in MODES.items() if file.name.endswith(suffix))
        with tarfile.open(file, mode) as tar:
            for name, text in members:
                add(tar, name, text)
    return settle(file)


def add(tar: tarfile.TarFile, name: str, text: str | bytes) -> None:
    """Add a text to an archive that is being packed."""
    data = text.encode() if isinstance(text, str) else text
    info = tarfile.TarInfo(name)
    info.size = len(data)
    tar.addfile(info, io.BytesIO(data))
