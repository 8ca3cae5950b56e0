"""Kill Broadsheet's writers at random moments and check that nothing is lost.

    python -m tests.crash [--rounds 50] [--seed 1]
    python -m tests.crash --system-calls ["removed clone" …]

The first prints how many were killed, and how many of those while writing. The second interrupts
commands that repair a cache, marks or clones at every system call. Both exit with 1 if anything was
lost; the first keeps the folder for inspection.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from tests.crash.commands import SCENARIOS, CommandRounds
from tests.crash.repairs import REPAIRS, RepairRounds
from tests.crash.rounds import play, report, rounds_per_kind
from tests.crash.system_calls import interruption_points


def main(arguments: Sequence[str] | None = None) -> int:
    """Parse the command line, run the rounds and print a summary."""
    parser = argparse.ArgumentParser(prog="tests.crash", description=__doc__.split("\n")[0])
    parser.add_argument("--rounds", type=int, default=50, help="of all kinds together")
    parser.add_argument("--seed", type=int, default=1, help="of what is done and when it is killed")
    text = "interrupt repairs, all or those named, at every system call instead"
    parser.add_argument("--system-calls", nargs="*", metavar="NAME", help=text)
    options = parser.parse_args(arguments)
    if options.system_calls is not None:
        return play_repairs(options.system_calls)
    started = time.monotonic()
    root = Path(tempfile.mkdtemp(prefix="broadsheet-crash-"))
    summaries = {}
    for number, (kind, rounds) in enumerate(rounds_per_kind(options.rounds).items()):
        folder = root / str(number)
        folder.mkdir()
        summaries[kind] = play(kind, rounds, folder, options.seed)
    print(report(summaries, options.seed, time.monotonic() - started))
    if any(summary.lost for summary in summaries.values()):
        return 1
    shutil.rmtree(root)
    return 0


def play_repairs(only: Sequence[str] = ()) -> int:
    """Interrupt repairs, all or some, at every system call; return the exit code."""
    lost = 0
    kinds: dict[str, Callable[[Path], RepairRounds | CommandRounds]] = {
        **{name: partial(RepairRounds, repair=repair) for name, repair in REPAIRS.items()},
        **{name: partial(CommandRounds, scenario=each) for name, each in SCENARIOS.items()},
    }
    for name, make in kinds.items():
        if only and name not in only:
            continue
        with tempfile.TemporaryDirectory(prefix="broadsheet-crash-") as folder:
            rounds = make(Path(folder))
            points = list(interruption_points(rounds.calls, stride=1))
            for point in points:
                try:
                    rounds.play(*point)
                except Exception as error:  # any error means a loss
                    lost += 1
                    print(f"LOST: {name}: {type(error).__name__}: {str(error)[:400]}")
            print(f"{name:<18} {rounds.calls:>4} system calls {len(points):>5} interruptions")
    print(f"{lost or 'nothing'} lost")
    return bool(lost)


if __name__ == "__main__":
    sys.exit(main())
