"""The kinds of sources: folders, files and archives."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
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
