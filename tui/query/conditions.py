"""The conditions of a query: each has a test for documents, and its text in the query language."""

from __future__ import annotations

from abc import ABC, abstractmethod
from bisect import bisect_left
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache, partial
from math import inf
from operator import eq
from typing import TYPE_CHECKING, Generic, Protocol, TypeAlias, TypeVar

from tui.query.matching import phrase_test, reversed_name_pattern
from tui.query.normalization import SEPARATOR, fold, folded_authors, quote, quote_if_needed
from tui.query.relative_dates import Days, resolve

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from tui.models import Marks, Paper

Value = TypeVar("Value", int, str)

# Many papers share a few labels, tags and paths.
_fold_cached = lru_cache(4096)(fold)

# Sorts after every date that begins with the same year, month or day.
_AFTER_DIGITS = "~"


class SearchDocument(Protocol):
    """A paper with everything that a query can match.

    Only what a query needs is read, so that costly properties can be computed lazily. The last
    three are read only if the query ``needs_summaries``.
    """

    @property
    def paper(self) -> Paper:
        """The paper."""

    @property
    def marks(self) -> Marks:
        """The reader's marks."""

    @property
    def is_new(self) -> bool:
        """Whether the paper arrived since the last completed visit."""

    @property
    def texts(self) -> Sequence[str]:
        """The result of ``metadata_text`` and the summaries, all folded."""

    @property
    def sections(self) -> tuple[str, ...]:
        """The section labels of all its summaries, not folded."""

    @property
    def has_summary(self) -> bool:
        """Whether any digest has a summary of it."""


Predicate: TypeAlias = "Callable[[SearchDocument], bool]"


class PaperField(StrEnum):
    """Fields with text."""

    TITLE = "title"
    AUTHOR = "author"
    ID = "id"
    TAG = "tag"
    SOURCE = "source"
    SECTION = "section"


MATCH_WHOLE = frozenset({PaperField.ID, PaperField.TAG})
"""Fields that must equal the text; the others must contain it."""

# The folded values of each field.
_VALUES: dict[PaperField, Callable[[SearchDocument], Iterable[str]]] = {
    PaperField.TITLE: lambda document: (fold(document.paper.title),),
    PaperField.AUTHOR: lambda document: folded_authors(document.paper).split(SEPARATOR),
    PaperField.ID: lambda document: (fold(document.paper.paper_id),),
    PaperField.TAG: lambda document: map(_fold_cached, document.marks.tags),
    PaperField.SECTION: lambda document: map(_fold_cached, document.sections),
    PaperField.SOURCE: lambda document: [
        _fold_cached(entry.digest) for entry in document.paper.entries
    ],
}


STATES: Mapping[str, Mapping[str, Predicate]] = {
    "is": {
        "read": lambda document: document.marks.read,
        "unread": lambda document: not document.marks.read,
        "new": lambda document: document.is_new,
        "starred": lambda document: document.marks.starred,
        "tagged": lambda document: bool(document.marks.tags),
        "noted": lambda document: bool(document.marks.note),
    },
    "has": {
        "votes": lambda document: document.paper.votes is not None,
        "date": lambda document: bool(document.paper.dates),
        "summary": lambda document: document.has_summary,
    },
}
"""The values of ``is:`` and ``has:``, with their tests."""


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


class Condition(ABC):
    """A condition that papers meet or not. `str` returns it in the query language."""

    __slots__ = ()

    @property
    def needs_summaries(self) -> bool:
        """Whether the test reads texts, sections or has_summary."""
        return False

    @property
    def needs_marks(self) -> bool:
        """Whether the test reads the marks."""
        return False

    @property
    def needs_clock(self) -> bool:
        """Whether the test depends on the current day."""
        return False

    @abstractmethod
    def predicate(self) -> Predicate:
        """Return a function that returns whether a document meets the condition."""

    @abstractmethod
    def __str__(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Phrase(Condition):
    """A text in the paper's metadata or in one of its summaries.

    Attributes:
        text: the folded text.
    """

    text: str

    needs_summaries = True

    def predicate(self) -> Predicate:
        """Return a function that returns whether a document contains the text."""
        contains_phrase = phrase_test(self.text)

        def test(document: SearchDocument) -> bool:
            # any() with a generator takes three times as long.
            for text in document.texts:  # noqa: SIM110
                if contains_phrase(text):
                    return True
            return False

        return test

    def __str__(self) -> str:
        return quote_if_needed(self.text)


@dataclass(frozen=True, slots=True)
class FieldText(Condition):
    """A text in a field.

    Attributes:
        field: the field.
        text: the folded text; for an id, without the version.
        whole: whether the title, an author, a section's label or a digest's path must equal the
            text rather than contain it. Tags and ids always must.
    """

    field: PaperField
    text: str
    whole: bool = False

    @property
    def needs_summaries(self) -> bool:
        """Whether the field is ``section:``."""
        return self.field is PaperField.SECTION

    @property
    def needs_marks(self) -> bool:
        """Whether the field is ``tag:``."""
        return self.field is PaperField.TAG

    def predicate(self) -> Predicate:
        """Return a function that returns whether a document has the text in the field."""
        is_whole = self.whole or self.field in MATCH_WHOLE
        matches = partial(eq, self.text) if is_whole else phrase_test(self.text)
        if self.field is PaperField.AUTHOR and not is_whole:
            matches_name = _or_reversed_name(matches, self.text)
            return lambda document: matches_name(folded_authors(document.paper))
        if self.field is PaperField.AUTHOR and is_whole and ", " in self.text:
            family, _comma, given = self.text.partition(", ")
            matches = {self.text, f"{given} {family}"}.__contains__
        values = _VALUES[self.field]
        return lambda document: any(map(matches, values(document)))

    def __str__(self) -> str:
        # Without quotes, the equals sign would be an operator.
        text = quote(self.text) if self.text.startswith("=") else quote_if_needed(self.text)
        return f"{self.field}:={text}" if self.whole else f"{self.field}:{text}"


def _or_reversed_name(matches: Callable[[str], bool], text: str) -> Callable[[str], bool]:
    """Return a test that also finds ``first last`` if the text is ``last, first``."""
    pattern = reversed_name_pattern(text)
    if pattern is None:
        return matches
    return lambda names: matches(names) or pattern.search(names) is not None


@dataclass(frozen=True, slots=True)
class VotesIn(Condition):
    """A number of votes; papers with unknown votes never match.

    Attributes:
        interval: the matching numbers.
    """

    interval: Interval[int]

    def predicate(self) -> Predicate:
        """Return a function that returns whether a document's votes are in the interval."""
        low, high, strict = self.interval.low, self.interval.high, self.interval.strict
        start = -inf if low is None else low + strict
        end = inf if high is None else high - strict

        def test(document: SearchDocument) -> bool:
            votes = document.paper.votes
            return votes is not None and start <= votes <= end

        return test

    def __str__(self) -> str:
        return f"votes:{self.interval}"


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


@dataclass(frozen=True, slots=True)
class HasState(Condition):
    """A state of the reader's marks on a paper (``is:``), or a value that it has (``has:``).

    Attributes:
        field: a key of ``STATES``.
        state: one of the field's states.
    """

    field: str
    state: str

    @property
    def needs_summaries(self) -> bool:
        """Whether the value is a summary."""
        return self.state == "summary"

    @property
    def needs_marks(self) -> bool:
        """Whether the state is one of the marks."""
        return self.field == "is" and self.state != "new"

    def predicate(self) -> Predicate:
        """Return a function that returns whether a document has the state."""
        return STATES[self.field][self.state]

    def __str__(self) -> str:
        return f"{self.field}:{self.state}"
