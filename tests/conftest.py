"""Markers by folder, Hypothesis profiles, and figures printed at the end of a run.

``pytest tests/fuzz -n0 --hypothesis-profile=deep --hypothesis-show-statistics`` takes many minutes
and prints how many examples it tried.
"""

from __future__ import annotations

import compileall
import os
import signal
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tui.sources.arxiv.announcements import current_day

# A shell starts background jobs with SIGINT ignored, and nohup ignores SIGHUP. The tested programs
# would inherit that.
signal.signal(signal.SIGINT, signal.default_int_handler)
signal.signal(signal.SIGHUP, signal.SIG_DFL)

TESTS = Path(__file__).parent
TUI = TESTS.parent / "tui"

SLOW_FOLDERS = (
    "bench", "cli", "crash", "faults", "fuzz", "hostile", "packaging", "pty", "remote",
)  # fmt: skip
"""Folders whose tests get a marker of the same name, and the marker ``slow``."""

BEFORE_MIDNIGHT = timedelta(minutes=1)
"""How long before a day ends no test starts any more."""

FIGURES = "figures"
"""The property in which a test records measurements and counts for people to read."""

# No deadline: a busy machine must not fail a test. CI tries the same examples each time, so that a
# failure is caused by the change under test.
settings.register_profile("small", deadline=None, derandomize="CI" in os.environ)
settings.register_profile(
    "deep",
    deadline=None,
    max_examples=5_000,
    stateful_step_count=60,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("small")


def pytest_configure(config: pytest.Config) -> None:
    """Compile the program once, because the tests start it thousands of times."""
    if not hasattr(config, "workerinput"):
        compileall.compile_dir(TUI, quiet=2)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give the tests of slow folders their markers."""
    for item in items:
        folder = item.path.relative_to(TESTS).parts[0]
        if folder in SLOW_FOLDERS:
            item.add_marker(folder)
            item.add_marker("slow")


def pytest_runtest_setup() -> None:
    """Wait for midnight if it is near, so that what is today stays so during a test."""
    while _days(now := datetime.now(UTC)) != _days(now + BEFORE_MIDNIGHT):
        time.sleep(1)


def _days(now: datetime) -> tuple[date, date, date]:
    """Return what day it is for the reader, for Hugging Face (UTC), and for arXiv."""
    return now.astimezone().date(), now.date(), current_day(now)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the figures that tests recorded."""
    figures = [
        (report.nodeid, str(value))
        for report in terminalreporter.getreports("passed")
        for name, value in report.user_properties
        if name == FIGURES
    ]
    if figures:
        terminalreporter.section(FIGURES)
    for test, value in sorted(figures):
        terminalreporter.write_line(f"{test}\n    " + value.replace("\n", "\n    "))
