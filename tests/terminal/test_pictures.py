"""Decoding and reducing pictures, and their size in cells."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from tests.support.pictures import bomb, noise, png, saved
from tui.terminal.pictures.decoding import PictureError, decode, encode, half_cells
from tui.terminal.pictures.grid import fit
from tui.terminal.pictures.kitty import through_tmux, transmission

GRAY = (90, 90, 90)


def test_transparent_pixels_show_the_background() -> None:
    image = Image.new("RGBA", (4, 4), (255, 0, 0, 0))
    image.putpixel((3, 3), (0, 0, 255, 255))
    picture = decode(saved(image), GRAY)
    assert picture.image.getpixel((0, 0)) == GRAY
    assert picture.image.getpixel((3, 3)) == (0, 0, 255)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP"])
@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB"])
def test_common_files_are_decoded(kind: str, mode: str) -> None:
    picture = decode(
        saved(Image.new("RGB", (3000, 30)).convert(mode if kind != "JPEG" else "L"), kind), GRAY
    )
    assert picture.image.mode == "RGB"
    assert picture.image.width <= 1200


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"GIF89a",
        png()[:70],
        bomb(20_000, 20_000),
        bomb(6000, 6000),  # within the limit, but its pixels are missing
        saved(Image.new("RGB", (9, 9)), "BMP"),
        b"%PDF-1.4",
        b"\x89PNG\r\n\x1a\n" + bytes(1000),
    ],
)
def test_other_data_is_refused(data: bytes) -> None:
    with pytest.raises(PictureError):
        decode(data, GRAY)


@pytest.mark.parametrize("options", [{"lossless": True}, {"quality": 70}, {"save_all": True}])
def test_webp_is_decoded_unless_it_is_large(options: dict[str, Any]) -> None:
    frames = [Image.new("RGBA", (90, 40), (255, 0, 0, alpha)) for alpha in (255, 0)]
    file = BytesIO()
    frames[0].save(file, "WEBP", append_images=frames[1:], **options)
    data = file.getvalue()
    picture = decode(data, GRAY)
    assert (picture.width, round(picture.aspect, 2)) == (90, 0.44)
    pixel = picture.image.getpixel((5, 5))
    assert isinstance(pixel, tuple)
    assert pixel[0] > 240 > 20 > max(pixel[1:])
    for size in (bytes(10), b"\xff" * 10):
        with pytest.raises(PictureError):
            decode(data[:20] + size + data[30:], GRAY)


def test_size_of_webp_is_read_before_it_is_decoded() -> None:
    # One color takes few bytes.
    data = saved(Image.new("RGB", (6000, 6000)), "WEBP")
    with pytest.raises(PictureError, match="6000 x 6000"):
        decode(data, GRAY)
    assert decode(saved(Image.new("RGB", (16_000, 3)), "WEBP"), GRAY).image.height == 1


def test_svg_is_named() -> None:
    for text in ("<svg xmlns='x'/>", "\ufeff<?xml version='1.0'?>\n<!-- a -->\n<svg>"):
        with pytest.raises(PictureError, match="SVG"):
            decode(text.encode(), GRAY)


@pytest.mark.parametrize("size", [(300, 300), (600, 40), (1200, 900)])
def test_encoded_picture_is_small_enough(size: tuple[int, int]) -> None:
    image = Image.open(BytesIO(noise(50, 50))).resize(size, Image.Resampling.NEAREST)
    picture = decode(saved(image), GRAY)
    data = encode(picture, 20_000)
    assert len(data) <= 20_000
    assert Image.open(BytesIO(data)).width > 40
    assert len(encode(picture, 0)) >= len(data)


def test_simple_picture_is_not_reduced() -> None:
    data = encode(decode(png(800, 400), GRAY), 60_000)
    assert Image.open(BytesIO(data)).size == (800, 400)


def test_reduced_picture_keeps_its_shape() -> None:
    picture = decode(png(600, 300), GRAY)
    small = picture.reduced(1)
    assert small.image.size == (1, 1)
    assert (small.width, small.aspect) == (picture.width, picture.aspect) == (600, 0.5)


def test_cells_have_two_colors() -> None:
    cells = half_cells(decode(png(4, 4), GRAY), 4, 1)
    assert cells == [[((200, 30, 30), (30, 30, 200))] * 4]


@pytest.mark.parametrize(
    ("aspect", "limits", "size"),
    [
        (1.0, (80, 40, 0), (80, 40)),
        (1.0, (80, 20, 0), (40, 20)),
        (0.5, (80, 40, 0), (80, 20)),
        (100.0, (80, 20, 0), (1, 20)),
        (0.001, (80, 20, 0), (80, 1)),
        (1.0, (80, 40, 800), (40, 20)),
    ],
)
def test_size_in_cells_keeps_proportions(
    aspect: float, limits: tuple[int, int, int], size: tuple[int, int]
) -> None:
    assert fit(aspect, *limits) == size


def test_sequences_go_through_tmux_whole() -> None:
    wrapped = through_tmux(transmission(7, bytes(6000)))
    parts = wrapped.split("\x1bPtmux;")[1:]
    assert len(parts) == 2
    for part in parts:
        assert part.endswith("\x1b\x1b\\\x1b\\")
        assert part.startswith("\x1b\x1b_G")
