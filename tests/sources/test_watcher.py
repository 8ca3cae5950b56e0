"""Watching with the limits of the operating system."""

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
"""Runs a program that may watch a single folder."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with subfolders."""
    for name in ("01", "02", "03"):
        (tmp_path / "digests" / name).mkdir(parents=True)
    return tmp_path / "digests"


@contextmanager
def watched(source: Path, *words: str, by: tuple[str, ...] = ()) -> Iterator[IO[str]]:
    """Watch a source in another process; yield its output."""
    command = [*by, sys.executable, "-m", "tests.sources.watcher", str(source), *words]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        cwd=Path(__file__).parents[2],
    ) as process:  # fmt: skip
        assert process.stdout is not None
        # Without it, a test that waits for missing output would hang.
        too_long = threading.Timer(60, process.kill)
        too_long.start()
        yield process.stdout
        too_long.cancel()
        assert process.stdin is not None
        process.stdin.close()
        # It ends by itself without further output.
        assert process.wait(60) == 0


@pytest.mark.parametrize("by", [(), FEW])
def test_all_folders_are_watched(folder: Path, by: tuple[str, ...]) -> None:
    if by:
        require_user_namespaces()
    with watched(folder, by=by) as output:
        # The first report covers changes before the watch started.
        assert output.readline() == "changed\n"
        for number in ("01", "02", "03"):
            (folder / number / "a.md").write_text(number)
            assert output.readline() == "changed\n"


def test_folder_with_an_undecodable_name_is_left_out(folder: Path) -> None:
    try:
        os.mkdir(os.fsencode(folder) + b"/\xff")  # noqa: PTH102  # a path would be text
    except OSError:
        pytest.skip("this system has no such names")
    with watched(folder) as output:
        assert output.readline() == "changed\n"
        (folder / "03" / "a.md").write_text("3")
        assert output.readline() == "changed\n"


def test_failure_is_reported_once(folder: Path) -> None:
    file = folder / "a.md"
    file.write_text("a")
    with watched(file, "alone") as output:
        assert "Too many open files" in output.readline()
