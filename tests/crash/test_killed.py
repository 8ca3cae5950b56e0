"""Writers killed at random moments lose nothing; ``python -m tests.crash`` runs more rounds."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

import pytest

from tests.crash.__main__ import main
from tests.crash.confirmed_marks import ConfirmedMarks
from tests.crash.round_result import RoundResult
from tests.crash.rounds import KINDS, Rounds, play, report, rounds_per_kind
from tui.models import Marks

ROUNDS = 60


@pytest.mark.parametrize("kind", KINDS)
def test_killed_writers_lose_nothing(
    kind: str, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    rounds = rounds_per_kind(ROUNDS)[kind]
    summary = play(kind, rounds, tmp_path, seed=1)
    record_property("figures", report({kind: summary}, 1, 0))
    assert not summary.lost
    assert summary.rounds == rounds
    assert summary.was_writing, "none was killed while it wrote"
    assert summary.confirmed or kind == "sync"


def test_rounds_are_distributed_over_all_kinds() -> None:
    for rounds in (0, 1, 7, 50):
        assert sum(rounds_per_kind(rounds).values()) == rounds


def lose_the_third(_folder: Path) -> nullcontext[Rounds]:
    """Return rounds of which the third loses something."""
    left = iter(range(2, -1, -1))

    class _LosingRounds:
        def play(self, _rng: random.Random) -> RoundResult:
            assert next(left), "it is not there"
            return RoundResult(killed=True, was_writing=True, confirmed=5)

    return nullcontext(_LosingRounds())


@pytest.mark.parametrize("rounds", [5, 9])
def test_loss_is_reported_and_its_folder_kept(
    rounds: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("tests.crash.rounds.KINDS", dict.fromkeys(KINDS, lose_the_third))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    is_lost = rounds > 5
    assert main(["--rounds", str(rounds), "--seed", "7"]) == is_lost
    output = capsys.readouterr().out
    assert ("nothing lost" in output) is not is_lost
    assert ("LOST: sync, round 3, seed 7: AssertionError: it is not there" in output) is is_lost
    kept = list(tmp_path.iterdir())
    assert bool(kept) is is_lost
    assert not kept or str(kept[0] / "0") in output
    assert f"total{rounds:>21}" in output or is_lost


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
def test_confirmed_marks_are_required_and_pending_ones_optional(
    found: dict[str, Marks], is_lost: bool
) -> None:
    kept = ConfirmedMarks()
    kept.begin_edit({"a": READ})
    assert kept.confirm() == 1
    kept.begin_edit({"a": STARRED})
    if is_lost:
        with pytest.raises(AssertionError):
            kept.check(found)
        return
    kept.check(found)
    # These marks count as confirmed from now on.
    kept.check(found)
    with pytest.raises(AssertionError):
        kept.check({})
