"""An archive of digests as a source, read as it is: nothing is unpacked to the disk.

A member counts as changed with its archive: it goes by the archive's size and time, so that an
archive that is as it was is not even opened.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from itertools import count
from pathlib import Path

from tui.i18n import _
from tui.sources.archive_member import (
    ESCAPES,
    MAX_ARCHIVE,
    MAX_TOTAL,
    MOST_MEMBERS,
    NESTED,
    TWICE,
    Archive,
    ArchiveMember,
    UnreadableMemberError,
)
from tui.sources.scan import FoundFile, ScanResult, SkipReason, printable_path
from tui.sources.source import FileStamp, KnownFiles, ReadFile, is_archive
from tui.storage.disk_errors import reason

_DRIVE = re.compile(r"[A-Za-z]:")

_WHOLE = SkipReason("")
"""What stands for the archive itself. It is found last, and so known only when all else is."""


class ArchiveSource:
    """An archive.

    Args:
        path: where it lies.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._members: dict[str, ArchiveMember] = {}

    def scan(self, known: KnownFiles) -> ScanResult:
        """List the members; see ``Source``. An archive that is as it was is not opened."""
        found = ScanResult()
        try:
            status = self._path.stat()
            name = printable_path(self._path.name)
            whole = FoundFile(
                name, str(self._path), status.st_size, status.st_mtime_ns, skip_reason=_WHOLE
            )
            if whole.name in known and all(_is_of(each, whole) for each in known.values()):
                found.files = [_in(whole, name) for name in known]
                return found
            if whole.size > MAX_ARCHIVE:
                told = _("is larger than {size} MB; skipped")
                raise UnreadableMemberError(told.format(size=MAX_ARCHIVE >> 20))
            with closing(_opened(self._path)) as archive:
                self._list(archive, whole, found)
            found.files.append(whole)
        except OSError as error:
            # What was listed is read all the same, and what was known stays.
            found.unreachable[""] = reason(error)
        return found

    def _list(self, archive: Archive, whole: FoundFile, found: ScanResult) -> None:
        """Note the members that may be digests, and those that are refused."""
        files: dict[str, FoundFile] = {}
        total = 0
        try:
            for number, member in enumerate(archive.members()):
                total += member.size
                if number >= MOST_MEMBERS:
                    told = _("is an archive of more than {n} files").format(n=MOST_MEMBERS)
                    raise UnreadableMemberError(told)
                if total > MAX_TOTAL:
                    told = _("unpacks to more than {size} MB").format(size=MAX_TOTAL >> 20)
                    raise UnreadableMemberError(told)
                parts = [part for part in member.name.split("/") if part not in {"", "."}]
                if _leads_out(member.name) or not parts:
                    name = f"{whole.name}/{printable_path(member.name)}"
                    files[name] = _in(whole, name, refused=ESCAPES)
                elif not any(part.startswith(".") for part in parts):
                    name = f"{whole.name}/{'/'.join(map(printable_path, parts))}"
                    if name in files:
                        again = _unused(name, files)
                        files[again] = _in(whole, again, refused=TWICE)
                    self._members[name] = member
                    nested = NESTED if is_archive(parts[-1]) else None
                    files[name] = _in(whole, name, member.content_id, member.skip_reason or nested)
        finally:
            found.files = list(files.values())
            if not archive.in_order:
                found.files.sort(key=lambda file: file.name, reverse=True)

    @contextmanager
    def reading(self) -> Iterator[ReadFile]:
        """Read members that were listed; see ``Source``. It is opened for the first."""
        with ExitStack() as stack:
            opened: list[Archive] = []

            def read(file: FoundFile) -> bytes:
                status = self._path.stat()
                if (status.st_size, status.st_mtime_ns) != (file.size, file.mtime):
                    raise UnreadableMemberError(_("the archive was replaced meanwhile"))
                if not opened:
                    opened.append(stack.enter_context(closing(_opened(self._path))))
                return opened[0].read(self._members[file.name])

            yield read


def _opened(path: Path) -> Archive:
    if path.name.lower().endswith(".zip"):
        from tui.sources.zip_archive import ZipArchive

        return ZipArchive(path)
    # Each kind of archive brings libraries along that the other does not need.
    from tui.sources.tar_archive import TarArchive

    return TarArchive(path)


def _in(
    whole: FoundFile, name: str, content: str = "", refused: SkipReason | None = None
) -> FoundFile:
    """Return what is found in an archive under a name."""
    return FoundFile(name, whole.path, whole.size, whole.mtime, content, refused)


def _is_of(known: FileStamp, whole: FoundFile) -> bool:
    """Tell whether something is known of the archive as it is now."""
    stamp = (known["size"], known["mtime"])
    return bool(known["settled"]) and stamp == (whole.size, whole.mtime)


def _leads_out(name: str) -> bool:
    """Tell whether a member's name leads out of the archive, on any system."""
    as_windows = name.replace("\\", "/")
    return (
        as_windows.startswith("/")
        or _DRIVE.match(as_windows) is not None
        or ".." in as_windows.split("/")
    )


def _unused(name: str, files: Mapping[str, FoundFile]) -> str:
    return next(each for number in count(1) if (each := f"{name} ({number})") not in files)
