"""Count the bytes that Broadsheet sends to a terminal.

    python -m tests.bench.wire [--papers 5500] [--times 20] [--quiet 0.3]

prints a table: median and 95th percentile, local and over SSH, with the budgets.
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
from tests.pty.harness import SYNCHRONIZED_OUTPUT, PseudoTerminal
from tests.support.home import Home

SIZES = ((80, 24), (120, 40))
OVER_SSH = {"SSH_CONNECTION": "127.0.0.1 1 127.0.0.1 2"}

_END_OF_FRAME = f"\x1b[?{SYNCHRONIZED_OUTPUT}l".encode()

BUDGETS = {"first screen": 12_000, "move: its row": 350, "move: and its summary": 3500}
"""Bytes at 120 x 40."""

QUERY = "diffusion"


@dataclass
class ByteCounts:
    """The output in bytes of each kind of action, in the order of first occurrence."""

    by_name: dict[str, list[int]] = field(default_factory=dict)

    def add(self, name: str, size: int) -> None:
        self.by_name.setdefault(name, []).append(size)


@dataclass(frozen=True)
class WireOptions:
    """The repetitions of each action, and the silent seconds after which it counts as finished."""

    times: int
    quiet_seconds: float


def count(
    corpus: Path, size: tuple[int, int], variables: dict[str, str], options: WireOptions
) -> ByteCounts:
    """Repeat each action on a terminal of the given size; return the bytes sent to it."""
    counts = ByteCounts()
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder), variables)
        # Otherwise papers would become read, and be redrawn, during another action.
        home.configure("read_after = 0")
        home.run("sync", "-p", corpus)
        for _ in range(max(1, options.times // 5)):
            with _open(home, corpus, size) as terminal:
                counts.add("first screen", len(_read_output(options, terminal)))
        with _open(home, corpus, size) as terminal:
            _read_output(options, terminal)
            for name, output_bytes in _count_keys(options, terminal):
                counts.add(name, output_bytes)
    return counts


def _open(home: Home, corpus: Path, size: tuple[int, int]) -> PseudoTerminal:
    terminal = PseudoTerminal(
        [*home.program, str(corpus)], environment=home.environment, at=home.root,
        columns=size[0], lines=size[1],
    )  # fmt: skip
    terminal.wait_for("quit")
    return terminal


def _count_keys(options: WireOptions, terminal: PseudoTerminal) -> Iterator[tuple[str, int]]:
    for _ in range(options.times):
        output = _read_output(options, terminal, "j")
        yield "move: its row", output.find(_END_OF_FRAME) + len(_END_OF_FRAME)
        yield "move: and its summary", len(output)
    for _ in range(options.times):
        yield "another day", len(_read_output(options, terminal, "["))
    for _ in range(max(1, options.times // 5)):
        yield "all days", len(_read_output(options, terminal, "0"))
        yield "search: the prompt", len(_read_output(options, terminal, "/"))
        yield "search: the results", len(_read_output(options, terminal, *QUERY))
        _read_output(options, terminal, "escape")
        _read_output(options, terminal, "]")
    _read_output(options, terminal, "0")
    yield "triage: the first paper", len(_read_output(options, terminal, "T"))
    for _ in range(options.times):
        yield "triage: a decision", len(_read_output(options, terminal, "r"))


def _read_output(options: WireOptions, terminal: PseudoTerminal, *keys: str) -> bytes:
    """Press keys; return the output until the terminal is silent."""
    before = 0 if not keys else len(terminal.raw)
    terminal.press(*keys)
    last_output = time.monotonic()
    while time.monotonic() < last_output + options.quiet_seconds:
        length = len(terminal.raw)
        terminal.read_for(options.quiet_seconds)
        if len(terminal.raw) > length:
            last_output = time.monotonic()
    return terminal.raw[before:]


def main() -> None:
    """Parse the command line, count, and print the table."""
    parser = argparse.ArgumentParser(prog="tests.bench.wire", description=__doc__.split("\n")[0])
    parser.add_argument("--papers", type=int, default=5500, help="papers in the library")
    parser.add_argument("--times", type=int, default=20, help="repetitions of each action")
    parser.add_argument(
        "--quiet",
        type=float,
        default=0.3,
        help="seconds without output after which an action has finished",
    )
    chosen = parser.parse_args()
    table = Table("bytes sent", title=f"{chosen.papers} papers, {chosen.times} times")
    for width, height in SIZES:
        for where in ("local", "over SSH"):
            table.add_column(f"{where}\n{width} x {height}", justify="right")
    table.add_column("budget\n120 x 40", justify="right")
    with tempfile.TemporaryDirectory() as folder:
        corpus = Path(folder)
        write_corpus(corpus, chosen.papers)
        options = WireOptions(chosen.times, chosen.quiet)
        counted = [
            count(corpus, size, variables, options)
            for size in SIZES
            for variables in ({}, OVER_SSH)
        ]
    for name in counted[0].by_name:
        cells = (_format_sizes(counts.by_name[name]) for counts in counted)
        table.add_row(name, *cells, f"{BUDGETS[name]:,}" if name in BUDGETS else "")
    Console(file=sys.stdout, width=None if sys.stdout.isatty() else 110).print(table)


def _format_sizes(sizes: list[int]) -> str:
    """Return the median and the 95th percentile as text."""
    highest = quantiles(sizes, n=20)[-1] if len(sizes) > 1 else sizes[0]
    return f"{round(median(sizes)):,} / {round(highest):,}"


if __name__ == "__main__":
    main()
