"""Keys come first: who works in the background rests when one has come."""

from __future__ import annotations

import threading

import pytest

from tests.ui.driver import browsing
from tests.ui.sources import DigestSource, day_of
from tui.runtime import cooperative as turns
from tui.runtime.cooperative import InputPriority


@pytest.fixture
def rests(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """For how long somebody would have rested, were a key never done with."""
    asked: list[float] = []
    monkeypatch.setattr(turns, "REST", 3600)
    monkeypatch.setattr(turns, "LONG", 0)
    monkeypatch.setattr(turns, "sleep", asked.append)
    return asked


async def test_a_search_and_a_sync_rest_after_a_key(
    source: DigestSource, rests: list[float]
) -> None:
    source.add("2025-05-01", *day_of(9))
    source.sync()
    async with browsing(source.opening()) as reader:
        assert rests == [], "no key has come yet"
        await reader.answer("slash", "lenses")
        assert rests
        assert all(0 < seconds <= 3600 for seconds in rests)
        source.add("2025-05-02", *day_of(3))
        rests.clear()
        await reader.press("escape", "ctrl+r")
        assert rests
        assert reader.screen.library.calendar.total == 9


def test_long_work_rests_once_for_a_key(monkeypatch: pytest.MonkeyPatch) -> None:
    now: list[float] = [0.0]
    rests: list[float] = []

    def sleep(seconds: float) -> None:
        rests.append(seconds)
        now[0] += seconds

    monkeypatch.setattr(turns, "monotonic", lambda: now[0])
    monkeypatch.setattr(turns, "sleep", sleep)
    mine = InputPriority()
    mine.begin()
    mine.key_came()
    now[0] += turns.REST / 4
    mine.give_way()
    assert rests == [], "it may be what the key asked for"
    now[0] += turns.LONG
    mine.give_way()
    mine.key_came()
    now[0] += turns.REST / 4
    for _ in range(3):
        mine.give_way()
    assert rests == pytest.approx([turns.REST * 3 / 4])


def test_a_thread_without_work_never_rests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "LONG", 0)
    monkeypatch.setattr(turns, "sleep", pytest.fail)
    mine = InputPriority()
    worker = threading.Thread(target=mine.begin)
    worker.start()
    worker.join()
    mine.key_came()
    mine.give_way()
