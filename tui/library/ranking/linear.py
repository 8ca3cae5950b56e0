"""A linear model that separates a few papers from all others.

The mean of the few minus the mean of the others (Rocchio, 1971). Logistic regression and support
vectors follow a few papers too closely to find others of their topic: they rank no better, and
take longer.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from math import exp
from statistics import fmean, pstdev
from typing import NamedTuple

from tui.library.ranking.paper_terms import SLOTS
from tui.library.ranking.vectors import Vector
from tui.runtime.task import UNATTENDED, Task
from tui.runtime.tuning import INPUT_PRIORITY


class TrainingPaper(NamedTuple):
    """A paper to learn from.

    Attributes:
        vector: its vector.
        weight: how much it counts, compared with the others of its side.
    """

    vector: Vector
    weight: float


class LinearModel(NamedTuple):
    """A model that separates a few papers from the others.

    Attributes:
        weights: the weight of each slot.
        mean: the mean score of the others it was trained with.
        deviation: their standard deviation, greater than 0.
    """

    weights: Sequence[float]
    mean: float
    deviation: float

    def match(self, vector: Vector) -> int:
        """Return how well a paper matches, from 0 to 99.

        50 is better than about 90 of 100 other papers, and the mean of them is 20.
        """
        return self.match_of_score(vector.dot(self.weights))

    def match_of_score(self, score: float) -> int:
        """Return the match of a product of vector and weights."""
        distance = (score - self.mean) / self.deviation
        return min(99, int(100 / (1 + exp(-_SLOPE * max(min(distance, 20.0), -20.0) + _OFFSET))))


_SLOPE, _OFFSET = 1.2, 1.8
"""50 is 1.5 standard deviations above the mean."""


def fit(
    positives: Sequence[TrainingPaper], others: Sequence[TrainingPaper], task: Task = UNATTENDED
) -> LinearModel:
    """Train a model that separates papers from others.

    Args:
        positives: the few papers, at least one.
        others: the other papers.
        task: can cancel it.

    Raises:
        TaskCancelledError: the task was cancelled.
    """
    weights = [0.0] * SLOTS
    for papers, sign in ((positives, 1.0), (others, -1.0)):
        scale = sign / (sum(paper.weight for paper in papers) or 1.0)
        _add(weights, papers, [scale * paper.weight for paper in papers], task)
    model = array("d", weights)
    scores = [paper.vector.dot(model) for paper in others] or [0.0]
    return LinearModel(model, fmean(scores), pstdev(scores) or 1.0)


def _add(
    weights: list[float], papers: Sequence[TrainingPaper], shares: Sequence[float], task: Task
) -> None:
    """Add a share of the vector of each paper."""
    # Optimized: this is most of the time of training.
    for number, (paper, share) in enumerate(zip(papers, shares, strict=True)):
        if number % 64 == 0:
            task.raise_if_cancelled()
            INPUT_PRIORITY.yield_to_input()
        for term, value in zip(*paper.vector, strict=True):
            weights[term] += share * value
