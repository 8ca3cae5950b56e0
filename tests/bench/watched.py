"""A terminal that knows when each frame came, however long reading it takes.

Reading a screen back takes longer than sending it. So a thread takes what comes, notes when, and
hands it on; the screen is read frame by frame behind it.
"""

from __future__ import annotations

import os
import queue
import select
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.pty.harness import KEYS, SYNCHRONIZED_OUTPUT, TIMEOUT_SECONDS, Terminal

END_OF_FRAME = f"\x1b[?{SYNCHRONIZED_OUTPUT}l".encode()

SWITCH = 0.0005
"""Seconds after which the thread gets its turn while a screen is read back."""

LONGEST_WAIT = 5.0
"""Seconds to wait for quiet."""


@dataclass(frozen=True)
class Answer:
    """What came of a key.

    Attributes:
        seconds: from the key to the frame that shows it.
        size: the bytes up to the end of that frame.
        settled: from the key to the last frame that changed anything, as far as it was waited for.
        settled_size: the bytes of all that came.
    """

    seconds: float
    size: int
    settled: float = 0.0
    settled_size: int = 0


class Watched(Terminal):
    """A program on a terminal of its own, whose every frame is timed.

    Args:
        command: the program and its words.
        environment: all of its environment.
        columns, lines: the size.
        at: the folder to run it in.
    """

    def __init__(
        self,
        command: Sequence[str],
        *,
        environment: Mapping[str, str],
        columns: int = 120,
        lines: int = 40,
        at: Path | None = None,
    ) -> None:
        sys.setswitchinterval(SWITCH)
        self._pieces: queue.SimpleQueue[tuple[float, bytes]] = queue.SimpleQueue()
        self._part = b""
        self._stop_read, self._stop = os.pipe()
        self.started = time.monotonic()
        self.came = self.started
        super().__init__(command, environment=environment, columns=columns, lines=lines, at=at)
        self._thread = threading.Thread(target=self._take, daemon=True)
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
        os.write(self._stop, b".")
        self._thread.join(TIMEOUT_SECONDS)
        os.close(self._stop)
        os.close(self._stop_read)
        super().__exit__()

    def _take(self) -> None:
        while True:
            ready, _, _ = select.select([self._master, self._stop_read], [], [])
            if self._stop_read in ready:
                return
            try:
                data = os.read(self._master, 65536)
            except OSError:
                return
            if not data:
                return
            self._note_pieces(time.monotonic(), data)

    def _note_pieces(self, came: float, data: bytes) -> None:
        """Hand on whole frames, and at once what belongs to none: it may be a question to us."""
        *frames, rest = (self._part + data).split(END_OF_FRAME)
        for frame in frames:
            self._pieces.put((came, frame + END_OF_FRAME))
        # A mark of an end may itself come in two parts.
        kept = next((n for n in range(len(END_OF_FRAME) - 1, 0, -1)
                     if rest.endswith(END_OF_FRAME[:n])), 0)  # fmt: skip
        whole, self._part = rest[: len(rest) - kept], rest[len(rest) - kept :]
        if whole:
            self._pieces.put((came, whole))

    def _read(self, timeout: float) -> bool:
        """Take in what was sent up to the end of a frame; tell whether that was anything."""
        try:
            came, data = self._pieces.get(timeout=max(timeout, 0.0001))
        except queue.Empty:
            return False
        self.came = came
        self.raw += data
        self._feed(self._decoder.decode(data))
        return True

    # Measuring

    def since_start(
        self, wanted: str | Callable[[str], object], timeout: float = TIMEOUT_SECONDS
    ) -> float:
        """Return the seconds from its start to the frame on which something stands."""
        self.wait_for(wanted, timeout=timeout)
        return self.came - self.started

    def still(self, quiet: float) -> None:
        """Wait until nothing has come for so many seconds; a cursor that blinks ends it too."""
        until = time.monotonic() + LONGEST_WAIT
        while self._read(quiet) and time.monotonic() < until:
            pass

    def pass_time(self, seconds: float) -> None:
        """Take in what comes in so many seconds."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            self._read(left)

    def time(
        self, keys: str, is_shown: Callable[[], object], *, timeout: float = TIMEOUT_SECONDS
    ) -> Answer:
        """Press keys at once, and return how long it took until something was true."""
        before = len(self.raw)
        pressed = self.press_at_once(keys)
        self.wait_until(is_shown, timeout=timeout)
        return Answer(self.came - pressed, len(self.raw) - before)

    def time_settled(self, keys: str, is_shown: Callable[[], object], quiet: float) -> Answer:
        """Do as ``time`` does, and go on until nothing came for so many seconds."""
        before = len(self.raw)
        pressed = self.press_at_once(keys)
        self.wait_until(is_shown)
        seconds = last = self.came - pressed
        size = len(self.raw) - before
        seen = self.styled_cells
        until = time.monotonic() + LONGEST_WAIT
        while self._read(quiet) and time.monotonic() < until:
            if SYNCHRONIZED_OUTPUT not in self.modes and (now := self.styled_cells) != seen:
                seen, last = now, self.came - pressed
        return Answer(seconds, size, last, len(self.raw) - before)

    def press_at_once(self, keys: str) -> float:
        """Press keys, with nothing between them; return when."""
        pressed = time.monotonic()
        self.send(KEYS.get(keys, keys))
        return pressed
