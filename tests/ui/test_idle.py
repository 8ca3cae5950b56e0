"""An open browser wakes up only to check for changes, whatever it shows."""

from __future__ import annotations

import asyncio
import threading
from typing import Any

import pytest

from tests.ui.driver import open_app
from tests.ui.sources import DigestSource

pytestmark = pytest.mark.slow

MAX_TURNS, TURN_SECONDS = 1000, 0.005
"""Timers that run once, such as that of a message, end in this time."""


def scheduled_calls() -> list[asyncio.TimerHandle]:
    """Return what the event loop will call later; repeating timers are always among it."""
    loop: Any = asyncio.get_running_loop()
    return [handle for handle in loop._scheduled if not handle.cancelled()]


@pytest.mark.parametrize(
    "keys",
    [
        (), ("enter",), ("/",), ("/", *"model"), ("ctrl+p",), ("question_mark",), ("e",), ("t",),
        ("i",), ("T",), ("colon",),
    ],
    ids=" ".join,
)  # fmt: skip
async def test_nothing_is_scheduled(samples: DigestSource, keys: tuple[str, ...]) -> None:
    async with open_app(samples.options()) as driver:
        await driver.press(*keys)
        for _ in range(MAX_TURNS):
            if not scheduled_calls():
                break
            await asyncio.sleep(TURN_SECONDS)
        assert scheduled_calls() == []
        assert sum(thread.name == "watch" for thread in threading.enumerate()) == 1
