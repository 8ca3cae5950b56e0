"""Background threads sleep after a key, so that the event loop can handle it."""

from __future__ import annotations

import threading

import pytest

from tui.runtime import cooperative
from tui.runtime.cooperative import InputPriority
from tui.runtime.tuning import PLAIN


@pytest.fixture
def sleeps(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Seconds that background work would sleep if handling a key never ended."""
    seconds: list[float] = []
    monkeypatch.setattr(cooperative, "KEY_SECONDS", 3600)
    monkeypatch.setattr(cooperative, "SHORT_WORK_SECONDS", 0)
    monkeypatch.setattr(cooperative, "sleep", seconds.append)
    return seconds


def test_long_work_sleeps_once_per_key(monkeypatch: pytest.MonkeyPatch) -> None:
    clock: list[float] = [0.0]
    sleeps: list[float] = []

    def sleep(seconds: float) -> None:
        sleeps.append(seconds)
        clock[0] += seconds

    monkeypatch.setattr(cooperative, "monotonic", lambda: clock[0])
    monkeypatch.setattr(cooperative, "sleep", sleep)
    priority = InputPriority()
    priority.begin_work()
    priority.note_input()
    clock[0] += cooperative.KEY_SECONDS / 4
    priority.yield_to_input()
    assert sleeps == [], "short work may have been started by the key"
    clock[0] += cooperative.SHORT_WORK_SECONDS
    priority.yield_to_input()
    priority.note_input()
    clock[0] += cooperative.KEY_SECONDS / 4
    for _ in range(3):
        priority.yield_to_input()
    assert sleeps == pytest.approx([cooperative.KEY_SECONDS * 3 / 4])


def test_thread_without_work_never_sleeps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cooperative, "SHORT_WORK_SECONDS", 0)
    monkeypatch.setattr(cooperative, "sleep", pytest.fail)
    priority = InputPriority()
    worker = threading.Thread(target=priority.begin_work)
    worker.start()
    worker.join()
    priority.note_input()
    priority.yield_to_input()


def test_plain_switch_disables_sleeping(
    sleeps: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    priority = InputPriority()
    for value in ("1", ""):
        monkeypatch.setenv(PLAIN, value)
        priority.begin_work()
        priority.note_input()
        priority.yield_to_input()
        assert bool(sleeps) == (value == "")
