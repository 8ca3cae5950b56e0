"""Interrupted at any system call, a repair is completed by the next sync."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.crash.repairs import REPAIRS, RepairRounds
from tests.crash.system_calls import interruption_points

STRIDES = {name: 8 if name == "flipped bit" else 32 for name in REPAIRS}
"""Steps between the system calls that are interrupted; ``tests.crash --system-calls`` takes all."""


@pytest.mark.parametrize("name", REPAIRS)
def test_interrupted_repair_is_completed_by_the_next_sync(
    name: str, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    rounds = RepairRounds(tmp_path, REPAIRS[name])
    points = list(interruption_points(rounds.calls, STRIDES[name]))
    for point in points:
        rounds.play(*point)
    record_property("figures", f"{name}: {len(points)} interruptions of {rounds.calls} calls")
