"""No kind of action leaves objects behind."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from itertools import islice

import pytest

from tests.support.repeated_actions import ACTIONS
from tests.ui.driver import AppDriver, open_app
from tests.ui.sources import DigestSource
from tui.runtime.tuning import no_collection

WARM_UP = 2
"""Repetitions that fill caches."""

MAX_MEASURED = 20
"""Repetitions after which objects are counted, until there are hardly more than before. Meanwhile a
worker that was cancelled may still import modules."""

MAX_OBJECTS = 60
"""New objects for each repetition. What Textual creates for one widget is more than that."""

IN_ONE_APP = 9
"""Actions that are measured in one app; opening it takes longer than they do."""


def _groups() -> Iterator[list[str]]:
    names = iter(ACTIONS)
    while group := list(islice(names, IN_ONE_APP)):
        yield group


async def _count_after(driver: AppDriver, keys: tuple[str, ...], repeats: int) -> int:
    """Repeat an action; return how many objects exist then, those exempt from collection too."""
    for _ in range(repeats):
        await driver.press(*keys)
    gc.collect()
    return len(gc.get_objects()) + gc.get_freeze_count()


@pytest.mark.parametrize("names", _groups(), ids=lambda names: names[0])
@pytest.mark.slow
async def test_actions_leave_nothing_behind(samples: DigestSource, names: list[str]) -> None:
    grown = {}
    async with open_app(samples.options()) as driver:
        for name in names:
            before = await _count_after(driver, ACTIONS[name], WARM_UP)
            growth: list[int] = []
            while len(growth) < MAX_MEASURED and min(growth, default=sys.maxsize) > MAX_OBJECTS:
                after = await _count_after(driver, ACTIONS[name], 1)
                growth.append(after - before)
                before = after
            grown[name] = min(growth)
    assert {name: count for name, count in grown.items() if count > MAX_OBJECTS} == {}


def test_garbage_of_a_pause_is_collected() -> None:
    class Node:
        other: Node

    frozen = gc.get_freeze_count()
    with no_collection():
        nodes = [Node(), Node()]
        nodes[0].other, nodes[1].other = nodes[1], nodes[0]
        del nodes
    gc.collect()
    # Fewer, if one that other tests froze was released meanwhile.
    assert gc.get_freeze_count() <= frozen
    assert not [each for each in gc.get_objects() if isinstance(each, Node)]
