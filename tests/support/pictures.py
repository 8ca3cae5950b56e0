"""Pictures for tests."""

from __future__ import annotations

import zlib
from io import BytesIO

from PIL import Image

RED, BLUE = (200, 30, 30), (30, 30, 200)


def png(width: int = 40, height: int = 40) -> bytes:
    """Return a picture whose upper half is red and whose lower half is blue."""
    image = Image.new("RGB", (width, height), BLUE)
    image.paste(RED, (0, 0, width, height // 2))
    return saved(image)


def noise(width: int, height: int) -> bytes:
    """Return a picture that cannot be compressed."""
    state, values = 1, bytearray()
    for _number in range(width * height * 3):
        state = state * 48271 % 0x7FFFFFFF
        values.append(state & 0xFF)
    return saved(Image.frombytes("RGB", (width, height), bytes(values)))


def saved(image: Image.Image, kind: str = "PNG") -> bytes:
    """Return a picture as a file."""
    file = BytesIO()
    image.save(file, kind)
    return file.getvalue()


def bomb(width: int, height: int) -> bytes:
    """Return a small PNG file that claims a size, with a few bytes of pixels."""

    def chunk(name: bytes, data: bytes) -> bytes:
        checksum = zlib.crc32(name + data).to_bytes(4, "big")
        return len(data).to_bytes(4, "big") + name + data + checksum

    size = width.to_bytes(4, "big") + height.to_bytes(4, "big")
    header = chunk(b"IHDR", size + bytes((8, 2, 0, 0, 0)))
    pixels = chunk(b"IDAT", zlib.compress(bytes(100_000)))
    return b"\x89PNG\r\n\x1a\n" + header + pixels + chunk(b"IEND", b"")
