"""Zip archives."""

from __future__ import annotations

import os
import stat
import struct
import zipfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import BinaryIO

from tui.i18n import N_, _
from tui.sources import archive
from tui.sources.scan import SkipReason
from tui.storage.regular_file import open_regular_file

_ENCRYPTED = SkipReason(N_("is encrypted; skipped"))
_UNSUPPORTED_COMPRESSION = SkipReason(N_("is compressed with an unsupported method; skipped"))
_BOMB = SkipReason(
    N_("is more than {n} times as large as its compressed data; skipped"),
    {"n": archive.MAX_COMPRESSION_RATIO},
)

_RATIO_EXEMPT_BYTES = 1 << 20
"""Smaller members may have any compression ratio."""

_COMPRESSION_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""The others decompress a chunk as a whole, however large it becomes."""

_READ_BYTES = 1 << 16

_END_RECORD = b"PK\x05\x06"
_ZIP64_LOCATOR = b"PK\x06\x07"
_END_RECORD_BYTES = 22
_ZIP64_LOCATOR_BYTES = 20
_MAX_COMMENT_BYTES = 1 << 16

MAX_DIRECTORY_BYTES = archive.MAX_MEMBERS * 512
"""zipfile reads the whole list of members into memory."""

_ENCRYPTED_FLAGS = 0x1 | 0x40 | 0x2000
_UTF8_FLAG = 0x800


class ZipArchive:
    """A zip archive.

    Args:
        path: the archive.

    Raises:
        OSError: it cannot be opened, or is not a valid archive.
    """

    is_sequential = False

    def __init__(self, path: Path) -> None:
        self._file = open_regular_file(path)
        try:
            _check_directory_size(self._file)
            with archive.errors_as_damage(zipfile.BadZipFile):
                self._zip = zipfile.ZipFile(self._file)
        except BaseException:
            self._file.close()
            raise
        self._infos = self._zip.infolist()

    def members(self) -> Iterator[archive.ArchiveMember]:
        """Yield the members; see ``Archive``."""
        for key, info in enumerate(self._infos):
            if not info.is_dir():
                content_id = f"crc32:{info.CRC:08x}:{info.file_size}"
                yield archive.ArchiveMember(
                    _name(info), key, info.file_size, content_id, _skip_reason(info)
                )

    def read(self, member: archive.ArchiveMember) -> bytes:
        """Return a member's content; see ``Archive``."""
        info = self._infos[member.key]
        with archive.errors_as_damage(zipfile.BadZipFile), self._zip.open(info) as file:
            # zipfile returns no more than the declared size, which has been checked. To read all
            # of it at once would copy it once for every few kilobytes of the archive.
            return b"".join(iter(partial(file.read, _READ_BYTES), b""))

    def close(self) -> None:
        """Close the file."""
        self._zip.close()
        self._file.close()


def _skip_reason(info: zipfile.ZipInfo) -> SkipReason | None:
    mode = info.external_attr >> 16
    if stat.S_IFMT(mode) not in {0, stat.S_IFREG}:
        return archive.NOT_A_FILE
    if info.flag_bits & _ENCRYPTED_FLAGS:
        return _ENCRYPTED
    if info.compress_type not in _COMPRESSION_METHODS:
        return _UNSUPPORTED_COMPRESSION
    if info.file_size > archive.MAX_MEMBER_BYTES:
        return archive.TOO_LARGE
    largest = archive.MAX_COMPRESSION_RATIO * info.compress_size
    if info.file_size > max(_RATIO_EXEMPT_BYTES, largest):
        return _BOMB
    return None


def _name(info: zipfile.ZipInfo) -> str:
    """Return a member's name. Many programs write UTF-8 without setting the flag for it."""
    if info.flag_bits & _UTF8_FLAG:
        return info.filename
    try:
        return info.filename.encode("cp437").decode()
    except UnicodeError:
        return info.filename


def _check_directory_size(file: BinaryIO) -> None:
    """Reject an archive whose list of members would take too much memory.

    Raises:
        OSError: it is not a zip archive, or its list is too long.
    """
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - _END_RECORD_BYTES - _MAX_COMMENT_BYTES - _ZIP64_LOCATOR_BYTES))
    tail = file.read(_END_RECORD_BYTES + _MAX_COMMENT_BYTES + _ZIP64_LOCATOR_BYTES)
    end = len(tail) - _END_RECORD_BYTES
    # As zipfile does, look for the record at the very end, then before a comment.
    if not (end >= 0 and tail[end:].startswith(_END_RECORD) and tail.endswith(b"\0\0")):
        end = tail.rfind(_END_RECORD)
    if end < 0 or len(tail) - end < _END_RECORD_BYTES:
        raise archive.UnreadableMemberError(_("is not a zip archive, or is truncated"))
    directory_size = struct.unpack_from("<L", tail, end + 12)[0]
    # ZIP64 is for more members than are read anyway.
    locator = tail[max(0, end - _ZIP64_LOCATOR_BYTES) : end]
    if directory_size > MAX_DIRECTORY_BYTES or locator.startswith(_ZIP64_LOCATOR):
        message = _("is an archive of more than {n} files")
        raise archive.UnreadableMemberError(message, n=f"{archive.MAX_MEMBERS:,}")
