"""What is said on the screen of an error that nobody foresaw."""

from __future__ import annotations

import os
from pathlib import Path

from tui.i18n import _
from tui.runtime.crash_log import record

BROWSER = "the browser"
"""What the log calls us."""


def told(error: BaseException) -> str:
    """Write an error to the log, and return a sentence about it. Any thread may ask."""
    failure = record(error, BROWSER)
    if failure.log_error:
        words = _("Something went wrong, and the log cannot be written ({why}): {what}")
        return words.format(why=failure.log_error, what=failure.summary)
    words = _("Something went wrong; it is in {file} ({what})")
    return words.format(file=_short(failure.log), what=failure.summary)


def _short(file: str) -> str:
    """Return a path as a shell takes it, too, and that leaves room on the line."""
    home = os.path.join(Path.home(), "")  # noqa: PTH118  # with a slash at its end
    return f"~/{file.removeprefix(home)}" if file.startswith(home) else file
