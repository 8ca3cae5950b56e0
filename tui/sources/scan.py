"""Find the files of a source without reading them: what all sources share, and folders."""

from __future__ import annotations

import os
import stat
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from operator import attrgetter
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple, Protocol, TypeAlias, TypedDict

from tui.i18n import N_, _
from tui.sources.copies import Copy, copy_of, is_editor_backup, may_have_copies
from tui.storage.disk_errors import reason
from tui.storage.regular_file import read_regular_file

MAX_FILE_BYTES = 64 << 20
"""Size of the largest file that is read, also in an archive: it is in memory as a whole."""


class SkipReason(NamedTuple):
    """Why a file is not read.

    Attributes:
        message: a sentence, with a ``{placeholder}`` for each value; empty if it is not reported.
        values: the values.
        is_note: whether nobody would miss the file; see ``tui.models.Problem``.
    """

    message: str
    values: Mapping[str, str | int] = MappingProxyType({})
    is_note: bool = False


class FoundFile(NamedTuple):
    """A file that may be a digest.

    Attributes:
        name: printable path relative to the source, unique in it. Unprintable characters are
            escaped.
        path: the file, or the archive that contains it. A string, because creating a ``Path``
            takes longer than ``stat``, and most files are never read.
        size: in bytes; of the archive if the file is in one.
        mtime: time of the last change, in nanoseconds; of the archive if the file is in one.
        content_id: identifies the content without reading it; empty if nothing does.
        skip_reason: why the file is not read, or None.
        inode: number of the file, or of the archive.
        ctime: time of the last change of the file or its attributes, in nanoseconds. Unlike the
            mtime, it cannot be set.
    """

    name: str
    path: str
    size: int
    mtime: int
    content_id: str = ""
    skip_reason: SkipReason | None = None
    inode: int = 0
    ctime: int = 0


@dataclass(slots=True)
class ScanResult:
    """The files of a source.

    Attributes:
        files: by name in descending order, so that the newest digests are read first.
        unreachable: why folders (relative names, ``""`` is the source) could not be listed. Files
            known in them may still exist.
        unfollowed_links: printable targets of links (relative names) that lead out of the source.
        folders: paths of the folders that were listed, including the source, without links.
    """

    files: list[FoundFile] = field(default_factory=list)
    unreachable: dict[str, str] = field(default_factory=dict)
    unfollowed_links: dict[str, str] = field(default_factory=dict)
    folders: list[str] = field(default_factory=list, compare=False)

    def may_hold(self, name: str) -> bool:
        """Return whether a file that was not found may be in a folder that was not listed."""
        return any(not folder or name.startswith(f"{folder}/") for folder in self.unreachable)


class FileStamp(TypedDict):
    """What is known about a file without reading it.

    Attributes:
        size: in bytes.
        mtime: time of the last change, in nanoseconds.
        settled: whether the same size and times mean the same content.
        inode: number of the file; 0 if its file system changes the numbers of unchanged files.
        ctime: time of the last change of its attributes, in nanoseconds; 0 if unknown.
    """

    size: int
    mtime: int
    settled: bool
    inode: int
    ctime: int


KnownFiles: TypeAlias = Mapping[str, FileStamp]
"""What the last scan of a source found, by name."""

ReadFile: TypeAlias = Callable[[FoundFile], bytes]
"""Returns the content of a file that was found; raises ``OSError`` if it cannot be read."""

UNKNOWN = 0
"""The inode or ctime in a stamp that has none."""

EDITOR_BACKUP = SkipReason(N_("is a backup of an editor; skipped"), is_note=True)

_ARCHIVE_SUFFIXES = (".zip", ".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tar.xz", ".txz")


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


def has_same_times(known: FileStamp, file: FoundFile) -> bool:
    """Return whether a file has the size and times that it had."""
    return (
        known["mtime"] == file.mtime and known["ctime"] == file.ctime and known["size"] == file.size
    )


def is_unchanged(known: FileStamp, file: FoundFile) -> bool:
    """Return whether a file certainly has the same content as when it was read."""
    is_same_file = known["inode"] == file.inode or known["inode"] == UNKNOWN
    return known["settled"] and is_same_file and has_same_times(known, file)


def is_archive(name: str) -> bool:
    """Return whether a file has the name of an archive."""
    return name.lower().endswith(_ARCHIVE_SUFFIXES)


def scan(source: Path, *, follow_links: bool = False) -> ScanResult:
    """List the files of a source. Does not raise.

    Hidden files and folders are left out. Symbolic links within the source are followed. Each
    file and folder is listed once, by its own name if that is in the source, so loops end.

    Args:
        source: a file, or a folder that is listed recursively. It may be a link itself.
        follow_links: whether to follow links that lead out of the source as well.

    Returns:
        The files, and what could not be listed.
    """
    result = ScanResult()
    try:
        status = source.stat()
    except OSError as error:
        result.unreachable[""] = reason(error)
        return result
    if stat.S_ISDIR(status.st_mode):
        linked = _walk(source, result, follow_links=follow_links)
        paths = {file.path for file in result.files} if linked else set()
        for file in linked:
            if file.path not in paths:
                paths.add(file.path)
                result.files.append(file)
        result.files.sort(reverse=True)
    elif stat.S_ISREG(status.st_mode):
        path = os.path.realpath(source)
        result.files.append(_found_file(printable_path(source.name), path, status))
    else:
        # Reading a pipe or device may never end.
        result.unreachable[""] = _("neither a file nor a folder")
    return result


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
        # The file, or its folder, may have been replaced since it was listed.
        yield lambda file: read_regular_file(file.path, MAX_FILE_BYTES, follow_links=False)


def _walk(source: Path, result: ScanResult, *, follow_links: bool) -> list[FoundFile]:
    """Add the files and folders below a folder to a result.

    Returns:
        The targets of links to files, which may be in the result already.
    """
    root = source.resolve()
    seen: set[str] = set()
    linked: list[FoundFile] = []
    waiting = [("", str(root))]
    while waiting:
        prefix, folder = waiting.pop()
        if folder in seen:
            continue
        seen.add(folder)
        try:
            with os.scandir(folder) as listing:
                children = sorted(listing, key=attrgetter("name"))
        except OSError as error:
            result.unreachable[prefix.rstrip("/")] = reason(error)
            continue
        result.folders.append(folder)
        skip_reasons = _skip_reasons([child.name for child in children])
        for child in children:
            if child.name.startswith("."):
                continue
            name = prefix + printable_path(child.name)
            path = child.path
            try:
                is_link = child.is_symlink()
                if is_link:
                    path = os.path.realpath(path, strict=True)
                    if not (follow_links or Path(path).is_relative_to(root)):
                        result.unfollowed_links[name] = printable_path(path)
                        continue
                if child.is_dir():
                    # Links go last, so that a folder is listed by its own name if possible.
                    waiting.insert(0 if is_link else len(waiting), (f"{name}/", path))
                elif child.is_file():
                    files = linked if is_link else result.files
                    files.append(
                        _found_file(name, path, child.stat(), skip_reasons.get(child.name))
                    )
            except OSError:
                # A dangling or circular link, or a file that was just deleted.
                continue
    return linked


def _found_file(
    name: str, path: str, status: os.stat_result, skip_reason: SkipReason | None = None
) -> FoundFile:
    if skip_reason is None and status.st_size > MAX_FILE_BYTES:
        message = N_("is larger than {size} MB; skipped")
        skip_reason = SkipReason(message, {"size": MAX_FILE_BYTES >> 20})
    size, mtime = status.st_size, status.st_mtime_ns
    return FoundFile(name, path, size, mtime, "", skip_reason, status.st_ino, status.st_ctime_ns)


def _skip_reasons(names: Collection[str]) -> dict[str, SkipReason]:
    """Return why files are not read because of their names, given all names of a folder."""
    reasons: dict[str, SkipReason] = {}
    if not may_have_copies(names):
        return reasons
    normalized = [unicodedata.normalize("NFC", name) for name in names]
    siblings = set(normalized)
    for name, normal in zip(names, normalized, strict=True):
        if is_editor_backup(name):
            reasons[name] = EDITOR_BACKUP
        elif copy := copy_of(normal, siblings):
            reasons[name] = skip_copy(copy)
    return reasons


def skip_copy(copy: Copy) -> SkipReason:
    """Return why a copy is not read."""
    message = N_("looks like a copy of {original}; skipped. If it is not one, rename it")
    if copy.is_conflict:
        message = N_("is a conflict copy of {original}; skipped. Compare them and delete one")
    return SkipReason(message, {"original": printable_path(copy.original)})


def printable_path(name: str) -> str:
    """Return a name or path with escapes for unprintable characters and backslashes."""
    if name.isascii() and name.isprintable() and "\\" not in name:
        return name
    from tui.sanitize import escape_unprintable

    return escape_unprintable(name.replace("\\", "\\\\"))
