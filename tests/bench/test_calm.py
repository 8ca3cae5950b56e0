"""When the benchmark measures on a machine that others use, too."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.bench import calm
from tests.bench.calm import Calm, pace
from tests.bench.samples import Samples

Measure = Callable[[Samples], None]


@pytest.fixture
def paces(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How quick the machine is, each time that is asked."""
    coming: list[float] = []
    monkeypatch.setattr(calm, "pace", lambda: coming.pop(0))
    monkeypatch.setattr(calm, "AGAIN", 0)
    return coming


@pytest.fixture
def measure() -> Measure:
    """Take a sample that tells how often one was taken."""
    times: list[None] = []

    def take(samples: Samples) -> None:
        times.append(None)
        samples.note("first", 120, 0, len(times))

    return take


def values(samples: Samples) -> list[float]:
    return [one.value for one in samples.all]


def test_it_waits_for_a_calm_machine(paces: list[float], measure: Measure) -> None:
    said: list[str] = []
    samples = Samples()
    paces[:] = [90, 95, 85, 60, 79]
    Calm(80, said.append).measure(samples, measure)
    assert (values(samples), paces) == ([1], [])
    assert said == ["waits for a calm machine"]


def test_what_was_disturbed_counts_for_nothing(paces: list[float], measure: Measure) -> None:
    said: list[str] = []
    samples = Samples()
    samples.note("first", 120, 0, 0)
    paces[:] = [60, 90, 90, 60, 60]
    Calm(80, said.append).measure(samples, measure)
    assert (values(samples), paces) == ([0, 2], [])
    assert said == ["the machine was disturbed: once more", "waits for a calm machine"]


def test_it_does_not_wait_for_ever(
    paces: list[float], measure: Measure, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    samples = Samples()
    monkeypatch.setattr(calm, "WAITS", 2)
    monkeypatch.setattr(calm, "TRIES", 2)
    paces[:] = [90] * 5
    Calm(80, said.append).measure(samples, measure)
    assert (values(samples), paces) == ([2], [])
    assert said == [
        "waits for a calm machine",
        "measures on a machine that is not calm",
        "the machine was disturbed: once more",
        "waits for a calm machine",
        "measures on a machine that is not calm",
    ]


def test_who_does_not_ask_for_calm_never_waits(paces: list[float], measure: Measure) -> None:
    samples = Samples()
    Calm(None, print).measure(samples, measure)
    assert values(samples) == [1]
    assert paces == []


def test_the_machine_has_a_pace() -> None:
    assert pace() > 0
