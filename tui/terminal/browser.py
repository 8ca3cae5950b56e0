"""Open URLs in a browser; format them as terminal hyperlinks."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping

from tui.terminal.capabilities import is_ssh_session

OPEN_SECONDS = 10.0
"""How long a browser may take to report a failure. Some only exit when they are closed."""

_OPEN = "import sys, webbrowser; sys.exit(not webbrowser.open(sys.argv[1]))"


def has_browser(environment: Mapping[str, str] = os.environ) -> bool:
    """Return whether the reader would see a browser open.

    Over SSH it would open on the remote machine, if at all. Without a display, ``webbrowser``
    starts a text browser in our terminal.
    """
    if is_ssh_session(environment):
        return False
    if sys.platform == "darwin":
        return True
    return any(environment.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME"))


def open_url(url: str) -> bool:
    """Open an http(s) URL in the reader's browser. Blocks for up to OPEN_SECONDS.

    Returns:
        Whether it was opened; False for any other URL.
    """
    from tui.sanitize import is_web_url

    if not is_web_url(url):
        return False
    # In a separate process and session, because browsers write to the terminal. Without $TERM, no
    # text browser starts.
    environment = {name: value for name, value in os.environ.items() if name != "TERM"}
    try:
        process = subprocess.Popen(
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
        return process.wait(OPEN_SECONDS) == 0
    except subprocess.TimeoutExpired:
        return True


def hyperlink(url: str) -> str:
    """Return a URL in printable ASCII for a terminal hyperlink; empty unless it is http(s)."""
    from tui.sanitize import is_web_url

    if not is_web_url(url):
        return ""
    if url.isascii() and url.isprintable() and " " not in url:
        return url
    from urllib.parse import quote

    return quote(url, safe="".join(map(chr, range(0x21, 0x7F))))
