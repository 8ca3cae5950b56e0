"""Run rounds in which a writer is killed, and summarize them."""

from __future__ import annotations

import random
import traceback
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from tests.crash.app_rounds import AppRounds
from tests.crash.marker_rounds import MarkerRounds
from tests.crash.round_result import RoundResult
from tests.crash.sync_rounds import SyncRounds


class Rounds(Protocol):
    """One kind of writer, which is started and killed repeatedly in one home."""

    def play(self, chance: random.Random) -> RoundResult:
        """Start the writer, kill it at a random moment, open its files again and check them.

        Raises:
            Exception: something is lost or cannot be opened.
        """


KINDS: Mapping[str, Callable[[Path], AbstractContextManager[Rounds]]] = {
    "sync": SyncRounds,
    "marks, library": MarkerRounds,
    "marks, browser": AppRounds,
}

_SCHEDULE = ("sync", "marks, library", "sync", "marks, library", "marks, browser")


def rounds_per_kind(rounds: int) -> dict[str, int]:
    """Distribute rounds over the kinds; the slow kind gets half as many."""
    turns = [_SCHEDULE[number % len(_SCHEDULE)] for number in range(rounds)]
    return {kind: turns.count(kind) for kind in KINDS}


@dataclass(slots=True)
class KindSummary:
    """The summary of the rounds of one kind.

    Attributes:
        rounds: number of rounds.
        killed: rounds in which the writer was still running when killed.
        was_writing: rounds in which it was writing a file.
        confirmed: confirmed edits that were found afterwards.
        lost: a sentence for each round that lost something.
    """

    rounds: int = 0
    killed: int = 0
    was_writing: int = 0
    confirmed: int = 0
    lost: list[str] = field(default_factory=list)

    def add(self, outcome: RoundResult) -> None:
        """Add a round that lost nothing."""
        self.killed += outcome.killed
        self.was_writing += outcome.was_writing
        self.confirmed += outcome.confirmed


def play(kind: str, rounds: int, folder: Path, seed: int) -> KindSummary:
    """Run the rounds of one kind until something is lost.

    Args:
        kind: a key of ``KINDS``.
        rounds: number of rounds.
        folder: an empty folder to work in.
        seed: the same seed gives the same work and the same moments, as far as timing allows.

    Returns:
        The summary.
    """
    tally = KindSummary()
    if not rounds:
        return tally
    with KINDS[kind](folder) as writer:
        for number in range(rounds):
            tally.rounds += 1
            try:
                tally.add(writer.play(random.Random(f"{seed}/{kind}/{number}")))
            except Exception as error:  # any error means a loss
                message = f"{type(error).__name__}: {error}\n{_where(error)}  in {folder}"
                tally.lost.append(f"{kind}, round {number + 1}, seed {seed}: {message}")
                break
    return tally


def _where(error: Exception) -> str:
    """Return the stack of an error, innermost call last."""
    return "".join(traceback.format_tb(error.__traceback__))


def report(tallies: Mapping[str, KindSummary], seed: int, seconds: float) -> str:
    """Return the summary of all rounds as text."""
    heading = ("killed while", "rounds", "killed", "writing", "marks confirmed")
    lines = [_line(heading)]
    lines += [_line((kind, *_figures([tally]))) for kind, tally in tallies.items() if tally.rounds]
    total = _figures(list(tallies.values()))
    lines.append(_line(("in all", *total)))
    lost = [message for tally in tallies.values() for message in tally.lost]
    lines.append("")
    if lost:
        lines += [f"LOST: {message}" for message in lost]
    else:
        lines.append(
            f"{total[0]} rounds with seed {seed} in {seconds:.0f} s: everything opened, each of "
            f"{total[3]} confirmed marks was there, each cache equals one built afresh; "
            "nothing lost."
        )
    return "\n".join(lines)


def _figures(tallies: Sequence[KindSummary]) -> tuple[int, int, int, int]:
    return (
        sum(tally.rounds for tally in tallies),
        sum(tally.killed for tally in tallies),
        sum(tally.was_writing for tally in tallies),
        sum(tally.confirmed for tally in tallies),
    )


def _line(cells: Sequence[object]) -> str:
    first, *others = map(str, cells)
    return f"{first:<16}" + "".join(f"{cell:>{max(10, len(cell) + 2)}}" for cell in others)
