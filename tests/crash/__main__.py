"""Kill Broadsheet's writers at random moments and check that nothing is lost.

    python -m tests.crash [--rounds 50] [--seed 1]

Prints how many were killed, and how many of those while writing. Exits with 1 if anything was lost,
and keeps the folder for inspection.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from tests.crash.rounds import play, report, rounds_per_kind


def main(arguments: Sequence[str] | None = None) -> int:
    """Parse the command line, run the rounds and print a summary."""
    parser = argparse.ArgumentParser(prog="tests.crash", description=__doc__.split("\n")[0])
    parser.add_argument("--rounds", type=int, default=50, help="of all kinds together")
    parser.add_argument("--seed", type=int, default=1, help="of what is done and when it is killed")
    options = parser.parse_args(arguments)
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


if __name__ == "__main__":
    sys.exit(main())
