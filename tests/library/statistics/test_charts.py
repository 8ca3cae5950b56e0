from __future__ import annotations

import pytest

from tui.library.statistics.charts import bar, shade
from tui.terminal.glyphs import ASCII, UNICODE


@pytest.mark.parametrize("steps", [UNICODE.bar, ASCII.bar])
def test_length_is_proportional(steps: tuple[str, ...]) -> None:
    assert bar(0, 10, 20, steps) == ""
    assert bar(10, 10, 20, steps) == steps[-1] * 20
    assert bar(5, 10, 20, steps) == steps[-1] * 10
    lengths = [len(bar(value, 1000, 20, steps)) for value in range(1001)]
    assert lengths == sorted(lengths)
    # A value above 0 takes at least one character.
    assert lengths[1] == 1
    assert bar(5, 0, 20, steps) == bar(5, 10, 0, steps) == ""


def test_last_cell_can_be_partial() -> None:
    assert bar(3, 20, 10, UNICODE.bar) == "⣿⡇"
    assert bar(1, 100000, 10, UNICODE.bar) == "⡇"


@pytest.mark.parametrize("shades", [UNICODE.heat, ASCII.heat])
def test_shades_increase_with_the_value(shades: tuple[str, ...]) -> None:
    assert shade(0, 10, shades) == shade(3, 0, shades) == " "
    shades_by_value = [shade(value, 100, shades) for value in range(1, 101)]
    assert list(dict.fromkeys(shades_by_value)) == list(shades)
    assert (shades_by_value[0], shades_by_value[-1]) == (shades[0], shades[-1])
