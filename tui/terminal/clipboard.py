"""Copying text by whatever way works here.

Over SSH only the terminal can reach the clipboard of who sits before it, by an escape sequence
(OSC 52) that some terminals leave unanswered and some multiplexers drop. So what is surer comes
first: tmux is asked to hand the text on, and on one's own machine a tool that is made for it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

PATIENCE = 2.0
"""Seconds for a tool; one that takes longer waits for a display that is not there."""

_TMUX = ("tmux", "load-buffer", "-w", "-")


class CopyResult(NamedTuple):
    """What came of copying.

    Attributes:
        way: the tool that took the text, or ``OSC 52``.
        is_sure: whether it said that it has it; a terminal says nothing.
    """

    way: str
    is_sure: bool


def copy(
    text: str,
    write_osc52: Callable[[str], None],
    environment: Mapping[str, str] = os.environ,
) -> CopyResult:
    """Copy text; may take a few seconds where tools hang, so it is for a worker.

    Args:
        text: what to copy.
        write_osc52: sends it to the terminal; is called only where nothing surer works.
        environment: tells what there is, and is what the tools see.

    Returns:
        The way that was taken. Nothing is raised but by ``write_osc52``.
    """
    ways = []
    # What tmux hands on may not be taken, so a tool gets the text as well.
    if "TMUX" in environment and _feed(_TMUX, text, environment):
        ways.append(_TMUX[0])
    for tool in _tools(environment):
        if _feed(tool, text, environment):
            ways.append(tool[0])
            break
    if ways:
        return CopyResult(ways[-1], is_sure=True)
    write_osc52(text)
    return CopyResult("OSC 52", is_sure=False)


def _tools(environment: Mapping[str, str]) -> Iterator[Sequence[str]]:
    """Yield what may reach the clipboard of the machine we run on, if one sits before it."""
    if not {"SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY"}.isdisjoint(environment):
        return
    if "WAYLAND_DISPLAY" in environment:
        yield ("wl-copy",)
    if "DISPLAY" in environment:
        yield ("xclip", "-selection", "clipboard")
        yield ("xsel", "--clipboard", "--input")
    yield ("pbcopy",)
    yield ("clip.exe",)


def _feed(command: Sequence[str], text: str, environment: Mapping[str, str]) -> bool:
    """Give text to a program; return whether it is there and says that all is well."""
    program = shutil.which(command[0], path=environment.get("PATH", ""))
    if program is None:
        return False
    # Windows would take UTF-8 for something else.
    encoding = "utf-16" if command[0] == "clip.exe" else "utf-8"
    try:
        done = subprocess.run(
            [program, *command[1:]],
            input=text.encode(encoding, "replace"),
            env=environment,
            # Those that stay to hand the text out would keep a pipe open,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            # and would go with the terminal.
            start_new_session=True,
            timeout=PATIENCE,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
