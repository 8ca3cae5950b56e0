"""Rounds in which a writer is killed: what each came to, and all of them together."""

from __future__ import annotations

import random
import traceback
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from tests.crash.browsers import BrowserRounds
from tests.crash.markers import MarkerRounds
from tests.crash.outcome import Outcome
from tests.crash.syncs import SyncRounds


class Rounds(Protocol):
    """One kind of writer, which is started and killed again and again in one home."""

    def play(self, chance: random.Random) -> Outcome:
        """Start it, kill it at a moment that chance tells, open again and check.

        Raises:
            Exception: something is lost, or cannot be opened.
        """


KINDS: Mapping[str, Callable[[Path], AbstractContextManager[Rounds]]] = {
    "sync": SyncRounds,
    "marks, library": MarkerRounds,
    "marks, browser": BrowserRounds,
}

_TURNS = ("sync", "marks, library", "sync", "marks, library", "marks, browser")


def shares(rounds: int) -> dict[str, int]:
    """Return how many of so many rounds each kind has: the slow one is half as often in turn."""
    turns = [_TURNS[number % len(_TURNS)] for number in range(rounds)]
    return {kind: turns.count(kind) for kind in KINDS}


@dataclass(slots=True)
class Tally:
    """What the rounds of one kind came to.

    Attributes:
        rounds: how many there were.
        killed: in how many the writer had not ended before.
        midst: in how many it was writing.
        confirmed: how many changes of marks were confirmed, and found afterwards.
        lost: a sentence for each round that lost something.
    """

    rounds: int = 0
    killed: int = 0
    midst: int = 0
    confirmed: int = 0
    lost: list[str] = field(default_factory=list)

    def add(self, outcome: Outcome) -> None:
        """Count a round that lost nothing."""
        self.killed += outcome.killed
        self.midst += outcome.midst
        self.confirmed += outcome.confirmed


def play(kind: str, rounds: int, folder: Path, seed: int) -> Tally:
    """Play the rounds of one kind until something is lost.

    Args:
        kind: of ``KINDS``.
        rounds: how many.
        folder: where to; it is empty.
        seed: the same one gives the same work and the same moments, as far as machines do.

    Returns:
        What they came to.
    """
    tally = Tally()
    if not rounds:
        return tally
    with KINDS[kind](folder) as writer:
        for number in range(rounds):
            tally.rounds += 1
            try:
                tally.add(writer.play(random.Random(f"{seed}/{kind}/{number}")))
            except Exception as error:  # whatever it is, it is what we look for
                told = f"{type(error).__name__}: {error}\n{_where(error)}  in {folder}"
                tally.lost.append(f"{kind}, round {number + 1}, seed {seed}: {told}")
                break
    return tally


def _where(error: Exception) -> str:
    """Return the places in which an error was raised, the last one at the end."""
    return "".join(traceback.format_tb(error.__traceback__))


def report(tallies: Mapping[str, Tally], seed: int, seconds: float) -> str:
    """Return in words what all rounds came to."""
    heading = ("killed while", "rounds", "killed", "writing", "marks confirmed")
    lines = [_line(heading)]
    lines += [_line((kind, *_figures([tally]))) for kind, tally in tallies.items() if tally.rounds]
    total = _figures(list(tallies.values()))
    lines.append(_line(("in all", *total)))
    lost = [told for tally in tallies.values() for told in tally.lost]
    lines.append("")
    if lost:
        lines += [f"LOST: {told}" for told in lost]
    else:
        lines.append(
            f"{total[0]} rounds with seed {seed} in {seconds:.0f} s: everything opened, each of "
            f"{total[3]} confirmed marks was there, each cache equals one built afresh; "
            "nothing lost."
        )
    return "\n".join(lines)


def _figures(tallies: Sequence[Tally]) -> tuple[int, int, int, int]:
    return (
        sum(tally.rounds for tally in tallies),
        sum(tally.killed for tally in tallies),
        sum(tally.midst for tally in tallies),
        sum(tally.confirmed for tally in tallies),
    )


def _line(cells: Sequence[object]) -> str:
    first, *others = map(str, cells)
    return f"{first:<16}" + "".join(f"{cell:>{max(10, len(cell) + 2)}}" for cell in others)
