"""Contrast of two colours, as WCAG 2.1 defines it."""

from __future__ import annotations

READABLE = 4.5
"""The least contrast of ordinary text that WCAG 2.1 (level AA) accepts."""


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour, ``#rrggbb``, from 0 to 1."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
        for channel in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, from 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)
