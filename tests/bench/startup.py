"""Rows of the startup: the first screen, its summary, and memory."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

from tests.bench.browser import COLUMNS, LINES, Browser
from tests.bench.memory import resident_megabytes
from tests.bench.references.reference import ReferenceProgram
from tests.bench.rows import EMPTY
from tests.bench.sample_libraries import BenchOptions, SampleLibrary
from tests.bench.samples import Samples
from tests.bench.timed_terminal import TimedTerminal
from tests.pty.harness import TIMEOUT_SECONDS
from tui.runtime.first_frame import FILE_NAME

MILLISECONDS_PER_SECOND = 1000.0

POLL_SECONDS = 0.01
"""Interval of checks whether the frame has been stored."""

REST_SECONDS = 1.0
"""From the first screen until memory is measured again."""

REFERENCE_MOVES = 8
"""Cursor moves in a reference program, at most."""


def measure_empty(
    samples: Samples, round_number: int, options: BenchOptions, library: SampleLibrary
) -> None:
    """Start an empty Textual app (H). It is measured again next to each library."""
    command = [sys.executable, "-m", "tests.bench.references.empty"]
    with TimedTerminal(
        command, environment=library.home.environment, columns=COLUMNS, lines=LINES
    ) as terminal:
        seconds = terminal.seconds_until("Nothing")
        terminal.wait_for_silence(options.quiet_seconds)
        samples.add(
            "first",
            library.papers,
            round_number,
            seconds * MILLISECONDS_PER_SECOND,
            program=EMPTY,
        )
        memory = resident_megabytes(terminal.process.pid)
        samples.add("memory", library.papers, round_number, memory, program=EMPTY)


def measure_start(
    samples: Samples, round_number: int, options: BenchOptions, library: SampleLibrary
) -> None:
    """Start Broadsheet with an up-to-date cache."""
    papers = library.papers
    with Browser(library, options) as browser:
        seconds = browser.seconds_until(lambda _: browser.has_first_screen)
        samples.add("memory", papers, round_number, resident_megabytes(browser.process.pid))
        browser.wait_until(lambda: browser.has_first_summary)
        later = browser.last_frame_time - browser.started - seconds
        browser.wait_for_silence(options.quiet_seconds)
        samples.add("first", papers, round_number, seconds * MILLISECONDS_PER_SECOND)
        samples.add("first-summary", papers, round_number, later * MILLISECONDS_PER_SECOND)
        samples.add("first-bytes", papers, round_number, len(browser.raw))
        # The sources are checked, and problems are loaded.
        browser.read_for_seconds(browser.started + seconds + REST_SECONDS - time.monotonic())
        samples.add("memory-rest", papers, round_number, resident_megabytes(browser.process.pid))


def measure_frame(
    samples: Samples, round_number: int, options: BenchOptions, library: SampleLibrary
) -> None:
    """Start Broadsheet after it was quit, when it shows the screen that it has stored."""
    file = library.home.cache / FILE_NAME
    try:
        with Browser(library, options) as browser:
            browser.settle()
            browser.press("q")
            browser.wait()
        deadline = time.monotonic() + TIMEOUT_SECONDS
        while not file.exists():
            if time.monotonic() > deadline:
                raise RuntimeError("no frame was stored")
            time.sleep(POLL_SECONDS)
        with Browser(library, options) as browser:
            seconds = browser.seconds_until(lambda _: browser.has_first_screen)
            line = browser.cursor_line
            browser.press("j")
            key_seconds = browser.seconds_until(lambda _: browser.cursor_line != line)
    finally:
        # The other measurements are of starts without it.
        file.unlink(missing_ok=True)
    papers = library.papers
    samples.add("frame", papers, round_number, seconds * MILLISECONDS_PER_SECOND)
    samples.add("frame-key", papers, round_number, key_seconds * MILLISECONDS_PER_SECOND)


def measure_reference(
    samples: Samples,
    round_number: int,
    options: BenchOptions,
    library: SampleLibrary,
    reference: ReferenceProgram,
) -> None:
    """Start a reference program with the same papers, and move its cursor."""
    papers, program = library.papers, reference.name
    with TimedTerminal(
        reference.command(library), environment=reference.environment(library),
        columns=COLUMNS, lines=LINES,
    ) as terminal:  # fmt: skip
        seconds = terminal.seconds_until(lambda text: reference.shows_first_screen(text, library))
        terminal.wait_for_silence(options.quiet_seconds)
        samples.add(
            "first", papers, round_number, seconds * MILLISECONDS_PER_SECOND, program=program
        )
        samples.add("first-bytes", papers, round_number, len(terminal.raw), program=program)
        samples.add(
            "memory",
            papers,
            round_number,
            resident_megabytes(terminal.process.pid),
            program=program,
        )
        reference.open_list(terminal)
        terminal.wait_for_silence(options.quiet_seconds)
        for _ in range(min(options.times, REFERENCE_MOVES)):
            timing = terminal.time_keys_until_settled(
                "j", _screen_changes(terminal), options.quiet_seconds
            )
            samples.add(
                "move",
                papers,
                round_number,
                timing.seconds * MILLISECONDS_PER_SECOND,
                program=program,
            )
            samples.add("move-bytes", papers, round_number, timing.bytes_sent, program=program)
            samples.add(
                "summary",
                papers,
                round_number,
                timing.settled_seconds * MILLISECONDS_PER_SECOND,
                program=program,
            )
            samples.add(
                "summary-bytes", papers, round_number, timing.settled_bytes, program=program
            )


def _screen_changes(terminal: TimedTerminal) -> Callable[[], bool]:
    cells = terminal.styled_cells
    return lambda: terminal.styled_cells != cells
