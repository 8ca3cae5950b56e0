"""Opening a web address, where there is something that can show it to the reader."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping


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

    Only addresses of the web are opened, whoever asks.
    """
    import webbrowser

    return url.lower().startswith(("http://", "https://")) and webbrowser.open(url)
