"""Replacing a file of the reader's, wholly or not at all."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterable
from pathlib import Path


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
    temporary = target.with_name(f".broadsheet-{secrets.token_hex(8)}")
    try:
        # "x" never writes through a link that somebody put there.
        with temporary.open("x", encoding="utf-8", newline="") as file:
            if target.exists():
                os.fchmod(file.fileno(), target.stat().st_mode & 0o777)
            file.writelines(pieces)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(target)
    except OSError as error:
        # Nobody knows the name that it was to have for a moment.
        error.filename = os.fspath(path)
        raise
    finally:
        if temporary.exists():
            temporary.unlink()
