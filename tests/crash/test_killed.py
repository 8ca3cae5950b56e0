"""Writers that are killed at random moments lose nothing; ``python -m tests.crash`` does more."""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

import pytest

from tests.crash.kept import Kept
from tests.crash.outcome import Outcome
from tests.crash.rounds import KINDS, Rounds, Tally, play, report, shares
from tui.model import Marks

ROUNDS = 50


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_lost(
    kind: str, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    rounds = shares(ROUNDS)[kind]
    tally = play(kind, rounds, tmp_path, seed=1)
    record_property("figures", report({kind: tally}, 1, 0))
    assert not tally.lost
    assert tally.rounds == rounds
    assert tally.midst, "none was killed while it wrote"
    assert tally.confirmed or kind == "sync"


def test_the_rounds_of_all_kinds_are_as_many_as_asked_for() -> None:
    for rounds in (0, 1, 7, 50):
        assert sum(shares(rounds).values()) == rounds


def lose_the_third(_folder: Path) -> nullcontext[Rounds]:
    left = iter(range(2, -1, -1))

    class _Loses:
        def play(self, _chance: random.Random) -> Outcome:
            assert next(left), "it is not there"
            return Outcome(killed=True, midst=True, confirmed=5)

    return nullcontext(_Loses())


def test_a_loss_ends_the_rounds_and_is_told(tmp_path: Path) -> None:
    tally = play("sync", 10, tmp_path, 7, lose_the_third)
    assert (tally.rounds, tally.killed, tally.confirmed) == (3, 2, 10)
    told = report({"sync": tally}, 7, 1)
    assert "LOST: sync, round 3, seed 7: AssertionError: it is not there" in told
    assert str(tmp_path) in told
    assert "nothing lost" not in told
    assert "nothing lost" in report({"sync": Tally(rounds=2)}, 7, 1)


READ, STARRED = Marks(read=True), Marks(starred=True)


@pytest.mark.parametrize(
    ("found", "is_lost"),
    [
        ({"a": READ}, False),
        ({"a": STARRED}, False),
        ({}, True),
        ({"a": Marks(note="another")}, True),
        ({"a": READ, "b": READ}, True),
    ],
)
def test_what_is_confirmed_must_be_there_and_what_is_in_flight_may(
    found: dict[str, Marks], is_lost: bool
) -> None:
    kept = Kept()
    kept.ask({"a": READ})
    assert kept.confirm() == 1
    kept.ask({"a": STARRED})
    if is_lost:
        with pytest.raises(AssertionError):
            kept.check(found)
        return
    kept.check(found)
    # From now on, that is what must be there.
    kept.check(found)
    with pytest.raises(AssertionError):
        kept.check({})
