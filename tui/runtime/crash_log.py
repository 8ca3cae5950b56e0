"""The crash log: unexpected errors, for bug reports.

An entry has the types of the errors and the lines of code that raised them. Error messages and
values of variables are left out, because they may contain what the reader typed: the ``KeyError``
of a tag does. The system's message of an OSError is harmless without the file name, and included.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

MAX_BYTES = 256 * 1024
"""Size at which a new log file is started."""

OLD_FILES = 3
"""Number of full log files that are kept, as ``broadsheet.log.1`` and so on; 1 is the newest."""

MAX_FRAMES = 60
"""Innermost frames of a traceback that are logged: a RecursionError has a thousand."""

LOCK_SECONDS = 1.0
"""How long to wait for another process that is writing, which takes milliseconds."""

_PACKAGE = os.path.join(os.path.dirname(os.path.dirname(__file__)), "")  # noqa: PTH118, PTH120

_recorded: set[str] = set()


class CrashReport(NamedTuple):
    """An unexpected error, without anything that the reader typed.

    Attributes:
        summary: its type and place: ``KeyError in library.py, line 88``.
        log: path of the log; empty if that could not be determined.
        log_error: why the log could not be written; empty if it was.
    """

    summary: str
    log: str
    log_error: str


def record(error: BaseException, during: str, log_file: Callable[[], Path]) -> CrashReport:
    """Log an error, unless this process has logged the same one before.

    Thread-safe. Never raises.

    Args:
        error: the error.
        during: the name of the command that it stopped.
        log_file: returns the path of the log; it may raise.

    Returns:
        What to show to the reader.
    """
    summary = summary_of(error)
    log, log_error = "", ""
    try:
        file = log_file()
        log = str(file)
        if summary not in _recorded:
            write(file, error, during)
    except Exception as failure:
        log_error = getattr(failure, "strerror", None) or type(failure).__name__
    else:
        _recorded.add(summary)
    return CrashReport(summary, log, log_error)


def summary_of(error: BaseException) -> str:
    """Return the type of an error and the innermost line of ours: ``KeyError in a.py, line 8``."""
    import traceback

    place = ""
    for frame, line in traceback.walk_tb(error.__traceback__):
        file = frame.f_code.co_filename
        if file.startswith(_PACKAGE):
            place = f" in {file.removeprefix(_PACKAGE)}, line {line}"
    return f"{type(error).__name__}{place}"


def write(file: Path, error: BaseException, during: str) -> None:
    """Append an error to the log. Several processes may do so at the same time.

    Args:
        file: the log; it is created if it is missing, readable only by the owner.
        error: the error.
        during: the name of the command that it stopped.

    Raises:
        OSError: the log cannot be written.
    """
    from tui.storage.permissions import make_folder

    text = f"{_header(during)}\n{''.join(_traceback(error)).rstrip()}\n"
    # File names in tracebacks may contain bytes that are not UTF-8.
    entry = text.encode("utf-8", "backslashreplace")
    make_folder(file.parent, 0o700)
    with _locked(file.parent):
        if file.exists() and file.stat().st_size + len(entry) > MAX_BYTES:
            _rotate(file)
        # A named pipe in its place is an error, instead of waiting for a reader.
        handle = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NONBLOCK, 0o600)
        with os.fdopen(handle, "ab") as log:
            log.write(entry)


def _rotate(file: Path) -> None:
    """Make room for a new log; the oldest one is dropped."""
    for number in reversed(range(OLD_FILES)):
        newer = file.with_name(f"{file.name}.{number}") if number else file
        if newer.exists():
            newer.replace(file.with_name(f"{file.name}.{number + 1}"))


def _header(during: str) -> str:
    import platform
    from importlib import metadata

    versions = []
    for name in ("broadsheet", "textual"):
        try:
            version = metadata.version(name)
        except metadata.PackageNotFoundError:
            version = "of an unknown version"
        versions.append(f"{name} {version}")
    versions += [f"Python {platform.python_version()}", sys.platform]
    return f"{time.strftime('%Y-%m-%d %H:%M:%S %z')} {during} ({', '.join(versions)})"


def _traceback(error: BaseException) -> Iterator[str]:
    """Yield the traceback as Python prints it, without messages and values of variables."""
    import traceback

    logged: list[BaseException] = []
    pending: list[tuple[BaseException, str]] = [(error, "")]
    while pending:
        current, relation = pending.pop()
        if any(current is other for other in logged):
            continue
        logged.append(current)
        yield relation
        frames = traceback.extract_tb(current.__traceback__)
        if len(frames) > MAX_FRAMES:
            yield f"  ... {len(frames) - MAX_FRAMES} outer frames\n"
        yield from traceback.StackSummary.from_list(frames[-MAX_FRAMES:]).format()
        kind = type(current)
        yield f"{kind.__module__}.{kind.__qualname__}"
        if isinstance(current, OSError) and isinstance(current.errno, int):
            yield f": {os.strerror(current.errno)}"
        yield "\n"
        if isinstance(current, BaseExceptionGroup):
            pending += [(member, "A member of the group:\n") for member in current.exceptions]
        if current.__cause__ is not None:
            pending.append((current.__cause__, "Caused by:\n"))
        elif current.__context__ is not None and not current.__suppress_context__:
            pending.append((current.__context__, "Raised while handling:\n"))


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Keep other processes from rotating the log; give up after LOCK_SECONDS."""
    import fcntl

    handle = os.open(folder, os.O_RDONLY)
    try:
        deadline = time.monotonic() + LOCK_SECONDS
        while time.monotonic() < deadline:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                time.sleep(0.01)
            except OSError:
                # The file system does not support locks.
                break
        yield
    finally:
        os.close(handle)
