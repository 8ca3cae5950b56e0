"""Start-up tuning for speed, and the switch that disables it.

``BROADSHEET_PLAIN=1`` leaves Python and Textual as they are by default, for debugging: the garbage
collector (``garbage_collector``), background threads (``cooperative``), the thread switch interval,
and Textual's environment variables except for those that the reader's settings require.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import MutableMapping

    from tui.config.settings import Settings
    from tui.terminal.capabilities import Terminal

PLAIN = "BROADSHEET_PLAIN"

THREAD_SWITCH_SECONDS = 0.001
"""How long a thread runs while another one waits; Python's default is 0.005. Handling a key waits
for the background threads several times, each time that long."""

LOCAL_FPS = "240"
"""Frames per second unless over SSH; Textual's default is 60. What a key draws waits for the next
frame, sometimes for two."""


def is_plain() -> bool:
    """Return whether tuning is disabled."""
    return os.environ.get(PLAIN) == "1"


def shorten_thread_switches() -> None:
    """Let the event loop wait less for background threads."""
    if not is_plain():
        sys.setswitchinterval(THREAD_SWITCH_SECONDS)


def configure_textual(
    settings: Settings, terminal: Terminal, environment: MutableMapping[str, str] = os.environ
) -> None:
    """Set the variables that Textual reads when it is imported.

    Args:
        settings: the reader's settings.
        terminal: what the terminal can do.
        environment: the variables; except for explicit settings, present ones are kept.
    """
    if settings.animations != "auto":
        environment["TEXTUAL_ANIMATIONS"] = "full" if settings.animations == "on" else "none"
    if settings.kitty_keys != "auto":
        environment["TEXTUAL_DISABLE_KITTY_KEY"] = "0" if settings.kitty_keys == "on" else "1"
    if is_plain():
        return
    environment.setdefault("TEXTUAL_COLOR_SYSTEM", terminal.color_system)
    if terminal.is_remote:
        environment.setdefault("TEXTUAL_ANIMATIONS", "none")
    else:
        environment.setdefault("TEXTUAL_FPS", LOCAL_FPS)
    # With the kitty protocol, iTerm2 loses what an input method composes. LC_TERMINAL identifies
    # it over SSH.
    is_iterm = environment.get("TERM_PROGRAM") == "iTerm.app"
    if is_iterm or environment.get("LC_TERMINAL") == "iTerm2":
        environment.setdefault("TEXTUAL_DISABLE_KITTY_KEY", "1")
