"""Decode pictures that somebody else made, within limits, and make them smaller."""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from io import BytesIO
from typing import NamedTuple

from PIL import Image

from tui.i18n import _

MAX_PIXELS = 40_000_000
"""A larger picture is refused before it is decoded, which would take a second and 160 MB."""

_FORMATS = ("PNG", "JPEG", "GIF", "WEBP")
"""Formats whose size is known before anything of that size is allocated; that of WebP because the
header is read here first."""

MAX_WEBP_PIXELS = 16_000_000
"""A larger WebP picture is refused: its decoder takes eight bytes and more for each pixel."""

_SVG = re.compile(
    rb"\s*(?:<\?xml[^>]*>|<!--.*?-->|<!DOCTYPE[^>]*>|\s)*<svg[\s>/]", re.DOTALL | re.I
)

_KEPT_PIXELS = (1200, 1200)
"""Larger pictures are reduced; a terminal has no more."""

_MIN_KEPT_SIDE = 24

_HEADER_BYTES = 1000

# The limit above replaces Pillow's, whose warning would be printed on the screen.
Image.MAX_IMAGE_PIXELS = None


class PictureError(Exception):
    """A picture cannot be shown; the message is a translated sentence."""


class Picture(NamedTuple):
    """A decoded picture.

    Attributes:
        image: its pixels, RGB; perhaps fewer than it had.
        width: the width that it had, in pixels.
        aspect: height divided by width.
    """

    image: Image.Image
    width: int
    aspect: float

    def reduced(self, max_side: int) -> Picture:
        """Return the picture with pixels for a smaller size, which take less memory."""
        image = self.image.copy()
        image.thumbnail((max_side, max_side))
        return self._replace(image=image)


def decode(data: bytes, background: tuple[int, int, int]) -> Picture:
    """Decode a picture; of an animation the first frame.

    Args:
        data: the file.
        background: the color, red, green and blue, behind transparent pixels.

    Raises:
        PictureError: it is no picture of a known format, too large, or damaged.
    """
    if _SVG.match(data[:_HEADER_BYTES].removeprefix(BOM_UTF8)):
        raise PictureError(_("This is an SVG drawing, which cannot be shown."))
    if (size := _webp_size(data)) is not None:
        _check_size(*size, MAX_WEBP_PIXELS)
    try:
        image: Image.Image = Image.open(BytesIO(data), formats=_FORMATS)
        _check_size(image.width, image.height, MAX_PIXELS)
        image.draft("RGB", _KEPT_PIXELS)
        if image.has_transparency_data:
            image.thumbnail(_KEPT_PIXELS)
            below = Image.new("RGBA", image.size, (*background, 255))
            image = Image.alpha_composite(below, image.convert("RGBA"))
        image = image.convert("RGB")
        image.thumbnail(_KEPT_PIXELS)
    except PictureError:
        raise
    except Exception as error:  # untrusted data in a library with many decoders
        raise PictureError(_("This is not a picture that can be shown.")) from error
    return Picture(image, image.width, image.height / image.width)


def _check_size(width: int, height: int, max_pixels: int) -> None:
    if width * height > max_pixels:
        size = f"{width} x {height}"
        raise PictureError(_("The picture is too large: {size} pixels.").format(size=size))


def _webp_size(data: bytes) -> tuple[int, int] | None:
    """Return width and height from the header of a WebP file; None of any other.

    Raises:
        PictureError: the header is damaged.
    """
    if data[:4] != b"RIFF" or data[8:12] != b"WEBP":
        return None
    kind, header = data[12:16], data[20:30]
    if len(header) == 10:
        if kind == b"VP8X":  # may be animated
            return _number(header[4:7]) + 1, _number(header[7:10]) + 1
        if kind == b"VP8L" and header[0] == 0x2F:  # lossless: two numbers of 14 bits
            bits = _number(header[1:5])
            return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
        if kind == b"VP8 " and header[3:6] == b"\x9d\x01\x2a":
            return _number(header[6:8]) & 0x3FFF, _number(header[8:10]) & 0x3FFF
    raise PictureError(_("This is not a picture that can be shown."))


def _number(data: bytes) -> int:
    return int.from_bytes(data, "little")


def encode(picture: Picture, max_bytes: int) -> bytes:
    """Return a picture as PNG, with fewer colors and pixels until it is small enough.

    Args:
        picture: the picture.
        max_bytes: the limit; 0 for none. The smallest version may exceed it.
    """
    image = picture.image
    data = _png(image, is_small=bool(max_bytes))
    colors = 256
    while 0 < max_bytes < len(data) and min(image.size) > _MIN_KEPT_SIDE:
        data = _png(image.quantize(colors))
        if len(data) > max_bytes and colors == 256:
            colors = 64
        elif len(data) > max_bytes:
            # The size in bytes follows the number of pixels.
            factor = min(0.9, (max_bytes / len(data)) ** 0.5)
            image = image.resize(
                (max(int(image.width * factor), 1), max(int(image.height * factor), 1))
            )
    return data


def _png(image: Image.Image, *, is_small: bool = True) -> bytes:
    file = BytesIO()
    image.save(file, "PNG", optimize=is_small)
    return file.getvalue()


def half_cells(
    picture: Picture, columns: int, rows: int, colors: int = 0
) -> list[list[tuple[tuple[int, int, int], tuple[int, int, int]]]]:
    """Return the colors of the upper and lower half of each cell, row by row.

    Args:
        picture: the picture.
        columns: the width in cells.
        rows: the height in cells.
        colors: use only so many colors; 0 for all. Neighbors of one color take fewer bytes.
    """
    image = picture.image.resize((columns, 2 * rows), Image.Resampling.BOX)
    if colors:
        image = image.quantize(colors, dither=Image.Dither.NONE).convert("RGB")
    data = image.tobytes()
    pixels = [(data[at], data[at + 1], data[at + 2]) for at in range(0, len(data), 3)]
    lines = [pixels[at : at + columns] for at in range(0, len(pixels), columns)]
    return [list(zip(*pair, strict=True)) for pair in zip(lines[::2], lines[1::2], strict=True)]
