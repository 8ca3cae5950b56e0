"""Rows of a start: the first screen, its first summary, and the memory that takes."""

from __future__ import annotations

import sys
from collections.abc import Callable

from tests.bench.browser import COLUMNS, LINES, Browser
from tests.bench.memory import resident
from tests.bench.references.reference import Reference
from tests.bench.rows import EMPTY
from tests.bench.samples import Samples
from tests.bench.stage import Collection, Ways
from tests.bench.watched import Watched

MS = 1000.0

MOVES = 8
"""How often a reference's cursor is moved, at most."""


def measure_empty(samples: Samples, turn: int, ways: Ways, collection: Collection) -> None:
    """Start an empty Textual app: H, of which others are multiples.

    It knows no papers, but is measured anew beside each collection.
    """
    command = [sys.executable, "-m", "tests.bench.references.empty"]
    with Watched(
        command, environment=collection.home.environment, columns=COLUMNS, lines=LINES
    ) as terminal:
        seconds = terminal.since_start("Nothing")
        terminal.still(ways.quiet)
        samples.note("first", collection.papers, turn, seconds * MS, who=EMPTY)
        memory = resident(terminal.process.pid)
        samples.note("memory", collection.papers, turn, memory, who=EMPTY)


def measure_start(samples: Samples, turn: int, ways: Ways, collection: Collection) -> None:
    """Start Broadsheet, with everything cached."""
    papers = collection.papers
    with Browser(collection, ways) as browser:
        seconds = browser.since_start(lambda _: browser.has_first_screen)
        samples.note("memory", papers, turn, resident(browser.process.pid))
        browser.wait_until(lambda: browser.has_first_summary)
        later = browser.came - browser.started - seconds
        browser.still(ways.quiet)
        samples.note("first", papers, turn, seconds * MS)
        samples.note("first-summary", papers, turn, later * MS)
        samples.note("memory-rest", papers, turn, resident(browser.process.pid))


def measure_reference(
    samples: Samples, turn: int, ways: Ways, collection: Collection, reference: Reference
) -> None:
    """Start a reference on the same papers, and move its cursor."""
    papers, who = collection.papers, reference.name
    with Watched(
        reference.command(collection), environment=reference.environment(collection),
        columns=COLUMNS, lines=LINES,
    ) as terminal:  # fmt: skip
        seconds = terminal.since_start(lambda text: reference.is_first(text, collection))
        terminal.still(ways.quiet)
        samples.note("first", papers, turn, seconds * MS, who=who)
        samples.note("memory", papers, turn, resident(terminal.process.pid), who=who)
        reference.enter(terminal)
        terminal.still(ways.quiet)
        for _ in range(min(ways.times, MOVES)):
            answer = terminal.time_settled("j", _other_than_now(terminal), ways.quiet)
            samples.note("move", papers, turn, answer.seconds * MS, who=who)
            samples.note("move-bytes", papers, turn, answer.size, who=who)
            samples.note("summary", papers, turn, answer.settled * MS, who=who)
            samples.note("summary-bytes", papers, turn, answer.settled_size, who=who)


def _other_than_now(terminal: Watched) -> Callable[[], bool]:
    seen = terminal.styled_cells
    return lambda: terminal.styled_cells != seen
