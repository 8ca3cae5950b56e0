"""Tar archives, compressed or not."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import os
import tarfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import IO, cast

from tui.i18n import _
from tui.sources import archive
from tui.sources.xz_file import MAX_MEMORY_BYTES, XzFile, XzMemoryError
from tui.storage.regular_file import open_regular_file

_errors_as_damage = partial(archive.errors_as_damage, tarfile.TarError, lzma.LZMAError)

MAX_HEADER_BYTES = 1 << 20
"""Size of one member's header. A malicious header may claim to be as long as the archive."""

_BLOCK_BYTES = 512


class TarArchive:
    """A tar archive.

    Args:
        path: the archive.

    Raises:
        OSError: it cannot be opened.
    """

    is_sequential = True

    def __init__(self, path: Path) -> None:
        self._stream = _LimitedReader(path)

    def members(self) -> Iterator[archive.ArchiveMember]:
        """Yield the members; see ``Archive``."""
        self._stream.max_read = MAX_HEADER_BYTES
        with _errors_as_damage():
            tar = tarfile.open(fileobj=self._stream, mode="r:")  # noqa: SIM115  # ours is closed
        while (info := self._next(tar)) is not None:
            if info.isdir():
                continue
            skip_reason = None if info.isreg() and not info.issparse() else archive.NOT_A_FILE
            if skip_reason is None and info.size > archive.MAX_MEMBER_BYTES:
                skip_reason = archive.TOO_LARGE
            size = max(0, info.size)
            yield archive.ArchiveMember(info.name, info.offset_data, size, "", skip_reason)
        with _errors_as_damage():
            self._stream.seek(tar.offset)
            self._stream.remaining = archive.MAX_TOTAL_BYTES
            # tarfile takes damage for the end of the archive, which is a block of zeros.
            if self._stream.read(_BLOCK_BYTES) != bytes(_BLOCK_BYTES):
                raise archive.UnreadableMemberError(_("is truncated or damaged"))
            # Checksums of the compression are at the end.
            while self._stream.read(MAX_HEADER_BYTES):
                pass

    def _next(self, tar: tarfile.TarFile) -> tarfile.TarInfo | None:
        self._stream.remaining = MAX_HEADER_BYTES
        with _errors_as_damage():
            info = tar.next()
        # Otherwise tarfile keeps the headers of all members in memory.
        tar.members = []  # type: ignore[attr-defined]  # missing in the type stubs
        # It does keep those that apply to all members.
        headers: Mapping[str, str] = tar.pax_headers
        if sum(len(name) + len(value) for name, value in headers.items()) > MAX_HEADER_BYTES:
            raise archive.UnreadableMemberError(
                _("is damaged ({why})"), why=_("a header is too long")
            )
        return info

    def read(self, member: archive.ArchiveMember) -> bytes:
        """Return a member's content; see ``Archive``."""
        self._stream.max_read = self._stream.remaining = archive.MAX_MEMBER_BYTES
        with _errors_as_damage():
            self._stream.seek(member.key)
            data = self._stream.read(member.size)
        if len(data) != member.size:
            raise archive.UnreadableMemberError(_("is truncated or damaged"))
        return data

    def close(self) -> None:
        """Close the file."""
        self._stream.close()


class _LimitedReader(io.RawIOBase):
    """The uncompressed content of an archive, with limits on reading.

    Args:
        path: the archive.

    Attributes:
        max_read: the most bytes to read at once.
        remaining: how many more bytes may be read.
    """

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._file = open_regular_file(path)
        self.max_read = self.remaining = MAX_HEADER_BYTES
        compressed = os.fstat(self._file.fileno()).st_size
        self._max_offset = archive.max_unpacked_bytes(compressed)
        self._uncompressed = _decompressed(self._file)

    def read(self, size: int = -1, /) -> bytes:
        """Read up to ``size`` bytes.

        Raises:
            UnreadableMemberError: that exceeds a limit.
        """
        self.remaining -= size
        if size < 0 or size > self.max_read or self.remaining < 0:
            why = _("a header is too long")
            raise archive.UnreadableMemberError(_("is damaged ({why})"), why=why)
        self._check_offset(self._uncompressed.tell() + size)
        with _memory_errors_as_damage():
            return self._uncompressed.read(size)

    def seek(self, offset: int, _whence: int = os.SEEK_SET, /) -> int:
        """Move to an offset from the start; tarfile uses no other ones."""
        self._check_offset(offset)
        with _memory_errors_as_damage():
            return self._uncompressed.seek(offset)

    def tell(self) -> int:
        """Return the current offset."""
        return self._uncompressed.tell()

    def close(self) -> None:
        """Close the file."""
        self._uncompressed.close()
        self._file.close()
        super().close()

    def _check_offset(self, offset: int) -> None:
        if offset > self._max_offset + _BLOCK_BYTES:
            message = _("unpacks to more than {size} MB")
            raise archive.UnreadableMemberError(message, size=self._max_offset >> 20)


@contextmanager
def _memory_errors_as_damage() -> Iterator[None]:
    try:
        yield
    except XzMemoryError as error:
        message = _("takes more than {size} MB of memory to unpack; compress it with 'xz -6'")
        raise archive.UnreadableMemberError(message, size=MAX_MEMORY_BYTES >> 20) from error


def _decompressed(file: IO[bytes]) -> IO[bytes]:
    """Return a stream of a file's uncompressed content, whose format its first bytes show."""
    start = file.read(6)
    file.seek(0)
    if start.startswith(b"\x1f\x8b"):
        return cast("IO[bytes]", gzip.GzipFile(fileobj=file))
    if start.startswith(b"BZh"):
        return cast("IO[bytes]", bz2.BZ2File(file))
    if start.startswith(b"\xfd7zXZ\0"):
        return cast("IO[bytes]", XzFile(file))
    return file
