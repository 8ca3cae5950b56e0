"""Watches a folder or file until its input ends, and prints what it is told.

With ``alone`` after it, nothing more can be opened.
"""

from __future__ import annotations

import os
import resource
import sys
from contextlib import suppress
from pathlib import Path

import watchfiles  # noqa: F401  # could not be read once no more files can be open

from tui.sources.watcher import SourceWatcher, WatchTarget

FILES = 64


def open_all() -> None:
    """Open as many files as can be."""
    resource.setrlimit(resource.RLIMIT_NOFILE, (FILES, FILES))
    with suppress(OSError):
        while True:
            os.open(os.devnull, os.O_RDONLY)


def tell(words: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def main(source: str, how: str = "") -> None:
    """Watch."""
    watch = SourceWatcher(
        [WatchTarget(Path(source))],
        on_change=lambda: tell("changed"),
        on_failure=lambda why: tell(f"failed: {why}"),
    )
    if how == "alone":
        open_all()
    watch.start()
    sys.stdin.read()
    watch.stop()
    watch.join()


if __name__ == "__main__":
    main(*sys.argv[1:])
