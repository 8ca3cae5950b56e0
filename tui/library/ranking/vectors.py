"""Vectors of papers: tf-idf of their terms, normalized to length 1."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from math import log, sqrt
from operator import mul
from typing import NamedTuple

from tui.library.ranking.terms import SLOTS

MIN_PAPERS = 2
"""Terms of fewer papers are left out: they say nothing about another paper."""


class Vector(NamedTuple):
    """A vector of length 1, or without components.

    Attributes:
        terms: the numbers of the terms, in no order.
        values: the component of each.
    """

    terms: array[int]
    values: array[float]

    def dot(self, weights: Sequence[float]) -> float:
        """Return the product with weights, which are indexed by the numbers of terms."""
        product: float = sum(map(mul, map(weights.__getitem__, self.terms), self.values))
        return product

    def similarity(self, components: Mapping[int, float]) -> float:
        """Return the cosine of the angle to another vector, from 0 to 1; see ``as_mapping``."""
        get = components.get
        return sum(get(term, 0.0) * value for term, value in zip(*self, strict=True))

    def as_mapping(self) -> dict[int, float]:
        """Return the components by term."""
        return dict(zip(*self, strict=True))


class TermCounts(NamedTuple):
    """The weighted term counts of a paper; see ``count_terms``. Arrays take little memory."""

    slots: array[int]
    counts: array[float]

    @classmethod
    def of(cls, counts: Mapping[int, float]) -> TermCounts:
        """Return counts by slot as arrays."""
        return cls(array("I", counts.keys()), array("f", counts.values()))


class Vocabulary:
    """The terms that a collection of papers shares, with their inverse document frequencies.

    Args:
        papers: the term counts of the papers.
    """

    def __init__(self, papers: Sequence[TermCounts]) -> None:
        frequencies = [0] * SLOTS
        for paper in papers:
            for slot in paper.slots:
                frequencies[slot] += 1
        numbers, idf, total = array("i", [-1]) * SLOTS, array("d"), len(papers) + 1
        for slot, frequency in enumerate(frequencies):
            if frequency >= MIN_PAPERS:
                numbers[slot] = len(idf)
                idf.append(log(total / frequency))
        self._numbers, self._idf = numbers, idf

    def __len__(self) -> int:
        """Return the number of terms."""
        return len(self._idf)

    def number(self, slot: int) -> int:
        """Return the number of a term; -1 if it is not in the vocabulary."""
        return self._numbers[slot]

    def vector(self, counts: TermCounts) -> Vector:
        """Return the vector of a paper."""
        return self._vector(zip(*counts, strict=True))

    def vector_of(self, counts: Mapping[int, float]) -> Vector:
        """Return the vector of a paper from counts by slot."""
        return self._vector(counts.items())

    def _vector(self, counts: Iterable[tuple[int, float]]) -> Vector:
        numbers, idf = self._numbers, self._idf
        terms, values, squares = array("i"), array("d"), 0.0
        for slot, count in counts:
            number = numbers[slot]
            if number >= 0:
                value = (1.0 + log(count) if count > 1.0 else count) * idf[number]
                terms.append(number)
                values.append(value)
                squares += value * value
        length = sqrt(squares) or 1.0
        return Vector(terms, array("d", [value / length for value in values]))
