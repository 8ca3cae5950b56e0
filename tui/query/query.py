"""A whole query: terms joined by AND and OR, and an order."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.query.conditions import Condition, Predicate, SearchDocument
    from tui.query.sorting import SortKey


class Term(NamedTuple):
    """A condition or its complement.

    Attributes:
        condition: what is asked.
        negated: whether it must not hold.
    """

    condition: Condition
    negated: bool = False

    def predicate(self) -> Predicate:
        """Return a function that tells whether the term holds for a candidate."""
        test = self.condition.predicate()
        return (lambda candidate: not test(candidate)) if self.negated else test

    def __str__(self) -> str:
        """Return the term as a query writes it."""
        return f"-{self.condition}" if self.negated else str(self.condition)


Clause: TypeAlias = tuple[Term, ...]
"""Terms of which one must hold; there is at least one."""


class Query(NamedTuple):
    """What a reader asks for. Without clauses, everything.

    `str` gives a canonical text: parsing it gives an equal query. `a & b` asks for what both ask
    for, in the order of `b` if it has one, else of `a`.

    Attributes:
        clauses: all of them must hold.
        sort: the order, the most important key first; empty if none is asked for.
    """

    clauses: tuple[Clause, ...] = ()
    sort: tuple[SortKey, ...] = ()

    @property
    def needs_summaries(self) -> bool:
        """Whether candidates must know texts, sections and has_summary to be tested."""
        return any(map(_needs_summaries, self.clauses))

    @property
    def needs_marks(self) -> bool:
        """Whether the reader's marks have a say in what is found."""
        return any(term.condition.needs_marks for clause in self.clauses for term in clause)

    def __and__(self, other: Query) -> Query:
        """Return the query that asks for what both ask for."""
        return Query(self.clauses + other.clauses, other.sort or self.sort)

    def __str__(self) -> str:
        """Return the canonical text."""
        words = [" OR ".join(map(str, clause)) for clause in self.clauses]
        if self.sort:
            words.append("sort:" + ",".join(map(str, self.sort)))
        return " ".join(words)


def compile_query(query: Query) -> Predicate:
    """Make a function that tells whether a candidate is asked for.

    Args:
        query: what to test for; its sort order has no part in it.

    Returns:
        The function. It may remember the labels it has seen, so make one for each search rather
        than keep it for good.
    """
    # What reads summaries comes last: where something cheaper fails, it is not asked.
    clauses = sorted(query.clauses, key=_needs_summaries)
    return _all([_any([term.predicate() for term in clause]) for clause in clauses])


def _needs_summaries(clause: Clause) -> bool:
    return any(term.condition.needs_summaries for term in clause)


def _any(tests: Sequence[Predicate]) -> Predicate:
    if len(tests) == 1:
        return tests[0]

    def test(candidate: SearchDocument) -> bool:
        # A loop, for any() with a generator takes three times as long.
        for one in tests:  # noqa: SIM110
            if one(candidate):
                return True
        return False

    return test


def _all(tests: Sequence[Predicate]) -> Predicate:
    if len(tests) == 1:
        return tests[0]

    def test(candidate: SearchDocument) -> bool:
        for one in tests:  # noqa: SIM110
            if not one(candidate):
                return False
        return True

    return test
