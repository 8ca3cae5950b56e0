"""Queries: terms joined by AND and OR, and a sort order."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.query.conditions import Condition, Predicate, SearchDocument
    from tui.query.sorting import SortKey


class Term(NamedTuple):
    """A condition or its complement.

    Attributes:
        condition: the condition.
        negated: whether the condition must not hold.
    """

    condition: Condition
    negated: bool = False

    def predicate(self) -> Predicate:
        """Return a function that returns whether the term holds for a document."""
        test = self.condition.predicate()
        return (lambda document: not test(document)) if self.negated else test

    def __str__(self) -> str:
        """Return the term as a query writes it."""
        return f"-{self.condition}" if self.negated else str(self.condition)


Clause: TypeAlias = tuple[Term, ...]
"""One or more terms, of which at least one must hold."""


class Query(NamedTuple):
    """A query. Without clauses, it matches everything.

    `str` returns a canonical text, which parses to an equal query. `a & b` matches what both match,
    in the order of `b` if it has one, or else of `a`.

    Attributes:
        clauses: the clauses, which all must hold.
        sort: the sort order, most important key first; may be empty.
        text: the clauses as typed, in one line; empty if nobody typed them. Queries that differ
            only in it are equal.
    """

    clauses: tuple[Clause, ...] = ()
    sort: tuple[SortKey, ...] = ()
    text: str = ""

    def __eq__(self, other: object) -> bool:
        """Return whether both match the same papers, in the same order."""
        return isinstance(other, Query) and self[:2] == other[:2]

    def __ne__(self, other: object) -> bool:
        """Return whether they are not equal; a tuple would compare the texts as well."""
        return not self == other

    def __hash__(self) -> int:
        """Return the same hash for equal queries."""
        return hash(self[:2])

    @property
    def needs_summaries(self) -> bool:
        """Whether matching reads texts, sections and has_summary of documents."""
        return any(map(_needs_summaries, self.clauses))

    @property
    def needs_marks(self) -> bool:
        """Whether the reader's marks affect the result."""
        return any(term.condition.needs_marks for clause in self.clauses for term in clause)

    @property
    def needs_clock(self) -> bool:
        """Whether the result depends on the current day."""
        return any(term.condition.needs_clock for clause in self.clauses for term in clause)

    @property
    def has_dates(self) -> bool:
        """Whether it compares dates."""
        return any(term.condition.has_dates for clause in self.clauses for term in clause)

    @property
    def needs_ranking(self) -> bool:
        """Whether the result depends on how well papers match what the reader chose."""
        return any(term.condition.needs_ranking for clause in self.clauses for term in clause)

    @property
    def needs_replaced(self) -> bool:
        """Whether it asks for papers of which only a new version is announced."""
        return any(
            term.condition.needs_replaced and not term.negated
            for clause in self.clauses
            for term in clause
        )

    @property
    def typed(self) -> str:
        """The clauses as the reader typed them, or else their canonical text."""
        return self.text or str(Query(self.clauses))

    def with_sort(self, sort: tuple[SortKey, ...]) -> Query:
        """Return the query with another sort order."""
        return Query(self.clauses, sort, self.text)

    def __and__(self, other: Query) -> Query:
        """Return the query that matches what both match."""
        text = " ".join(filter(None, (self.typed, other.typed)))
        return Query(self.clauses + other.clauses, other.sort or self.sort, text)

    def __str__(self) -> str:
        """Return the canonical text."""
        words = [" OR ".join(map(str, clause)) for clause in self.clauses]
        return " ".join((*words, *self._sort_words()))

    @property
    def editable(self) -> str:
        """The text to edit: the clauses as typed, and the sort order."""
        return " ".join(filter(None, (self.typed, *self._sort_words())))

    def _sort_words(self) -> tuple[str, ...]:
        return ("sort:" + ",".join(map(str, self.sort)),) if self.sort else ()


def compile_query(query: Query) -> Predicate:
    """Return a function that returns whether a document matches.

    Args:
        query: the query; its sort order has no effect.
    """
    # Clauses that read summaries come last, so that they are skipped where a cheaper one fails.
    clauses = sorted(query.clauses, key=_needs_summaries)
    tests = [_combined([term.predicate() for term in clause], decisive=True) for clause in clauses]
    return _combined(tests, decisive=False)


def _needs_summaries(clause: Clause) -> bool:
    return any(term.condition.needs_summaries for term in clause)


def _combined(tests: Sequence[Predicate], *, decisive: bool) -> Predicate:
    """Combine tests with OR (``decisive=True``) or AND; the first decisive result ends them."""
    if len(tests) == 1:
        return tests[0]

    def test(document: SearchDocument) -> bool:
        # any() with a generator takes three times as long.
        for each in tests:
            if each(document) is decisive:
                return decisive
        return not decisive

    return test
