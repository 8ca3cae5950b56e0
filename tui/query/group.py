"""Groups: parts of a query in parentheses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.query.conditions import Condition
from tui.query.query import Clause, Query, Term, compile_query

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tui.query.conditions import Predicate


@dataclass(frozen=True, slots=True)
class Group(Condition):
    """Clauses that all must hold.

    Attributes:
        clauses: two clauses or more; or a single one, to be negated as a whole.
    """

    clauses: tuple[Clause, ...]

    @property
    def needs_summaries(self) -> bool:
        """Whether one of the clauses reads summaries."""
        return Query(self.clauses).needs_summaries

    @property
    def needs_marks(self) -> bool:
        """Whether one of the clauses reads marks."""
        return Query(self.clauses).needs_marks

    @property
    def needs_clock(self) -> bool:
        """Whether one of the clauses has a relative date."""
        return Query(self.clauses).needs_clock

    @property
    def has_dates(self) -> bool:
        """Whether one of the clauses compares dates."""
        return Query(self.clauses).has_dates

    @property
    def needs_replaced(self) -> bool:
        """Whether one of the clauses is about replaced papers."""
        return Query(self.clauses).needs_replaced

    @property
    def needs_ranking(self) -> bool:
        """Whether one of the clauses is about matches."""
        return Query(self.clauses).needs_ranking

    def predicate(self) -> Predicate:
        """Return a function that returns whether a document meets all clauses."""
        return compile_query(Query(self.clauses))

    def __str__(self) -> str:
        return f"({Query(self.clauses)})"


def group(clauses: tuple[Clause, ...]) -> Term:
    """Return the term for clauses in parentheses, which are left out around a single term."""
    if len(clauses) == 1 and len(clauses[0]) == 1:
        return clauses[0][0]
    return Term(Group(clauses))


def positive_conditions(
    clauses: Iterable[Clause], *, is_negated: bool = False
) -> Iterator[Condition]:
    """Yield the conditions that papers are searched for, also in groups, and not the excluded ones.

    Args:
        clauses: the clauses.
        is_negated: whether they are those of a negated group.
    """
    for condition, negated in (term for clause in clauses for term in clause):
        is_excluded = negated != is_negated
        if isinstance(condition, Group):
            yield from positive_conditions(condition.clauses, is_negated=is_excluded)
        elif not is_excluded:
            yield condition


def flatten(clauses: Sequence[Sequence[Term]]) -> tuple[Clause, ...]:
    """Return the same clauses without unnecessary parentheses.

    Args:
        clauses: the clauses; those of the groups among them are flat.
    """
    flat: list[Clause] = []
    for clause in clauses:
        terms: list[Term] = []
        for term in clause:
            inner = _clauses_in(term)
            terms += inner[0] if len(inner) == 1 else [term]
        inner = _clauses_in(terms[0]) if len(terms) == 1 else ()
        flat += inner or [tuple(terms)]
    return tuple(flat)


def _clauses_in(term: Term) -> tuple[Clause, ...]:
    """Return the clauses of a group that is not negated; none for any other term."""
    condition, negated = term
    return condition.clauses if isinstance(condition, Group) and not negated else ()
