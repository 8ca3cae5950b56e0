"""Interrupted at any system call, a repair of marks or clones loses nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.crash.commands import SCENARIOS, CommandRounds
from tests.crash.system_calls import interruption_points

STRIDE = 48
"""Every how many calls each interruption happens; all with ``tests.crash --system-calls``."""


@pytest.mark.parametrize("name", SCENARIOS)
def test_interrupted_repair_loses_nothing(
    name: str, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    rounds = CommandRounds(tmp_path, SCENARIOS[name])
    points = list(interruption_points(rounds.calls, STRIDE))
    for point in points:
        rounds.play(*point)
    record_property("figures", f"{name}: {len(points)} interruptions of {rounds.calls} calls")
