"""Every text can be read on what it stands on, in every theme."""

from __future__ import annotations

import re
from itertools import product

import pytest
from rich.color import Color, ColorSystem

from tests.support.contrast import READABLE, contrast, luminance
from tui.terminal.capabilities import ANSI_COLORS, COLORS_256, MONOCHROME, TRUE_COLOR, Terminal
from tui.terminal.themes import (
    AUTO_THEME,
    THEME_NAMES,
    THEMES,
    THEMES_8,
    THEMES_256,
    ThemeColors,
    theme_colors,
)

PAIRS = [
    *product(("text", "muted", "accent", "warning"), ("background", "surface")),
    ("accent_text", "accent"),
    ("text", "cursor"),
    ("muted", "cursor"),
]

EVERY = (*THEMES, *THEMES_256, *THEMES_8)

in_every_theme = pytest.mark.parametrize("palette", EVERY, ids=lambda palette: palette.name)


def shown(palette: ThemeColors, name: str) -> str:
    """Return a colour as a terminal with enough of them shows it."""
    colour = getattr(palette, name)
    if palette.min_colors != COLORS_256:
        return str(colour)
    return Color.parse(colour).downgrade(ColorSystem.EIGHT_BIT).get_truecolor().hex


def test_contrast_is_measured_as_wcag_does() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


@pytest.mark.parametrize("palette", [*THEMES, *THEMES_256], ids=lambda palette: palette.name)
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
    assert (shown(palette, "surface") != behind) == (palette.min_colors >= COLORS_256)


def test_names_are_unique() -> None:
    names = [palette.name for palette in EVERY]
    assert len(set(names)) == len(names)
    assert len(THEME_NAMES) == len(THEMES)


@pytest.mark.parametrize("name", THEME_NAMES)
def test_a_theme_is_shown_as_the_terminal_can(name: str) -> None:
    [wanted] = [palette for palette in THEMES if palette.name == name]
    for light in (False, True):
        assert theme_colors(name, Terminal(TRUE_COLOR, light)) == wanted
        many = theme_colors(name, Terminal(COLORS_256, light))
        assert (many.name, many.dark, many.min_colors) == (f"{name}-256", wanted.dark, COLORS_256)
        few = theme_colors(name, Terminal(ANSI_COLORS, light))
        assert (few.dark, few.min_colors) == (wanted.dark, ANSI_COLORS)
        assert theme_colors(name, Terminal(MONOCHROME, light)).min_colors == MONOCHROME


@pytest.mark.parametrize("colours", [TRUE_COLOR, COLORS_256, ANSI_COLORS])
def test_auto_is_as_light_as_the_terminal(colours: int) -> None:
    assert theme_colors(AUTO_THEME, Terminal(colours, is_light=False)).dark
    assert not theme_colors(AUTO_THEME, Terminal(colours, is_light=True)).dark
