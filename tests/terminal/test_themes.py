"""Text is readable in every theme."""

from __future__ import annotations

import re
from itertools import product

import pytest
from rich.color import Color, ColorSystem

from tests.support.contrast import MIN_READABLE_CONTRAST, contrast, luminance
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

ALL_THEMES = (*THEMES, *THEMES_256, *THEMES_8)

in_every_theme = pytest.mark.parametrize("theme", ALL_THEMES, ids=lambda theme: theme.name)


def terminal_color(theme: ThemeColors, name: str) -> str:
    """Return a color of a theme as a terminal with enough colors shows it."""
    color = getattr(theme, name)
    if theme.min_colors != COLORS_256:
        return str(color)
    return Color.parse(color).downgrade(ColorSystem.EIGHT_BIT).get_truecolor().hex


def test_contrast_follows_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


@pytest.mark.parametrize("theme", [*THEMES, *THEMES_256], ids=lambda theme: theme.name)
@pytest.mark.parametrize(("foreground", "background"), PAIRS)
def test_text_is_readable(theme: ThemeColors, foreground: str, background: str) -> None:
    assert (
        contrast(terminal_color(theme, foreground), terminal_color(theme, background))
        >= MIN_READABLE_CONTRAST
    )


@in_every_theme
def test_colors_are_hexadecimal(theme: ThemeColors) -> None:
    colors = [value for value in theme if isinstance(value, str)][1:]
    assert len(colors) == 8
    assert all(re.fullmatch("#[0-9a-f]{6}", color) for color in colors)


@in_every_theme
def test_theme_is_dark_or_light_and_its_cursor_is_visible(theme: ThemeColors) -> None:
    assert theme.dark == (luminance(theme.background) < luminance(theme.text))
    background = terminal_color(theme, "background")
    assert contrast(terminal_color(theme, "cursor"), background) >= 1.2
    # Eight colors are too few for a shade of the background.
    assert (terminal_color(theme, "surface") != background) == (theme.min_colors >= COLORS_256)


def test_names_are_unique() -> None:
    names = [theme.name for theme in ALL_THEMES]
    assert len(set(names)) == len(names)
    assert len(THEME_NAMES) == len(THEMES)


@pytest.mark.parametrize("name", THEME_NAMES)
def test_theme_colors_depend_on_the_terminal(name: str) -> None:
    [expected] = [theme for theme in THEMES if theme.name == name]
    for light in (False, True):
        assert theme_colors(name, Terminal(TRUE_COLOR, light)) == expected
        theme_256 = theme_colors(name, Terminal(COLORS_256, light))
        assert (theme_256.name, theme_256.dark, theme_256.min_colors) == (
            f"{name}-256",
            expected.dark,
            COLORS_256,
        )
        theme_8 = theme_colors(name, Terminal(ANSI_COLORS, light))
        assert (theme_8.dark, theme_8.min_colors) == (expected.dark, ANSI_COLORS)
        assert theme_colors(name, Terminal(MONOCHROME, light)).min_colors == MONOCHROME


@pytest.mark.parametrize("colors", [TRUE_COLOR, COLORS_256, ANSI_COLORS])
def test_auto_theme_is_as_light_as_the_terminal(colors: int) -> None:
    assert theme_colors(AUTO_THEME, Terminal(colors, is_light=False)).dark
    assert not theme_colors(AUTO_THEME, Terminal(colors, is_light=True)).dark
