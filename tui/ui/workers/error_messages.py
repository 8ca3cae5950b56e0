"""Turn exceptions into sentences for the screen."""

from __future__ import annotations

import os
from pathlib import Path

from tui.config.paths import log_file
from tui.i18n import _
from tui.runtime.crash_log import record

PROGRAM_PART = "the browser"
"""Name of the user interface in the crash log."""


def log_and_describe(error: BaseException) -> str:
    """Write an unexpected error to the crash log and return a sentence about it. Thread-safe."""
    report = record(error, PROGRAM_PART, log_file)
    if report.log_error:
        text = _("Something went wrong, and the log cannot be written ({why}): {what}")
        return text.format(why=report.log_error, what=report.summary)
    text = _("Something went wrong; details are in {file} ({what})")
    return text.format(file=_with_tilde(report.log), what=report.summary)


def _with_tilde(file: str) -> str:
    """Shorten a path in the home folder to ``~/...``, which shells accept."""
    home = os.path.join(Path.home(), "")  # noqa: PTH118  # ends with a slash
    return f"~/{file.removeprefix(home)}" if file.startswith(home) else file
