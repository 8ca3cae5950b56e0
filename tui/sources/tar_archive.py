"""Tar archives, packed or not."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import os
import struct
import tarfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, cast

from tui.i18n import _
from tui.sources.archive_member import (
    MAX_MEMBER,
    MAX_RATIO,
    MAX_TOTAL,
    NO_FILE,
    TOO_LARGE,
    ArchiveMember,
    UnreadableMemberError,
    damaged,
)

_ERRORS = (
    tarfile.TarError, EOFError, RuntimeError, ValueError, OverflowError, struct.error, zlib.error,
    lzma.LZMAError,
)  # fmt: skip

MAX_HEADER = 1 << 20
"""Bytes of one member's headers; one may say that it is as long as the archive."""

_ALWAYS = 64 << 20
"""Bytes that may come out of an archive however small it is."""

_BLOCK = 512


class TarArchive:
    """A tar archive.

    Args:
        path: where it lies.

    Raises:
        OSError: it cannot be opened, or is none.
    """

    in_order = True

    def __init__(self, path: Path) -> None:
        self._stream = _LimitedReader(path)

    def members(self) -> Iterator[ArchiveMember]:
        """Yield the members; see ``Archive``."""
        self._stream.most = MAX_HEADER
        with _telling_damage():
            tar = tarfile.open(fileobj=self._stream, mode="r:")  # noqa: SIM115  # ours is closed
        while (info := self._next(tar)) is not None:
            if info.isdir():
                continue
            refused = None if info.isreg() and not info.issparse() else NO_FILE
            if refused is None and info.size > MAX_MEMBER:
                refused = TOO_LARGE
            yield ArchiveMember(info.name, info.offset_data, max(0, info.size), "", refused)
        with _telling_damage():
            self._stream.seek(tar.offset)
            self._stream.left = MAX_TOTAL
            # The library takes what is torn here for the end.
            if self._stream.read(_BLOCK) != bytes(_BLOCK):
                raise UnreadableMemberError(_("is cut off, or damaged farther on"))
            # Checksums stand at the end of what is packed.
            while self._stream.read(MAX_HEADER):
                pass

    def _next(self, tar: tarfile.TarFile) -> tarfile.TarInfo | None:
        self._stream.left = MAX_HEADER
        with _telling_damage():
            found = tar.next()
        # It would keep the headers of all.
        tar.members = []  # type: ignore[attr-defined]  # there, and declared nowhere
        return found

    def read(self, member: ArchiveMember) -> bytes:
        """Return a member's content; see ``Archive``."""
        self._stream.most = self._stream.left = MAX_MEMBER
        with _telling_damage():
            self._stream.seek(member.key)
            data = self._stream.read(member.size)
        if len(data) != member.size:
            raise UnreadableMemberError(_("is cut off, or damaged farther on"))
        return data

    def close(self) -> None:
        """Close it."""
        self._stream.close()


@contextmanager
def _telling_damage() -> Iterator[None]:
    """Say in a sentence what libraries raise for archives that are none, torn, or odd."""
    try:
        yield
    except _ERRORS as error:
        raise damaged(error) from error
    except OSError as error:
        # That of gzip has no words where the others have them.
        raise error if error.strerror else damaged(error) from error


class _LimitedReader(io.RawIOBase):
    """What an archive unpacks to, as a file that gives no more at once, nor in all, than it may.

    Args:
        path: of the archive.

    Attributes:
        most: how many bytes may be read at once.
        left: how many more may be read, however they are asked for.
    """

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._file = path.open("rb")
        self.most = self.left = MAX_HEADER
        packed = os.fstat(self._file.fileno()).st_size
        self._end = min(MAX_TOTAL, max(_ALWAYS, MAX_RATIO * packed))
        self._inner = _unpacked(self._file)

    def read(self, size: int = -1, /) -> bytes:
        """Read so many bytes, or up to the end; never more than it may."""
        self.left -= size
        if size < 0 or size > self.most or self.left < 0:
            raise UnreadableMemberError(
                _("is damaged ({why})").format(why=_("a header is too long"))
            )
        self._check(self._inner.tell() + size)
        return self._inner.read(size)

    def seek(self, offset: int, whence: int = os.SEEK_SET, /) -> int:
        """Go to a place, counted from the beginning."""
        if whence != os.SEEK_SET:
            raise io.UnsupportedOperation("only absolute offsets are supported")
        self._check(offset)
        return self._inner.seek(offset)

    def tell(self) -> int:
        """Return the place."""
        return self._inner.tell()

    def close(self) -> None:
        """Close it."""
        self._inner.close()
        self._file.close()
        super().close()

    def _check(self, place: int) -> None:
        if place > self._end + _BLOCK:
            told = _("unpacks to more than {size} MB").format(size=self._end >> 20)
            raise UnreadableMemberError(told)


def _unpacked(file: IO[bytes]) -> IO[bytes]:
    """Return what a file unpacks to, by how it begins."""
    begin = file.read(6)
    file.seek(0)
    if begin.startswith(b"\x1f\x8b"):
        return cast("IO[bytes]", gzip.GzipFile(fileobj=file))
    if begin.startswith(b"BZh"):
        return cast("IO[bytes]", bz2.BZ2File(file))
    if begin.startswith(b"\xfd7zXZ\0"):
        return cast("IO[bytes]", lzma.LZMAFile(file))
    return file
