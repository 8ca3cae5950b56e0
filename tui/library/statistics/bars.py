"""Draw numbers with characters: bars and heat maps. Colors carry no information."""

from __future__ import annotations

from collections.abc import Sequence


def bar(value: float, max_value: float, width: int, steps: Sequence[str]) -> str:
    """Return a bar for a value.

    Args:
        value: the value, 0 or greater.
        max_value: the value of a bar of full width.
        width: the full width, in cells.
        steps: characters for the end of a bar, from the emptiest to the full one.

    Returns:
        The bar: at least one character for a value above 0, and none for 0.
    """
    if value <= 0 or max_value <= 0 or width <= 0:
        return ""
    filled = max(1, round(min(value / max_value, 1.0) * width * len(steps)))
    whole, rest = divmod(filled, len(steps))
    return steps[-1] * whole + (steps[rest - 1] if rest else "")


def shade(value: float, max_value: float, shades: Sequence[str]) -> str:
    """Return the heat map character of a value: the last one for the maximum, a space for 0."""
    if value <= 0 or max_value <= 0:
        return " "
    return shades[min(int(value / max_value * len(shades)), len(shades) - 1)]
