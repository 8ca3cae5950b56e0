"""Watching folders when the operating system limits watches and open files."""

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

from tests.support.requirements import require_user_namespaces, skip_or_fail

pytestmark = pytest.mark.slow

WITH_ONE_WATCH = ("unshare", "-Ur", "/bin/sh", "-c",
       'echo 1 >/proc/sys/user/max_inotify_watches && exec "$@"', "sh")  # fmt: skip
"""A command prefix that limits the command after it to one watched folder."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with subfolders."""
    for name in ("01", "02", "03"):
        (tmp_path / "digests" / name).mkdir(parents=True)
    return tmp_path / "digests"


@contextmanager
def watched(source: Path, *arguments: str, wrapper: tuple[str, ...] = ()) -> Iterator[IO[str]]:
    """Watch a source in another process; yield its output."""
    command = [*wrapper, sys.executable, "-m", "tests.sources.watcher", str(source), *arguments]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        cwd=Path(__file__).parents[2],
    ) as process:  # fmt: skip
        assert process.stdout is not None
        # Without the timeout, a test would hang if there is no output.
        timeout = threading.Timer(60, process.kill)
        timeout.start()
        yield process.stdout
        timeout.cancel()
        assert process.stdin is not None
        process.stdin.close()
        # The process ends without further output.
        assert process.wait(60) == 0


@pytest.mark.parametrize("wrapper", [(), WITH_ONE_WATCH])
def test_all_folders_are_watched(folder: Path, wrapper: tuple[str, ...]) -> None:
    if wrapper:
        require_user_namespaces()
    with watched(folder, wrapper=wrapper) as output:
        # The first report covers changes before the watch started.
        assert output.readline() == "changed\n"
        for number in ("01", "02", "03"):
            (folder / number / "a.md").write_text(number)
            assert output.readline() == "changed\n"


def test_folder_with_an_undecodable_name_is_left_out(folder: Path) -> None:
    try:
        os.mkdir(os.fsencode(folder) + b"/\xff")  # noqa: PTH102  # a path would be text
    except OSError:
        skip_or_fail("this system does not allow undecodable names")
    with watched(folder) as output:
        assert output.readline() == "changed\n"
        (folder / "03" / "a.md").write_text("3")
        assert output.readline() == "changed\n"


def test_failure_is_reported_once(folder: Path) -> None:
    file = folder / "a.md"
    file.write_text("a")
    with watched(file, "no-files") as output:
        assert "Too many open files" in output.readline()
