"""Making folders."""

from __future__ import annotations

from pathlib import Path


def make_folder(path: Path, mode: int) -> None:
    """Make a folder if it is missing, and what it lies in; all that is made gets the same mode.

    ``Path.mkdir`` would make what it lies in as open as the umask allows.

    Raises:
        OSError: it could not be made.
    """
    for each in (*reversed(path.parents), path):
        if not each.exists():
            each.mkdir(mode=mode, exist_ok=True)
