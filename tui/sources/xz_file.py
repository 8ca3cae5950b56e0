"""Xz files, read with a limit on memory, which the standard library's class lacks.

The file itself says how much memory its decompression takes: four gigabytes if it likes.
"""

from __future__ import annotations

import io
import lzma
import os
from typing import IO

MAX_MEMORY_BYTES = 80 << 20
"""The highest level of xz takes 65 MB."""

_CHUNK_BYTES = 1 << 16


class XzMemoryError(Exception):
    """A file needs more than ``MAX_MEMORY_BYTES``."""


class XzFile(io.RawIOBase):
    """The uncompressed content of a file.

    Args:
        file: the compressed file, which is not closed.
    """

    def __init__(self, file: IO[bytes]) -> None:
        super().__init__()
        self._file = file
        self._rewind()

    def _rewind(self) -> None:
        self._file.seek(0)
        self._offset = 0
        self._decompressor = _new_decompressor()
        self._input = b""

    def read(self, size: int = -1, /) -> bytes:
        """Read ``size`` bytes, or fewer at the end.

        Raises:
            XzMemoryError: that takes too much memory.
            EOFError, lzma.LZMAError: the file is truncated or damaged.
        """
        pieces = []
        while size > 0 and (piece := self._decompress(size)):
            pieces.append(piece)
            size -= len(piece)
            self._offset += len(piece)
        return b"".join(pieces)

    def seek(self, offset: int, _whence: int = os.SEEK_SET, /) -> int:
        """Move to an offset from the start, or to the end if the content is shorter."""
        if offset < self._offset:
            self._rewind()
        while self._offset < offset and self.read(min(offset - self._offset, _CHUNK_BYTES)):
            pass
        return self._offset

    def tell(self) -> int:
        """Return the current offset."""
        return self._offset

    def _decompress(self, size: int) -> bytes:
        """Return between one and ``size`` bytes; none at the end."""
        while True:
            is_next_stream = self._decompressor.eof
            if is_next_stream:
                self._input = self._decompressor.unused_data or self._file.read(_CHUNK_BYTES)
                # Zeros between streams are padding.
                while self._input and not (stripped := self._input.lstrip(b"\0")):
                    self._input = self._file.read(_CHUNK_BYTES)
                if not self._input:
                    return b""
                self._input = stripped
                self._decompressor = _new_decompressor()
            elif self._decompressor.needs_input:
                self._input = self._file.read(_CHUNK_BYTES)
                if not self._input:
                    raise EOFError("it ends before its end mark")
            try:
                piece = self._decompressor.decompress(self._input, size)
            except lzma.LZMAError as error:
                if "memory" in str(error).casefold():
                    raise XzMemoryError from error
                if is_next_stream:
                    # What follows the last stream is padding.
                    return b""
                raise
            self._input = b""
            if piece:
                return piece


def _new_decompressor() -> lzma.LZMADecompressor:
    return lzma.LZMADecompressor(memlimit=MAX_MEMORY_BYTES)
