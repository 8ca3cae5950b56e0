"""Shows what a command prints through the reader's pager."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import TextIOWrapper

_PAGERS = ("less", "more")
"""What is taken where ``$PAGER`` names none: the first there is."""

_LESS = "FRX"
"""Colours as they are, no pager for what fits on the screen, and the text left there at the end."""


class _PagerStream(TextIOWrapper):
    """The way to a pager, at whose end there is a terminal."""

    def isatty(self) -> bool:
        """Tell that a person reads it."""
        return True


@contextmanager
def paged() -> Iterator[None]:
    """Have what is printed meanwhile go through a pager, if a terminal would show it.

    Without a pager, or where ``$PAGER`` is empty or ``cat``, it is printed as ever.

    Raises:
        BrokenPipeError: the reader left the pager before everything was printed.
    """
    command = _pager() if sys.stdout.isatty() else ""
    if not command:
        yield
        return
    environment = {"LESS": _LESS, **os.environ}
    terminal = sys.stdout
    # As git does it: it may hold words and quotes.
    with subprocess.Popen(command, shell=True, stdin=subprocess.PIPE, env=environment) as pager:
        assert pager.stdin is not None
        sys.stdout = _PagerStream(
            pager.stdin, encoding=terminal.encoding, errors="backslashreplace"
        )
        try:
            yield
            sys.stdout.flush()
        except SystemExit as error:
            # By this Rich ends a program that nobody reads any more, as if it had failed.
            raise BrokenPipeError from error
        finally:
            # The reader ends it; Ctrl+C is for the pager.
            before = signal.signal(signal.SIGINT, signal.SIG_IGN)
            with suppress(BrokenPipeError):
                sys.stdout.close()
            sys.stdout = terminal
            pager.wait()
            signal.signal(signal.SIGINT, before)


def _pager() -> str:
    """Return the command of the pager; empty for none."""
    named = os.environ.get("PAGER")
    if named is None:
        return next((name for name in _PAGERS if shutil.which(name)), "")
    return "" if named.strip() == "cat" else named.strip()
