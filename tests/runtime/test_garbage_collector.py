from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from tui.runtime.garbage_collector import no_full_collection

FULL = 2
"""The round through everything, as the collector numbers it."""


@pytest.fixture
def rounds() -> Iterator[list[int]]:
    """The collector's rounds as they come."""
    seen: list[int] = []

    def note(phase: str, told: dict[str, int]) -> None:
        if phase == "start":
            seen.append(told["generation"])

    gc.callbacks.append(note)
    yield seen
    gc.callbacks.remove(note)


def make_much() -> list[list[int]]:
    """Make as much as brings about every kind of round, were nothing done against it."""
    held = len(gc.get_objects())
    return [[number] for number in range(500_000 + held)]


def test_what_is_young_is_looked_through_and_the_whole_later(rounds: list[int]) -> None:
    before = gc.get_threshold()
    with no_full_collection():
        make_much()
    assert rounds
    assert FULL not in rounds
    assert gc.get_threshold() == before
    make_much()
    assert FULL in rounds


def test_it_is_as_before_when_two_have_asked_for_it(rounds: list[int]) -> None:
    before = gc.get_threshold()
    with no_full_collection(), no_full_collection():
        make_much()
    assert FULL not in rounds
    assert gc.get_threshold() == before
