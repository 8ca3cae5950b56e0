"""Queries that are nearly right; what holds for any text is in ``tests/query/test_query.py``."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.query.strategies import Candidate, attempt, candidates, queries
from tui.query import Query, QueryError, compile_query, parse

_PUT = [
    *'"-:=.<>() |,',
    "OR",
    " OR ",
    "votes:",
    "date:",
    "sort:",
    "is:",
    "\u202e",
    "\x1b",
    "\u3000",
]


@st.composite
def bent(draw: st.DrawFn) -> str:
    """Print a query, then change some of its letters."""
    text = str(draw(queries))
    for _ in range(draw(st.integers(1, 5))):
        at = draw(st.integers(0, len(text)))
        upto = at + draw(st.integers(0, 3))
        text = text[:at] + draw(st.sampled_from(_PUT) | st.text(max_size=2)) + text[upto:]
    return text


@given(bent(), st.lists(candidates, max_size=4))
def test_a_bent_query_is_understood_or_refused(text: str, shelf: list[Candidate]) -> None:
    query = attempt(text)
    if isinstance(query, QueryError):
        assert query.word
        assert text[query.column - 1 :].startswith(query.word)
        assert str(query).isprintable()
        return
    assert parse(str(query)) == query
    found = compile_query(query)
    read_back = compile_query(parse(str(query)))
    for candidate in shelf:
        assert found(candidate) == read_back(candidate)


@given(queries, st.lists(candidates, max_size=4))
def test_a_minus_before_the_one_term_is_the_complement(
    query: Query, shelf: list[Candidate]
) -> None:
    for clause in query.clauses:
        for term in clause:
            if term.negated:
                continue
            found, others = compile_query(parse(str(term))), compile_query(parse(f"-{term}"))
            assert all(found(candidate) != others(candidate) for candidate in shelf)
