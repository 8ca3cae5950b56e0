"""Output through a pager, as ``--pager`` requests it."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import TextIOWrapper

from tui.cli.output import warn


class _PagerStream(TextIOWrapper):
    """A pager's standard input."""

    def isatty(self) -> bool:
        """Return True, so that output is formatted for a terminal."""
        return True


@contextmanager
def page_output() -> Iterator[None]:
    """Send standard output to a pager within a with block, if it is a terminal.

    Output is printed directly if the pager is missing, or if ``$PAGER`` is empty or ``cat``.

    Raises:
        BrokenPipeError: the reader quit the pager before everything was printed.
    """
    command = _pager_command() if sys.stdout.isatty() else ""
    if command and not _can_run(command):
        warn(f"the pager '{command}' is not installed; set PAGER to another one, such as less")
        command = ""
    if not command:
        yield
        return
    # Exit if the text fits on one screen, keep colors, and leave the text on the screen.
    environment = {"LESS": "FRX", **os.environ}
    terminal = sys.stdout
    # Like git, let the shell parse the command, which may contain arguments and quotes.
    with subprocess.Popen(command, shell=True, stdin=subprocess.PIPE, env=environment) as pager:
        if pager.stdin is None:
            raise RuntimeError("the pager has no standard input")
        sys.stdout = _PagerStream(
            pager.stdin, encoding=terminal.encoding, errors="backslashreplace"
        )
        try:
            yield
            sys.stdout.flush()
        except SystemExit as error:
            # Rich exits with an error code if the pager closes the pipe.
            raise BrokenPipeError from error
        finally:
            # Until the reader quits the pager, Ctrl+C belongs to the pager.
            previous_handler = signal.signal(signal.SIGINT, signal.SIG_IGN)
            with suppress(BrokenPipeError):
                sys.stdout.close()
            sys.stdout = terminal
            pager.wait()
            signal.signal(signal.SIGINT, previous_handler)


def _can_run(command: str) -> bool:
    """Return whether the shell would find a command's program; True if that cannot be known."""
    try:
        words = shlex.split(command)
    except ValueError:
        return True
    # A first word with other characters is an assignment, a variable or another shell construct.
    is_program = bool(words) and re.fullmatch(r"[\w./~+-]+", words[0]) is not None
    if not is_program or shutil.which(os.path.expanduser(words[0])):  # noqa: PTH111
        return True
    # A builtin or keyword of the shell.
    known = subprocess.run(
        ["/bin/sh", "-c", 'command -v -- "$1"', "sh", words[0]],
        stdin=subprocess.DEVNULL, capture_output=True, check=False,
    )  # fmt: skip
    return known.returncode == 0


def _pager_command() -> str:
    """Return ``$PAGER``, or else the first pager that is installed; empty for no pager."""
    pager = os.environ.get("PAGER")
    if pager is None:
        return next((name for name in ("less", "more") if shutil.which(name)), "")
    return "" if pager.strip() == "cat" else pager.strip()
