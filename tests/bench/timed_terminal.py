"""A terminal that records when each frame arrived.

Emulating a screen takes longer than drawing it, so a thread reads the output, records the time of
each frame and queues it, and the emulator follows frame by frame.
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

from tests.pty.harness import KEYS, SYNCHRONIZED_OUTPUT, TIMEOUT_SECONDS, PseudoTerminal

END_OF_FRAME = f"\x1b[?{SYNCHRONIZED_OUTPUT}l".encode()

SWITCH_INTERVAL_SECONDS = 0.0005
"""How soon the reading thread can interrupt the emulator."""

MAX_WAIT_SECONDS = 5.0
"""Limit for programs that never become silent, for example because of a blinking cursor."""


@dataclass(frozen=True)
class KeyTiming:
    """The time and output that a key took.

    Attributes:
        seconds: from the key to the frame that shows its effect.
        bytes_sent: the output up to the end of that frame.
        settled_seconds: from the key to the last frame that changed the screen.
        settled_bytes: all the output.
    """

    seconds: float
    bytes_sent: int
    settled_seconds: float = 0.0
    settled_bytes: int = 0


class TimedTerminal(PseudoTerminal):
    """A program on a terminal that records the time of every frame.

    Args:
        command: the program and its arguments.
        environment: its whole environment.
        columns, lines: the size.
        at: the folder in which it runs.
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
        self._switch_interval = sys.getswitchinterval()
        sys.setswitchinterval(SWITCH_INTERVAL_SECONDS)
        self._queue: queue.SimpleQueue[tuple[float, bytes]] = queue.SimpleQueue()
        self._incomplete_end = b""
        self._stop_read, self._stop = os.pipe()
        self.started = time.monotonic()
        self.last_frame_time = self.started
        super().__init__(command, environment=environment, columns=columns, lines=lines, at=at)
        self._thread = threading.Thread(target=self._read_in_thread, daemon=True)
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
        os.write(self._stop, b".")
        self._thread.join(TIMEOUT_SECONDS)
        sys.setswitchinterval(self._switch_interval)
        os.close(self._stop)
        os.close(self._stop_read)
        super().__exit__()

    def _read_in_thread(self) -> None:
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
            self._queue_frames(time.monotonic(), data)

    def _queue_frames(self, arrival_time: float, data: bytes) -> None:
        """Queue complete frames, and other output immediately, as it may be a terminal query."""
        *frames, rest = (self._incomplete_end + data).split(END_OF_FRAME)
        for frame in frames:
            self._queue.put((arrival_time, frame + END_OF_FRAME))
        # The end of a frame may arrive in two parts.
        sizes = range(len(END_OF_FRAME) - 1, 0, -1)
        partial_size = next((size for size in sizes if rest.endswith(END_OF_FRAME[:size])), 0)
        split_at = len(rest) - partial_size
        complete, self._incomplete_end = rest[:split_at], rest[split_at:]
        if complete:
            self._queue.put((arrival_time, complete))

    def _read(self, timeout: float) -> bool:
        """Process output up to the end of a frame; return False if there was none in time."""
        try:
            arrival_time, data = self._queue.get(timeout=max(timeout, 0.0001))
        except queue.Empty:
            return False
        self.last_frame_time = arrival_time
        self.raw += data
        self._feed(self._decoder.decode(data))
        return True

    # Measuring

    def seconds_until(
        self, condition: str | Callable[[str], object], timeout: float = TIMEOUT_SECONDS
    ) -> float:
        """Return the seconds from the start to the frame that shows a text or meets a condition."""
        self.wait_for(condition, timeout=timeout)
        return self.last_frame_time - self.started

    def wait_for_silence(self, quiet_seconds: float) -> None:
        """Wait until there has been no output for some seconds."""
        deadline = time.monotonic() + MAX_WAIT_SECONDS
        while self._read(quiet_seconds) and time.monotonic() < deadline:
            pass

    def read_for_seconds(self, seconds: float) -> None:
        """Process output for a number of seconds."""
        deadline = time.monotonic() + seconds
        while (remaining := deadline - time.monotonic()) > 0:
            self._read(remaining)

    def time_keys(
        self, keys: str, is_shown: Callable[[], object], *, timeout: float = TIMEOUT_SECONDS
    ) -> KeyTiming:
        """Send keys at once, and measure the time until a condition is met."""
        before = len(self.raw)
        pressed = self.press_at_once(keys)
        self.wait_until(is_shown, timeout=timeout)
        return KeyTiming(self.last_frame_time - pressed, len(self.raw) - before)

    def time_keys_until_settled(
        self, keys: str, is_shown: Callable[[], object], quiet_seconds: float
    ) -> KeyTiming:
        """Do the same as ``time_keys``, then wait for some seconds without output."""
        before = len(self.raw)
        pressed = self.press_at_once(keys)
        self.wait_until(is_shown)
        seconds = settled_seconds = self.last_frame_time - pressed
        size = len(self.raw) - before
        cells = self.styled_cells
        deadline = time.monotonic() + MAX_WAIT_SECONDS
        while self._read(quiet_seconds) and time.monotonic() < deadline:
            if SYNCHRONIZED_OUTPUT not in self.modes and (new_cells := self.styled_cells) != cells:
                cells, settled_seconds = new_cells, self.last_frame_time - pressed
        return KeyTiming(seconds, size, settled_seconds, len(self.raw) - before)

    def press_at_once(self, keys: str) -> float:
        """Send keys without pauses; return the time."""
        pressed = time.monotonic()
        self.send(KEYS.get(keys, keys))
        return pressed
