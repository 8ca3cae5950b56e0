"""Replacing a file of the reader's, wholly or not at all."""

from __future__ import annotations

import fcntl
import os
import secrets
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import TextIO

_PREFIX = ".broadsheet-"
_TOKEN = 8  # bytes


def replace_text(path: Path, pieces: Iterable[str]) -> None:
    """Write text as UTF-8 into a file, in the place of what was there.

    A new file gets the mode that any program's would, an old one keeps its own. A link stays a
    link, and what is no file (``/dev/null``, a named pipe) is written to rather than replaced.

    Args:
        path: the file; its folder must exist.
        pieces: the text.

    Raises:
        OSError: it could not be written; the old file is as it was.
    """
    if path.exists() and not path.is_file():
        with path.open("w", encoding="utf-8", newline="") as stream:
            stream.writelines(pieces)
        return
    target = Path(os.path.realpath(path))
    _remove_leftovers(target.parent)
    temporary = None
    try:
        temporary, opened = _temporary(target.parent)
        with opened as file:
            if target.exists():
                os.fchmod(file.fileno(), target.stat().st_mode & 0o777)
            file.writelines(pieces)
            file.flush()
            os.fsync(file.fileno())
            # Locked until it is in place: then it cannot be taken for a leftover any more.
            temporary.replace(target)
    except OSError as error:
        # Nobody knows the name that it was to have for a moment.
        error.filename = os.fspath(path)
        raise
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)


def _temporary(folder: Path) -> tuple[Path, TextIO]:
    """Make a file and lock it, by which others see that its writer lives."""
    while True:
        path = folder / f"{_PREFIX}{secrets.token_hex(_TOKEN)}"
        # "x" never writes through a link that somebody put there.
        file = path.open("x", encoding="utf-8", newline="")
        # Where there are no locks, nobody can have one, and so nobody removes anything.
        with suppress(OSError):
            fcntl.flock(file, fcntl.LOCK_EX)
        if os.fstat(file.fileno()).st_nlink:
            return path, file
        # Somebody cleared it away in the moment before it was locked.
        file.close()


def _remove_leftovers(folder: Path) -> None:
    """Remove what writers left that were killed, as far as it can be told and done."""
    for path in folder.glob(_PREFIX + "[0-9a-f]" * (2 * _TOKEN)):
        with suppress(OSError):
            if path.is_file():
                with path.open("r+b") as file:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    path.unlink()
