from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from tui.runtime.garbage_collector import no_collection, no_full_collection, pause, resume
from tui.runtime.tuning import PLAIN

FULL_COLLECTION = 2
"""The generation of a full collection."""


@pytest.fixture
def collections() -> Iterator[list[int]]:
    """The generations of all collections during the test."""
    generations: list[int] = []

    def note(phase: str, info: dict[str, int]) -> None:
        if phase == "start":
            generations.append(info["generation"])

    gc.callbacks.append(note)
    yield generations
    gc.callbacks.remove(note)


def create_many_objects() -> list[list[int]]:
    """Create enough objects to cause collections of every generation by default."""
    existing = len(gc.get_objects())
    return [[number] for number in range(500_000 + existing)]


def test_full_collection_is_postponed(collections: list[int]) -> None:
    before = gc.get_threshold()
    with no_full_collection():
        create_many_objects()
    assert collections
    assert FULL_COLLECTION not in collections
    assert gc.get_threshold() == before
    create_many_objects()
    assert FULL_COLLECTION in collections


def test_nested_use_restores_the_thresholds(collections: list[int]) -> None:
    before = gc.get_threshold()
    with no_full_collection(), no_full_collection():
        create_many_objects()
    assert FULL_COLLECTION not in collections
    assert gc.get_threshold() == before


def test_plain_switch_disables_tuning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PLAIN, "1")
    before, frozen = gc.get_threshold(), gc.get_freeze_count()
    pause()
    assert gc.isenabled()
    resume()
    with no_collection(), no_full_collection():
        assert gc.isenabled()
        assert gc.get_threshold() == before
    assert gc.get_freeze_count() == frozen
