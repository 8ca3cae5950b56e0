"""Find the source at a path, and the source that contains a folder."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from tui.sources.scan import FolderSource, Source, is_archive

if TYPE_CHECKING:
    from tui.sources.archive import Archive


def source_at(path: Path, *, follow_links: bool = False) -> Source:
    """Return the source at a path.

    Args:
        path: a folder, file or archive, which may be missing.
        follow_links: whether to follow links that lead out of a folder.
    """
    if is_archive(path.name) and not path.is_dir():
        from tui.sources.archive import ArchiveSource

        return ArchiveSource(path, _open_archive)
    return FolderSource(path, follow_links=follow_links)


def _open_archive(path: Path) -> Archive:
    if path.name.lower().endswith(".zip"):
        from tui.sources.zip_archive import ZipArchive

        return ZipArchive(path)
    from tui.sources.tar_archive import TarArchive

    return TarArchive(path)


def containing_source(folder: Path, sources: Iterable[Path]) -> Path | None:
    """Return the source that includes the files of a folder, or None.

    Args:
        folder: an absolute path without symbolic links.
        sources: folders and files. Hidden folders in them are not included.
    """
    for source in sources:
        resolved = Path(os.path.realpath(source))
        if folder.is_relative_to(resolved):
            parts = folder.relative_to(resolved).parts
            if not any(name.startswith(".") for name in parts):
                return source
    return None
