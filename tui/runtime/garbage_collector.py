"""Python's garbage collector, kept from looking through what is being made."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_YOUNG, _MIDDLE, _FULL = gc.get_threshold()
_NEVER = 1_000_000
"""So many rounds through what is younger before all is looked through."""


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


@contextmanager
def no_full_collection() -> Iterator[None]:
    """Let the garbage collector look only through what is young, while much is made that soon goes.

    A look through everything stops all threads, for longer than a key may wait.
    """
    gc.set_threshold(_YOUNG, _MIDDLE, _NEVER)
    try:
        yield
    finally:
        gc.set_threshold(_YOUNG, _MIDDLE, _FULL)
