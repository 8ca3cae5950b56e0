"""Changes marks by the library until it is killed, and tells before and after each change.

    python -m tests.crash.marker FOLDER SEED

A line ``?`` tells which marks papers shall have, the line ``!`` after it that they have them.
"""

from __future__ import annotations

import json
import random
import sys
from pathlib import Path

from tui.marks import NO_MARKS, MarkStore, toggled_read, toggled_star, with_note, with_tags
from tui.marks.edits import Change, How

PAPERS = (
    *(f"250{month}.{number:05}" for month in range(1, 6) for number in range(12)),
    "math.GT/0309136",
    "no-month",
)


def some_how(chance: random.Random) -> How:
    """Return one of the changes that a reader may ask for."""
    number = chance.randrange(1000)
    return chance.choice(
        [
            toggled_star,
            toggled_read,
            with_tags((f"t{number}", "rl")),
            with_tags(()),
            with_note("메모 " * number),
            with_note(""),
        ]
    )


def main(folder: str, seed: str) -> None:
    """Change marks for as long as it lives."""
    store, chance = MarkStore(Path(folder)), random.Random(seed)
    done: list[list[Change]] = []
    # What the marks shall be is not asked of the store, which is what is tested.
    now = dict(store.marked())
    while True:
        if done and chance.random() < 0.15:
            last = done.pop()
            wanted = {change.arxiv_id: change.before for change in last}
            tell("?", {arxiv_id: list(marks) for arxiv_id, marks in wanted.items()})
            store.undo(last)
        else:
            papers = chance.sample(PAPERS, chance.choice([1, 1, 1, 20]))
            how = some_how(chance)
            wanted = {arxiv_id: how(now.get(arxiv_id, NO_MARKS)) for arxiv_id in papers}
            tell("?", {arxiv_id: list(marks) for arxiv_id, marks in wanted.items()})
            done.append(store.change(papers, how))
        tell("!", {})
        now.update(wanted)


def tell(sign: str, marks: dict[str, list[object]]) -> None:
    """Write a line for whoever is going to kill this."""
    print(sign, json.dumps(marks), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
