"""The conditions that a query is made of: each can print itself and make a test of itself."""

from __future__ import annotations

from abc import ABC, abstractmethod
from bisect import bisect_left
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache, partial
from math import inf
from operator import eq
from typing import TYPE_CHECKING, Protocol, TypeAlias

from tui.query.matching import phrase_test
from tui.query.normalization import SEPARATOR, normalize, normalized_authors, quote, quote_if_needed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from tui.models import Marks, Paper
    from tui.query.interval import Interval

# Few labels, tags and paths are shared by many papers.
_normalize_cached = lru_cache(4096)(normalize)

# After every date that begins with the same year, month or day: "~" follows digits and dashes.
_AFTER_DIGITS = "~"


class SearchDocument(Protocol):
    """A paper and what else a query may ask about it.

    Only what a query needs is looked at, so a candidate may make the costly parts on demand; and
    unless the query says that it ``needs_summaries``, the last three are not looked at at all.
    """

    @property
    def paper(self) -> Paper:
        """The paper itself."""

    @property
    def marks(self) -> Marks:
        """What the reader added to it."""

    @property
    def texts(self) -> Sequence[str]:
        """What `tui.query.heading` makes of the paper, and its summaries; all folded."""

    @property
    def sections(self) -> tuple[str, ...]:
        """The labels of the sections of all its summaries, as they are written."""

    @property
    def has_summary(self) -> bool:
        """Whether any digest tells a summary of it."""


Predicate: TypeAlias = "Callable[[SearchDocument], bool]"


class PaperField(StrEnum):
    """The fields that hold text."""

    TITLE = "title"
    AUTHOR = "author"
    ID = "id"
    TAG = "tag"
    SOURCE = "source"
    SECTION = "section"


MATCH_WHOLE = frozenset({PaperField.ID, PaperField.TAG})
"""The fields that must be the text that is asked for, and no more."""

# What each field of a candidate holds, folded.
_VALUES: dict[PaperField, Callable[[SearchDocument], Iterable[str]]] = {
    PaperField.TITLE: lambda candidate: (normalize(candidate.paper.title),),
    PaperField.AUTHOR: lambda candidate: normalized_authors(candidate.paper).split(SEPARATOR),
    PaperField.ID: lambda candidate: (normalize(candidate.paper.arxiv_id),),
    PaperField.TAG: lambda candidate: map(_normalize_cached, candidate.marks.tags),
    PaperField.SECTION: lambda candidate: map(_normalize_cached, candidate.sections),
    PaperField.SOURCE: lambda candidate: [
        _normalize_cached(each.digest) for each in candidate.paper.entries
    ],
}


class ReadState(StrEnum):
    """What a paper can be."""

    READ = "read"
    UNREAD = "unread"
    STARRED = "starred"
    TAGGED = "tagged"
    NOTED = "noted"


class PaperTrait(StrEnum):
    """What a paper can have."""

    VOTES = "votes"
    SUMMARY = "summary"


class Condition(ABC):
    """Something that is true of a paper or not; `str` gives it as a query writes it."""

    __slots__ = ()

    @property
    def needs_summaries(self) -> bool:
        """Whether the test looks at what summaries tell: texts, sections, has_summary."""
        return False

    @property
    def needs_marks(self) -> bool:
        """Whether the test looks at the reader's marks."""
        return False

    @abstractmethod
    def predicate(self) -> Predicate:
        """Return a function that tells whether the condition holds for a candidate."""

    @abstractmethod
    def __str__(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Phrase(Condition):
    """A text that a paper contains, whether in its data or in one of its summaries.

    Attributes:
        text: folded.
    """

    text: str

    @property
    def needs_summaries(self) -> bool:
        """True: a summary is one of the places."""
        return True

    def predicate(self) -> Predicate:
        """Return a test of the text."""
        is_in = phrase_test(self.text)

        def test(candidate: SearchDocument) -> bool:
            # A loop, for any() with a generator takes three times as long.
            for text in candidate.texts:  # noqa: SIM110
                if is_in(text):
                    return True
            return False

        return test

    def __str__(self) -> str:
        return quote_if_needed(self.text)


@dataclass(frozen=True, slots=True)
class FieldText(Condition):
    """A text that one field contains, or is.

    Attributes:
        field: where to look.
        text: folded; an id without its version.
        whole: whether the field must be this text and no more: the title, one of the authors, one
            section's label, one digest's path. Tags and ids always must.
    """

    field: PaperField
    text: str
    whole: bool = False

    @property
    def needs_summaries(self) -> bool:
        """True for sections alone."""
        return self.field is PaperField.SECTION

    @property
    def needs_marks(self) -> bool:
        """True for tags alone."""
        return self.field is PaperField.TAG

    def predicate(self) -> Predicate:
        """Return a test of the field."""
        is_whole = self.whole or self.field in MATCH_WHOLE
        is_it = partial(eq, self.text) if is_whole else phrase_test(self.text)
        if self.field is PaperField.AUTHOR and not is_whole:
            return lambda candidate: is_it(normalized_authors(candidate.paper))
        values = _VALUES[self.field]
        return lambda candidate: any(map(is_it, values(candidate)))

    def __str__(self) -> str:
        # In quotes the sign is text.
        text = quote(self.text) if self.text.startswith("=") else quote_if_needed(self.text)
        return f"{self.field}:={text}" if self.whole else f"{self.field}:{text}"


@dataclass(frozen=True, slots=True)
class VotesIn(Condition):
    """A number of votes; unknown votes never meet it.

    Attributes:
        interval: the numbers that do.
    """

    interval: Interval[int]

    def predicate(self) -> Predicate:
        """Return a test of the number."""
        low, high, strict = self.interval.low, self.interval.high, self.interval.strict
        start = -inf if low is None else low + strict
        end = inf if high is None else high - strict

        def test(candidate: SearchDocument) -> bool:
            votes = candidate.paper.votes
            return votes is not None and start <= votes <= end

        return test

    def __str__(self) -> str:
        return f"votes:{self.interval}"


@dataclass(frozen=True, slots=True)
class DateIn(Condition):
    """A span of days; one of a paper's dates in it is enough.

    Attributes:
        interval: its bounds, each a year, a month or a day, and standing for all days of it.
    """

    interval: Interval[str]

    def predicate(self) -> Predicate:
        """Return a test of the days."""
        # As text, a year or a month comes before all of its days, and with _END after them. So no
        # calendar is needed: the days are those from `start` on and before `end`.
        low, high, strict = self.interval.low, self.interval.high, self.interval.strict
        start = "" if low is None else low + _AFTER_DIGITS * strict
        end = _AFTER_DIGITS if high is None else high + _AFTER_DIGITS * (not strict)

        def test(candidate: SearchDocument) -> bool:
            dates = candidate.paper.dates
            first = bisect_left(dates, start)
            return first < len(dates) and dates[first] < end

        return test

    def __str__(self) -> str:
        return f"date:{self.interval}"


@dataclass(frozen=True, slots=True)
class HasState(Condition):
    """A state that the reader's marks tell.

    Attributes:
        state: which.
    """

    state: ReadState

    @property
    def needs_marks(self) -> bool:
        """True: nothing else is looked at."""
        return True

    def predicate(self) -> Predicate:
        """Return a test of the state."""
        match self.state:
            case ReadState.READ:
                return lambda candidate: candidate.marks.read
            case ReadState.UNREAD:
                return lambda candidate: not candidate.marks.read
            case ReadState.STARRED:
                return lambda candidate: candidate.marks.starred
            case ReadState.TAGGED:
                return lambda candidate: bool(candidate.marks.tags)
            case ReadState.NOTED:
                return lambda candidate: bool(candidate.marks.note)

    def __str__(self) -> str:
        return f"is:{self.state}"


@dataclass(frozen=True, slots=True)
class HasField(Condition):
    """Something that not every digest tells.

    Attributes:
        trait: what.
    """

    trait: PaperTrait

    @property
    def needs_summaries(self) -> bool:
        """True for summaries alone."""
        return self.trait is PaperTrait.SUMMARY

    def predicate(self) -> Predicate:
        """Return a test of the trait."""
        match self.trait:
            case PaperTrait.VOTES:
                return lambda candidate: candidate.paper.votes is not None
            case PaperTrait.SUMMARY:
                return lambda candidate: candidate.has_summary

    def __str__(self) -> str:
        return f"has:{self.trait}"
