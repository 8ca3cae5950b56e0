"""Nearly valid queries; ``tests/query/test_query.py`` tests any text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.query.strategies import FakeDocument, documents, parse_or_error, queries
from tui.query.invalid_query import QueryError
from tui.query.parser import parse
from tui.query.query import Query, compile_query

_FRAGMENTS = [
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
def mutated_queries(draw: st.DrawFn) -> str:
    """Format a query, then change some of its characters."""
    text = str(draw(queries))
    for _ in range(draw(st.integers(1, 5))):
        start = draw(st.integers(0, len(text)))
        end = start + draw(st.integers(0, 3))
        text = text[:start] + draw(st.sampled_from(_FRAGMENTS) | st.text(max_size=2)) + text[end:]
    return text


@given(mutated_queries(), st.lists(documents, max_size=4))
def test_mutated_query_is_parsed_or_rejected(text: str, papers: list[FakeDocument]) -> None:
    query = parse_or_error(text)
    if isinstance(query, QueryError):
        assert query.word
        assert text[query.column - 1 :].startswith(query.word)
        assert str(query).isprintable()
        return
    assert parse(str(query)) == query
    matches = compile_query(query)
    matches_reparsed = compile_query(parse(str(query)))
    for document in papers:
        assert matches(document) == matches_reparsed(document)


@given(queries, st.lists(documents, max_size=4))
def test_minus_negates_a_term(query: Query, papers: list[FakeDocument]) -> None:
    for clause in query.clauses:
        for term in clause:
            if term.negated:
                continue
            matches, matches_negated = (
                compile_query(parse(str(term))),
                compile_query(parse(f"-{term}")),
            )
            assert all(matches(document) != matches_negated(document) for document in papers)
