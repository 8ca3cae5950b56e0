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
from tests.crash.exchange_rounds import ExchangeRounds
from tests.crash.marker_rounds import MarkerRounds
from tests.crash.round_result import RoundResult
from tests.crash.sync_rounds import SyncRounds


class Rounds(Protocol):
    """One kind of writer, which is started and killed repeatedly in one home."""

    def play(self, rng: random.Random) -> RoundResult:
        """Start the writer, kill it at a random moment, open its files again and check them.

        Raises:
            Exception: something is lost or cannot be opened.
        """


KINDS: Mapping[str, Callable[[Path], AbstractContextManager[Rounds]]] = {
    "sync": SyncRounds,
    "marks, library": MarkerRounds,
    "marks, browser": AppRounds,
    "marks, exchange": ExchangeRounds,
}

_SCHEDULE = (
    "sync", "marks, library", "sync", "marks, library", "marks, browser", "marks, exchange",
)  # fmt: skip


def rounds_per_kind(rounds: int) -> dict[str, int]:
    """Distribute rounds over the kinds; the first two get twice as many."""
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
    summary = KindSummary()
    if not rounds:
        return summary
    with KINDS[kind](folder) as writer:
        for number in range(rounds):
            summary.rounds += 1
            try:
                summary.add(writer.play(random.Random(f"{seed}/{kind}/{number}")))
            except Exception as error:  # any error means a loss
                message = f"{type(error).__name__}: {error}\n{_where(error)}  in {folder}"
                summary.lost.append(f"{kind}, round {number + 1}, seed {seed}: {message}")
                break
    return summary


def _where(error: Exception) -> str:
    """Return the stack of an error, innermost call last."""
    return "".join(traceback.format_tb(error.__traceback__))


def report(summaries: Mapping[str, KindSummary], seed: int, seconds: float) -> str:
    """Return the summary of all rounds as text."""
    heading = ("killed while", "rounds", "killed", "writing", "marks confirmed")
    lines = [_line(heading)]
    lines += [
        _line((kind, *_figures([summary]))) for kind, summary in summaries.items() if summary.rounds
    ]
    total = _figures(list(summaries.values()))
    lines.append(_line(("total", *total)))
    lost = [message for summary in summaries.values() for message in summary.lost]
    lines.append("")
    if lost:
        lines += [f"LOST: {message}" for message in lost]
    else:
        lines.append(
            f"{total[0]} rounds with seed {seed} in {seconds:.0f} s: everything opened, each of "
            f"{total[3]} confirmed marks was there, each cache equals a freshly built one; "
            "nothing lost."
        )
    return "\n".join(lines)


def _figures(summaries: Sequence[KindSummary]) -> tuple[int, int, int, int]:
    return (
        sum(summary.rounds for summary in summaries),
        sum(summary.killed for summary in summaries),
        sum(summary.was_writing for summary in summaries),
        sum(summary.confirmed for summary in summaries),
    )


def _line(cells: Sequence[object]) -> str:
    first, *others = map(str, cells)
    return f"{first:<16}" + "".join(f"{cell:>{max(10, len(cell) + 2)}}" for cell in others)
