"""The colours of the themes. One accent each; all text is at least 4.5:1 on what it stands on."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Palette:
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


PALETTES: tuple[Palette, ...] = (
    Palette("ink", "#16181d", "#1e2128", "#d7dae0", "#8f97a6", "#7cb7ff", "#0c1420",
            "#2a303b", "#f2b267"),
    Palette("paper", "#fbfaf6", "#f0eee6", "#22252b", "#5e636e", "#1a5fb4", "#ffffff",
            "#e2e5ea", "#8f4a00", dark=False),
    Palette("sepia", "#f5ecd9", "#ebdfc6", "#3b2f21", "#6a573f", "#8a3b12", "#fff8ea",
            "#e2d3b4", "#7d3c00", dark=False),
    Palette("forest", "#121a16", "#1a241f", "#d3ddd5", "#8ca394", "#7fd39b", "#08130c",
            "#24332b", "#e5bd6a"),
    Palette("contrast", "#000000", "#111111", "#ffffff", "#c4c4c4", "#ffd75f", "#000000",
            "#3a3a3a", "#ff9d6f"),
)  # fmt: skip

NAMES: tuple[str, ...] = tuple(palette.name for palette in PALETTES)
