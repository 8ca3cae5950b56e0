"""Bars and shades for numbers, made of signs: what they mean is never told by a colour."""

from __future__ import annotations

from collections.abc import Sequence


def bar(value: float, most: float, width: int, steps: Sequence[str]) -> str:
    """Return a bar for a value.

    Args:
        value: from 0 up.
        most: the value whose bar is ``width`` cells long.
        width: cells.
        steps: the signs a bar ends with, from the emptiest to the full one.

    Returns:
        As many signs as it takes: one at least for what is more than nothing, none for nothing.
    """
    if value <= 0 or most <= 0 or width <= 0:
        return ""
    filled = max(1, round(min(value / most, 1.0) * width * len(steps)))
    whole, rest = divmod(filled, len(steps))
    return steps[-1] * whole + (steps[rest - 1] if rest else "")


def shade(value: float, most: float, shades: Sequence[str]) -> str:
    """Return the sign for a value: the first for the least there is, the last for the most.

    A blank stands for nothing.
    """
    if value <= 0 or most <= 0:
        return " "
    return shades[min(int(value / most * len(shades)), len(shades) - 1)]
