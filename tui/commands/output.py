"""How commands speak: results to standard output, warnings and errors to standard error."""

from __future__ import annotations

import sys

from tui.storage.faults import told

OK = 0
NOTHING_MATCHED = 1
FAILED = 2


class CommandError(Exception):
    """A command cannot go on; the text is a sentence for the reader."""


def warn(message: str) -> None:
    """Say something that does not stop the command."""
    print(f"broadsheet: {message}", file=sys.stderr)


def reason(error: OSError) -> str:
    """Return what the system says of a failure, and what to do about it."""
    return told(error)


def print_json(value: object) -> None:
    """Print a value as JSON, indented, with Korean as Korean."""
    import orjson

    sys.stdout.flush()
    sys.stdout.buffer.write(orjson.dumps(value, option=orjson.OPT_INDENT_2) + b"\n")
    sys.stdout.buffer.flush()
