"""Watching where the system does not do as much as one would like."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import pytest

from tests.support.requirements import require_user_namespaces

FEW = ("unshare", "-Ur", "/bin/sh", "-c",
       'echo 1 >/proc/sys/user/max_inotify_watches && exec "$@"', "sh")  # fmt: skip
"""Lets a program be told of changes in a single folder."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of folders."""
    for name in ("01", "02", "03"):
        (tmp_path / "digests" / name).mkdir(parents=True)
    return tmp_path / "digests"


@contextmanager
def watched(source: Path, *words: str, by: tuple[str, ...] = ()) -> Iterator[IO[str]]:
    """Watch a source in a process of its own; what it is told can be read."""
    command = [*by, sys.executable, "-m", "tests.sources.watcher", str(source), *words]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        cwd=Path(__file__).parents[2],
    ) as process:  # fmt: skip
        assert process.stdout is not None
        # Who waits for what is never told is not to wait for ever.
        too_long = threading.Timer(60, process.kill)
        too_long.start()
        yield process.stdout
        too_long.cancel()
        assert process.stdin is not None
        process.stdin.close()
        # It ends by itself, and says nothing more.
        assert process.wait(60) == 0


@pytest.mark.parametrize("by", [(), FEW])
def test_every_folder_is_watched(folder: Path, by: tuple[str, ...]) -> None:
    if by:
        require_user_namespaces()
    with watched(folder, by=by) as told:
        # What may have changed before it was watched.
        assert told.readline() == "changed\n"
        for number in ("01", "02", "03"):
            (folder / number / "a.md").write_text(number)
            assert told.readline() == "changed\n"


def test_a_folder_whose_name_is_no_text_is_left_out(folder: Path) -> None:
    try:
        os.mkdir(os.fsencode(folder) + b"/\xff")  # noqa: PTH102  # a path would be text
    except OSError:
        pytest.skip("this system has no such names")
    with watched(folder) as told:
        assert told.readline() == "changed\n"
        (folder / "03" / "a.md").write_text("3")
        assert told.readline() == "changed\n"


def test_what_cannot_be_watched_at_all_is_told_once(folder: Path) -> None:
    file = folder / "a.md"
    file.write_text("a")
    with watched(file, "alone") as told:
        assert "Too many open files" in told.readline()
