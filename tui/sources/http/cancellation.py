"""Run requests so that they can be cancelled while a response is awaited."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any, TypeVar

from tui.runtime.task import Task, TaskCancelledError

CANCEL_POLL_SECONDS = 0.1

T = TypeVar("T")


def run_until_cancelled(work: Coroutine[Any, Any, T], task: Task) -> T:
    """Run a coroutine in an event loop of its own, and return its result.

    Raises:
        TaskCancelledError: the task was cancelled; the coroutine has ended.
    """
    return asyncio.run(_run(work, task))


async def _run(work: Coroutine[Any, Any, T], task: Task) -> T:
    running = asyncio.create_task(work)
    while not running.done():
        await asyncio.wait([running], timeout=CANCEL_POLL_SECONDS)
        if task.is_cancelled():
            running.cancel()
            with suppress(asyncio.CancelledError):
                await running
            raise TaskCancelledError
    return await running
