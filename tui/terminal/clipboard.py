"""Copy text to the clipboard in the most reliable way available.

Over SSH, only the terminal can reach the reader's clipboard, through an escape sequence (OSC 52)
that some terminals ignore and some multiplexers drop. Therefore tmux and, on the local machine,
clipboard programs are tried first.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from tui.terminal.capabilities import is_ssh_session

TOOL_SECONDS = 2.0
"""How long a program may take; one that needs longer waits for a display that does not exist."""

_TMUX = ("tmux", "load-buffer", "-w", "-")


class CopyResult(NamedTuple):
    """How text was copied.

    Attributes:
        method: the program that took the text, or ``OSC 52``.
        is_confirmed: whether success was reported; terminals do not report it.
    """

    method: str
    is_confirmed: bool


def copy_text(
    text: str, write_osc52: Callable[[str], None], environment: Mapping[str, str] = os.environ
) -> CopyResult:
    """Copy text to the clipboard. May block for a few seconds if programs hang.

    Args:
        text: the text.
        write_osc52: sends it to the terminal; called only if nothing else works. Its exceptions
            are not handled.
        environment: the environment variables.
    """
    methods = []
    # The outer terminal may ignore tmux, so that a program gets the text as well.
    if "TMUX" in environment and _pipe_to(_TMUX, text, environment):
        methods.append(_TMUX[0])
    for program in _clipboard_programs(environment):
        if _pipe_to(program, text, environment):
            methods.append(program[0])
            break
    if methods:
        return CopyResult(methods[-1], is_confirmed=True)
    write_osc52(text)
    return CopyResult("OSC 52", is_confirmed=False)


def _clipboard_programs(environment: Mapping[str, str]) -> Iterator[Sequence[str]]:
    """Yield the clipboard programs of this machine, unless the reader uses another one."""
    if is_ssh_session(environment):
        return
    if "WAYLAND_DISPLAY" in environment:
        yield ("wl-copy",)
    if "DISPLAY" in environment:
        yield ("xclip", "-selection", "clipboard")
        yield ("xsel", "--clipboard", "--input")
    yield ("pbcopy",)
    yield ("clip.exe",)


def _pipe_to(command: Sequence[str], text: str, environment: Mapping[str, str]) -> bool:
    """Pipe text to a program; return whether it exists and succeeds."""
    program = shutil.which(command[0], path=environment.get("PATH", ""))
    if program is None:
        return False
    # Windows does not expect UTF-8.
    encoding = "utf-16" if command[0] == "clip.exe" else "utf-8"
    try:
        process = subprocess.run(
            [program, *command[1:]],
            input=text.encode(encoding, "replace"),
            env=environment,
            # X11 programs keep running to serve the text. They would keep pipes open, and end with
            # the terminal's session.
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            timeout=TOOL_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return process.returncode == 0
