"""Being somebody whom permissions bind: root may do anything, so tests that root runs step down."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# What is imported late must be in memory already: the interpreter may lie in root's home.
import filelock  # noqa: F401

import tui.storage.database  # noqa: F401

NOBODY = 65534


@contextmanager
def folder_for_all() -> Iterator[Path]:
    """Make a folder that whoever runs as ``nobody`` can reach, unlike pytest's, and owns."""
    folder = Path(tempfile.mkdtemp())
    if os.geteuid() == 0:
        os.chown(folder, NOBODY, NOBODY)
    try:
        yield folder
    finally:
        for path, _, _ in os.walk(folder):
            Path(path).chmod(0o700)
        shutil.rmtree(folder)


@contextmanager
def nobody() -> Iterator[None]:
    """Run a block as ``nobody`` where it would be run as root."""
    if os.geteuid() != 0:
        yield
        return
    group = os.getegid()
    os.setegid(NOBODY)
    # The saved id stays root's: it is the way back. The real one counts for os.access.
    os.setresuid(NOBODY, NOBODY, 0)
    try:
        yield
    finally:
        os.setresuid(0, 0, 0)
        os.setegid(group)
