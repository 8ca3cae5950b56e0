"""The conditions that a query is made of: each can print itself and make a test of itself."""

from __future__ import annotations

from abc import ABC, abstractmethod
from bisect import bisect_left
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from math import inf
from typing import TYPE_CHECKING, Protocol, TypeAlias

from tui.query.text import fold, quoted

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.model import Marks, Paper
    from tui.query.interval import Interval

# After every date that begins with the same year, month or day: "~" follows digits and dashes.
_END = "~"


class Candidate(Protocol):
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
    def text(self) -> str:
        """What `tui.query.haystack` makes of the paper and its summaries."""

    @property
    def sections(self) -> tuple[str, ...]:
        """The labels of the sections of all its summaries, as they are written."""

    @property
    def has_summary(self) -> bool:
        """Whether any digest tells a summary of it."""


Predicate: TypeAlias = "Callable[[Candidate], bool]"


class Field(StrEnum):
    """The fields that hold text."""

    TITLE = "title"
    AUTHOR = "author"
    ID = "id"
    TAG = "tag"
    SOURCE = "source"
    SECTION = "section"


class State(StrEnum):
    """What a paper can be."""

    READ = "read"
    UNREAD = "unread"
    STARRED = "starred"
    NOTED = "noted"


class Trait(StrEnum):
    """What a paper can have."""

    VOTES = "votes"
    SUMMARY = "summary"


class Condition(ABC):
    """Something that is true of a paper or not; `str` gives it as a query writes it."""

    __slots__ = ()

    @property
    def needs_summaries(self) -> bool:
        """Whether the test looks at what only summaries tell: text, sections, has_summary."""
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
        text = self.text
        return lambda candidate: text in candidate.text

    def __str__(self) -> str:
        return quoted(self.text)


@dataclass(frozen=True, slots=True)
class FieldText(Condition):
    """A text that one field is (tag, id) or contains (the others).

    Attributes:
        field: where to look.
        text: folded; an id without its version.
    """

    field: Field
    text: str

    @property
    def needs_summaries(self) -> bool:
        """True for sections alone."""
        return self.field is Field.SECTION

    def predicate(self) -> Predicate:
        """Return a test of the field."""
        text = self.text

        # Few labels, tags and paths are shared by many papers: each is looked at once.
        @cache
        def equals(other: str) -> bool:
            return fold(other) == text

        @cache
        def is_within(other: str) -> bool:
            return text in fold(other)

        match self.field:
            case Field.TITLE:
                return lambda candidate: text in fold(candidate.paper.title)
            case Field.AUTHOR:
                return lambda candidate: text in fold(candidate.paper.names)
            case Field.ID:
                return lambda candidate: text == fold(candidate.paper.arxiv_id)
            case Field.TAG:
                return lambda candidate: any(map(equals, candidate.marks.tags))
            case Field.SECTION:
                return lambda candidate: any(map(is_within, candidate.sections))
            case Field.SOURCE:
                return lambda candidate: any(
                    is_within(telling.digest) for telling in candidate.paper.tellings
                )

    def __str__(self) -> str:
        return f"{self.field}:{quoted(self.text)}"


@dataclass(frozen=True, slots=True)
class Voted(Condition):
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

        def test(candidate: Candidate) -> bool:
            votes = candidate.paper.votes
            return votes is not None and start <= votes <= end

        return test

    def __str__(self) -> str:
        return f"votes:{self.interval}"


@dataclass(frozen=True, slots=True)
class Dated(Condition):
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
        start = "" if low is None else low + _END * strict
        end = _END if high is None else high + _END * (not strict)

        def test(candidate: Candidate) -> bool:
            dates = candidate.paper.dates
            first = bisect_left(dates, start)
            return first < len(dates) and dates[first] < end

        return test

    def __str__(self) -> str:
        return f"date:{self.interval}"


@dataclass(frozen=True, slots=True)
class Is(Condition):
    """A state that the reader's marks tell.

    Attributes:
        state: which.
    """

    state: State

    def predicate(self) -> Predicate:
        """Return a test of the state."""
        match self.state:
            case State.READ:
                return lambda candidate: candidate.marks.read
            case State.UNREAD:
                return lambda candidate: not candidate.marks.read
            case State.STARRED:
                return lambda candidate: candidate.marks.starred
            case State.NOTED:
                return lambda candidate: bool(candidate.marks.note)

    def __str__(self) -> str:
        return f"is:{self.state}"


@dataclass(frozen=True, slots=True)
class Has(Condition):
    """Something that not every digest tells.

    Attributes:
        trait: what.
    """

    trait: Trait

    @property
    def needs_summaries(self) -> bool:
        """True for summaries alone."""
        return self.trait is Trait.SUMMARY

    def predicate(self) -> Predicate:
        """Return a test of the trait."""
        match self.trait:
            case Trait.VOTES:
                return lambda candidate: candidate.paper.votes is not None
            case Trait.SUMMARY:
                return lambda candidate: candidate.has_summary

    def __str__(self) -> str:
        return f"has:{self.trait}"
