"""Python's cyclic garbage collector, kept from traversing objects that are being created.

Nothing here has an effect if tuning is disabled (``BROADSHEET_PLAIN=1``).
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from tui.runtime.tuning import is_plain

_YOUNG, _MIDDLE, _FULL = gc.get_threshold()
_NEVER = 1_000_000
"""Collections of the middle generation before a full one."""


def pause() -> None:
    """Disable the garbage collector, until ``resume``."""
    if not is_plain():
        gc.disable()


def resume() -> None:
    """Enable it again, and exempt all objects that exist by now from future collections."""
    if not is_plain():
        gc.freeze()
        gc.enable()


@contextmanager
def no_collection() -> Iterator[None]:
    """Disable the garbage collector while a great many long-lived objects are created.

    It would traverse all of them again and again, which takes as long as creating them. They are
    exempt from future collections, too.
    """
    was_enabled = gc.isenabled()
    pause()
    try:
        yield
    finally:
        if was_enabled:
            resume()


@contextmanager
def no_full_collection() -> Iterator[None]:
    """Collect only young objects while a great many short-lived objects are created.

    A full collection stops all threads for longer than handling a key should take.
    """
    if is_plain():
        yield
        return
    gc.set_threshold(_YOUNG, _MIDDLE, _NEVER)
    try:
        yield
    finally:
        gc.set_threshold(_YOUNG, _MIDDLE, _FULL)
