"""Conditions on votes, matches and dates: intervals of numbers and of days."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING, Generic, TypeVar

from tui.query.conditions import Condition
from tui.query.relative_dates import Days, resolve

if TYPE_CHECKING:
    from tui.query.conditions import Predicate, SearchDocument

Value = TypeVar("Value", int, str)

# Sorts after every date that begins with the same year, month or day.
_AFTER_DIGITS = "~"


@dataclass(frozen=True, slots=True)
class Interval(Generic[Value]):
    """All values between two bounds, or on one side of a bound.

    Attributes:
        low: the lower bound, or None if there is only an upper one.
        high: the upper bound, or None if there is only a lower one.
        strict: whether the bound itself is excluded; False if there are two.
    """

    low: Value | None
    high: Value | None
    strict: bool = False

    def __str__(self) -> str:
        """Return the shortest notation: ``20``, ``>=20``, ``<20``, ``10..20``."""
        sign = "" if self.strict else "="
        if self.high is None:
            return f">{sign}{self.low}"
        if self.low is None:
            return f"<{sign}{self.high}"
        return f"{self.low}" if self.low == self.high else f"{self.low}..{self.high}"


@dataclass(frozen=True, slots=True)
class VotesIn(Condition):
    """A number of votes; papers with unknown votes never match.

    Attributes:
        interval: the matching numbers.
    """

    interval: Interval[int]

    def predicate(self) -> Predicate:
        """Return a function that returns whether a document's votes are in the interval."""
        start, end = _bounds(self.interval)

        def test(document: SearchDocument) -> bool:
            votes = document.paper.votes
            return votes is not None and start <= votes <= end

        return test

    def __str__(self) -> str:
        return f"votes:{self.interval}"


@dataclass(frozen=True, slots=True)
class MatchIn(Condition):
    """How well papers match what the reader chose; without enough marks, none does.

    Attributes:
        interval: the matching numbers, from 0 to 99.
        tag: compare with the papers of this tag only, folded; empty for all chosen papers.
    """

    interval: Interval[int]
    tag: str = ""

    needs_summaries = needs_marks = needs_ranking = True

    def predicate(self) -> Predicate:
        """Return a function that returns whether a document's match is in the interval."""
        start, end = _bounds(self.interval)
        tag = self.tag

        def test(document: SearchDocument) -> bool:
            match = document.match(tag)
            return match is not None and start <= match <= end

        return test

    def __str__(self) -> str:
        text = str(self.interval)
        sign = "" if not self.tag or text.startswith(("<", ">")) else "="
        return f"match:{self.tag}{sign}{text}"


def _bounds(interval: Interval[int]) -> tuple[float, float]:
    """Return the least and the greatest number of an interval."""
    low, high, strict = interval.low, interval.high, interval.strict
    start = -inf if low is None else low + strict
    return start, inf if high is None else high - strict


@dataclass(frozen=True, slots=True)
class DateIn(Condition):
    """An interval of days, in which at least one of a paper's dates must be.

    Attributes:
        interval: the bounds: years, months, days or relative dates. A year, month or week includes
            all of its days.
    """

    interval: Interval[str]

    @property
    def needs_clock(self) -> bool:
        """Whether a bound is a relative date."""
        return any(bound and resolve(bound) for bound in (self.interval.low, self.interval.high))

    @property
    def has_dates(self) -> bool:
        """Whether the condition compares dates: it does."""
        return True

    def predicate(self) -> Predicate:
        """Return a function that returns whether a document has a date in the interval.

        The function keeps the meaning that relative dates have now.
        """
        # As text, a year or month sorts before all of its days, and after them with _AFTER_DIGITS
        # appended. The matching days are those with start <= day < end.
        strict = self.interval.strict
        start, end = "", _AFTER_DIGITS
        if (low := self.interval.low) is not None:
            days = resolve(low) or Days(low, low)
            start = days.last + _AFTER_DIGITS if strict else days.first
        if (high := self.interval.high) is not None:
            days = resolve(high) or Days(high, high)
            end = days.first if strict else days.last + _AFTER_DIGITS

        def test(document: SearchDocument) -> bool:
            dates = document.paper.dates
            first = bisect_left(dates, start)
            return first < len(dates) and dates[first] < end

        return test

    def __str__(self) -> str:
        return f"date:{self.interval}"
