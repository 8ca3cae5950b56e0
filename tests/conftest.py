"""For all tests: figures that are told at the end, and how much hypothesis tries.

``pytest tests/fuzz -n0 --hypothesis-profile=deep --hypothesis-show-statistics`` takes many minutes
and tells how many examples it tried.
"""

from __future__ import annotations

import compileall
import os
import signal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# Where the tests run in the background, a shell has the interrupt ignored, and so would all that
# they start.
signal.signal(signal.SIGINT, signal.default_int_handler)

TUI = Path(__file__).parents[1] / "tui"

FIGURES = "figures"
"""The property in which a test records what it measured or counted, for people to read."""

# No deadline: a busy machine is no mistake of the code. The continuous integration tries the same
# each time, so that it fails for what was changed and for nothing else.
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
    """Compile the program once: the tests start it thousands of times, and then it never is."""
    if not hasattr(config, "workerinput"):
        compileall.compile_dir(TUI, quiet=2)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the figures that tests recorded."""
    reports = terminalreporter.getreports("passed")
    told = [
        (report.nodeid, str(value))
        for report in reports
        for name, value in report.user_properties
        if name == FIGURES
    ]
    if told:
        terminalreporter.section(FIGURES)
    for test, value in sorted(told):
        terminalreporter.write_line(f"{test}\n    " + value.replace("\n", "\n    "))
