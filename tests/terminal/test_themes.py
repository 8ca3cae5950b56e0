"""Every text can be read on what it stands on, in every theme."""

from __future__ import annotations

import re
from itertools import product

import pytest
from rich.color import Color, ColorSystem

from tests.support.contrast import READABLE, contrast, luminance
from tui.terminal.capabilities import ALL, FEW, MANY, NONE, Terminal
from tui.terminal.themes import AUTO, FOR_FEW, FOR_MANY, NAMES, PALETTES, ThemeColors, palette_for

PAIRS = [
    *product(("text", "muted", "accent", "warning"), ("background", "surface")),
    ("accent_text", "accent"),
    ("text", "cursor"),
    ("muted", "cursor"),
]

EVERY = (*PALETTES, *FOR_MANY, *FOR_FEW)

in_every_theme = pytest.mark.parametrize("palette", EVERY, ids=lambda palette: palette.name)


def shown(palette: ThemeColors, name: str) -> str:
    """Return a colour as a terminal with enough of them shows it."""
    colour = getattr(palette, name)
    if palette.colours != MANY:
        return str(colour)
    return Color.parse(colour).downgrade(ColorSystem.EIGHT_BIT).get_truecolor().hex


def test_contrast_is_measured_as_wcag_does() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


@pytest.mark.parametrize("palette", [*PALETTES, *FOR_MANY], ids=lambda palette: palette.name)
@pytest.mark.parametrize(("ink", "paper"), PAIRS)
def test_text_can_be_read(palette: ThemeColors, ink: str, paper: str) -> None:
    assert contrast(shown(palette, ink), shown(palette, paper)) >= READABLE


@in_every_theme
def test_colours_are_written_out(palette: ThemeColors) -> None:
    colours = [value for value in palette if isinstance(value, str)][1:]
    assert len(colours) == 8
    assert all(re.fullmatch("#[0-9a-f]{6}", colour) for colour in colours)


@in_every_theme
def test_a_theme_is_as_dark_as_it_says_and_its_cursor_can_be_seen(palette: ThemeColors) -> None:
    assert palette.dark == (luminance(palette.background) < luminance(palette.text))
    behind = shown(palette, "background")
    assert contrast(shown(palette, "cursor"), behind) >= 1.2
    # Of few colours none is left for a shade.
    assert (shown(palette, "surface") != behind) == (palette.colours >= MANY)


def test_names_are_unique() -> None:
    names = [palette.name for palette in EVERY]
    assert len(set(names)) == len(names)
    assert len(NAMES) == len(PALETTES)


@pytest.mark.parametrize("name", NAMES)
def test_a_theme_is_shown_as_the_terminal_can(name: str) -> None:
    [wanted] = [palette for palette in PALETTES if palette.name == name]
    for light in (False, True):
        assert palette_for(name, Terminal(ALL, light)) == wanted
        many = palette_for(name, Terminal(MANY, light))
        assert (many.name, many.dark, many.colours) == (f"{name}-256", wanted.dark, MANY)
        few = palette_for(name, Terminal(FEW, light))
        assert (few.dark, few.colours) == (wanted.dark, FEW)
        assert palette_for(name, Terminal(NONE, light)).colours == NONE


@pytest.mark.parametrize("colours", [ALL, MANY, FEW])
def test_auto_is_as_light_as_the_terminal(colours: int) -> None:
    assert palette_for(AUTO, Terminal(colours, is_light=False)).dark
    assert not palette_for(AUTO, Terminal(colours, is_light=True)).dark
