"""The log: for whoever mends what nobody foresaw.

What an error says may hold what the reader typed (the ``KeyError`` of a tag does), so it is left
out, as are the values of variables: where in the code it happened is told, and of what kind it was.
What the system says of a file is known to hold nothing, as long as the file's name is left out.
"""

from __future__ import annotations

import fcntl
import logging
import os
import platform
import sys
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import PackageNotFoundError, version
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path

from tui.storage.make_folder import make_folder

SIZE = 256 * 1024
"""Bytes; a longer file makes room for a new one."""

OLD_FILES = 3
"""How many of those are kept."""

MOST_CALLS = 60
"""Of a thousand calls within each other, the last ones tell enough."""

PATIENCE = 1.0
"""Seconds to wait for another process, which takes milliseconds; the two may well write at once."""


def write(file: Path, error: BaseException, during: str) -> None:
    """Add an error to the log, which is made if it is missing, for the reader alone.

    Several processes may do so at once.

    Args:
        file: the log.
        error: what was raised.
        during: the name of the command that it stopped.

    Raises:
        OSError: it cannot be written.
    """
    told = "".join(_traceback(error)).rstrip()
    record = logging.LogRecord("", logging.ERROR, "", 0, f"{_heading(during)}\n{told}", None, None)
    make_folder(file.parent, 0o700)
    with _alone(file.parent):
        handler = _PrivateFile(file, maxBytes=SIZE, backupCount=OLD_FILES, encoding="utf-8")
        try:
            handler.emit(record)
        finally:
            handler.close()


class _PrivateFile(RotatingFileHandler):
    """A file that only the reader can read, and that cannot fail unnoticed."""

    def _open(self) -> TextIOWrapper:
        # Of the code's files that are told, one may have a name that is no text.
        odd = "backslashreplace"
        return open(self.baseFilename, "a", encoding="utf-8", errors=odd, opener=_private)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: ARG002, N802  # logging's name
        """Leave it to the caller, where logging would print a traceback."""
        raise  # noqa: PLE0704  # logging calls this where it caught something


def _private(name: str, flags: int) -> int:
    return os.open(name, flags, 0o600)


def _heading(during: str) -> str:
    versions = [f"{name} {_version(name)}" for name in ("broadsheet", "textual")]
    versions += [f"Python {platform.python_version()}", sys.platform]
    return f"{time.strftime('%Y-%m-%d %H:%M:%S %z')} {during} ({', '.join(versions)})"


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "of an unknown version"


def _traceback(error: BaseException) -> Iterator[str]:
    """Yield what Python would print, without what errors say and variables hold."""
    told: list[BaseException] = []
    waiting: list[tuple[BaseException, str]] = [(error, "")]
    while waiting:
        each, how = waiting.pop()
        if any(each is one for one in told):
            continue
        told.append(each)
        yield how
        yield from _calls(each)
        kind = type(each)
        yield f"{kind.__module__}.{kind.__qualname__}{_harmless_words(each)}\n"
        if isinstance(each, BaseExceptionGroup):
            waiting += [(one, "It is made of:\n") for one in each.exceptions]
        if each.__cause__ is not None:
            waiting.append((each.__cause__, "It came of:\n"))
        elif each.__context__ is not None and not each.__suppress_context__:
            waiting.append((each.__context__, "It came while this was dealt with:\n"))


def _calls(error: BaseException) -> Iterator[str]:
    calls = traceback.extract_tb(error.__traceback__)
    if len(calls) > MOST_CALLS:
        yield f"  ... {len(calls) - MOST_CALLS} calls before these\n"
    yield from traceback.StackSummary.from_list(calls[-MOST_CALLS:]).format()


def _harmless_words(error: BaseException) -> str:
    if isinstance(error, OSError) and isinstance(error.errno, int):
        return f": {os.strerror(error.errno)}"
    return ""


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Keep other processes from putting the log away while we write."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        until = time.monotonic() + PATIENCE
        while not _is_locked(handle) and time.monotonic() < until:
            time.sleep(0.01)
        yield
    finally:
        os.close(handle)


def _is_locked(handle: int) -> bool:
    """Try to lock a file; tell whether there is nothing to be waited for."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        # A file system that has no locks will have none in a while, either.
        return True
    return True
