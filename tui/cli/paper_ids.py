"""Ids of papers that a command reads from standard input, one per line."""

from __future__ import annotations

import sys

from tui.cli.output import CommandError


def lines_from_input() -> list[str]:
    """Return the distinct lines on standard input that are not blank.

    Raises:
        CommandError: there is no input.
    """
    if sys.stdin is None or sys.stdin.isatty():
        raise CommandError(
            "-: needs ids on standard input, such as the output of 'broadsheet list --format ids'"
        )
    lines = sys.stdin.buffer.read().decode("utf-8-sig", "replace").splitlines()
    return list(dict.fromkeys(filter(None, map(str.strip, lines))))
