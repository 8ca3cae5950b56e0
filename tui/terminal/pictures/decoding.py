"""Decode pictures that somebody else made, within limits, and make them smaller."""

from __future__ import annotations

from io import BytesIO
from typing import NamedTuple

from PIL import Image

from tui.i18n import _

MAX_PIXELS = 40_000_000
"""A larger picture is refused before it is decoded, which would take a second and 160 MB."""

_FORMATS = ("PNG", "JPEG", "GIF")
"""Formats whose size is known before anything of that size is allocated."""

_KEPT_PIXELS = (1200, 1200)
"""Larger pictures are reduced; a terminal has no more."""

_MIN_KEPT_SIDE = 24

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
    try:
        image: Image.Image = Image.open(BytesIO(data), formats=_FORMATS)
        if image.width * image.height > MAX_PIXELS:
            size = f"{image.width} x {image.height}"
            raise PictureError(_("The picture is too large: {size} pixels.").format(size=size))
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
