"""The colours of the themes. One accent each; all text is at least 4.5:1 on what it stands on."""

from __future__ import annotations

from typing import NamedTuple

from tui.terminal.capabilities import ALL, FEW, MANY, NONE, Terminal


class ThemeColors(NamedTuple):
    """The colours of a theme, as ``#rrggbb``.

    Attributes:
        name: what the settings call it.
        background: the paper it is printed on.
        surface: a shade beside it: status line, prompts.
        text: what is read.
        muted: what is only glanced at: dates, counts, labels.
        accent: where the reader is, and what can be followed.
        accent_text: text on the accent.
        cursor: behind the line of the cursor, in a pane without the focus.
        warning: problems.
        dark: whether it is for a dark room.
        colours: how many colours a terminal has at least, to show it.
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
    colours: int = ALL


PALETTES: tuple[ThemeColors, ...] = (
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
"""What the reader chooses from."""

NAMES: tuple[str, ...] = tuple(palette.name for palette in PALETTES)

AUTO = "auto"
"""Asks for a theme by the terminal's own background."""

FOR_MANY: tuple[ThemeColors, ...] = (
    ThemeColors("ink-256", "#1c1c1c", "#262626", "#e0e0e0", "#a3a3a3", "#5fafff", "#121212",
            "#303030", "#ffaf5f", colours=MANY),
    ThemeColors("paper-256", "#ffffff", "#f5f5f5", "#262626", "#626262", "#005faf", "#ffffff",
            "#ebebeb", "#875f00", dark=False, colours=MANY),
    ThemeColors("sepia-256", "#ffffd7", "#d7d7af", "#303030", "#4e4e4e", "#870000", "#ffffff",
            "#ffd7af", "#5f5f00", dark=False, colours=MANY),
    ThemeColors("forest-256", "#1c1c1c", "#262626", "#e0e0e0", "#87afaf", "#87d7af", "#121212",
            "#303030", "#d7af5f", colours=MANY),
    ThemeColors("contrast-256", "#000000", "#121212", "#ffffff", "#cccccc", "#ffd75f", "#000000",
            "#3a3a3a", "#ffaf87", colours=MANY),
)  # fmt: skip
"""The same, of the nearest of 240 colours that can be read on each other. Left to itself, each
colour would be replaced by one that is near, and the shade behind the cursor by a teal."""

_BLACK, _BLUE, _CYAN, _GREY = "#000000", "#0000aa", "#00aaaa", "#aaaaaa"
"""Of the first eight ANSI colours those that can be read on each other; what is sent is their
number, and each terminal has shades of its own for them."""

FOR_FEW: tuple[ThemeColors, ...] = (
    ThemeColors("few-dark", _BLACK, _BLACK, _GREY, _GREY, _CYAN, _BLACK, _BLUE, _GREY, colours=FEW),
    ThemeColors("few-light", _GREY, _GREY, _BLACK, _BLACK, _BLUE, _GREY, _CYAN, _BLACK,
            dark=False, colours=FEW),
    # Nothing is sent of these: what would stand on them is reversed or underlined.
    ThemeColors("none", "#000000", "#000000", "#ffffff", "#ffffff", "#ffffff", "#000000",
            "#808080", "#ffffff", colours=NONE),
)  # fmt: skip
"""What stands for all of them where there are few colours or none."""


def palette_for(name: str, terminal: Terminal) -> ThemeColors:
    """Return the palette in which a theme is shown.

    Args:
        name: one of the ``NAMES``, or ``AUTO``.
        terminal: where it is shown.
    """
    wanted = next((each for each in PALETTES if each.name == name), None)
    is_dark = wanted.dark if wanted else not terminal.is_light
    if wanted is None:
        wanted = next(each for each in PALETTES if each.dark == is_dark)
    if terminal.colours >= ALL:
        return wanted
    if terminal.colours >= MANY:
        return FOR_MANY[PALETTES.index(wanted)]
    return next(
        each
        for each in FOR_FEW
        if each.colours <= terminal.colours and (each.dark == is_dark or each.colours == NONE)
    )
