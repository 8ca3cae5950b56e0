"""Tuning for speed, and the switch that disables it.

``BROADSHEET_PLAIN=1`` leaves Python and Textual as they are by default, for debugging: the garbage
collector, background threads, the thread switch interval, and Textual's environment variables
except for those that the reader's settings require. No process helps another one to read digests.
"""

from __future__ import annotations

import gc
import os
import sys
import threading
import typing
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from math import inf
from time import monotonic, sleep
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import MutableMapping

    from tui.config.settings import Settings
    from tui.terminal.capabilities import Terminal

PLAIN = "BROADSHEET_PLAIN"

THREAD_SWITCH_SECONDS = 0.001
"""How long a thread runs while another one waits; Python's default is 0.005. Handling a key waits
for the background threads several times, each time that long."""

LOCAL_FPS = "240"
"""Frames per second unless over SSH; Textual's default is 60. What a key draws waits for the next
frame, sometimes for two."""

KEY_SECONDS = 0.04
"""How long handling a key usually takes, and how long background work sleeps for it at most."""

SHORT_WORK_SECONDS = 0.2
"""How long work runs before it yields: most work is done by then, such as the effect of a key."""

MANY_OBJECTS = 20_000
"""With more new objects than this, all of them are collected at once when they are complete."""

_YOUNG, _MIDDLE, _FULL = gc.get_threshold()
_NEVER = 1_000_000
"""Collections of the middle generation before a full one."""


def is_plain() -> bool:
    """Return whether tuning is disabled."""
    return os.environ.get(PLAIN) == "1"


# Textual


def configure_textual(
    settings: Settings, terminal: Terminal, environment: MutableMapping[str, str] = os.environ
) -> None:
    """Set the variables that Textual reads when it is imported.

    Args:
        settings: the reader's settings.
        terminal: what the terminal can do.
        environment: the variables; except for explicit settings, present ones are kept.
    """
    if settings.animations != "auto":
        environment["TEXTUAL_ANIMATIONS"] = "full" if settings.animations == "on" else "none"
    if settings.kitty_keys != "auto":
        environment["TEXTUAL_DISABLE_KITTY_KEY"] = "0" if settings.kitty_keys == "on" else "1"
    if is_plain():
        return
    environment.setdefault("TEXTUAL_COLOR_SYSTEM", terminal.color_system)
    if terminal.is_remote:
        environment.setdefault("TEXTUAL_ANIMATIONS", "none")
    else:
        environment.setdefault("TEXTUAL_FPS", LOCAL_FPS)
    # With the kitty protocol, iTerm2 loses what an input method composes. LC_TERMINAL identifies
    # it over SSH.
    is_iterm = environment.get("TERM_PROGRAM") == "iTerm.app"
    if is_iterm or environment.get("LC_TERMINAL") == "iTerm2":
        environment.setdefault("TEXTUAL_DISABLE_KITTY_KEY", "1")


# Imports


@contextmanager
def uncompiled_annotations() -> Iterator[None]:
    """Import modules without compiling the annotations of their named tuples.

    Compiling takes half of the time that defining a named tuple takes, and nothing evaluates the
    annotations. Python 3.14 does not compile them either.
    """
    if is_plain() or hasattr(typing, "compile"):
        yield
        return
    # Found before the built-in function of this name.
    typing.compile = lambda *_arguments: None  # type: ignore[attr-defined]
    try:
        yield
    finally:
        del typing.compile  # type: ignore[attr-defined]


# The cyclic garbage collector, kept from traversing objects that are being created


def pause_collection() -> None:
    """Disable the garbage collector, until ``resume_collection``."""
    if not is_plain():
        gc.disable()


def resume_collection() -> None:
    """Enable the garbage collector again; it ignores all objects that exist by now.

    Only for the start: garbage in cycles that exists by now, or that arises from these objects
    later, is never freed.
    """
    if not is_plain():
        gc.freeze()
        gc.enable()


@contextmanager
def no_collection(*, are_kept: bool = True) -> Iterator[None]:
    """Disable the garbage collector while a great many long-lived objects are created.

    It would traverse all of them again and again, which takes as long as creating them.

    Args:
        are_kept: whether most of them stay. Otherwise older ones are not traversed even once.
    """
    was_enabled = gc.isenabled()
    pause_collection()
    try:
        yield
    finally:
        if was_enabled and not is_plain():
            if gc.get_count()[0] > MANY_OBJECTS:
                # Otherwise each generation would traverse them in turn. Python does not repeat
                # this before a quarter as many objects are new.
                gc.collect(2 if are_kept else 1)
            gc.enable()


@contextmanager
def no_full_collection() -> Iterator[None]:
    """Collect only young objects while a great many short-lived objects are created.

    A full collection stops all threads for longer than handling a key should take. Long work calls
    ``collect_all`` whenever few of its objects are left.
    """
    if not is_plain():
        gc.set_threshold(_YOUNG, _MIDDLE, _NEVER)
    try:
        yield
    finally:
        gc.set_threshold(_YOUNG, _MIDDLE, _FULL)


def collect_all() -> None:
    """Collect all garbage at a time when this is fast, during `no_full_collection`.

    Lines that Textual has drawn refer to themselves. Those of a minute are as many objects as a
    library has, and collecting them at once takes a third of a second.
    """
    if not is_plain():
        gc.collect()


def release_memory() -> None:
    """Return freed memory to the system; for a worker, after something large.

    The C library of most Linux systems keeps megabytes of what reading large files has taken.
    """
    if is_plain() or sys.platform != "linux":
        return
    import ctypes

    with suppress(OSError, AttributeError):  # another C library
        ctypes.CDLL(None).malloc_trim(0)


# Background threads. Python runs one thread at a time. Handling a key takes about ten loop
# iterations, and a busy thread can delay each of them. Long work therefore sleeps briefly after a
# key.


def shorten_thread_switches() -> None:
    """Let the event loop wait less for background threads."""
    if not is_plain():
        sys.setswitchinterval(THREAD_SWITCH_SECONDS)


class InputPriority:
    """Gives input priority over long work in other threads. Thread-safe."""

    def __init__(self) -> None:
        self._last_input = -inf
        self._work = threading.local()

    def note_input(self) -> None:
        """Record that a key is about to be handled."""
        self._last_input = monotonic()

    def begin_work(self) -> None:
        """Record that work begins in this thread, unless tuning is disabled."""
        if not is_plain():
            self._work.start = monotonic()

    def yield_to_input(self) -> None:
        """Sleep if a key is being handled. Long work calls this frequently.

        Does nothing in a thread where no work has begun, such as the event loop's.
        """
        start: float | None = getattr(self._work, "start", None)
        if start is None:
            return
        now = monotonic()
        remaining = self._last_input + KEY_SECONDS - now
        if remaining > 0 and now - start > SHORT_WORK_SECONDS:
            sleep(remaining)


INPUT_PRIORITY = InputPriority()
"""The process-wide instance; there is a single event loop."""
