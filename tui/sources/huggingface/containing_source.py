"""Whether what is fetched is seen among the sources."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path


def containing_source(folder: Path, sources: Iterable[Path]) -> Path | None:
    """Return the source that the files of a folder are part of; None if there is none.

    Args:
        folder: an absolute path without links.
        sources: folders and files. What is hidden in one is no part of it.
    """
    for source in sources:
        there = source.resolve()
        if folder.is_relative_to(there):
            below = folder.relative_to(there).parts
            if not any(name.startswith(".") for name in below):
                return source
    return None
