"""Keeps out of what is measured what else happens on the machine, as far as that can be seen."""

from __future__ import annotations

import time
from collections.abc import Callable

from tests.bench.samples import Samples

TURNS = 1_000_000
"""Of a loop that does nothing but count."""

PROBES = 3

AGAIN = 2.0
"""Seconds until the machine is asked again."""

WAITS = 150
"""How often it is asked before something is measured in any case."""

TRIES = 4
"""How often something is measured, at most."""


def pace() -> float:
    """Return how many milliseconds a plain loop takes now: what slows it slows everything."""
    return min(_loop() for _ in range(PROBES))


def _loop() -> float:
    count, began = 0, time.perf_counter()
    for number in range(TURNS):
        count += number
    return 1000 * (time.perf_counter() - began)


class Calm:
    """Measures only while the machine is as quick as is asked for.

    Args:
        limit: the most that ``pace`` may come to; None to measure in any case.
        say: is told why nothing seems to happen.
    """

    def __init__(self, limit: float | None, say: Callable[[str], None]) -> None:
        self._limit = limit
        self._say = say

    def measure(self, samples: Samples, measure: Callable[[Samples], None]) -> None:
        """Add samples to others.

        Args:
            samples: the others.
            measure: takes them, within seconds rather than minutes. It is called again, and what it
                took before is forgotten, if the machine was not calm to the end.
        """
        for left in reversed(range(TRIES)):
            self._wait()
            taken = Samples()
            measure(taken)
            if not left or self._is_calm():
                break
            self._say("the machine was disturbed: once more")
        samples.all += taken.all

    def _wait(self) -> None:
        for asked in range(WAITS):
            if self._is_calm():
                return
            if not asked:
                self._say("waits for a calm machine")
            time.sleep(AGAIN)
        self._say("measures on a machine that is not calm")

    def _is_calm(self) -> bool:
        return self._limit is None or pace() <= self._limit
