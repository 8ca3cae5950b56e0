"""Errors that nobody foresaw: what to say of them. What is known of them goes to the log."""

from __future__ import annotations

import os
from typing import NamedTuple

_HOUSE = os.path.join(os.path.dirname(os.path.dirname(__file__)), "")  # noqa: PTH118, PTH120

_recorded: set[str] = set()


class CrashReport(NamedTuple):
    """An error that nobody foresaw.

    Attributes:
        what: its kind and place, and nothing that it says: ``KeyError in library.py, line 88``.
        log: where more stands.
        unwritten: why it does not; empty if it does.
    """

    what: str
    log: str
    unwritten: str


def record(error: BaseException, during: str) -> CrashReport:
    """Write an error to the log, unless this process has met it before.

    Any thread may call it. It does not raise, whatever is wrong with the program or the machine.

    Args:
        error: what was raised.
        during: what was being done: the name of a command, and nothing that a reader typed.

    Returns:
        What to say of it.
    """
    what = _in_short(error)
    log, unwritten = "", ""
    try:
        # Without a failure, nobody needs these.
        from tui.config.paths import log_file
        from tui.runtime.crash_log import write

        log = str(log_file())
        if what not in _recorded:
            write(log_file(), error, during)
    except Exception as failed:
        unwritten = getattr(failed, "strerror", None) or type(failed).__name__
    else:
        _recorded.add(what)
    return CrashReport(what, log, unwritten)


def _in_short(error: BaseException) -> str:
    """Return the kind of an error, and the innermost place of ours that it went through."""
    place = ""
    trace = error.__traceback__
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if file.startswith(_HOUSE):
            place = f" in {file.removeprefix(_HOUSE)}, line {trace.tb_lineno}"
        trace = trace.tb_next
    return f"{type(error).__name__}{place}"
