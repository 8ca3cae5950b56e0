"""Rows of marks: from the key until the mark is on disk, and until the status line confirms it."""

from __future__ import annotations

import re
import time
from pathlib import Path

from tests.bench.browser import Browser
from tests.bench.sample_libraries import BenchOptions, SampleLibrary
from tests.bench.samples import Samples
from tests.bench.startup import MILLISECONDS_PER_SECOND
from tests.pty.harness import TIMEOUT_SECONDS

_POLL_SECONDS = 0.0002
"""Pause between two checks of a file."""

_ID = re.compile(r"arxiv\.org/abs/(\d{4})\.\d{5}\b")
"""The id in the header of the summary, whose start names the file of marks."""


def measure_marks(
    samples: Samples, round_number: int, options: BenchOptions, library: SampleLibrary
) -> None:
    """Star papers in a library in which every paper is marked."""
    papers = library.papers
    with Browser(library, options, library.marked_home) as browser:
        browser.settle()
        for _ in range(max(1, options.times // 2)):
            month = _ID.search("\n".join(browser.rows))
            assert month is not None
            file = library.marks_folder / f"{month.group(1)}.json"
            old_inode = file.stat().st_ino
            pressed = browser.press_at_once("*")
            samples.add(
                "mark",
                papers,
                round_number,
                (_wait_until_replaced(file, old_inode) - pressed) * MILLISECONDS_PER_SECOND,
            )
            browser.wait_until(lambda: "tar" in browser.status.split("papers")[0])
            samples.add(
                "mark-confirmed",
                papers,
                round_number,
                (browser.last_frame_time - pressed) * MILLISECONDS_PER_SECOND,
            )
            browser.wait_for_silence(options.quiet_seconds)
            browser.send("j")
            browser.wait_for_silence(options.quiet_seconds)


def _wait_until_replaced(file: Path, old_inode: int) -> float:
    """Wait until a file is replaced; return the time."""
    deadline = time.monotonic() + TIMEOUT_SECONDS
    while file.stat().st_ino == old_inode:
        assert time.monotonic() < deadline, f"{file} was not replaced"
        time.sleep(_POLL_SECONDS)
    return time.monotonic()
