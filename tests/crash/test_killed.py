"""Writers that are killed at random moments lose nothing; ``python -m tests.crash`` does more."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

import pytest

from tests.crash.__main__ import main
from tests.crash.kept import Kept
from tests.crash.outcome import Outcome
from tests.crash.rounds import KINDS, Rounds, play, report, shares
from tui.models import Marks

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
    """Play rounds of which the third loses something."""
    left = iter(range(2, -1, -1))

    class _Loses:
        def play(self, _chance: random.Random) -> Outcome:
            assert next(left), "it is not there"
            return Outcome(killed=True, midst=True, confirmed=5)

    return nullcontext(_Loses())


@pytest.mark.parametrize("rounds", [5, 9])
def test_a_loss_is_told_and_kept_to_be_looked_at(
    rounds: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("tests.crash.rounds.KINDS", dict.fromkeys(KINDS, lose_the_third))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    is_lost = rounds > 5
    assert main(["--rounds", str(rounds), "--seed", "7"]) == is_lost
    told = capsys.readouterr().out
    assert ("nothing lost" in told) is not is_lost
    assert ("LOST: sync, round 3, seed 7: AssertionError: it is not there" in told) is is_lost
    kept = list(tmp_path.iterdir())
    assert bool(kept) is is_lost
    assert not kept or str(kept[0] / "0") in told
    assert f"in all{rounds:>20}" in told or is_lost


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
