"""A linear model that separates a few papers from all others.

Logistic regression with a quadratic penalty, in which both sides have the same total weight, by a
few gradient steps with momentum.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from math import exp, sqrt
from typing import NamedTuple

from tui.library.ranking.vectors import Vector
from tui.runtime.task import UNATTENDED, Task
from tui.runtime.tuning import INPUT_PRIORITY

STEPS = 4
"""Gradient steps. More follow the examples more closely, and rank other papers no better."""

_RATE, _MOMENTUM, _PENALTY = 8.0, 0.7, 1 / 60


class TrainingPaper(NamedTuple):
    """A paper to learn from.

    Attributes:
        vector: its vector.
        weight: how much it counts, compared with the others of its side.
    """

    vector: Vector
    weight: float


class LinearModel(NamedTuple):
    """A trained model.

    Attributes:
        weights: the weight of each term.
        mean: the mean score of the others it was trained with.
        deviation: their standard deviation, greater than 0.
    """

    weights: Sequence[float]
    mean: float
    deviation: float

    def match(self, vector: Vector) -> int:
        """Return how well a paper matches, from 0 to 99.

        50 is better than about 93 of 100 other papers, and the mean of them is 14.
        """
        return self.match_of_score(vector.dot(self.weights))

    def match_of_score(self, score: float) -> int:
        """Return the match of a product of vector and weights."""
        distance = (score - self.mean) / self.deviation
        return min(99, int(100 / (1 + exp(-_SLOPE * max(min(distance, 20.0), -20.0) + _OFFSET))))


_SLOPE, _OFFSET = 1.2, 1.8
"""50 is 1.5 standard deviations above the mean."""


def fit(
    positives: Sequence[TrainingPaper],
    others: Sequence[TrainingPaper],
    terms: int,
    task: Task = UNATTENDED,
) -> LinearModel:
    """Train a model.

    Args:
        positives: the few papers, at least one.
        others: the other papers.
        terms: the number of terms of the vocabulary.
        task: can cancel it.

    Raises:
        TaskCancelledError: the task was cancelled.
    """
    descent = _Descent(terms)
    samples = [*_labelled(positives, 1.0), *_labelled(others, -1.0)]
    for _step in range(STEPS):
        task.raise_if_cancelled()
        descent.step(samples)
    scores = [sample.vector.dot(descent.weights) for sample in others]
    mean = sum(scores) / max(len(scores), 1)
    variance = sum((score - mean) ** 2 for score in scores) / max(len(scores), 1)
    return LinearModel(array("d", descent.weights), mean, sqrt(variance) or 1.0)


_Labelled = tuple[Vector, float, float]


def _labelled(samples: Sequence[TrainingPaper], label: float) -> list[_Labelled]:
    """Return vectors with their label (1 or -1) and their share of the weight of their side."""
    scale = 1.0 / (sum(sample.weight for sample in samples) or 1.0)
    return [(sample.vector, label, sample.weight * scale) for sample in samples]


class _Descent:
    """Gradient descent.

    Args:
        terms: the number of terms.
    """

    def __init__(self, terms: int) -> None:
        self.weights = [0.0] * terms
        self._bias = self._bias_speed = 0.0
        self._speed = [0.0] * terms

    def step(self, samples: Sequence[_Labelled]) -> None:
        """Make a step."""
        # Optimized: this is most of the time of training.
        weights, bias = self.weights, self._bias
        gradient, bias_gradient = [0.0] * len(weights), 0.0
        for number, (vector, label, weight) in enumerate(samples):
            if number % 64 == 0:
                INPUT_PRIORITY.yield_to_input()
            margin = label * (vector.dot(weights) + bias)
            pull = label * weight / (1.0 + exp(max(min(margin, 30.0), -30.0)))
            bias_gradient += pull
            for term, value in zip(vector.terms, vector.values, strict=True):
                gradient[term] += pull * value
        self._bias_speed = _MOMENTUM * self._bias_speed + bias_gradient
        self._bias += self._bias_speed
        self._speed = [
            _MOMENTUM * speed + _RATE * (change - _PENALTY * weight)
            for speed, change, weight in zip(self._speed, gradient, weights, strict=True)
        ]
        self.weights = [weight + speed for weight, speed in zip(weights, self._speed, strict=True)]
