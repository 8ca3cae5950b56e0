"""How commands speak: results to standard output, warnings and errors to standard error."""

from __future__ import annotations

import sys

from tui.runtime.crash_report import CrashReport

OK = 0
NOTHING_MATCHED = 1
FAILED = 2
BROKEN = 3
"""Something went wrong that nobody foresaw."""


class CommandError(Exception):
    """A command cannot go on; the text is a sentence for the reader."""


def warn(message: str) -> None:
    """Say something that does not stop the command."""
    print(f"broadsheet: {printable(message)}", file=sys.stderr)


def printable(text: str) -> str:
    """Return a text on one line that a terminal can obey nothing of."""
    if text.isprintable():
        return text
    # A version or a word of help needs no other room.
    from tui import sanitize as untrusted

    return untrusted.escape_unprintable(text)


def say(line: str) -> None:
    """Print a line of which a part may be a path; a terminal gets nothing that it could obey."""
    print(printable(line) if sys.stdout.isatty() else line)


def warn_of_failure(failure: CrashReport, command: str) -> None:
    """Say in one line that a command was stopped by what nobody foresaw, and where more stands."""
    more = f"more is in {failure.log}"
    if failure.unwritten:
        more = f"the log {failure.log} cannot be written: {failure.unwritten}"
    warn(f"{command} stopped at an error of its own ({failure.what}); {more}")


def reason(error: OSError) -> str:
    """Return what the system says of a failure, and what to do about it."""
    # Only what failed needs it.
    from tui.storage.disk_errors import told

    return told(error)


def print_json(value: object) -> None:
    """Print a value as JSON, indented, with Korean as Korean."""
    import orjson

    sys.stdout.flush()
    sys.stdout.buffer.write(orjson.dumps(value, option=orjson.OPT_INDENT_2) + b"\n")
    sys.stdout.buffer.flush()
