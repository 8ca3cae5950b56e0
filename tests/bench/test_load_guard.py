"""The benchmark waits while the machine is busy."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.bench import load_guard
from tests.bench.load_guard import LoadGuard, loop_milliseconds
from tests.bench.samples import Samples

Measure = Callable[[Samples], None]


@pytest.fixture
def loop_times(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Milliseconds of the loop at each check."""
    times_left: list[float] = []
    monkeypatch.setattr(load_guard, "loop_milliseconds", lambda: times_left.pop(0))
    monkeypatch.setattr(load_guard, "RECHECK_SECONDS", 0)
    return times_left


@pytest.fixture
def measure() -> Measure:
    """Return a measurement whose sample is the number of its run."""
    runs: list[None] = []

    def take(samples: Samples) -> None:
        runs.append(None)
        samples.add("first", 120, 0, len(runs))

    return take


def values(samples: Samples) -> list[float]:
    return [sample.value for sample in samples.all]


def test_guard_waits_until_the_machine_is_idle(loop_times: list[float], measure: Measure) -> None:
    messages: list[str] = []
    samples = Samples()
    loop_times[:] = [90, 95, 85, 60, 79]
    LoadGuard(80, messages.append).measure(samples, measure)
    assert (values(samples), loop_times) == ([1], [])
    assert messages == ["waiting until the machine is idle"]


def test_disturbed_samples_are_discarded(loop_times: list[float], measure: Measure) -> None:
    messages: list[str] = []
    samples = Samples()
    samples.add("first", 120, 0, 0)
    loop_times[:] = [60, 90, 90, 60, 60]
    LoadGuard(80, messages.append).measure(samples, measure)
    assert (values(samples), loop_times) == ([0, 2], [])
    assert messages == [
        "the machine was busy: measuring again",
        "waiting until the machine is idle",
    ]


def test_guard_stops_waiting_after_some_checks(
    loop_times: list[float], measure: Measure, monkeypatch: pytest.MonkeyPatch
) -> None:
    messages: list[str] = []
    samples = Samples()
    monkeypatch.setattr(load_guard, "MAX_CHECKS", 2)
    monkeypatch.setattr(load_guard, "MAX_ATTEMPTS", 2)
    loop_times[:] = [90] * 5
    LoadGuard(80, messages.append).measure(samples, measure)
    assert (values(samples), loop_times) == ([2], [])
    assert messages == [
        "waiting until the machine is idle",
        "measuring although the machine is busy",
        "the machine was busy: measuring again",
        "waiting until the machine is idle",
        "measuring although the machine is busy",
    ]


def test_guard_never_waits_without_a_limit(loop_times: list[float], measure: Measure) -> None:
    samples = Samples()
    LoadGuard(None, print).measure(samples, measure)
    assert values(samples) == [1]
    assert loop_times == []


def test_loop_takes_time() -> None:
    assert loop_milliseconds() > 0
