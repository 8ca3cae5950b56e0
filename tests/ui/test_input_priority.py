"""Searching and syncing sleep after a key, so that the event loop can handle it."""

from __future__ import annotations

from math import inf

import pytest

from tests.ui.driver import open_app
from tests.ui.sources import DigestSource, sample_papers
from tui.runtime import tuning


@pytest.fixture
def sleeps(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Seconds that background work would sleep if handling a key never ended."""
    seconds: list[float] = []
    monkeypatch.setattr(tuning, "KEY_SECONDS", 3600)
    monkeypatch.setattr(tuning, "SHORT_WORK_SECONDS", 0)
    monkeypatch.setattr(tuning, "sleep", seconds.append)
    # Other tests have pressed keys.
    monkeypatch.setattr(tuning.INPUT_PRIORITY, "_last_input", -inf)
    return seconds


async def test_search_and_sync_sleep_after_a_key(source: DigestSource, sleeps: list[float]) -> None:
    source.add("2025-05-01", *sample_papers(9))
    source.sync()
    async with open_app(source.options()) as driver:
        assert sleeps == [], "no key was pressed yet"
        await driver.answer_prompt("slash", "lenses")
        assert sleeps
        assert all(0 < seconds <= 3600 for seconds in sleeps)
        source.add("2025-05-02", *sample_papers(3))
        sleeps.clear()
        await driver.press("escape", "ctrl+r")
        assert sleeps
        assert driver.screen.library.get().period_counts.total == 9
