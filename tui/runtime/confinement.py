"""Confine this process in restricted mode, whatever the rest of the program does.

``tui/config/policy.py`` decides what is available; this module is the second lock. It cannot undo
what the environment did before Python ran the first line of the program, such as ``LD_PRELOAD`` or
``PYTHONWARNINGS``: only sshd can refuse such variables (see ``broadsheet help ssh``).
"""

from __future__ import annotations

import errno
import os
import signal
import sys
from pathlib import Path

_KEPT_VARIABLES = {
    "COLORFGBG", "COLORTERM", "COLUMNS", "HOME", "LANG", "LANGUAGE", "LINES", "LOGNAME", "NO_COLOR",
    "SSH_CLIENT", "SSH_CONNECTION", "SSH_TTY", "TERM", "TERM_PROGRAM", "TZ", "USER",
    "XDG_CACHE_HOME", "XDG_CONFIG_DIRS", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME",
}  # fmt: skip
"""Variables about the terminal, the language, and where the reader's files are."""

_LOCALE_PREFIX = "LC_"

_FORBIDDEN_EVENTS = {
    "os.exec", "os.fork", "os.forkpty", "os.posix_spawn", "os.spawn", "os.system", "pty.spawn",
    "socket.connect", "subprocess.Popen", "webbrowser.open",
}  # fmt: skip
"""Audit events of starting a process and of connecting to another one."""

_PROGRAM_FOLDER = Path(__file__).resolve().parents[2]


def confine() -> None:
    """Give up processes, connections, suspension, the reader's modules and most variables.

    There is no way back for this process.
    """
    for name in list(os.environ):
        if name not in _KEPT_VARIABLES and not name.startswith(_LOCALE_PREFIX):
            del os.environ[name]
    sys.path[:] = filter(_is_trusted, sys.path)
    signal.signal(signal.SIGTSTP, signal.SIG_IGN)
    sys.addaudithook(_refuse)


def _refuse(event: str, _arguments: tuple[object, ...]) -> None:
    if event in _FORBIDDEN_EVENTS:
        raise PermissionError(errno.EPERM, "not available in restricted mode")


def _is_trusted(folder: str) -> bool:
    """Return whether modules and plug-ins may be loaded from a folder.

    The folders of Python and of this program are trusted, and others that the reader cannot write.
    """
    path = Path(folder)
    if not path.is_absolute():
        return False
    if path.resolve() == _PROGRAM_FOLDER:
        return True
    if any(path.is_relative_to(prefix) for prefix in (sys.prefix, sys.base_prefix)):
        return True
    try:
        owner = path.stat().st_uid
    except OSError:
        return False
    return owner != os.geteuid() and not os.access(path, os.W_OK)
