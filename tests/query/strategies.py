"""Papers to query, and Hypothesis strategies for queries and papers."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import strategies as st

from tui.models import EntryRef, Marks, Paper
from tui.query.columns import SORT_COLUMNS
from tui.query.conditions import (
    MATCH_WHOLE,
    STATES,
    Condition,
    FieldText,
    HasState,
    PaperField,
    Phrase,
)
from tui.query.group import flatten, group
from tui.query.intervals import DateIn, Interval, VotesIn
from tui.query.invalid_query import QueryError
from tui.query.normalization import bare_paper_id, fold, metadata_text
from tui.query.parser import parse
from tui.query.query import Clause, Query, Term
from tui.query.sorting import SortKey
from tui.sanitize import clean

UNMARKED = Marks()


@dataclass(frozen=True)
class FakeDocument:
    """A document like that of a library, with all its data in memory."""

    paper: Paper
    marks: Marks = UNMARKED
    summary: str = ""
    sections: tuple[str, ...] = ()

    @property
    def is_recommended(self) -> bool:
        return False

    def match(self, _tag: str, /) -> int | None:
        return None

    @property
    def texts(self) -> tuple[str, ...]:
        return metadata_text(self.paper), fold(self.summary)

    @property
    def is_new(self) -> bool:
        return False

    @property
    def has_summary(self) -> bool:
        return bool(self.summary)

    @property
    def full_text(self) -> str:
        return ""

    @property
    def has_full_text(self) -> bool:
        return False


def paper(
    arxiv_id: str = "2505.04921",
    title: str = "A Map of Étale Things",
    votes: int | None = 20,
    authors: str = "Kim, Jae\nAda Straße",
    dates: tuple[str, ...] = ("2025-05-22",),
    digests: tuple[str, ...] = ("paper_logs/2025/05/22.md",),
) -> Paper:
    entries = tuple(EntryRef("2025-05-22", "daily_papers", path, 0, 0) for path in digests)
    return Paper(arxiv_id, title, votes, authors, dates, entries)


def parse_or_error(text: str) -> Query | QueryError:
    try:
        return parse(text)
    except QueryError as error:
        return error


periods = (
    st.dates()
    .map(lambda day: day.isoformat())
    .flatmap(lambda day: st.sampled_from([day, day[:7], day[:4]]))
)


# Texts with many tokens that are special to the parser.
OPERATORS = [
    "OR",
    "AND",
    "NOT",
    "!",
    "&",
    "|",
    "-",
    '"',
    '""',
    ":",
    ":=",
    "=",
    "..",
    ">=",
    "<",
    "(",
    ")",
    ",",
    " ",
    " ",
    " ",
]


FIELD_PREFIXES = [
    "title:",
    "id:",
    "tag:",
    "votes:",
    "date:",
    "is:",
    "has:",
    "sort:",
    "vote:",
    "arxiv:",
]


VALUES = [
    "today",
    "-7d",
    "a",
    "b c",
    "É",
    "한",
    "2505.04921",
    "v2",
    "arxiv.org/abs/",
    "20",
    "2025-05",
    "read",
]


query_texts = st.one_of(
    st.text(),
    st.text(alphabet='"""-:.(()) OR|!&<>=,abv25\u0301\u0345éßİ한\u3000\n'),
    st.lists(st.sampled_from([*OPERATORS, *FIELD_PREFIXES, *VALUES])).map("".join),
)


folded = query_texts.map(clean).map(fold).filter(str.strip)


column = st.sampled_from(list(SORT_COLUMNS.values()))


sort_keys = st.lists(st.builds(SortKey, column, st.booleans()), max_size=3).map(tuple)


@st.composite
def intervals(draw: st.DrawFn, values: st.SearchStrategy[str]) -> Interval[str]:
    low, high = sorted([draw(values), draw(values)])
    return draw(
        st.sampled_from(
            [
                Interval(low, high),
                Interval(low, low),
                Interval(low, None),
                Interval(None, high),
                Interval(low, None, strict=True),
                Interval(None, high, strict=True),
            ]
        )
    )


def numbers(interval: Interval[str]) -> Interval[int]:
    low, high = interval.low, interval.high
    return Interval(
        None if low is None else int(low), None if high is None else int(high), interval.strict
    )


RELATIVE_INTERVALS = [
    Interval("today", "today"),
    Interval("7d", "7d"),
    Interval("-2w", None),
    Interval("2025-05", "yesterday"),
    Interval(None, "week", strict=True),
    Interval("month", None, strict=True),
]


conditions: st.SearchStrategy[Condition] = st.one_of(
    folded.map(Phrase),
    st.builds(FieldText, st.sampled_from([field for field in PaperField if field != "id"]), folded),
    st.builds(
        FieldText, st.sampled_from(sorted({*PaperField} - MATCH_WHOLE)), folded, st.booleans()
    ),
    st.builds(FieldText, st.just(PaperField.ID), folded.map(bare_paper_id)),
    intervals(st.integers(0, 60).map(lambda n: f"{n:02}")).map(numbers).map(VotesIn),
    intervals(periods).map(DateIn),
    st.sampled_from(RELATIVE_INTERVALS).map(DateIn),
    st.sampled_from([HasState(field, state) for field in STATES for state in STATES[field]]),
)


def clause_lists(
    terms: st.SearchStrategy[Term], min_size: int = 0
) -> st.SearchStrategy[tuple[Clause, ...]]:
    clauses = st.lists(terms, min_size=1, max_size=3)
    return st.lists(clauses, min_size=min_size, max_size=4).map(flatten)


terms = st.recursive(
    st.builds(Term, conditions, st.booleans()),
    lambda inner: clause_lists(inner, min_size=1).map(group),
    max_leaves=6,
).flatmap(lambda term: st.sampled_from([term, Term(term.condition, not term.negated)]))


queries = st.builds(Query, clause_lists(terms), sort_keys)


votes_or_none = st.none() | st.integers(0, 60)


dates = st.lists(st.dates().map(str), max_size=3, unique=True).map(sorted).map(tuple)


words = st.sampled_from(["", "a", "b", "É", "a b", "한", "Or"])


papers = st.builds(
    paper,
    arxiv_id=st.sampled_from(["2505.04921", "2505.04922", "math.GT/0309136"]),
    title=words,
    votes=votes_or_none,
    authors=words,
    dates=dates,
    digests=st.lists(words, max_size=2).map(tuple),
)


documents = st.builds(
    FakeDocument,
    papers,
    st.builds(
        Marks, st.booleans(), st.booleans(), st.lists(words, max_size=2).map(tuple), note=words
    ),
    words,
    st.lists(words, max_size=2).map(tuple),
)
