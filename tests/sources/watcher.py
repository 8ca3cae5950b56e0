"""Watch a folder or file until standard input ends, and print the reports.

With the argument ``no-files``, the process cannot open more files.
"""

from __future__ import annotations

import os
import resource
import sys
from contextlib import suppress
from pathlib import Path

import watchfiles  # noqa: F401  # cannot be imported once no more files can be opened

from tui.sources.watcher import SourceWatcher, WatchTarget

MAX_OPEN_FILES = 64


def open_all() -> None:
    """Open files up to the limit of the process."""
    resource.setrlimit(resource.RLIMIT_NOFILE, (MAX_OPEN_FILES, MAX_OPEN_FILES))
    with suppress(OSError):
        while True:
            os.open(os.devnull, os.O_RDONLY)


def print_line(line: str) -> None:
    """Print a line and flush."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main(source: str, mode: str = "") -> None:
    """Watch a source until standard input ends."""
    watch = SourceWatcher(
        [WatchTarget(Path(source))],
        on_change=lambda: print_line("changed"),
        on_failure=lambda why: print_line(f"failed: {why}"),
    )
    if mode == "no-files":
        open_all()
    watch.start()
    sys.stdin.read()
    watch.stop()
    watch.join()


if __name__ == "__main__":
    main(*sys.argv[1:])
