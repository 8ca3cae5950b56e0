"""Reach the reader's desktop: open URLs in a browser, and copy text to the clipboard.

Over SSH, only the terminal can reach the reader's clipboard, through an escape sequence (OSC 52)
that some terminals ignore and some multiplexers drop. Therefore tmux and, on the local machine,
clipboard programs are tried first.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from urllib.parse import quote

from tui.terminal.capabilities import is_ssh_session

OPEN_SECONDS = 10.0
"""How long a browser may take to report a failure. Some only exit when they are closed."""

_OPEN = "import sys, webbrowser; sys.exit(not webbrowser.open(sys.argv[1]))"

URL_PLACEHOLDER = "{url}"
"""In a command of the reader: where the URL goes."""

_TEXT_BROWSERS = frozenset({"w3m", "lynx", "links", "links2", "elinks", "www-browser", "browsh"})

_PRINTABLE = "".join(map(chr, range(0x21, 0x7F)))

TOOL_SECONDS = 2.0
"""How long a clipboard program may take: a slower one waits for a display that does not exist."""

_TMUX = ("tmux", "load-buffer", "-w", "-")


# Browser


def has_browser(environment: Mapping[str, str] = os.environ) -> bool:
    """Return whether the reader would see a browser open.

    Over SSH it would open on the remote machine, if at all. Without a display, ``webbrowser``
    starts a text browser in our terminal. A program in ``$BROWSER`` may know better, unless it is
    a text browser itself.
    """
    if words := environment.get("BROWSER", "").split():
        return words[0].rpartition("/")[2] not in _TEXT_BROWSERS
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
    try:
        return _run_detached([sys.executable, "-I", "-c", _OPEN, url])
    except OSError:
        return False


def open_with(command: str, url: str) -> bool:
    """Open an http(s) URL with a command of the reader. Blocks for up to OPEN_SECONDS.

    Args:
        command: a program and its arguments, as in a shell, which does not run. ``{url}`` is
            replaced by the URL; without it, the URL is the last argument.
        url: the URL.

    Returns:
        Whether it was opened; False for any other URL.

    Raises:
        OSError: the program cannot be started.
    """
    import shlex

    from tui.sanitize import is_web_url

    words = shlex.split(command)
    if not is_web_url(url) or not words:
        return False
    if not any(URL_PLACEHOLDER in word for word in words):
        words.append(URL_PLACEHOLDER)
    return _run_detached([word.replace(URL_PLACEHOLDER, url) for word in words])


def _run_detached(arguments: Sequence[str]) -> bool:
    """Run a program in a session of its own; return whether it has not failed so far."""
    # Browsers write to the terminal. Without $TERM, no text browser starts.
    environment = {name: value for name, value in os.environ.items() if name != "TERM"}
    process = subprocess.Popen(
        arguments,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment,
        start_new_session=True,
    )
    try:
        return process.wait(OPEN_SECONDS) == 0
    except subprocess.TimeoutExpired:
        return True


def hyperlink(url: str) -> str:
    """Return a URL in printable ASCII for a terminal hyperlink; empty unless it is http(s)."""
    from tui.sanitize import is_web_url

    return quote(url, safe=_PRINTABLE) if is_web_url(url) else ""


# Clipboard


def copy_text(
    text: str, write_osc52: Callable[[str], None], environment: Mapping[str, str] = os.environ
) -> bool:
    """Copy text to the clipboard. May block for a few seconds if programs hang.

    Args:
        text: the text.
        write_osc52: sends it to the terminal; called only if nothing else works. Its exceptions
            are not handled.
        environment: the environment variables.

    Returns:
        Whether a program has taken the text. Terminals do not report it.
    """
    is_in_tmux = "TMUX" in environment and _pipe_to(_TMUX, text, environment)
    # The outer terminal may ignore tmux, so that a program gets the text as well.
    programs = _clipboard_programs(environment)
    if any(_pipe_to(program, text, environment) for program in programs) or is_in_tmux:
        return True
    write_osc52(text)
    return False


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
    # Windows expects UTF-16, and would paste a byte order mark as a character.
    encoding = "utf-16-le" if command[0] == "clip.exe" else "utf-8"
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
