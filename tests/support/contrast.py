"""The contrast of two colors as defined by WCAG 2.1."""

from __future__ import annotations

MIN_READABLE_CONTRAST = 4.5
"""The minimum contrast of ordinary text by WCAG 2.1 (level AA)."""


def luminance(color: str) -> float:
    """Return the relative luminance of a color, ``#rrggbb``, from 0 to 1."""
    channels = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
        for channel in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(color: str, other_color: str) -> float:
    """Return the contrast ratio of two colors, from 1 to 21."""
    dark, light = sorted((luminance(color), luminance(other_color)))
    return (light + 0.05) / (dark + 0.05)
