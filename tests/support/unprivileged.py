"""Run code without root's privileges, so that file permissions apply."""

from __future__ import annotations

# Import these before dropping privileges: the interpreter may be in root's home.
import encodings.utf_8_sig  # noqa: F401
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import filelock  # noqa: F401

import tui.storage.database  # noqa: F401

NOBODY_ID = 65534


@contextmanager
def folder_of_nobody() -> Iterator[Path]:
    """Create a folder that ``nobody`` owns and can reach, unlike pytest's temporary folders."""
    folder = Path(tempfile.mkdtemp())
    if os.geteuid() == 0:
        os.chown(folder, NOBODY_ID, NOBODY_ID)
    try:
        yield folder
    finally:
        for path, _, _ in os.walk(folder):
            Path(path).chmod(0o700)
        shutil.rmtree(folder)


@contextmanager
def as_nobody() -> Iterator[None]:
    """Run a block as ``nobody`` if the tests run as root, and unchanged otherwise."""
    if os.geteuid() != 0:
        yield
        return
    group = os.getegid()
    os.setegid(NOBODY_ID)
    # Keep root as the saved id to be able to return; os.access uses the real id.
    os.setresuid(NOBODY_ID, NOBODY_ID, 0)
    try:
        yield
    finally:
        os.setresuid(0, 0, 0)
        os.setegid(group)
