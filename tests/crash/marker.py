"""Edit marks through the library until killed, and print a line before and after each edit.

    python -m tests.crash.marker FOLDER SEED

A line ``?`` has the marks that papers are about to get; the line ``!`` after it confirms them.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from tui.marks.edits import (
    MarkEdit,
    apply_edits,
    set_note,
    set_read,
    set_starred,
    set_tags,
)
from tui.marks.store import MarkStore
from tui.models import NO_MARKS, Marks

PAPERS = (
    *(f"250{month}.{number:05}" for month in range(1, 6) for number in range(12)),
    "math.GT/0309136",
    "no-month",
)


def random_edits(
    rng: random.Random, papers: Sequence[str], marks: Mapping[str, Marks]
) -> list[MarkEdit]:
    """Return edits of papers that a reader may make; all set the same field."""
    number = rng.randrange(1000)
    first = marks.get(papers[0], NO_MARKS)
    return rng.choice(
        [
            set_starred(papers, not first.starred),
            set_read(papers, not first.read),
            set_tags(papers, (f"t{number}", "rl")),
            set_tags(papers, ()),
            set_note(papers, "메모 " * number),
            set_note(papers, ""),
        ]
    )


def main(folder: str, seed: str) -> None:
    """Edit marks until the process is killed."""
    store, rng = MarkStore(Path(folder)), random.Random(seed)
    done: list[list[MarkEdit]] = []
    # The expected marks are computed here, independently of the store under test.
    now = dict(store.all_marks())
    while True:
        if done and rng.random() < 0.15:
            last = done.pop()
            wanted, _ = apply_edits([edit.inverted() for edit in last], now)
            print_marks("?", {arxiv_id: list(marks) for arxiv_id, marks in wanted.items()})
            store.undo(last)
        else:
            papers = rng.sample(PAPERS, rng.choice([1, 1, 1, 20]))
            edits = random_edits(rng, papers, now)
            wanted, _ = apply_edits(edits, now)
            print_marks("?", {arxiv_id: list(marks) for arxiv_id, marks in wanted.items()})
            done.append(store.apply(edits))
        print_marks("!", {})
        now.update(wanted)


def print_marks(sign: str, marks: dict[str, list[object]]) -> None:
    """Print a line for the process that will kill this one."""
    print(sign, json.dumps(marks), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
