"""Archives as sources. They are read in place: nothing is unpacked to disk.

All members have the size and time of the archive, so an unchanged archive is not even opened.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from itertools import count
from pathlib import Path

from tui.i18n import _
from tui.sources.archive_member import (
    DUPLICATE,
    ESCAPES,
    MAX_ARCHIVE_BYTES,
    MAX_MEMBERS,
    MAX_TOTAL_BYTES,
    NESTED,
    Archive,
    ArchiveMember,
    UnreadableMemberError,
)
from tui.sources.scan import FoundFile, ScanResult, SkipReason, printable_path
from tui.sources.source import FileStamp, KnownFiles, ReadFile, is_archive
from tui.storage.disk_errors import reason

_WINDOWS_DRIVE = re.compile(r"[A-Za-z]:")

_ARCHIVE_ITSELF = SkipReason("")
"""Marks the archive's own entry. It is listed last, so it is known only if all members are."""


class ArchiveSource:
    """An archive.

    Args:
        path: the archive.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._members: dict[str, ArchiveMember] = {}

    def scan(self, known: KnownFiles) -> ScanResult:
        """List the members; see ``Source``. An unchanged archive is not opened."""
        result = ScanResult()
        try:
            status = self._path.stat()
            name = printable_path(self._path.name)
            archive_file = FoundFile(
                name, str(self._path), status.st_size, status.st_mtime_ns,
                skip_reason=_ARCHIVE_ITSELF,
            )  # fmt: skip
            if name in known and all(_has_stamp(each, archive_file) for each in known.values()):
                result.files = [_member_file(archive_file, each) for each in known]
                return result
            if archive_file.size > MAX_ARCHIVE_BYTES:
                message = _("is larger than {size} MB; skipped")
                raise UnreadableMemberError(message.format(size=MAX_ARCHIVE_BYTES >> 20))
            with closing(_open_archive(self._path)) as archive:
                self._list(archive, archive_file, result)
            result.files.append(archive_file)
        except OSError as error:
            # The members listed so far are read nevertheless, and known ones are kept.
            result.unreachable[""] = reason(error)
        return result

    def _list(self, archive: Archive, archive_file: FoundFile, result: ScanResult) -> None:
        """Add the members to a result, including those to skip."""
        files: dict[str, FoundFile] = {}
        total = 0
        try:
            for number, member in enumerate(archive.members()):
                total += member.size
                if number >= MAX_MEMBERS:
                    message = _("is an archive of more than {n} files")
                    raise UnreadableMemberError(message.format(n=MAX_MEMBERS))
                if total > MAX_TOTAL_BYTES:
                    message = _("unpacks to more than {size} MB")
                    raise UnreadableMemberError(message.format(size=MAX_TOTAL_BYTES >> 20))
                parts = [part for part in member.name.split("/") if part not in {"", "."}]
                if _leads_out(member.name) or not parts:
                    name = f"{archive_file.name}/{printable_path(member.name)}"
                    files[name] = _member_file(archive_file, name, skip_reason=ESCAPES)
                elif not any(part.startswith(".") for part in parts):
                    name = f"{archive_file.name}/{'/'.join(map(printable_path, parts))}"
                    if name in files:
                        unused = _unused_name(name, files)
                        files[unused] = _member_file(archive_file, unused, skip_reason=DUPLICATE)
                    self._members[name] = member
                    skip_reason = member.skip_reason or (NESTED if is_archive(parts[-1]) else None)
                    files[name] = _member_file(archive_file, name, member.content_id, skip_reason)
        finally:
            result.files = list(files.values())
            if not archive.is_sequential:
                result.files.sort(key=lambda file: file.name, reverse=True)

    @contextmanager
    def reading(self) -> Iterator[ReadFile]:
        """Read the listed members; see ``Source``. The first read opens the archive."""
        with ExitStack() as stack:
            opened: list[Archive] = []

            def read(file: FoundFile) -> bytes:
                status = self._path.stat()
                if (status.st_size, status.st_mtime_ns) != (file.size, file.mtime):
                    raise UnreadableMemberError(_("the archive was replaced meanwhile"))
                if not opened:
                    opened.append(stack.enter_context(closing(_open_archive(self._path))))
                return opened[0].read(self._members[file.name])

            yield read


def _open_archive(path: Path) -> Archive:
    if path.name.lower().endswith(".zip"):
        from tui.sources.zip_archive import ZipArchive

        return ZipArchive(path)
    from tui.sources.tar_archive import TarArchive

    return TarArchive(path)


def _member_file(
    archive: FoundFile, name: str, content_id: str = "", skip_reason: SkipReason | None = None
) -> FoundFile:
    return FoundFile(name, archive.path, archive.size, archive.mtime, content_id, skip_reason)


def _has_stamp(known: FileStamp, archive: FoundFile) -> bool:
    """Return whether a member is known from the archive's current version."""
    stamp = (known["size"], known["mtime"])
    return known["settled"] and stamp == (archive.size, archive.mtime)


def _leads_out(name: str) -> bool:
    """Return whether a member's path leads out of the archive on any operating system."""
    with_slashes = name.replace("\\", "/")
    return (
        with_slashes.startswith("/")
        or _WINDOWS_DRIVE.match(with_slashes) is not None
        or ".." in with_slashes.split("/")
    )


def _unused_name(name: str, files: Mapping[str, FoundFile]) -> str:
    return next(each for number in count(1) if (each := f"{name} ({number})") not in files)
