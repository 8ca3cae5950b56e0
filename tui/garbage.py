"""Python's garbage collector, kept from looking through what is being made."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


def pause() -> None:
    """Do without the garbage collector, until ``resume``."""
    gc.disable()


def resume() -> None:
    """Use it again, but for what has been made by now and will stay."""
    gc.freeze()
    gc.enable()


@contextmanager
def no_collection() -> Iterator[None]:
    """Do without the garbage collector while very many objects are made that will all stay.

    It would look through all of them again and again, which takes half the time of making them.
    What has been made is then left out of its later rounds, too.
    """
    was_enabled = gc.isenabled()
    pause()
    try:
        yield
    finally:
        if was_enabled:
            resume()
