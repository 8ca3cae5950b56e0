"""Readers who star, open, hide and skip papers, and how well a ranking serves them."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from statistics import mean
from typing import NamedTuple

from tui.models import Marks, Paper

STARRED, READ, HIDDEN = Marks(read=True, starred=True), Marks(read=True), Marks(hidden=True)

WEEK_DAYS = 5
OPENED_PER_WEEK = 3
"""Papers of the interest that are opened and not starred, and as many others."""

HIDDEN_PER_WEEK = 3
"""Papers of other topics that are hidden. What is neither opened nor hidden was skipped."""

Scores = Mapping[str, float]


class LabelledPaper(NamedTuple):
    """A paper with its labels, which are not in its summary."""

    paper: Paper
    summary: str
    labels: frozenset[str]


class SimulatedReader(NamedTuple):
    """What a simulated reader did until a day.

    Attributes:
        marks: the reader's marks.
        stars: the starred papers in the order of the stars.
    """

    marks: dict[str, Marks]
    stars: list[str]


class Result(NamedTuple):
    """How well papers were ranked.

    Attributes:
        auc: the area under the ROC curve.
        precision: the share of papers of the label among the first ten.
    """

    auc: float
    precision: float


def simulate(
    papers: Sequence[LabelledPaper], label: str, stars: int, rng: random.Random
) -> list[tuple[Sequence[str], SimulatedReader]]:
    """Let a reader read some weeks.

    Args:
        papers: the papers before the test.
        label: the reader's interest.
        stars: how many papers the reader stars in all.
        rng: the random number generator.

    Returns:
        The days of each week, and what the reader had done at its end.
    """
    days = sorted({each.paper.dates[-1] for each in papers})
    weeks = [days[start : start + WEEK_DAYS] for start in range(0, len(days), WEEK_DAYS)]
    reader = SimulatedReader({}, [])
    ends: list[tuple[Sequence[str], SimulatedReader]] = []
    for number, week in enumerate(weeks):
        of_week = [each for each in papers if each.paper.dates[-1] in week]
        liked = [each for each in of_week if label in each.labels]
        rng.shuffle(liked)
        share = round(stars * (number + 1) / len(weeks)) - len(reader.stars)
        for each in liked[: max(share, 0)]:
            reader.marks[each.paper.paper_id] = STARRED
            reader.stars.append(each.paper.paper_id)
        others = rng.sample(of_week, min(OPENED_PER_WEEK, len(of_week)))
        for each in (*liked[share : share + OPENED_PER_WEEK], *others):
            reader.marks.setdefault(each.paper.paper_id, READ)
        disliked = [each for each in of_week if label not in each.labels]
        for each in rng.sample(disliked, min(HIDDEN_PER_WEEK, len(disliked))):
            reader.marks.setdefault(each.paper.paper_id, HIDDEN)
        ends.append((week, SimulatedReader(dict(reader.marks), list(reader.stars))))
    return ends


def evaluate(scores: Scores, papers: Sequence[LabelledPaper], label: str) -> Result:
    """Return how well scores rank papers; those with equal scores keep their order."""
    ranked = sorted(papers, key=lambda each: -scores[each.paper.paper_id])
    groups: dict[float, list[bool]] = {}
    for each in ranked:
        groups.setdefault(scores[each.paper.paper_id], []).append(label in each.labels)
    won, below = 0.0, 0
    for _score, group in sorted(groups.items()):
        positives = sum(group)
        won += positives * (below + (len(group) - positives) / 2)
        below += len(group) - positives
    positives = sum(label in each.labels for each in papers)
    auc = won / ((positives * below) or 1)
    return Result(auc, mean(label in each.labels for each in ranked[:10]))
