"""The first frame: the opening screen of the last rehearsal, shown before the program is imported.

When the reader quits, ``tui/ui/rehearsal.py`` draws the next opening screen and stores it with a
fingerprint: the state of everything that was read for it. If all of it is still the same at the
next start, that screen is what the program would draw, and is on the terminal ten times sooner.
Keys wait in the terminal until the program reads them. If anything differs, nothing is written.

This module is imported before all others, and imports what takes long only once a frame matches.
The file has a line for the process, a line for each thing that was read, an empty line, and what is
written to the terminal.
"""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False  # typing takes longer to import than all of this
if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import FrameType
    from typing import Any

FORMAT = 1
FILE_NAME = "first-frame"

MAX_BYTES = 1 << 20
"""Size of the largest file that is read."""

_DISABLING = ("BROADSHEET_PLAIN", "SUDO_UID", "TEXTUAL_ALLOW_SIGNALS")
"""Variables with which no frame is shown or stored."""

_PREFIXES = ("BROADSHEET", "LC_", "PYTHON", "TEXTUAL")
"""Variables that start like this are part of the fingerprint, because they are read when a module
is imported, or even earlier."""

_STANDARD_STREAMS = (0, 1, 2)

OPEN_SCREEN = "\x1b[?1049h\x1b[?25l\x1b[?7l"
"""Switches to the alternate screen, without cursor and line wrap, as the program itself does."""

_CLOSE_SCREEN = (
    "\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l\x1b[?2004l\x1b[?1004l\x1b[?2048l\x1b[<u"
    "\x1b[?7h\x1b[?1049l\x1b[?25h"
)
"""Undoes ``OPEN_SCREEN``, and whatever modes the program may have set since."""


class ShownFrame:
    """A frame that is on the terminal.

    Args:
        text: what was written.
        size: columns and lines of the terminal.
        attributes: those that the terminal had before.

    Attributes:
        was_resized: whether the terminal has been resized since, so that it shows something else.
    """

    def __init__(self, text: str, size: tuple[int, int], attributes: list[Any]) -> None:
        self.text = text
        self.size = size
        self.attributes = attributes
        self.was_resized = False


class StartState:
    """What the process was started with, before the program changes its environment.

    Args:
        arguments: the command line without the program's name.
        environment: the variables.
    """

    def __init__(self, arguments: Sequence[str], environment: dict[str, str]) -> None:
        self.arguments = list(arguments)
        self.environment = environment

    def describe_process(self, size: tuple[int, int]) -> str:
        """Return the first line of a fingerprint, for a terminal of a size."""
        variables = sorted(
            item for item in self.environment.items() if item[0].startswith(_PREFIXES)
        )
        # A relative path depends on the working directory.
        folder = os.getcwd() if self.arguments else ""  # noqa: PTH109
        parts = (
            FORMAT, __file__, sys.prefix, sys.version, list(sys.flags), os.geteuid(), size,
            getattr(sys.stderr, "encoding", ""), self.arguments, folder, variables,
        )  # fmt: skip
        return ascii(parts)

    def describe(self, kind: str, name: str) -> str:
        """Return the state of something that the opening screen depends on.

        Args:
            kind: ``file`` for a path, ``list`` for a folder whose entries matter, ``link`` for a
                path that is not followed, ``variable``, ``set`` for a variable of which only the
                presence matters, or ``day`` for the current one.
            name: the path or name.
        """
        if kind == "variable":
            return ascii(self.environment.get(name))
        if kind == "set":
            return str(bool(self.environment.get(name)))
        if kind == "day":
            from time import strftime

            return strftime("%Y-%m-%d")
        try:
            status = os.lstat(name) if kind == "link" else os.stat(name)  # noqa: PTH116
        except OSError as error:
            return str(error.errno)
        text = f"{status.st_mode} {status.st_uid} {status.st_ino}"
        if kind == "list" or status.st_mode & 0o170000 != 0o040000:
            text += f" {status.st_size} {status.st_ctime_ns}"
        return text


_start: StartState | None = None
_shown: ShownFrame | None = None


def start_state() -> StartState | None:
    """Return how the process was started; None if it can show no frame."""
    return _start


def shown_frame() -> ShownFrame | None:
    """Return the frame that is on the terminal, or None."""
    return _shown


def terminal_size() -> tuple[int, int] | None:
    """Return columns and lines of the terminal that all standard streams are; None if they differ.

    None, too, if the terminal does not know its size.
    """
    if not all(map(os.isatty, _STANDARD_STREAMS)):
        return None
    if len({os.fstat(stream).st_rdev for stream in _STANDARD_STREAMS}) > 1:
        return None
    size = os.get_terminal_size(0)
    return (size.columns, size.lines) if all(size) else None


def frame_file(environment: dict[str, str]) -> str:
    """Return the path of the stored frame, in the folder that ``cache_folder`` returns.

    Importing ``platformdirs`` to ask for it would take longer than showing the frame.

    Args:
        environment: the variables of the process.
    """
    home = os.path.expanduser("~")  # noqa: PTH111
    if sys.platform == "darwin":
        cache = f"{home}/Library/Caches"
    else:
        cache = environment.get("XDG_CACHE_HOME", "").strip() or f"{home}/.cache"
    return f"{cache}/broadsheet/{FILE_NAME}"


def show(arguments: Sequence[str]) -> None:
    """Show the stored frame if it is what the program will draw; otherwise do nothing.

    Args:
        arguments: the command line without the program's name.
    """
    global _start  # noqa: PLW0603  # a process has one terminal
    try:
        if sys.flags.inspect or any(map(os.environ.get, _DISABLING)):
            return
        size = terminal_size()
        if size is None:
            return
        _start = StartState(arguments, dict(os.environ))
        frame = _matching_frame(_start, size)
        if frame is not None:
            _take_terminal(frame, size)
    except Exception:  # the program starts without it
        restore()


def _matching_frame(start: StartState, size: tuple[int, int]) -> str | None:
    try:
        data = _read(frame_file(start.environment))
    except OSError:
        return None
    head, _, frame = data.partition(b"\n\n")
    process, *lines = os.fsdecode(head).split("\n")
    if process != start.describe_process(size):
        return None
    for line in lines:
        kind, name, state = line.split("\t")
        if start.describe(kind, name) != state:
            return None
    return frame.decode() or None


def _read(path: str) -> bytes:
    """Return the content of a file that only its owner, who runs this process, can write.

    Raises:
        OSError: it is something else, or too large.
    """
    flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    handle = os.open(path, flags)
    try:
        status = os.fstat(handle)
        is_regular = status.st_mode & 0o170000 == 0o100000
        is_own = status.st_uid == os.geteuid() and not status.st_mode & 0o022
        if not is_regular or not is_own or status.st_size > MAX_BYTES:
            raise OSError
        return os.read(handle, MAX_BYTES)
    finally:
        os.close(handle)


def _take_terminal(frame: str, size: tuple[int, int]) -> None:
    """Put the terminal into the state that the program wants, and write a frame."""
    global _shown  # noqa: PLW0603
    import signal
    import termios

    attributes = termios.tcgetattr(0)
    _shown = ShownFrame(frame, size, attributes)
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _end_by_signal)
    # Textual's driver replaces these handlers.
    signal.signal(signal.SIGTSTP, signal.SIG_IGN)
    signal.signal(signal.SIGWINCH, _note_resize)
    # The same flags as Textual's. What was typed stays in the terminal.
    raw = [*attributes[:6], [*attributes[6]]]
    raw[0] &= ~(termios.IXON | termios.IXOFF | termios.ICRNL | termios.INLCR | termios.IGNCR)
    raw[3] &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN | termios.ISIG)
    raw[6][termios.VMIN] = 1
    termios.tcsetattr(0, termios.TCSANOW, raw)
    _write(OPEN_SCREEN + frame)


def _write(text: str) -> None:
    data = text.encode()
    while data:
        data = data[os.write(2, data) :]


def _note_resize(_number: int, _frame: FrameType | None) -> None:
    if _shown is not None:
        _shown.was_resized = True


def _end_by_signal(number: int, _frame: FrameType | None) -> None:
    """Restore the terminal and end the process, as the signal would have done."""
    import signal

    restore()
    signal.signal(number, signal.SIG_DFL)
    os.kill(os.getpid(), number)


def restore() -> None:
    """Restore the terminal if a frame was shown and the program has not restored it itself."""
    global _shown
    frame, _shown = _shown, None
    if frame is None:
        return
    import signal
    import termios

    try:
        termios.tcsetattr(0, termios.TCSANOW, frame.attributes)
        _write(_CLOSE_SCREEN)
    except (OSError, termios.error):
        pass  # the terminal has disconnected
    if signal.getsignal(signal.SIGTSTP) == signal.SIG_IGN:
        signal.signal(signal.SIGTSTP, signal.SIG_DFL)


def forget() -> None:
    """Note that the program has restored the terminal."""
    global _shown  # noqa: PLW0603
    _shown = None
