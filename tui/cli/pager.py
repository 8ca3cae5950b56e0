"""Output through a pager, as ``--pager`` requests it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import TextIOWrapper


class _PagerStream(TextIOWrapper):
    """A pager's standard input."""

    def isatty(self) -> bool:
        """Return True, so that output is formatted for a terminal."""
        return True


@contextmanager
def page_output() -> Iterator[None]:
    """Send standard output to a pager within a with block, if it is a terminal.

    Output is printed directly if there is no pager, or if ``$PAGER`` is empty or ``cat``.

    Raises:
        BrokenPipeError: the reader quit the pager before everything was printed.
    """
    command = _pager_command() if sys.stdout.isatty() else ""
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


def _pager_command() -> str:
    """Return ``$PAGER``, or else the first pager that is installed; empty for no pager."""
    pager = os.environ.get("PAGER")
    if pager is None:
        return next((name for name in ("less", "more") if shutil.which(name)), "")
    return "" if pager.strip() == "cat" else pager.strip()
