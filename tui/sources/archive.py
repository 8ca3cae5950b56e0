"""Archives as sources. They are read in place: nothing is unpacked to disk.

All members have the size and time of the archive, so an unchanged archive is not even opened.

Archives are untrusted: paths that lead out of the archive, links and devices are skipped, and all
sizes are bounded, whatever the archive declares.
"""

from __future__ import annotations

import os
import re
import stat
import struct
import unicodedata
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from itertools import count
from pathlib import Path
from sys import getsizeof
from typing import NamedTuple, Protocol

from tui.i18n import N_, _
from tui.sources.copies import copy_of, is_editor_backup
from tui.sources.git.lfs import MAX_POINTER_BYTES, is_lfs_pointer
from tui.sources.scan import (
    EDITOR_BACKUP,
    MAX_FILE_BYTES,
    FoundFile,
    KnownFiles,
    ReadFile,
    ScanResult,
    SkipReason,
    is_archive,
    is_unchanged,
    printable_path,
    skip_copy,
)
from tui.storage.disk_errors import reason
from tui.storage.regular_file import read_regular_file

MAX_ARCHIVE_BYTES = 1 << 30
MAX_MEMBER_BYTES = MAX_FILE_BYTES
MAX_TOTAL_BYTES = 1 << 30
"""Size of all members together, uncompressed."""

MAX_MEMBERS = 65_000

MAX_COMPRESSION_RATIO = 200
"""Text compresses by about 10, a decompression bomb by about 1000."""

_RATIO_EXEMPT_BYTES = 64 << 20
"""An archive may unpack to this size with any compression ratio."""

MAX_NAME_BYTES = 16 << 20
"""Memory for the names of all members, of which there are several copies."""

ESCAPES = SkipReason(N_("leads out of the archive; skipped"))
NOT_A_FILE = SkipReason(N_("is a link or a device; skipped"))
NESTED = SkipReason(N_("is an archive within an archive; skipped"))
DUPLICATE = SkipReason(N_("occurs again later in the archive; only the last one is read"))
TOO_LARGE = SkipReason(N_("is larger than {size} MB; skipped"), {"size": MAX_MEMBER_BYTES >> 20})

_DECODING_ERRORS = (EOFError, RuntimeError, ValueError, OverflowError, struct.error, zlib.error)
"""What libraries raise for invalid, damaged and malicious archives, besides their own errors."""

_ROOT = re.compile(r"/|[A-Za-z]:")

_ARCHIVE_ITSELF = SkipReason("")
"""Marks the archive's own entry. It is listed last, so it is known only if all members are."""


def max_unpacked_bytes(archive_bytes: int) -> int:
    """Return the largest size to which an archive of a given size may unpack."""
    allowed = max(_RATIO_EXEMPT_BYTES, MAX_COMPRESSION_RATIO * archive_bytes)
    return min(MAX_TOTAL_BYTES, allowed)


class ArchiveMember(NamedTuple):
    """A file in an archive.

    Attributes:
        name: its path in the archive.
        key: how its format finds it.
        size: in bytes, as declared by the archive.
        content_id: identifies the content without reading it; empty if nothing does.
        skip_reason: why it is not read, or None.
    """

    name: str
    key: int
    size: int
    content_id: str = ""
    skip_reason: SkipReason | None = None


class UnreadableMemberError(OSError):
    """An archive or one of its members cannot be read; ``strerror`` says why.

    Args:
        template: the message, translated, with a ``{placeholder}`` for each value.
        **values: the values.
    """

    def __init__(self, template: str, **values: object) -> None:
        super().__init__(None, template.format(**values))


@contextmanager
def errors_as_damage(*errors: type[Exception]) -> Iterator[None]:
    """Translate what libraries raise for an invalid or damaged archive.

    Args:
        *errors: the library's own errors.
    """
    translated: tuple[type[Exception], ...] = (OSError, *_DECODING_ERRORS, *errors)
    try:
        yield
    except translated as error:
        # gzip's OSError has no strerror.
        if isinstance(error, OSError) and error.strerror:
            raise
        from tui.sanitize import escape_unprintable

        why = escape_unprintable(str(error)) or type(error).__name__
        raise UnreadableMemberError(_("is damaged ({why})"), why=why) from error


class Archive(Protocol):
    """An open archive of one format."""

    is_sequential: bool
    """Whether members have to be read in the order in which they are listed."""

    def members(self) -> Iterator[ArchiveMember]:
        """Yield all members except folders. Raises OSError if the list is damaged."""

    def read(self, member: ArchiveMember) -> bytes:
        """Return a member's content. Raises OSError if it cannot be read."""

    def close(self) -> None:
        """Close the file."""


class ArchiveSource:
    """An archive.

    Args:
        path: the archive.
        open_archive: opens it; raises OSError if that fails.
    """

    def __init__(self, path: Path, open_archive: Callable[[Path], Archive]) -> None:
        self._path = path
        self._open = open_archive
        self._members: dict[str, ArchiveMember] = {}

    def scan(self, known: KnownFiles) -> ScanResult:
        """List the members; see ``Source``. An unchanged archive is not opened."""
        result = ScanResult()
        try:
            status = self._path.stat()
            if not stat.S_ISREG(status.st_mode):
                raise UnreadableMemberError(_("neither a file nor a folder"))
            name = printable_path(self._path.name)
            size, mtime, inode = status.st_size, status.st_mtime_ns, status.st_ino
            archive_file = FoundFile(
                name, str(self._path), size, mtime, inode=inode, ctime=status.st_ctime_ns
            )
            if name in known and all(is_unchanged(each, archive_file) for each in known.values()):
                result.files = [archive_file._replace(name=each) for each in known]
                return result
            if archive_file.size > MAX_ARCHIVE_BYTES:
                message = _("is larger than {size} MB; skipped")
                raise UnreadableMemberError(message, size=MAX_ARCHIVE_BYTES >> 20)
            self._check_lfs_pointer(status)
            with closing(self._open(self._path)) as archive:
                self._list(archive, archive_file, result)
            result.files.append(archive_file._replace(skip_reason=_ARCHIVE_ITSELF))
        except OSError as error:
            # The members listed so far are read nevertheless, and known ones are kept.
            result.unreachable[""] = reason(error)
        return result

    def _check_lfs_pointer(self, status: os.stat_result) -> None:
        """Raise UnreadableMemberError if Git LFS did not download the archive."""
        if status.st_size > MAX_POINTER_BYTES:
            return
        if is_lfs_pointer(read_regular_file(self._path, MAX_POINTER_BYTES)):
            message = _("is a Git LFS pointer instead of the file itself; run 'git lfs pull'")
            raise UnreadableMemberError(message)

    def _list(self, archive: Archive, archive_file: FoundFile, result: ScanResult) -> None:
        """Add the members to a result, including those to skip."""
        files: dict[str, FoundFile] = {}
        total = unpacked = name_bytes = 0
        max_unpacked = max_unpacked_bytes(archive_file.size)
        try:
            for number, member in enumerate(archive.members()):
                total += member.size
                # A tar is unpacked from its start to its end, and limits that itself.
                is_unpacked = not (archive.is_sequential or member.skip_reason)
                unpacked += member.size if is_unpacked else 0
                name_bytes += getsizeof(member.name)
                if number >= MAX_MEMBERS:
                    message = _("is an archive of more than {n} files")
                    raise UnreadableMemberError(message, n=f"{MAX_MEMBERS:,}")
                if total > MAX_TOTAL_BYTES or unpacked > max_unpacked:
                    message = _("unpacks to more than {size} MB")
                    size = MAX_TOTAL_BYTES if total > MAX_TOTAL_BYTES else max_unpacked
                    raise UnreadableMemberError(message, size=size >> 20)
                if name_bytes > MAX_NAME_BYTES:
                    message = _("has file names that are too long")
                    raise UnreadableMemberError(message)
                parts = [part for part in member.name.split("/") if part not in {"", "."}]
                if _leads_out(member.name) or not parts:
                    name = f"{archive_file.name}/{printable_path(member.name)}"
                    files[name] = archive_file._replace(name=name, skip_reason=ESCAPES)
                elif not any(part.startswith(".") for part in parts):
                    name = f"{archive_file.name}/{'/'.join(map(printable_path, parts))}"
                    if name in files:
                        unused = _unused_name(name, files)
                        files[unused] = archive_file._replace(name=unused, skip_reason=DUPLICATE)
                    self._members[name] = member
                    skip_reason = member.skip_reason or (NESTED if is_archive(parts[-1]) else None)
                    if is_editor_backup(parts[-1]):
                        skip_reason = EDITOR_BACKUP
                    elif copy := copy_of(unicodedata.normalize("NFC", parts[-1]), ()):
                        skip_reason = skip_copy(copy)
                    files[name] = archive_file._replace(
                        name=name, content_id=member.content_id, skip_reason=skip_reason
                    )
        finally:
            result.files = list(files.values())
            if not archive.is_sequential:
                result.files.sort(reverse=True)

    @contextmanager
    def reading(self) -> Iterator[ReadFile]:
        """Read the listed members; see ``Source``. The first read opens the archive."""
        with ExitStack() as stack:
            opened: list[Archive] = []

            def read(file: FoundFile) -> bytes:
                status = self._path.stat()
                stamp = status.st_size, status.st_mtime_ns, status.st_ctime_ns
                if stamp != (file.size, file.mtime, file.ctime):
                    raise UnreadableMemberError(_("the archive was replaced meanwhile"))
                if not opened:
                    opened.append(stack.enter_context(closing(self._open(self._path))))
                return opened[0].read(self._members[file.name])

            yield read


def _leads_out(name: str) -> bool:
    """Return whether a member's path leads out of the archive on any operating system."""
    path = name.replace("\\", "/")
    return _ROOT.match(path) is not None or ".." in path.split("/")


def _unused_name(name: str, files: Mapping[str, FoundFile]) -> str:
    return next(each for number in count(1) if (each := f"{name} ({number})") not in files)
