"""Run a program that takes over the terminal while the app waits."""

from __future__ import annotations

import os
import shlex
import subprocess
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from textual.app import App, SuspendNotSupported

from tui.i18n import _
from tui.ui.screens.note_editor import ignoring_interrupts

if TYPE_CHECKING:
    from tui.library.programs.command_line import CommandLine

_PAGER = ("less", "-R")


def pager_words() -> Sequence[str]:
    """Return the reader's pager with its arguments."""
    try:
        return shlex.split(os.environ.get("PAGER", "")) or _PAGER
    except ValueError:
        return _PAGER


def run_in_terminal(app: App[Any], line: CommandLine) -> int:
    """Run a program that reads keys and draws; return its exit code.

    Raises:
        OSError: it cannot be started, or there is no terminal.
    """
    failure: OSError | None = None
    code = 0
    try:
        with app.suspend(), ignoring_interrupts():
            # Textual resumes only if nothing is raised in here.
            try:
                code = _run(line)
            except OSError as error:
                failure = error
    except SuspendNotSupported:
        failure = OSError(None, _("this terminal cannot run another program"))
    if failure is not None:
        raise failure
    return code


def _run(line: CommandLine) -> int:
    environment = dict(line.environment)
    if line.stdin:
        done = subprocess.run(line.words, input=line.stdin, env=environment, check=False)
        return done.returncode
    return subprocess.run(line.words, env=environment, check=False).returncode
