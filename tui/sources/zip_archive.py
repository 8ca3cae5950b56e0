"""Zip archives."""

from __future__ import annotations

import os
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from tui.i18n import _
from tui.sources.archive_member import (
    BOMB,
    ENCRYPTED,
    MAX_MEMBER,
    MAX_RATIO,
    MOST_MEMBERS,
    NO_FILE,
    SMALL,
    TOO_LARGE,
    UNKNOWN_WAY,
    ArchiveMember,
    UnreadableMemberError,
    damaged,
)
from tui.sources.scan import SkipReason

_ERRORS = (
    zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, EOFError, OverflowError,
    struct.error, zlib.error,
)  # fmt: skip
"""What the library raises for archives that are none, torn, or made to be odd."""

_WAYS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""The others unpack a piece as a whole, however large it becomes."""

_END = b"PK\x05\x06"
_END64 = b"PK\x06\x07"
_END_SIZE = 22
_MOST_COMMENT = 1 << 16

MAX_DIRECTORY = MOST_MEMBERS * 512
"""Bytes; the library reads the whole list of an archive before anybody can look at it."""

_ENCRYPTED = 0x1 | 0x40 | 0x2000
_UTF8 = 0x800


class ZipArchive:
    """A zip archive.

    Args:
        path: where it lies.

    Raises:
        OSError: it cannot be opened, or is none.
    """

    in_order = False

    def __init__(self, path: Path) -> None:
        _check_directory(path)
        try:
            self._zip = zipfile.ZipFile(path)
        except _ERRORS as error:
            raise damaged(error) from error
        self._infos = self._zip.infolist()

    def members(self) -> Iterator[ArchiveMember]:
        """Yield the members; see ``Archive``."""
        for key, info in enumerate(self._infos):
            if not info.is_dir():
                content = f"crc32:{info.CRC:08x}:{info.file_size}"
                yield ArchiveMember(_name(info), key, info.file_size, content, _why_refused(info))

    def read(self, member: ArchiveMember) -> bytes:
        """Return a member's content; see ``Archive``."""
        try:
            with self._zip.open(self._infos[member.key]) as file:
                # No more comes than the archive tells, which is bounded.
                return file.read(MAX_MEMBER)
        except _ERRORS as error:
            raise damaged(error) from error

    def close(self) -> None:
        """Close it."""
        self._zip.close()


def _why_refused(info: zipfile.ZipInfo) -> SkipReason | None:
    mode = info.external_attr >> 16
    if stat.S_IFMT(mode) not in {0, stat.S_IFREG}:
        return NO_FILE
    if info.flag_bits & _ENCRYPTED:
        return ENCRYPTED
    if info.compress_type not in _WAYS:
        return UNKNOWN_WAY
    if info.file_size > MAX_MEMBER:
        return TOO_LARGE
    if info.file_size > max(SMALL, MAX_RATIO * info.compress_size):
        return BOMB
    return None


def _name(info: zipfile.ZipInfo) -> str:
    """Return a member's name; many tools write UTF-8 and do not say so."""
    if info.flag_bits & _UTF8:
        return info.filename
    try:
        return info.filename.encode("cp437").decode()
    except UnicodeError:
        return info.filename


def _check_directory(path: Path) -> None:
    """Refuse an archive whose list of members would fill the memory.

    Raises:
        OSError: it is no zip archive, or its list is too long.
    """
    with path.open("rb") as file:
        length = file.seek(0, os.SEEK_END)
        file.seek(max(0, length - _END_SIZE - _MOST_COMMENT - 20))
        tail = file.read()
    end = len(tail) - _END_SIZE
    # As the library looks for it: at the very end, else before a comment.
    if not (end >= 0 and tail[end:].startswith(_END) and tail.endswith(b"\0\0")):
        end = tail.rfind(_END)
    if end < 0 or len(tail) - end < _END_SIZE:
        raise UnreadableMemberError(_("is no zip archive, or is cut off"))
    size = struct.unpack_from("<L", tail, end + 12)[0]
    # The longer form is for more files than are read of one archive.
    if size > MAX_DIRECTORY or tail[max(0, end - 20) : end].startswith(_END64):
        raise UnreadableMemberError(
            _("is an archive of more than {n} files").format(n=MOST_MEMBERS)
        )
