"""Count the bytes that a terminal is sent, through a real pseudo-terminal.

    python -m tests.bench.wire [--papers 5500] [--times 20] [--quiet 0.3]

prints a table: median and 95th percentile, on this machine and over SSH, beside what is budgeted.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles

from rich.console import Console
from rich.table import Table

from tests.corpus import write_corpus
from tests.pty.harness import SYNCHRONIZED_OUTPUT, Terminal
from tests.support.home import Home

SIZES = ((80, 24), (120, 40))
OVER_SSH = {"SSH_CONNECTION": "127.0.0.1 1 127.0.0.1 2"}

_END_OF_FRAME = f"\x1b[?{SYNCHRONIZED_OUTPUT}l".encode()

BUDGETS = {"move: its row": 1200, "move: and its summary": 8000}
"""Bytes at 120 x 40."""

QUERY = "diffusion"


@dataclass
class Counts:
    """The bytes of everything that was done, in the order in which it was done first."""

    by_name: dict[str, list[int]] = field(default_factory=dict)

    def note(self, name: str, size: int) -> None:
        self.by_name.setdefault(name, []).append(size)


@dataclass(frozen=True)
class Ways:
    """How to count: how often each thing, and after how many seconds without a byte it is done."""

    times: int
    quiet: float


def count(corpus: Path, size: tuple[int, int], more: dict[str, str], ways: Ways) -> Counts:
    """Do each thing several times on a terminal of a size; return what it was sent."""
    counts = Counts()
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder), more)
        # What counts as read is drawn anew two seconds later, in the midst of something else.
        home.configure("read_after = 0")
        home.run("sync", "-p", corpus)
        for _ in range(max(1, ways.times // 5)):
            with _opened(home, corpus, size) as terminal:
                counts.note("first screen", len(_sent(ways, terminal)))
        with _opened(home, corpus, size) as terminal:
            _sent(ways, terminal)
            for name, sent in _done(ways, terminal):
                counts.note(name, sent)
    return counts


def _opened(home: Home, corpus: Path, size: tuple[int, int]) -> Terminal:
    terminal = Terminal(
        [*home.program, str(corpus)], environment=home.environment, at=home.root,
        columns=size[0], lines=size[1],
    )  # fmt: skip
    terminal.wait_for("quit")
    return terminal


def _done(ways: Ways, terminal: Terminal) -> Iterator[tuple[str, int]]:
    for _ in range(ways.times):
        sent = _sent(ways, terminal, "j")
        yield "move: its row", sent.find(_END_OF_FRAME) + len(_END_OF_FRAME)
        yield "move: and its summary", len(sent)
    for _ in range(ways.times):
        yield "another day", len(_sent(ways, terminal, "["))
    for _ in range(max(1, ways.times // 5)):
        yield "all days", len(_sent(ways, terminal, "0"))
        asked = len(_sent(ways, terminal, "/"))
        yield "search: the question", asked
        yield "search: what is found", len(_sent(ways, terminal, *QUERY))
        _sent(ways, terminal, "escape")
        _sent(ways, terminal, "]")


def _sent(ways: Ways, terminal: Terminal, *keys: str) -> bytes:
    """Press keys; return what is sent until no more comes."""
    before = 0 if not keys else len(terminal.raw)
    terminal.press(*keys)
    heard = time.monotonic()
    while time.monotonic() < heard + ways.quiet:
        length = len(terminal.raw)
        terminal.read_for(ways.quiet)
        if len(terminal.raw) > length:
            heard = time.monotonic()
    return terminal.raw[before:]


def main() -> None:
    """Read the command line, count, and print the table."""
    parser = argparse.ArgumentParser(prog="tests.bench.wire", description=__doc__.split("\n")[0])
    parser.add_argument("--papers", type=int, default=5500, help="in the library")
    parser.add_argument("--times", type=int, default=20, help="that each thing is done")
    parser.add_argument("--quiet", type=float, default=0.3, help="seconds, then nothing more comes")
    chosen = parser.parse_args()
    table = Table("bytes sent", title=f"{chosen.papers} papers, {chosen.times} times")
    for width, height in SIZES:
        for where in ("here", "over SSH"):
            table.add_column(f"{where}\n{width} x {height}", justify="right")
    table.add_column("budget\n120 x 40", justify="right")
    with tempfile.TemporaryDirectory() as folder:
        corpus = Path(folder)
        write_corpus(corpus, chosen.papers)
        ways = Ways(chosen.times, chosen.quiet)
        counted = [count(corpus, size, more, ways) for size in SIZES for more in ({}, OVER_SSH)]
    for name in counted[0].by_name:
        cells = (_told(counts.by_name[name]) for counts in counted)
        table.add_row(name, *cells, f"{BUDGETS[name]:,}" if name in BUDGETS else "")
    Console(file=sys.stdout, width=None if sys.stdout.isatty() else 110).print(table)


def _told(sizes: list[int]) -> str:
    """Return median and 95th percentile."""
    highest = quantiles(sizes, n=20)[-1] if len(sizes) > 1 else sizes[0]
    return f"{round(median(sizes)):,} / {round(highest):,}"


if __name__ == "__main__":
    main()
