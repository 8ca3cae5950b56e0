"""The colors of the themes. Text has a contrast of at least 4.5:1 with its background."""

from __future__ import annotations

from typing import NamedTuple

from tui.terminal.capabilities import ANSI_COLORS, COLORS_256, MONOCHROME, TRUE_COLOR, Terminal


class ThemeColors(NamedTuple):
    """The colors of a theme, as ``#rrggbb``.

    Attributes:
        name: its name in the settings.
        background: the background of panes.
        surface: the background of the status line and of prompts.
        text: the text.
        muted: less important text: dates, counts, labels.
        accent: the cursor, and what can be followed.
        accent_text: text on the accent color.
        cursor: the background of the cursor's line in a pane without the focus.
        warning: problems.
        dark: whether it is a dark theme.
        min_colors: the number of colors that a terminal needs for it.
    """

    name: str
    background: str
    surface: str
    text: str
    muted: str
    accent: str
    accent_text: str
    cursor: str
    warning: str
    dark: bool = True
    min_colors: int = TRUE_COLOR


THEMES: tuple[ThemeColors, ...] = (
    ThemeColors("ink", "#16181d", "#1e2128", "#d7dae0", "#8f97a6", "#7cb7ff", "#0c1420",
            "#2a303b", "#f2b267"),
    ThemeColors("paper", "#fbfaf6", "#f0eee6", "#22252b", "#5e636e", "#1a5fb4", "#ffffff",
            "#e2e5ea", "#8f4a00", dark=False),
    ThemeColors("sepia", "#f5ecd9", "#ebdfc6", "#3b2f21", "#6a573f", "#8a3b12", "#fff8ea",
            "#e2d3b4", "#7d3c00", dark=False),
    ThemeColors("forest", "#121a16", "#1a241f", "#d3ddd5", "#8ca394", "#7fd39b", "#08130c",
            "#24332b", "#e5bd6a"),
    ThemeColors("contrast", "#000000", "#111111", "#ffffff", "#c4c4c4", "#ffd75f", "#000000",
            "#3a3a3a", "#ff9d6f"),
)  # fmt: skip
"""The themes that the reader can choose."""

THEME_NAMES: tuple[str, ...] = tuple(theme.name for theme in THEMES)

AUTO_THEME = "auto"
"""Chooses a light or dark theme by the terminal's own background."""

THEMES_256: tuple[ThemeColors, ...] = (
    ThemeColors("ink-256", "#1c1c1c", "#262626", "#e0e0e0", "#a3a3a3", "#5fafff", "#121212",
            "#303030", "#ffaf5f", min_colors=COLORS_256),
    ThemeColors("paper-256", "#ffffff", "#f5f5f5", "#262626", "#626262", "#005faf", "#ffffff",
            "#ebebeb", "#875f00", dark=False, min_colors=COLORS_256),
    ThemeColors("sepia-256", "#ffffd7", "#d7d7af", "#303030", "#4e4e4e", "#870000", "#ffffff",
            "#ffd7af", "#5f5f00", dark=False, min_colors=COLORS_256),
    ThemeColors("forest-256", "#1c1c1c", "#262626", "#e0e0e0", "#87afaf", "#87d7af", "#121212",
            "#303030", "#d7af5f", min_colors=COLORS_256),
    ThemeColors("contrast-256", "#000000", "#121212", "#ffffff", "#cccccc", "#ffd75f", "#000000",
            "#3a3a3a", "#ffaf87", min_colors=COLORS_256),
)  # fmt: skip
"""The same themes for 256 colors, in the same order. The closest readable colors were chosen by
hand: converted automatically, the background of the cursor would be teal."""

_BLACK, _BLUE, _CYAN, _GREY = "#000000", "#0000aa", "#00aaaa", "#aaaaaa"
"""ANSI colors that are readable on each other. Only their numbers are sent, and each terminal has
its own shades."""

THEMES_8: tuple[ThemeColors, ...] = (
    ThemeColors("few-dark", _BLACK, _BLACK, _GREY, _GREY, _CYAN, _BLACK, _BLUE, _GREY,
            min_colors=ANSI_COLORS),
    ThemeColors("few-light", _GREY, _GREY, _BLACK, _BLACK, _BLUE, _GREY, _CYAN, _BLACK,
            dark=False, min_colors=ANSI_COLORS),
    # Not sent: reverse video and underlines replace backgrounds, and muted text is dim.
    ThemeColors("none", "#000000", "#000000", "#ffffff", "#c0c0c0", "#ffffff", "#000000",
            "#808080", "#ffffff", min_colors=MONOCHROME),
)  # fmt: skip
"""The themes that replace all others on terminals with eight colors or none."""


def theme_colors(name: str, terminal: Terminal) -> ThemeColors:
    """Return the colors of a theme on a terminal.

    Args:
        name: one of THEME_NAMES, or AUTO_THEME.
        terminal: what the terminal can show.
    """
    default = next(theme for theme in THEMES if theme.dark != terminal.is_light)
    theme = next((theme for theme in THEMES if theme.name == name), default)
    if terminal.colors >= TRUE_COLOR:
        return theme
    if terminal.colors >= COLORS_256:
        return THEMES_256[THEMES.index(theme)]
    if terminal.colors == MONOCHROME:
        return THEMES_8[-1]
    return next(few for few in THEMES_8 if few.dark == theme.dark)
