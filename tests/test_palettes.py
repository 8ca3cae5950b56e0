"""Every text can be read on what it stands on, in every theme."""

from __future__ import annotations

import re
from dataclasses import fields
from itertools import product

import pytest

from tui.palettes import NAMES, PALETTES, Palette

READABLE = 4.5
"""Of one: what WCAG 2.1 asks for text of ordinary size."""

PAIRS = [
    *product(("text", "muted", "accent", "warning"), ("background", "surface")),
    ("accent_text", "accent"),
    ("text", "cursor"),
    ("muted", "cursor"),
]

in_every_theme = pytest.mark.parametrize("palette", PALETTES, ids=NAMES)


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_measured_as_wcag_does() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


@in_every_theme
@pytest.mark.parametrize(("ink", "paper"), PAIRS)
def test_text_can_be_read(palette: Palette, ink: str, paper: str) -> None:
    assert contrast(getattr(palette, ink), getattr(palette, paper)) >= READABLE


@in_every_theme
def test_colours_are_written_out(palette: Palette) -> None:
    colours = [getattr(palette, each.name) for each in fields(palette) if each.type == "str"][1:]
    assert len(colours) == 8
    assert all(re.fullmatch("#[0-9a-f]{6}", colour) for colour in colours)


@in_every_theme
def test_a_theme_is_as_dark_as_it_says_and_its_cursor_can_be_seen(palette: Palette) -> None:
    assert palette.dark == (luminance(palette.background) < luminance(palette.text))
    assert contrast(palette.cursor, palette.background) >= 1.2
    assert palette.surface != palette.background


def test_names_are_unique() -> None:
    assert len(set(NAMES)) == len(PALETTES)
