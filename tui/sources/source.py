"""The kinds of sources: folders, files and archives."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Protocol, TypeAlias, TypedDict

from tui.sources.scan import FoundFile, ScanResult, scan


class FileStamp(TypedDict):
    """What is known about a file without reading it.

    Attributes:
        size: in bytes.
        mtime: time of the last change, in nanoseconds.
        settled: whether the same size and time mean the same content.
    """

    size: int
    mtime: int
    settled: bool


KnownFiles: TypeAlias = Mapping[str, FileStamp]
"""What the last scan of a source found, by name."""

ReadFile: TypeAlias = Callable[[FoundFile], bytes]
"""Returns the content of a file that was found; raises ``OSError`` if it cannot be read."""

ARCHIVE_SUFFIXES = (".zip", ".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tar.xz", ".txz")


class Source(Protocol):
    """The interface of all sources."""

    def scan(self, known: KnownFiles) -> ScanResult:
        """List the files without reading them. Does not raise.

        Args:
            known: the result of the last scan. An archive that is certainly unchanged is not
                opened.

        Returns:
            The files, and what could not be listed.
        """

    def reading(self) -> AbstractContextManager[ReadFile]:
        """Return a context manager for a function that reads the files of the last scan."""


def source_at(path: Path, *, follow_links: bool = False) -> Source:
    """Return the source at a path.

    Args:
        path: a folder, file or archive, which may be missing.
        follow_links: whether to follow links that lead out of a folder.
    """
    if is_archive(path.name) and not path.is_dir():
        from tui.sources.archive import ArchiveSource

        return ArchiveSource(path)
    return FolderSource(path, follow_links=follow_links)


def is_archive(name: str) -> bool:
    """Return whether a file has the name of an archive."""
    return name.lower().endswith(ARCHIVE_SUFFIXES)


class FolderSource:
    """A folder or a single file.

    Args:
        path: the folder or file.
        follow_links: whether to follow links that lead out of it.
    """

    def __init__(self, path: Path, *, follow_links: bool = False) -> None:
        self._path = path
        self._follow_links = follow_links

    def scan(self, known: KnownFiles) -> ScanResult:  # noqa: ARG002  # folders are always listed
        """List the files; see ``Source``."""
        return scan(self._path, follow_links=self._follow_links)

    @contextmanager
    def reading(self) -> Iterator[ReadFile]:
        """Read each file by itself; see ``Source``."""
        yield lambda file: Path(file.path).read_bytes()


def containing_source(folder: Path, sources: Iterable[Path]) -> Path | None:
    """Return the source that includes the files of a folder, or None.

    Args:
        folder: an absolute path without symbolic links.
        sources: folders and files. Hidden folders in them are not included.
    """
    for source in sources:
        resolved = source.resolve()
        if folder.is_relative_to(resolved):
            parts = folder.relative_to(resolved).parts
            if not any(name.startswith(".") for name in parts):
                return source
    return None
