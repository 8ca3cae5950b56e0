from __future__ import annotations

import calendar
import pickle
import sys
import unicodedata
from dataclasses import dataclass
from functools import cmp_to_key

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.query.strategies import (
    UNMARKED,
    FakeDocument,
    conditions,
    documents,
    paper,
    papers,
    parse_or_error,
    periods,
    queries,
    query_texts,
    sort_keys,
)
from tui.models import Marks, Paper
from tui.query.columns import DATE, SORT_COLUMNS, VOTES, Column
from tui.query.conditions import (
    Condition,
    Phrase,
)
from tui.query.family_names import family_name
from tui.query.invalid_query import QueryError
from tui.query.normalization import normalize
from tui.query.parser import parse
from tui.query.query import Query, Term, compile_query
from tui.query.sorting import SortKey, sort_papers


@dataclass(frozen=True)
class WithoutSummaries:
    """A document whose summaries must not be read."""

    paper: Paper
    marks: Marks = UNMARKED

    @property
    def is_recommended(self) -> bool:
        return False

    def match(self, _tag: str, /) -> int | None:
        return None

    @property
    def texts(self) -> tuple[str, ...]:
        raise AssertionError

    @property
    def sections(self) -> tuple[str, ...]:
        raise AssertionError

    @property
    def is_new(self) -> bool:
        return False

    @property
    def has_summary(self) -> bool:
        raise AssertionError

    @property
    def full_text(self) -> str:
        return ""

    @property
    def has_full_text(self) -> bool:
        return False


PAPER = paper()
DOCUMENT = FakeDocument(
    PAPER,
    Marks(starred=True, tags=("RL", "to read")),
    summary="It says **diffusion works** at 3:1.",
    sections=("What's New", "정량적 결과"),
)


def matches(query: str, document: FakeDocument | WithoutSummaries = DOCUMENT) -> bool:
    return compile_query(parse(query))(document)


def parse_error(query: str) -> QueryError:
    with pytest.raises(QueryError) as caught:
        parse(query)
    return caught.value


# Words and phrases


@pytest.mark.parametrize("text", ["", " ", "\n\t\u3000"])
def test_empty_query_matches_everything(text: str) -> None:
    assert parse(text) == Query()
    assert matches(text)


@pytest.mark.parametrize(
    "query",
    [
        pytest.param("map", id="title"),
        pytest.param("jae", id="author"),
        pytest.param("2505.04921", id="id"),
        pytest.param("04921", id="part of the id"),
        pytest.param("diffusion", id="summary"),
        pytest.param("MAP", id="other case"),
        pytest.param("STRASSE", id="expanding casefold"),
        pytest.param("e\u0301tale", id="decomposed"),
        pytest.param("etale", id="missing accent"),
        pytest.param("iffus", id="within a word"),
        pytest.param("map jae diffusion", id="words in several fields"),
        pytest.param('"diffusion works"', id="phrase"),
        pytest.param('"map of"  works', id="phrase and word"),
    ],
)
def test_word_matches(query: str) -> None:
    assert matches(query)


@pytest.mark.parametrize(
    "query",
    [
        pytest.param("map nowhere", id="missing word"),
        pytest.param('"works diffusion"', id="phrase in another order"),
        pytest.param("what's", id="section label"),
        pytest.param("paper_logs", id="path"),
        pytest.param("rl", id="tag"),
    ],
)
def test_word_does_not_match(query: str) -> None:
    assert not matches(query)


def test_any_white_space_separates_words() -> None:
    assert parse("a\u3000b\u2003c\nd") == parse("a b c d")


def test_doubled_quote_in_a_phrase_is_a_quote() -> None:
    assert parse('"say ""hi"""') == Query(((Term(Phrase('say "hi"')),),))
    assert parse('""""') == Query(((Term(Phrase('"')),),))


def test_phrase_does_not_span_fields() -> None:
    between = ['"things kim"', '"jae ada"', '"strasse 2505"', '"04921 it"']
    assert [query for query in between if matches(query)] == []
    assert not matches('author:"jae ada"')


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ('"OR"', "or"),
        ("or", "or"),
        ('"-x"', "-x"),
        ('"title:x"', "title:x"),
        ('"vote:5"', "vote:5"),
        ('"(a"', "(a"),
        ('"2505.04921v2"', "2505.04921v2"),
        ("a-b", "a-b"),
        ("3:1", "3:1"),
        ("GPT-4:", "gpt-4:"),
        ("LLaVA:", "llava:"),
        ("Dataset:", "dataset:"),
        (":)(", ":)("),
        ("std::vector", "std::vector"),
        ("https://github.com/x?y=z", "https://github.com/x?y=z"),
        ("O(n)", "o(n)"),
        ("(1+1)-ES", "(1+1)-es"),
        ("R&D", "r&d"),
        ("p(x|y)", "p(x|y)"),
        ("Wow!", "wow!"),
        ('"AND"', "and"),
        ("not", "not"),
        ('"!"', "!"),
        ('"!x"', "!x"),
        ('"&"', "&"),
        ("a\u200d\u202e\x00\ud800b", "ab"),
        ("roe,", "roe"),
        ("a,b;", "a,b"),
        (",", ","),
    ],
)
def test_other_text_is_a_phrase(query: str, text: str) -> None:
    assert parse(query) == Query(((Term(Phrase(text)),),))


@pytest.mark.parametrize(
    "pasted",
    [
        "2505.04921v2",
        "2505.04921V12",
        "arXiv:2505.04921",
        "arxiv:2505.04921v2",
        "https://arxiv.org/abs/2505.04921",
        "arxiv.org/abs/2505.04921v2",
        "http://www.arxiv.org/pdf/2505.04921v2.pdf",
        "https://export.arxiv.org/abs/2505.04921?context=cs#top",
        "https://arxiv.org/html/2505.04921v1/",
        "https://huggingface.co/papers/2505.04921",
        "https://www.alphaxiv.org/abs/2505.04921",
        "https://doi.org/10.48550/arXiv.2505.04921",
        "id:2505.04921",
        "id:2505.04921v3",
        'id:"arXiv:2505.04921v1"',
        "id:https://arxiv.org/abs/2505.04921v2",
    ],
)
def test_pasted_id_matches_without_summaries(pasted: str) -> None:
    assert parse(pasted) == parse("id:2505.04921")
    assert matches(pasted, WithoutSummaries(PAPER))
    assert not matches("-" + pasted, WithoutSummaries(PAPER))
    assert not matches(pasted, WithoutSummaries(paper("2505.04922")))


@pytest.mark.parametrize(
    "pasted",
    [
        "arxiv.org/abs/math.GT/0309136v1",
        "math.GT/0309136",
        "id:math.GT/0309136v2",
        "arxiv:math/0309136",
    ],
)
def test_pasted_old_style_id_matches(pasted: str) -> None:
    # The canonical id has no subject class.
    assert matches(pasted, FakeDocument(paper("math/0309136")))


@pytest.mark.parametrize(
    "pasted",
    [
        "https://arxiv.org/abs/2505.04921.",
        "<https://arxiv.org/abs/2505.04921>",
        "https://arxiv.org/abs/2505.04921)",
        "(arXiv:2505.04921v2),",
        "arXiv: 2505.04921",
        "arXiv:2505.04921 [cs.CL]",
        "arXiv:2505.04921v1  [cs.CL]  8 May 2025",
        "10.48550/arXiv.2505.04921",
        "doi:10.48550/arXiv.2505.04921",
        "ａｒＸｉｖ：2505.04921",
        "https://arxiv.org/abs/2505.04921\u200b",
    ],
)
def test_pasted_reference_matches(pasted: str) -> None:
    assert parse(pasted) == parse("id:2505.04921")


@pytest.mark.parametrize("text", ["2505.04921v", "v2", "x2505.04921v2", "notarxiv.org/abs/1"])
def test_text_similar_to_an_id_is_a_phrase(text: str) -> None:
    assert parse(text) == Query(((Term(Phrase(text)),),))


# Fields


@pytest.mark.parametrize(
    "query",
    [
        "title:map",
        "TITLE:MAP",
        'title:"map of"',
        "title:étale",
        "author:kim",
        'author:"Kim, J"',
        "author:strasse",
        "id:2505.04921",
        "tag:rl",
        'tag:"to READ"',
        "source:2025/05",
        "section:new",
        "section:정량",
        'section:"What\'s New"',
        "is:starred",
        "is:unread",
        "IS:Starred",
        "has:votes",
        "has:summary",
    ],
)
def test_field_matches(query: str) -> None:
    assert matches(query)
    assert not matches("-" + query)


@pytest.mark.parametrize(
    "query",
    [
        pytest.param("title:kim", id="author for a title"),
        pytest.param("author:map", id="title for an author"),
        pytest.param("author:diffusion", id="summary for an author"),
        pytest.param("id:2505", id="start of an id"),
        pytest.param("id:04921", id="end of an id"),
        pytest.param("tag:r", id="start of a tag"),
        pytest.param("tag:rll", id="longer than a tag"),
        pytest.param("section:diffusion", id="summary for a section"),
        pytest.param("source:2024", id="source"),
        pytest.param("is:read", id="read"),
        pytest.param("is:noted", id="noted"),
    ],
)
def test_field_does_not_match(query: str) -> None:
    assert not matches(query)
    assert matches("-" + query)


@pytest.mark.parametrize(
    "query",
    [
        'title:="a map of étale things"',
        'author:="kim, jae"',
        'AUTHOR:="Ada STRASSE"',
        "source:=paper_logs/2025/05/22.md",
        'section:="what\'s new"',
        "tag:=rl",
        "id:=2505.04921v2",
    ],
)
def test_whole_value_matches(query: str) -> None:
    assert matches(query)
    assert not matches("-" + query)


@pytest.mark.parametrize(
    "query",
    [
        pytest.param('title:="a map of"', id="start of a title"),
        pytest.param("author:=kim", id="part of a name"),
        pytest.param('author:="jae ada strasse"', id="two names"),
        pytest.param("source:=22.md", id="end of a path"),
        pytest.param("section:=new", id="end of a label"),
        pytest.param('author:"=kim, jae"', id="quoted equals sign"),
    ],
)
def test_whole_value_does_not_match(query: str) -> None:
    assert not matches(query)


def test_states_of_marks_match() -> None:
    marked = FakeDocument(PAPER, Marks(read=True, note="see §2"))
    assert matches("is:read is:noted", marked)
    assert not matches("is:unread", marked)
    assert not matches("is:starred", marked)
    assert not matches("is:tagged", marked)
    assert matches("is:tagged")


def test_missing_values_do_not_match() -> None:
    bare = FakeDocument(paper(votes=None))
    assert not matches("has:votes", bare)
    assert not matches("has:summary", bare)
    assert matches("has:votes", FakeDocument(paper(votes=0)))


def test_any_digest_tag_or_section_matches() -> None:
    assert matches("source:b.md", FakeDocument(paper(digests=("a.md", "b.md"))))
    assert not matches("source:c.md", FakeDocument(paper(digests=("a.md", "b.md"))))


# Folding

FOLDED = FakeDocument(
    paper(
        title="State‑of‑the‑art − ＧＰＴ－４ for Café “naïve” Σίσυφος",
        authors="Jürgen Müller\nGabriel García Márquez\nFlann O’Brien\n"
        "Łukasz Søren Çelik\nIŞIK İNCİ",
    ),
    Marks(tags=("Résumé",)),
    summary="It’s a chain–of–thought. 강화학습 が",
)


@pytest.mark.parametrize(
    "query",
    [
        "state-of-the-art", "state−of–the‐art", "gpt-4", "GPT‑4", "ｇｐｔ", "cafe", "café", "CAFÉ",
        "cafe\u0301", '"-"', "naive", "σισυφος", "author:muller", "author:Müller", "author:garcia",
        "author:o'brien", "author:o’brien", "author:o‘brien", "author:lukasz", "author:soren",
        "author:celik", "author:isik", "author:ışık", "author:inci", "author:İnci", "it's", "it’s",
        "chain-of-thought", "강화학습", "ㄱㅎㅎㅅ", "が", "tag:resume", "tag:RÉSUMÉ",
        "st\u200date-of", "f\u200cor", "\ufeffcafe", "ga\u00adbriel", 'author:="jurgen muller"',
    ],
)  # fmt: skip
def test_spellings_that_people_do_not_distinguish_match(query: str) -> None:
    assert matches(query, FOLDED)


@pytest.mark.parametrize("query", ["か", "гамма", "mueller", "state_of", "강화학숩"])
def test_different_letters_do_not_match(query: str) -> None:
    assert not matches(query, FOLDED)


@pytest.mark.parametrize(
    "query",
    [
        'author:"Müller, Jürgen"', 'author:"muller, j."', 'author:"Muller, J"', "author:müller,",
        'author:="García Márquez, Gabriel"', 'author:"marquez, gabriel"', "muller, jurgen",
        'author:"o\'brien, f."',
    ],
)  # fmt: skip
def test_last_name_may_come_first(query: str) -> None:
    assert matches(query, FOLDED)


@pytest.mark.parametrize(
    "query",
    [
        pytest.param('author:"Müller, Gabriel"', id="given name of another author"),
        pytest.param('author:"mull, jurgen"', id="part of the family name"),
        pytest.param('author:"muller, urgen"', id="end of the given name"),
        pytest.param('author:="muller, j."', id="initial of a whole value"),
        pytest.param('author:"jurgen, muller"', id="already in that order"),
    ],
)
def test_other_names_do_not_match_in_reverse(query: str) -> None:
    assert not matches(query, FOLDED)


# Votes


@pytest.mark.parametrize(
    ("value", "matching"),
    [
        ("20", {20}),
        ("=20", {20}),
        (">20", {21, 50}),
        (">=20", {20, 21, 50}),
        ("<20", {0, 19}),
        ("<=20", {0, 19, 20}),
        ("19..21", {19, 20, 21}),
        ("20..20", {20}),
        ("20..", {20, 21, 50}),
        ("..20", {0, 19, 20}),
        ("0", {0}),
        ("<0", set()),
        ("007", set()),
    ],
)
def test_votes_match(value: str, matching: set[int]) -> None:
    candidates: list[int | None] = [0, 19, 20, 21, 50, None]
    predicate = compile_query(parse(f"votes:{value}"))
    assert {
        votes for votes in candidates if predicate(WithoutSummaries(paper(votes=votes)))
    } == matching
    predicate = compile_query(parse(f"-votes:{value}"))
    complement = {votes for votes in candidates if predicate(WithoutSummaries(paper(votes=votes)))}
    assert complement == {*candidates} - matching


# Dates

DAYS = (
    "2024-12-31",
    "2025-01-01",
    "2025-04-30",
    "2025-05-01",
    "2025-05-31",
    "2025-06-01",
    "2025-12-31",
    "2026-01-01",
)


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2025", "2025-01-01", "2025-12-31"),
        ("2025-05", "2025-05-01", "2025-05-31"),
        ("=2025-05", "2025-05-01", "2025-05-31"),
        ("2025-05-31", "2025-05-31", "2025-05-31"),
        (">2025-05", "2025-06-01", "9999"),
        (">=2025-05", "2025-05-01", "9999"),
        ("<2025-05", "0001", "2025-04-30"),
        ("<=2025-05", "0001", "2025-05-31"),
        (">2025", "2026-01-01", "9999"),
        ("<2025", "0001", "2024-12-31"),
        (">2025-05-31", "2025-06-01", "9999"),
        ("<2025-05-31", "0001", "2025-05-01"),
        ("<=2025-05-31", "0001", "2025-05-31"),
        ("2025-02..2025-05", "2025-02-01", "2025-05-31"),
        ("2025-04-30..2025-05", "2025-04-30", "2025-05-31"),
        ("2025-05..2025", "2025-05-01", "2025-12-31"),
        ("2025..2025-04", "2025-01-01", "2025-04-30"),
        ("..2025-04-30", "0001", "2025-04-30"),
        ("2025-06..", "2025-06-01", "9999"),
        ("2025-05..2025-05", "2025-05-01", "2025-05-31"),
    ],
)
def test_period_includes_all_its_days(value: str, first: str, last: str) -> None:
    predicate = compile_query(parse(f"date:{value}"))
    days = [day for day in DAYS if predicate(WithoutSummaries(paper(dates=(day,))))]
    assert days == [day for day in DAYS if first <= day <= last]


def test_any_date_of_a_paper_matches() -> None:
    twice = WithoutSummaries(paper(dates=("2024-03-01", "2025-05-22")))
    assert matches("date:2024", twice)
    assert matches("date:2025-05-22", twice)
    assert matches("date:>2024 date:<2025", twice)
    assert not matches("date:2024-04..2025-04", twice)
    assert not matches("-date:2024", twice)


def test_paper_without_dates_never_matches() -> None:
    assert not matches("date:>=2025", WithoutSummaries(paper(dates=())))
    assert not matches("date:<=2025", WithoutSummaries(paper(dates=())))


def first_day(period: str) -> str:
    return period + "-01" * ((10 - len(period)) // 3)


def last_day(period: str) -> str:
    if len(period) == 4:
        return f"{period}-12-31"
    if len(period) == 7:
        year, month = map(int, period.split("-"))
        return f"{period}-{calendar.monthrange(year, month)[1]}"
    return period


@given(period=periods, day=st.dates(), shift=st.sampled_from(["first", "last", "any"]))
def test_dates_are_compared_by_the_calendar(period: str, day: object, shift: str) -> None:
    first, last = first_day(period), last_day(period)
    date = {"first": first, "last": last, "any": str(day)}[shift]
    document = WithoutSummaries(paper(dates=(date,)))
    assert matches(f"date:{period}", document) == (first <= date <= last)
    assert matches(f"date:>{period}", document) == (date > last)
    assert matches(f"date:>={period}", document) == (date >= first)
    assert matches(f"date:<{period}", document) == (date < first)
    assert matches(f"date:<={period}", document) == (date <= last)


# AND, OR, negation


@pytest.mark.parametrize(
    ("query", "matching"),
    [
        ("a b OR c", {"ab", "ac", "abc"}),
        ("a OR b c", {"ac", "bc", "abc"}),
        ("a OR b OR c", {"a", "b", "c", "ab", "ac", "bc", "abc"}),
        ("a -b", {"a", "ac"}),
        ("-a OR b", {"", "b", "c", "ab", "bc", "abc"}),
        ("-a -b OR c", {"", "c", "bc"}),
        ("a OR b -c OR a", {"a", "b", "ab", "ac", "abc"}),
        ("a or", set()),
    ],
)
def test_or_binds_tighter_than_and(query: str, matching: set[str]) -> None:
    predicate = compile_query(parse(query))
    candidates = ["", "a", "b", "c", "ab", "ac", "bc", "abc"]
    titled = {title: FakeDocument(Paper("1", title, None, "", (), ())) for title in candidates}
    assert {title for title, document in titled.items() if predicate(document)} == matching


@pytest.mark.parametrize(
    ("query", "matching"),
    [
        ("a AND b", {"ab", "abc"}),
        ("a & b && c", {"abc"}),
        ("a | b", {"a", "b", "ab", "ac", "bc", "abc"}),
        ("a || b c", {"ac", "bc", "abc"}),
        ("a NOT b", {"a", "ac"}),
        ("a AND NOT b", {"a", "ac"}),
        ("a !b", {"a", "ac"}),
        ("! a b", {"b", "bc"}),
        ("b OR NOT a", {"", "b", "c", "ab", "bc", "abc"}),
        ("(a)", {"a", "ab", "ac", "abc"}),
        ("(a b) OR c", {"c", "ab", "ac", "bc", "abc"}),
        ("(a AND b) OR c", {"c", "ab", "ac", "bc", "abc"}),
        ("a AND (b OR c)", {"ab", "ac", "abc"}),
        ("-(a b)", {"", "a", "b", "c", "ac", "bc"}),
        ("NOT (a OR b)", {"", "c"}),
        ("!(a OR b) c", {"c"}),
        ("c -(a -b)", {"c", "bc", "abc"}),
        ("( a OR ( b c ) )", {"a", "ab", "ac", "bc", "abc"}),
        ("((a) OR (-(b c) a)),", {"a", "ab", "ac", "abc"}),
        ('("a" OR title:b) -c', {"a", "b", "ab"}),
    ],
)
def test_operators_and_parentheses(query: str, matching: set[str]) -> None:
    predicate = compile_query(parse(query))
    candidates = ["", "a", "b", "c", "ab", "ac", "bc", "abc"]
    titled = {title: FakeDocument(Paper("1", title, None, "", (), ())) for title in candidates}
    assert {title for title, document in titled.items() if predicate(document)} == matching


def test_negated_comparisons_include_unknown_values() -> None:
    unknown = WithoutSummaries(paper(votes=None))
    assert not matches("votes:>=20", unknown)
    assert not matches("votes:<20", unknown)
    assert matches("-votes:>=20", unknown)
    assert matches("-votes:<20", unknown)


def test_phrases_and_quoted_values_can_be_negated() -> None:
    assert not matches('-"diffusion works"')
    assert not matches('-title:"map of"')


# Sorting


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("match:>=70", "match:>=70"),
        ("match:70", "match:70"),
        ("match:50..80", "match:50..80"),
        ("match:RL>=60", "match:rl>=60"),
        ("match:rl=50..60", "match:rl=50..60"),
        ("-match:rl=5", "-match:rl=5"),
    ],
)
def test_matches_are_numbers_and_may_be_those_of_a_tag(text: str, canonical: str) -> None:
    query = parse(text)
    assert str(query) == canonical
    assert parse(canonical) == query
    assert query.needs_ranking


@pytest.mark.parametrize("text", ["match:100", "match:rl", "match:rl>=x", "match:>=", "match:9..1"])
def test_other_matches_are_reported(text: str) -> None:
    with pytest.raises(QueryError):
        parse(text)


def test_sort_is_not_a_condition() -> None:
    query = parse("a sort:-votes,date b")
    assert query.sort == (SortKey(VOTES, True), SortKey(DATE, False))
    assert query.clauses == parse("a b").clauses
    assert list(SORT_COLUMNS) == [
        "votes", "match", "title", "authors", "categories", "date", "id", "relevance",
    ]  # fmt: skip
    assert parse("SORT:-Votes").sort == (SortKey(VOTES, True),)


def ids(papers: list[Paper]) -> str:
    return "".join(paper.paper_id for paper in papers)


def test_unknown_values_are_last_in_both_directions() -> None:
    papers = [
        paper("a", votes=None, authors=""),
        paper("b", votes=0, authors="Z"),
        paper("c", votes=7, authors="y"),
        paper("d", votes=None, authors=""),
    ]
    assert ids(sort_papers(papers, parse("sort:votes").sort)) == "bcad"
    assert ids(sort_papers(papers, parse("sort:-votes").sort)) == "cbad"
    assert ids(sort_papers(papers, parse("sort:authors").sort)) == "cbad"
    assert ids(sort_papers(papers, parse("sort:-authors").sort)) == "bcad"


def test_sorting_is_stable_in_both_directions() -> None:
    papers = [paper("a", votes=1), paper("b", votes=2), paper("c", votes=1), paper("d", votes=2)]
    assert ids(sort_papers(papers, parse("sort:votes").sort)) == "acbd"
    assert ids(sort_papers(papers, parse("sort:-votes").sort)) == "bdac"
    assert sort_papers(papers, ()) == papers


def test_titles_and_authors_are_normalized_for_sorting() -> None:
    papers = [
        paper("a", title="zebra", authors="b"),
        paper("b", title="Apple", authors="C"),
        paper("c", title="e\u0301t", authors="A"),
        paper("d", title="ÉA", authors="D"),
    ]
    assert ids(sort_papers(papers, parse("sort:title").sort)) == "badc"
    assert ids(sort_papers(papers, parse("sort:authors").sort)) == "cabd"


def test_papers_are_sorted_by_their_newest_date() -> None:
    papers = [
        paper("a", dates=("2020-01-01", "2025-01-01")),
        paper("b", dates=("2024-01-01",)),
        paper("c", dates=()),
    ]
    assert ids(sort_papers(papers, parse("sort:date").sort)) == "bac"
    assert ids(sort_papers(papers, parse("sort:-date").sort)) == "abc"


def test_sorting_does_not_change_its_argument() -> None:
    papers = (paper("b"), paper("a"))
    assert ids(sort_papers(papers, parse("sort:id").sort)) == "ab"
    assert ids(list(papers)) == "ba"


# Whole queries


def test_joined_queries_are_sorted_like_the_right_one() -> None:
    left, right = parse("a OR b sort:votes"), parse("c sort:-date")
    assert left & right == parse("a OR b c sort:-date")
    assert left & parse("c") == parse("a OR b c sort:votes")
    assert Query() & left == left & Query() == left


@pytest.mark.parametrize(
    ("query", "needs"),
    [
        ("", False),
        ("word", True),
        ('-"a phrase"', True),
        ("section:new", True),
        ("has:summary", True),
        ("has:votes", False),
        ("votes:>=20 date:2025 is:read tag:a title:b author:c source:d id:2505.04921", False),
        ("2505.04921v2", False),
        ("votes:20 title:a OR word", True),
    ],
)
def test_only_conditions_on_summaries_need_them(query: str, needs: bool) -> None:
    assert parse(query).needs_summaries is needs
    if not needs:
        matches(query, WithoutSummaries(PAPER))  # raises if they are read


def test_summaries_are_not_read_if_a_cheaper_condition_fails() -> None:
    assert not matches("word votes:>=21", WithoutSummaries(PAPER))


@pytest.mark.parametrize(
    ("query", "canonical"),
    [
        ("", ""),
        ("  B   a ", "b a"),
        ("sort:-votes,date a", "a sort:-votes,date"),
        ("votes:=020", "votes:20"),
        ("votes:5..", "votes:>=5"),
        ("votes:..5", "votes:<=5"),
        ("votes:5..5", "votes:5"),
        ("date:>2025-05", "date:>2025-05"),
        ("date:2025-5", "date:2025-05"),
        ("date:>=2025.5.1", "date:>=2025-05-01"),
        ("date:2025/5/1..20250531", "date:2025-05-01..2025-05-31"),
        ("date:2025–05‑01", "date:2025-05-01"),
        ("date:2025년 5월 2일", "date:2025-05-02"),
        ("a -date:2025년5월 b", "a -date:2025-05 b"),
        ("Date:2025년 5월..2025년 6월 1일 b", "date:2025-05..2025-06-01 b"),
        ('date:"2025년 5월"', "date:2025-05"),
        ("date:2025年5月2日", "date:2025-05-02"),
        ("date:２０２５－５", "date:2025-05"),
        ("date:2025년 5 b", "date:2025 5 b"),
        ("date:2025..2026-01", "date:2025..2026-01"),
        ('title:"Map"', "title:map"),
        ('-title:"Map Of"', '-title:"map of"'),
        ('"one" OR "two words"', 'one OR "two words"'),
        ('"OR"', "or"),
        ('"-x"', '"-x"'),
        ('"a:b"', '"a:b"'),
        ("O(n)", '"o(n)"'),
        ('"2505.04921v2"', '"2505.04921v2"'),
        ("2505.04921v2", "id:2505.04921"),
        ('"a ""b"""', '"a ""b"""'),
        ("IS:READ has:Votes", "is:read has:votes"),
        ('author:="Wei Li"', 'author:="wei li"'),
        ('-TITLE:="Map"', "-title:=map"),
        ('author:"=x"', 'author:"=x"'),
        ('author:="=x"', 'author:="=x"'),
        ('tag:"=x""y"', 'tag:"=x""y"'),
        ("tag:=RL", "tag:rl"),
        ("id:=2505.04921v2", "id:2505.04921"),
        ("=x", "=x"),
        ("a AND b", "a b"),
        ("a | b", "a OR b"),
        ("NOT a !b", "-a -b"),
        ("(a) ((b))", "a b"),
        ("(a b) c", "a b c"),
        ("(a OR b) OR c", "a OR b OR c"),
        ("(a AND b) OR c", "(a b) OR c"),
        ("NOT (a OR b)", "-(a OR b)"),
        ("-(-a)", "a"),
        ("(VLM)", "vlm"),
        ('f(x) "f(x"', '"f(x)" "f(x"'),
        ("date:Today..", "date:>=today"),
        ("date:-30D..", "date:>=-30d"),
        ("date:오늘", "date:today"),
        ("(date:2025년 5월 1일)", "date:2025-05-01"),
    ],
)
def test_query_has_a_canonical_text(query: str, canonical: str) -> None:
    assert str(parse(query)) == canonical
    assert parse(canonical) == parse(query)


# Errors


@pytest.mark.parametrize(
    ("query", "word", "column", "suggestion"),
    [
        pytest.param("a vote:5", "vote:5", 3, "votes:", id="misspelled field"),
        pytest.param("vote:", "vote:", 1, "votes:", id="misspelled field without a value"),
        pytest.param("-Auther:kim", "-Auther:kim", 1, "author:", id="negated capitalized field"),
        pytest.param("language:en", "language:en", 1, None, id="unknown field"),
        pytest.param('xyz:"a b"', 'xyz:"a b"', 1, None, id="unknown field with a quoted value"),
        pytest.param("a title:", "title:", 3, None, id="empty value"),
        pytest.param('title:""', 'title:""', 1, None, id="empty quoted value"),
        pytest.param("title:=", "title:=", 1, None, id="empty whole value"),
        pytest.param('title:=""', 'title:=""', 1, None, id="empty quoted whole value"),
        pytest.param('x author:="a', 'author:="a', 3, None, id="unclosed quote in a whole value"),
        pytest.param('title:" "', 'title:" "', 1, None, id="blank value"),
        pytest.param('a ""', '""', 3, None, id="empty phrase"),
        pytest.param('a "b c', '"b c', 3, None, id="unclosed quote"),
        pytest.param('title:"b c', 'title:"b c', 1, None, id="unclosed quote in a value"),
        pytest.param('5"', '5"', 1, None, id="quote at the end"),
        pytest.param('"a b"c', '"a b"c', 1, None, id="text after a phrase"),
        pytest.param('a"b c"', 'a"b c"', 1, None, id="text before a phrase"),
        pytest.param("a -", "-", 3, None, id="lone dash"),
        pytest.param("a --b", "--b", 3, None, id="two dashes"),
        pytest.param("OR a", "OR", 1, None, id="OR first"),
        pytest.param("a OR", "OR", 3, None, id="OR last"),
        pytest.param("a OR OR b", "OR", 6, None, id="OR twice"),
        pytest.param("OR", "OR", 1, None, id="OR alone"),
        pytest.param("a -OR b", "-OR", 3, None, id="negated OR"),
        pytest.param("a OR sort:id", "sort:id", 6, None, id="sort after OR"),
        pytest.param("sort:id OR a", "OR", 9, None, id="sort before OR"),
        pytest.param("a sort:id OR b", "OR", 11, None, id="OR after sort"),
        pytest.param("-sort:id", "-sort:id", 1, None, id="negated sort"),
        pytest.param("sort:id a sort:id", "sort:id", 11, None, id="second sort"),
        pytest.param("sort:", "sort:", 1, None, id="empty sort"),
        pytest.param("sort:vote", "sort:vote", 1, "votes", id="unknown column"),
        pytest.param("sort:id,", "sort:id,", 1, None, id="empty column"),
        pytest.param("sort:--id", "sort:--id", 1, "id", id="two dashes in sort"),
        pytest.param("is:star", "is:star", 1, "starred", id="unknown state"),
        pytest.param("is:x", "is:x", 1, None, id="unknown state without a suggestion"),
        pytest.param("has:vote", "has:vote", 1, "votes", id="unknown property"),
        pytest.param("votes:many", "votes:many", 1, None, id="not a number"),
        pytest.param("votes:-5", "votes:-5", 1, None, id="negative number"),
        pytest.param("votes:2.5", "votes:2.5", 1, None, id="fraction"),
        pytest.param("votes:٣", "votes:٣", 1, None, id="non-ASCII digits"),
        pytest.param("votes:>", "votes:>", 1, None, id="comparison without a value"),
        pytest.param("votes:=>5", "votes:=>5", 1, None, id="unknown comparison"),
        pytest.param("votes:..", "votes:..", 1, None, id="range without bounds"),
        pytest.param("votes:1..2..3", "votes:1..2..3", 1, None, id="three bounds"),
        pytest.param("votes:>1..2", "votes:>1..2", 1, None, id="comparison and range"),
        pytest.param("votes:5..4", "votes:5..4", 1, None, id="descending range"),
        pytest.param("date:tomorrow", "date:tomorrow", 1, None, id="not a date"),
        pytest.param("date:0d", "date:0d", 1, None, id="no days"),
        pytest.param("date:today..-7d", "date:today..-7d", 1, None, id="descending days ago"),
        pytest.param("date:2025-02-29", "date:2025-02-29", 1, None, id="nonexistent day"),
        pytest.param("date:2025-13", "date:2025-13", 1, None, id="nonexistent month"),
        pytest.param("date:0000", "date:0000", 1, None, id="nonexistent year"),
        pytest.param("date:2025-", "date:2025-", 1, None, id="incomplete date"),
        pytest.param(
            "date:>2025-02-30", "date:>2025-02-30", 1, None, id="comparison with a nonexistent day"
        ),
        pytest.param(
            "date:2025-05..2025-04", "date:2025-05..2025-04", 1, None, id="descending months"
        ),
        pytest.param(
            "date:2025-05-02..2025-05-01",
            "date:2025-05-02..2025-05-01",
            1,
            None,
            id="descending days",
        ),
        pytest.param(
            "date:2025-05..2024", "date:2025-05..2024", 1, None, id="descending month and year"
        ),
        pytest.param("a (b c", "(", 3, None, id="unclosed group"),
        pytest.param("a b) c", "b)", 3, None, id="unopened group"),
        pytest.param("a -(b) )", ")", 8, None, id="lone closing parenthesis"),
        pytest.param("a ()", "(", 3, None, id="empty group"),
        pytest.param("a (b sort:id)", "sort:id", 6, None, id="sort in a group"),
        pytest.param("(" * 21 + "a", "(", 21, None, id="too many groups"),
        pytest.param("AND a", "AND", 1, None, id="AND first"),
        pytest.param("a AND", "AND", 3, None, id="AND last"),
        pytest.param("a & | b", "|", 5, None, id="two operators"),
        pytest.param("a AND b OR c", "OR", 9, None, id="OR beside AND"),
        pytest.param("a | b & c", "&", 7, None, id="AND beside OR"),
        pytest.param("a NOT", "NOT", 3, None, id="NOT last"),
        pytest.param("a NOT OR b", "OR", 7, None, id="NOT before OR"),
        pytest.param("NOT -a", "-a", 5, None, id="two negations of a word"),
        pytest.param("NOT ! a", "!", 5, None, id="two negations"),
        pytest.param("!-a", "!-a", 1, None, id="two signs"),
        pytest.param("-AND", "-AND", 1, None, id="negated AND"),
        pytest.param("NOT sort:id", "sort:id", 5, None, id="negated sort by a word"),
        pytest.param("a & sort:id", "sort:id", 5, None, id="sort after AND"),
        pytest.param("x title:(a OR b)", "title:(a", 3, None, id="group of values"),
        pytest.param("\u3000é vote:1", "vote:1", 4, "votes:", id="column counts characters"),
    ],
)
def test_error_has_word_column_and_suggestion(
    query: str, word: str, column: int, suggestion: str | None
) -> None:
    error = parse_error(query)
    assert (error.word, error.column, error.suggestion) == (word, column, suggestion)
    assert repr(word) in str(error)
    assert f"column {column} {error.message}" in str(error)
    assert (suggestion or "") in str(error)


def test_text_of_a_query_is_as_typed() -> None:
    assert parse("GPT-4o  (A OR b)").typed == "GPT-4o  (A OR b)"
    assert parse(" sort:-date  GPT-4o\nB ").typed == "GPT-4o B"
    assert parse("A sort:id b").typed == "A b"
    assert parse("A sort:id b").editable == "A b sort:id"
    assert parse("sort:id").typed == ""
    assert (parse("GPT-4o") & parse("B")).typed == "GPT-4o B"
    assert parse("x\x1b[31mY").typed == "xY"
    # It does not matter otherwise.
    assert parse("GPT-4o") == parse("gpt-4o")
    assert not parse("GPT-4o") != parse("gpt-4o")  # noqa: SIM202
    assert len({parse("GPT-4o"), parse("gpt-4o")}) == 1


def test_hint_begins_with_the_remedy() -> None:
    assert parse_error("a votess:>2").hint.startswith("Did you mean votes:? 'votess:>2' begins")
    assert parse_error("a --b").hint.startswith("'--b' has")


def test_error_is_one_line() -> None:
    assert str(parse_error("a vote:5")) == (
        "'vote:5' at column 3 begins with an unknown field; put text in quotes."
        " Did you mean 'votes:'?"
    )
    assert isinstance(parse_error("-"), ValueError)


def test_similar_mistakes_have_different_messages() -> None:
    assert "negate" in parse_error("-").message
    assert "unclosed" in parse_error('"b c').message
    assert "only a part" in parse_error('"a b"c').message


def test_error_is_printable() -> None:
    assert str(parse_error('"\x1b[2J\u202e\n')).isprintable()


def test_error_can_be_pickled() -> None:
    error = parse_error("a vote:5")
    assert str(pickle.loads(pickle.dumps(error))) == str(error)


def test_very_long_words_are_errors() -> None:
    assert parse_error("votes:" + "9" * 10_000).column == 1
    assert parse_error("x" * 100_000 + ":y").suggestion is None
    assert parse_error('""' * 100_000 + '"').column == 1
    assert parse_error('"' + "x" * 100_000).column == 1
    assert parse_error('"' + "x" * 100_000 + '"y').column == 1
    assert parse_error('x"y" ' * 50_000).column == 1
    assert parse("a." * 50_000) != Query()
    assert parse('"' + "x " * 50_000 + '"') != Query()
    assert parse("x" * 100_000) != Query()


# Properties


@given(query=queries)
def test_printed_query_parses_to_itself(query: Query) -> None:
    assert parse(str(query)) == query


@given(text=query_texts)
def test_any_text_is_a_printable_query_or_an_error(text: str) -> None:
    result = parse_or_error(text)
    if isinstance(result, Query):
        assert parse(str(result)) == result
        assert str(parse(str(result))) == str(result)
    else:
        assert result.word
        assert text[result.column - 1 :].startswith(result.word)
        assert str(result).isprintable()


@given(text=query_texts, document=documents)
def test_every_query_can_be_compiled(text: str, document: FakeDocument) -> None:
    result = parse_or_error(text)
    if isinstance(result, Query):
        assert compile_query(result)(document) in {True, False}


@given(condition=conditions, documents=st.lists(documents))
def test_negated_term_is_the_complement(
    condition: Condition, documents: list[FakeDocument]
) -> None:
    plain, negated = compile_query(parse(f"{condition}")), compile_query(parse(f"-{condition}"))
    assert [plain(document) for document in documents] == [
        not negated(document) for document in documents
    ]


@given(query=queries, document=documents)
def test_clauses_are_an_and_of_ors(query: Query, document: FakeDocument) -> None:
    expected = all(
        any(compile_query(Query(((term,),)))(document) for term in clause)
        for clause in query.clauses
    )
    assert compile_query(query)(document) == expected


@given(left=queries, right=queries, document=documents)
def test_joining_is_conjunction(left: Query, right: Query, document: FakeDocument) -> None:
    is_match = compile_query(left)(document) and compile_query(right)(document)
    assert compile_query(left & right)(document) == is_match
    assert parse(f"{left._replace(sort=())} {right}").clauses == (left & right).clauses


@given(unsorted=st.lists(papers), keys=sort_keys)
def test_sorting_is_stable_and_puts_unknown_last(
    unsorted: list[Paper], keys: tuple[SortKey, ...]
) -> None:
    def value(paper: Paper, column: Column) -> int | str | None:
        author = paper.author_lines.partition("\n")[0]
        values: dict[str, int | str | None] = {
            "votes": paper.votes,
            "title": normalize(paper.title),
            "authors": normalize(f"{family_name(author)} {author.rpartition(' ')[0]}")
            if author
            else None,
            "categories": paper.labels or None,
            "date": max(paper.dates, default=None),
            "id": paper.paper_id,
            "relevance": 0,
            "match": None,
        }
        return values[column.name]

    def compare(first: tuple[int, Paper], second: tuple[int, Paper]) -> int:
        for key in keys:
            left, right = value(first[1], key.column), value(second[1], key.column)
            if left == right:
                continue
            if left is None or right is None:
                return 1 if left is None else -1
            is_less = left < right  # type: ignore[operator]  # one column, one type
            return -1 if is_less != key.descending else 1
        return first[0] - second[0]  # stable: by position in the list

    expected = [paper for _, paper in sorted(enumerate(unsorted), key=cmp_to_key(compare))]
    result = sort_papers(unsorted, keys)
    assert list(map(id, result)) == list(map(id, expected))


def test_normalize_is_idempotent() -> None:
    characters = map(chr, range(sys.maxunicode + 1))
    assert [char for char in characters if normalize(normalize(char)) != normalize(char)] == []


@given(text=st.text() | st.text(alphabet="αΑ\u0345\u0301\u0313ᾳßſİıςΣ가\u1100\u1161"))
def test_normalize_ignores_case_and_composition(text: str) -> None:
    once = normalize(text)
    assert normalize(once) == once
    assert normalize(unicodedata.normalize("NFD", text)) == once
    assert unicodedata.is_normalized("NFC", once)
