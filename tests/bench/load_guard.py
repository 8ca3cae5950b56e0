"""Delay measurements while other programs slow the machine down."""

from __future__ import annotations

import time
from collections.abc import Callable

from tests.bench.samples import Samples

LOOP_COUNT = 1_000_000
"""Iterations of the loop that is timed."""

LOOP_REPEATS = 3

RECHECK_SECONDS = 2.0
"""Pause between two checks of a busy machine."""

MAX_CHECKS = 150
"""Checks after which a measurement starts even if the machine is busy."""

MAX_ATTEMPTS = 4
"""Attempts after which a disturbed measurement is accepted."""


def loop_milliseconds() -> float:
    """Return the milliseconds that a simple loop takes now; a busy machine takes longer."""
    return min(_time_loop() for _ in range(LOOP_REPEATS))


def _time_loop() -> float:
    count, began = 0, time.perf_counter()
    for number in range(LOOP_COUNT):
        count += number
    return 1000 * (time.perf_counter() - began)


class LoadGuard:
    """Measures only while the machine is fast enough.

    Args:
        limit: the maximum of ``loop_milliseconds``; None to measure at any time.
        report: prints the reason for a delay.
    """

    def __init__(self, limit: float | None, report: Callable[[str], None]) -> None:
        self._limit = limit
        self._report = report

    def measure(self, samples: Samples, measure: Callable[[Samples], None]) -> None:
        """Measure while the machine is idle, and add the results to ``samples``.

        Args:
            samples: the samples so far.
            measure: takes a few seconds. It is repeated, and its samples are discarded, if the
                machine was busy at its end.
        """
        for attempts_left in reversed(range(MAX_ATTEMPTS)):
            self._wait()
            new_samples = Samples()
            measure(new_samples)
            if not attempts_left or self._is_idle():
                break
            self._report("the machine was busy: measuring again")
        samples.all += new_samples.all

    def _wait(self) -> None:
        for check in range(MAX_CHECKS):
            if self._is_idle():
                return
            if not check:
                self._report("waiting until the machine is idle")
            time.sleep(RECHECK_SECONDS)
        self._report("measuring although the machine is busy")

    def _is_idle(self) -> bool:
        return self._limit is None or loop_milliseconds() <= self._limit
