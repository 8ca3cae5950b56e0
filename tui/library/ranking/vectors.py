"""Vectors of papers: tf-idf of their terms, normalized to length 1."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import chain, repeat
from math import log, sqrt
from operator import mul, truediv
from typing import NamedTuple

from tui.library.ranking.paper_terms import SLOTS


class Vector(NamedTuple):
    """A vector of length 1, or without components.

    Attributes:
        terms: the slots of the terms, in no order.
        values: the component of each.
    """

    terms: array[int]
    values: array[float]

    def dot(self, weights: Sequence[float]) -> float:
        """Return the product with weights, which are indexed by slots."""
        product: float = sum(map(mul, map(weights.__getitem__, self.terms), self.values))
        return product

    def similarity(self, components: Mapping[int, float]) -> float:
        """Return the cosine of the angle to another vector, from 0 to 1; see ``as_mapping``."""
        get = components.get
        return sum(get(term, 0.0) * value for term, value in zip(*self, strict=True))

    def as_mapping(self) -> dict[int, float]:
        """Return the components by term."""
        return dict(zip(*self, strict=True))


class _DampedCounts(dict[float, float]):
    """The logarithms of counts above 1; there are a few dozen different counts."""

    def __missing__(self, count: float) -> float:
        """Return the damped count."""
        damped = self[count] = 1.0 + log(count) if count > 1.0 else count
        return damped


_DAMPED_COUNTS = _DampedCounts()


class TermCounts(NamedTuple):
    """The weighted term counts of a paper; see ``count_terms``. Arrays take little memory.

    Attributes:
        slots: the terms, in no order.
        damped: the count of each, of which those above 1 grow with their logarithm.
    """

    slots: array[int]
    damped: array[float]

    @classmethod
    def of(cls, counts: Mapping[int, float]) -> TermCounts:
        """Return counts by slot as arrays."""
        damped = map(_DAMPED_COUNTS.__getitem__, counts.values())
        return cls(array("i", list(counts)), array("f", list(damped)))


class Vectorizer:
    """Turns term counts into vectors, with the document frequencies of a collection of papers.

    Args:
        papers: the term counts of the papers.
        max_share: terms of a greater share of the papers count nothing.
    """

    def __init__(self, papers: Sequence[TermCounts], *, max_share: float = 1.0) -> None:
        total = len(papers) + 1
        # A term of none of the papers counts nothing.
        self._idf = array("d", bytes(8 * SLOTS))
        frequencies = Counter(chain.from_iterable(paper.slots for paper in papers))
        logs = [0.0, *(log(total / frequency) for frequency in range(1, total))]
        max_frequency = max_share * len(papers)
        for slot, frequency in frequencies.items():
            if frequency <= max_frequency:
                self._idf[slot] = logs[frequency]

    def vector(self, counts: TermCounts) -> Vector:
        """Return the vector of a paper."""
        slots = counts.slots
        # Optimized: map() is several times faster than a loop.
        values = list(map(mul, counts.damped, map(self._idf.__getitem__, slots)))
        length = sqrt(sum(map(mul, values, values))) or 1.0
        return Vector(slots, array("d", list(map(truediv, values, repeat(length)))))
