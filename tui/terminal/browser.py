"""Web addresses: opening them where the reader sees it, and as a terminal's hyperlinks."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping

PATIENCE = 10.0
"""Seconds for a browser to say whether it opened something; one that stays open says nothing."""

_OPEN = "import sys, webbrowser; sys.exit(not webbrowser.open(sys.argv[1]))"


def has_browser(environment: Mapping[str, str] = os.environ) -> bool:
    """Tell whether a browser would open before the reader's eyes.

    Over SSH it would open on the far machine, if at all; without a display ``webbrowser`` starts
    a text browser in the terminal that we draw on.
    """
    if any(environment.get(name) for name in ("SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT")):
        return False
    if sys.platform == "darwin":
        return True
    return any(environment.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME"))


def open_url(url: str) -> bool:
    """Open a web address in the reader's browser; tell whether that went well.

    Only addresses of the web are opened, whoever asks. It may take seconds, so it is for a worker.
    """
    if not is_web(url):
        return False
    # In a process of its own, for what it starts may write to the terminal that we draw on. One
    # that does not know which terminal that is starts no text browser there.
    environment = {name: value for name, value in os.environ.items() if name != "TERM"}
    try:
        opening = subprocess.Popen(
            [sys.executable, "-I", "-c", _OPEN, url],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=environment,
            start_new_session=True,
        )
    except OSError:
        return False
    try:
        return opening.wait(PATIENCE) == 0
    except subprocess.TimeoutExpired:
        return True


def is_web(url: str) -> bool:
    """Tell whether an address is one of the web."""
    return url.lower().startswith(("http://", "https://"))


def hyperlink(url: str) -> str:
    """Return an address as a terminal takes it for a hyperlink; empty if it is none of the web."""
    if not is_web(url):
        return ""
    if url.isascii() and url.isprintable() and " " not in url:
        return url
    from urllib.parse import quote

    return quote(url, safe="".join(map(chr, range(0x21, 0x7F))))
