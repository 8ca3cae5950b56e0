"""Run a program on a real pseudo-terminal and read its screen.

with PseudoTerminal(["broadsheet"], columns=80, lines=24) as terminal:
    terminal.wait_for("papers")
    terminal.press("q")
    assert terminal.wait() == 0
"""

from __future__ import annotations

import codecs
import errno
import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Self

import pyte
from wcwidth import wcwidth

TIMEOUT_SECONDS = 60.0
"""Generous, so that only a program that hangs exceeds it, even on a busy machine."""

DEFAULT_MODES = frozenset({7, 25})
"""The modes of a fresh terminal: autowrap and a visible cursor."""

MOUSE_MODES = frozenset({9, 1000, 1002, 1003, 1005, 1006, 1015, 1016})
ALTERNATE_SCREEN, BRACKETED_PASTE, CURSOR = 1049, 2004, 25

SYNCHRONIZED_OUTPUT = 2026
"""DEC mode 2026: the terminal does not update its screen until the mode ends."""

KEYS = {
    "enter": "\r",
    "escape": "\x1b",
    "tab": "\t",
    "down": "\x1b[B",
    "up": "\x1b[A",
    "ctrl+c": "\x03",
    "ctrl+r": "\x12",
}

_SEQUENCE = re.compile(
    r"\x1b\[(?P<private>[<=>?]?)(?P<numbers>[\d;:]*)(?P<between>[ -/]*)(?P<final>[@-~])"
    r"|\x1b[PX^_](?:[^\x1b]|\x1b(?!\\))*\x1b\\"
)
_UNFINISHED = re.compile(r"\x1b(?:\[[ -?]*|[PX^_\]](?:[^\x07\x1b]|\x1b(?!\\))*)?\Z")


class PseudoTerminal:
    """A program on its own pseudo-terminal.

    Args:
        command: the program and its arguments.
        environment: its complete environment.
        columns, lines: the size in cells.
        at: the working directory.
    """

    def __init__(
        self,
        command: Sequence[str],
        *,
        environment: Mapping[str, str],
        columns: int = 100,
        lines: int = 30,
        at: Path | None = None,
    ) -> None:
        self.columns, self.lines = columns, lines
        self.modes = set(DEFAULT_MODES)
        self.kitty_flags: list[int] = []
        self.modes_ever: set[int] = set()
        self.kitty_ever = False
        self.frames = 0
        self.raw = b""
        self._screen: Any = pyte.Screen(columns, lines)
        self._stream: Any = pyte.Stream(self._screen)
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._held = ""
        self._master, self._slave = pty.openpty()
        self._set_size()
        self.attributes_before = termios.tcgetattr(self._slave)
        # A session leader that opens a terminal gets it as its controlling one; the shell opens
        # it and passes it to the program.
        self.process = subprocess.Popen(
            ["/bin/sh", "-c", 'exec "$@" <>"$0" >&0 2>&0', os.ttyname(self._slave), *command],
            env=dict(environment),
            cwd=at,
            start_new_session=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # Input: keyboard, mouse and window size

    def press(self, *keys: str) -> None:
        """Press keys, given as characters or as names in ``KEYS``."""
        for key in keys:
            self.send(KEYS.get(key, key))

    def send(self, text: str | bytes) -> None:
        os.write(self._master, text.encode() if isinstance(text, str) else text)

    def click(self, column: int, line: int) -> None:
        """Click with the left button on a cell, given by zero-based column and line."""
        position = f"{column + 1};{line + 1}"
        self.send(f"\x1b[<0;{position}M\x1b[<0;{position}m")

    def resize(self, columns: int, lines: int) -> None:
        """Resize the window; the kernel sends SIGWINCH."""
        self.columns, self.lines = columns, lines
        self._screen.resize(lines, columns)
        self._set_size()

    def _set_size(self) -> None:
        size = struct.pack("HHHH", self.lines, self.columns, 0, 0)
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, size)

    # Screen

    @property
    def rows(self) -> list[str]:
        """The lines of the screen."""
        return ["".join(self.cells(line)) for line in range(self.lines)]

    @property
    def cursor(self) -> tuple[int, int]:
        """Column and line of the terminal's cursor, visible or not."""
        return self._screen.cursor.x, self._screen.cursor.y

    @property
    def text(self) -> str:
        return "\n".join(row.rstrip() for row in self.rows)

    def cells(self, line: int) -> list[str]:
        """Return the text of each cell of a line; "" for the second cell of a wide character."""
        row = self._screen.buffer[line]
        return [row[column].data for column in range(self.columns)]

    @property
    def styled_cells(self) -> list[list[tuple[object, ...]]]:
        """The text and the visible style of each cell."""
        return [
            [_visible_style(self._screen.buffer[line][column]) for column in range(self.columns)]
            for line in range(self.lines)
        ]

    def cell_background(self, column: int, line: int) -> str:
        """Return the background color of a cell, as pyte names it."""
        color: str = self._screen.buffer[line][column].bg
        return color

    def find(self, text: str) -> tuple[int, int]:
        """Return the column and line of a text's first occurrence."""
        for line in range(self.lines):
            cells = self.cells(line)
            at = "".join(cells).find(text)
            if at >= 0:
                column = length = 0
                while length < at:
                    length += len(cells[column])
                    column += 1
                while not cells[column]:
                    column += 1
                return column, line
        raise AssertionError(f"{text!r} is not on the screen:\n{self.text}")

    def broken_wide_characters(self) -> list[str]:
        """Return the rows that contain half of a wide character or have a wrong total width."""
        broken = []
        for line in range(self.lines):
            cells = self.cells(line)
            widths = [max(map(wcwidth, cell), default=0) for cell in cells]
            followed = [
                column + 1 < len(cells) and cells[column + 1] == "" for column in range(len(cells))
            ]
            whole = all(
                (width == 2) == follows if cell else column > 0 and widths[column - 1] == 2
                for column, (cell, width, follows) in enumerate(
                    zip(cells, widths, followed, strict=True)
                )
            )
            if not whole or sum(widths) != self.columns:
                broken.append("|".join(cells))
        return broken

    def wait_for(
        self, wanted: str | Callable[[str], object], *, timeout: float = TIMEOUT_SECONDS
    ) -> str:
        """Wait until the screen contains a text or satisfies a predicate; return its text."""
        is_found = wanted if callable(wanted) else lambda text: wanted in text
        self._wait(lambda: is_found(self.text), timeout, f"no {wanted!r}")
        return self.text

    def wait_until(
        self, condition: Callable[[], object], *, timeout: float = TIMEOUT_SECONDS
    ) -> None:
        """Wait until a condition holds; it is checked after each output of the program."""
        self._wait(condition, timeout, "the condition never held")

    def read_for(self, seconds: float) -> None:
        """Read the program's next output, waiting at most ``seconds``."""
        self._read(seconds)

    def _wait(self, condition: Callable[[], object], timeout: float, message: str) -> None:
        deadline = time.monotonic() + timeout
        while SYNCHRONIZED_OUTPUT in self.modes or not condition():
            remaining = deadline - time.monotonic()
            has_exited = self.process.poll() is not None
            if not self._read(min(max(remaining, 0), 0.1)) and (has_exited or remaining <= 0):
                if condition():
                    return
                state = f"exited with {self.process.returncode}" if has_exited else "is running"
                raise AssertionError(f"{message}; the program {state}:\n{self.text}")

    def _read(self, timeout: float) -> bool:
        """Read available output; return whether there was any."""
        ready, _, _ = select.select([self._master], [], [], timeout)
        if not ready:
            return False
        try:
            data = os.read(self._master, 65536)
        except OSError as error:
            if error.errno == errno.EIO:
                return False
            raise
        self.raw += data
        self._feed(self._decoder.decode(data))
        return bool(data)

    def _feed(self, text: str) -> None:
        text = self._held + text
        unfinished = _UNFINISHED.search(text)
        end = unfinished.start() if unfinished else len(text)
        text, self._held = text[:end], text[end:]
        self._stream.feed(_SEQUENCE.sub(self._handle_sequence, text))

    def _handle_sequence(self, match: re.Match[str]) -> str:
        """Record the modes that a sequence sets, and return what pyte should interpret.

        The query for synchronized output is answered with yes, so that ``wait_for`` never sees a
        half-drawn frame.
        """
        sequence = match.group()
        private, final = match["private"], match["final"]
        numbers = [int(number) for number in re.findall(r"\d+", match["numbers"] or "")]
        if private == "?" and final in "hl" and not match["between"]:
            change = self.modes.update if final == "h" else self.modes.difference_update
            change(numbers)
            self.frames += final == "l" and SYNCHRONIZED_OUTPUT in numbers
            self.modes_ever |= self.modes
            return sequence
        if final == "u" and private == ">":
            self.kitty_flags.append(numbers[0] if numbers else 0)
            self.kitty_ever = True
        elif final == "u" and private == "<":
            del self.kitty_flags[-(numbers[0] if numbers else 1) :]
        elif sequence == f"\x1b[?{SYNCHRONIZED_OUTPUT}$p":
            self.send(f"\x1b[?{SYNCHRONIZED_OUTPUT};2$y")
        elif sequence == "\x1b[6n":
            # Terminals reply after drawing everything before the query.
            self.send(f"\x1b[{self._screen.cursor.y + 1};{self._screen.cursor.x + 1}R")
        return "" if private or match["between"] or final is None else sequence

    # Exit

    def signal(self, number: signal.Signals) -> None:
        self.process.send_signal(number)

    def wait(self, timeout: float = TIMEOUT_SECONDS) -> int:
        """Wait until the program exits; return its exit code."""
        self._wait(lambda: self.process.poll() is not None, timeout, "the program does not exit")
        while self._read(0):
            pass
        return self.process.returncode

    @property
    def attributes(self) -> list[Any]:
        """The terminal's current ``termios`` attributes."""
        return termios.tcgetattr(self._slave)

    def hang_up(self) -> None:
        """Close the terminal, as a dropped connection does."""
        os.close(self._slave)
        os.close(self._master)
        self._master = self._slave = -1

    def close(self) -> None:
        """Kill the program if it is still running, and close the terminal."""
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait(TIMEOUT_SECONDS)
        if self._master >= 0:
            self.hang_up()


def _visible_style(cell: Any) -> tuple[object, ...]:
    lines = (cell.underscore, cell.strikethrough, cell.reverse)
    if cell.data == " " and not any(lines):
        return " ", cell.bg
    return (cell.data, cell.fg, cell.bg, cell.bold, cell.italics, *lines)


READY = "Darwin Godel Machine"
