"""What tmux knows about the terminal around it, and whether it passes pictures on.

The terminal itself cannot be asked: tmux would take its reply for keys.
"""

from __future__ import annotations

import subprocess

_CAPABLE_TERMINALS = ("kitty", "ghostty")
"""Parts of the names of terminals that show placeholders."""

_TIMEOUT_SECONDS = 2.0


def passes_pictures_on() -> bool:
    """Return whether the terminal around tmux shows pictures, and gets them.

    Starts tmux; call it in a worker thread.
    """
    terminal = _output("display-message", "-p", "#{client_termname}")
    passthrough = _output("show-options", "-pAqv", "allow-passthrough")
    return passthrough in {"on", "all"} and any(name in terminal for name in _CAPABLE_TERMINALS)


def _output(*arguments: str) -> str:
    try:
        done = subprocess.run(
            ["tmux", *arguments],
            capture_output=True,
            stdin=subprocess.DEVNULL,
            timeout=_TIMEOUT_SECONDS,
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.decode(errors="replace").strip()
