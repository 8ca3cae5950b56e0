"""Output of commands: results go to standard output, warnings and errors to standard error.

All of it is printed here, because no value may act on a terminal, whatever it is and wherever it
comes from. What goes to a file or a pipe is exact.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from tui.models import Problem
    from tui.runtime.crash_log import CrashReport
    from tui.runtime.task import Progress, Task

OK = 0
NOTHING_MATCHED = 1
FAILED = 2
INTERNAL_ERROR = 3

EXIT_CODES = {
    OK: "Success. Problems in digests are only warnings.",
    NOTHING_MATCHED: "Nothing matched, or `doctor` found something to repair.",
    FAILED: "Wrong usage, or nothing could be read or written.",
    INTERNAL_ERROR: "Internal error. One line names it and the log with the details.",
}
"""What each exit code means, for the manual."""


class CommandError(Exception):
    """A command cannot continue. The text is the message for the reader."""


@contextmanager
def command_errors(*kinds: type[Exception], prefix: str = "", suffix: str = "") -> Iterator[None]:
    """Raise errors of the disk, the system and some other types as a CommandError with advice.

    Args:
        kinds: the other types.
        prefix: goes before the message.
        suffix: goes after it.
    """
    from tui.storage.tables import StorageError

    caught: tuple[type[Exception], ...] = (StorageError, OSError, *kinds)
    try:
        yield
    except caught as error:
        raise CommandError(f"{prefix}{describe_error(error)}{suffix}") from error


def describe_error(error: Exception) -> str:
    """Return an error's message, for an error of the system with its path and advice."""
    from tui.storage.disk_errors import path_and_reason

    return path_and_reason(error)


def plural(number: int, noun: str) -> str:
    """Return a number with its noun: ``1 paper``, ``2,000 papers``."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def warn(*messages: object) -> None:
    """Print each message on one line of standard error, escaping unprintable characters."""
    for message in map(str, messages):
        print_error_line(f"broadsheet: {message}")


def print_error_line(line: str) -> None:
    """Print a line on standard error; unprintable characters are escaped."""
    with _lost_errors_ignored():
        sys.stderr.write(f"{escape_line(line)}\n")


def flush() -> None:
    """Write what is still buffered.

    Raises:
        OSError: standard output cannot be written.
    """
    with _lost_errors_ignored():
        sys.stderr.flush()
    sys.stdout.flush()


@contextmanager
def _lost_errors_ignored() -> Iterator[None]:
    """Continue if standard error cannot be written: the exit code says what happened."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError:
        redirect_to_null(sys.stderr)


def redirect_to_null(*streams: object) -> None:
    """Discard further output, including what is still buffered at exit."""
    null = os.open(os.devnull, os.O_WRONLY)
    for stream in streams:
        if isinstance(stream, TextIOWrapper):
            os.dup2(null, stream.fileno())
    os.close(null)


def warn_of_crash(report: CrashReport, command: str) -> None:
    """Print the one line that reports an internal error and names the log."""
    details = f"details are in {report.log}"
    if report.log_error:
        details = f"the log {report.log} cannot be written: {report.log_error}"
    warn(f"internal error in {command} ({report.summary}); {details}")


def print_line(line: object) -> None:
    """Print a line; unprintable characters are escaped on a terminal."""
    text = str(line)
    sys.stdout.write(f"{escape_line(text) if sys.stdout.isatty() else text}\n")


def print_lines(lines: Iterable[str]) -> None:
    """Print lines, as ``print_line`` does."""
    for line in lines:
        print_line(line)


def print_text(parts: Iterable[str]) -> None:
    """Print a text of several lines, given in parts; unsafe characters are escaped on a terminal.

    Line ends, tabs and spaces of every kind are printed as they are.
    """
    if sys.stdout.isatty():
        from tui.sanitize import escape_unsafe

        parts = map(escape_unsafe, parts)
    sys.stdout.writelines(parts)


def styled(text: str, style: str = "") -> Text:
    """Return text for a console of Rich; unsafe characters are escaped."""
    from rich.text import Text

    from tui.sanitize import escape_unsafe

    return Text(escape_unsafe(text), style=style)


def console() -> Console:
    """Return a console of Rich for standard output, as wide as the terminal."""
    from rich.console import Console

    from tui.terminal.capabilities import ignore_exported_size

    if sys.__stdout__ is not None:
        ignore_exported_size(sys.__stdout__.fileno(), os.environ)
    return Console(highlight=False, markup=False)


def escape_line(text: str) -> str:
    """Return a text on one line, with escapes for unprintable characters."""
    if text.isascii() and text.isprintable():
        return text
    from tui.sanitize import escape_unprintable

    return escape_unprintable(text)


def print_json(value: object) -> None:
    """Print a value as indented JSON in UTF-8, whatever the locale."""
    import orjson

    print_json_bytes([orjson.dumps(value, option=orjson.OPT_INDENT_2), b"\n"])


def print_json_bytes(chunks: Iterable[bytes]) -> None:
    """Print encoded JSON; on a terminal, with escapes that stand for the same values."""
    if sys.stdout.isatty():
        from tui.sanitize import escape_unsafe_in_json

        chunks = (escape_unsafe_in_json(chunk.decode()).encode() for chunk in chunks)
    _write_bytes(chunks)


def print_utf8(parts: Iterable[str]) -> None:
    """Print a text as ``print_text`` does, but in UTF-8, whatever the locale."""
    if sys.stdout.isatty():
        print_text(parts)
    else:
        _write_bytes(part.encode() for part in parts)


def _write_bytes(chunks: Iterable[bytes]) -> None:
    """Write encoded text, after any text that is still buffered."""
    sys.stdout.flush()
    sys.stdout.buffer.writelines(chunks)
    sys.stdout.buffer.flush()


def is_file_start() -> bool:
    """Return whether standard output is redirected to a file in which nothing is written yet."""
    try:
        status = os.fstat(sys.stdout.fileno())
    except (OSError, ValueError):
        return False
    return stat.S_ISREG(status.st_mode) and status.st_size == 0


def problems_as_json(problems: Iterable[Problem]) -> list[dict[str, object]]:
    """Return problems in the form that all commands use in their JSON."""
    return [
        {"file": problem.file, "line": problem.line, "message": problem.message}
        for problem in problems
    ]


@contextmanager
def progress_line(describe: Callable[[Progress], str]) -> Iterator[Task]:
    """Yield a task that shows its progress on one line, which is cleared at the end.

    The line is on standard error. Nothing is written unless that is a terminal that can overwrite
    a line.

    Args:
        describe: returns the text of the line; empty to leave it as it is.
    """
    from tui.runtime.task import Task

    is_enabled = sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
    shown = ""

    def show(progress: Progress) -> None:
        nonlocal shown
        if is_enabled and (text := describe(progress)):
            shown = text
            _overwrite_line(text)

    try:
        yield Task(show)
    finally:
        if shown:
            _overwrite_line("")


def _overwrite_line(text: str) -> None:
    sys.stderr.write(f"\r{escape_line(text)}\x1b[K")
    sys.stderr.flush()
