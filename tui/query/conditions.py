"""The conditions of a query: each has a test for documents, and its text in the query language."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache, partial
from operator import eq
from typing import TYPE_CHECKING, Protocol, TypeAlias

from tui.models import CODE, CROSS, REPLACED
from tui.query.matching import phrase_test, reversed_name_pattern
from tui.query.normalization import SEPARATOR, fold, folded_authors, quote, quote_if_needed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from tui.models import Marks, Paper

# Many papers share a few labels, tags and paths.
_fold_cached = lru_cache(4096)(fold)


class SearchDocument(Protocol):
    """A paper with everything that a query can match.

    Only what a query needs is read, so that costly properties can be computed lazily. Texts,
    sections, has_summary and full_text are read only if the query ``needs_summaries``.
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
    def is_recommended(self) -> bool:
        """Whether the paper is recent and like those that the reader chose; see *For you*."""

    def match(self, tag: str, /) -> int | None:
        """Return how well it matches what the reader chose, from 0 to 99; None if unknown.

        Args:
            tag: compare with the papers of this tag only; empty for all that the reader chose.
        """

    @property
    def texts(self) -> Sequence[str]:
        """The result of ``metadata_text`` and the summaries, all folded."""

    @property
    def sections(self) -> tuple[str, ...]:
        """The section labels of all its summaries, not folded."""

    @property
    def has_summary(self) -> bool:
        """Whether any digest has a summary of it."""

    @property
    def full_text(self) -> str:
        """Its full text, folded; empty if it is not kept."""

    @property
    def has_full_text(self) -> bool:
        """Whether its full text is kept."""


Predicate: TypeAlias = "Callable[[SearchDocument], bool]"


class PaperField(StrEnum):
    """Fields with text."""

    TITLE = "title"
    AUTHOR = "author"
    ID = "id"
    TAG = "tag"
    SOURCE = "source"
    SECTION = "section"
    CATEGORY = "cat"
    TEXT = "text"


MATCH_WHOLE = frozenset({PaperField.ID, PaperField.TAG, PaperField.CATEGORY})
"""Fields that must equal the text; the others must contain it. A category may also equal it up to
its full stop."""


@lru_cache(1 << 15)
def _folded_categories(labels: str) -> frozenset[str]:
    """Return the categories and archives (``cs``) that labels name, folded."""
    categories = [fold(label) for label in labels.split() if not label.startswith("+")]
    archives = [category.partition(".")[0] for category in categories]
    return frozenset((*categories, *archives))


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
    PaperField.CATEGORY: lambda document: _folded_categories(document.paper.labels),
    PaperField.TEXT: lambda document: (document.full_text,),
}


STATES: Mapping[str, Mapping[str, Predicate]] = {
    "is": {
        "read": lambda document: document.marks.read,
        "unread": lambda document: not document.marks.read,
        "new": lambda document: document.is_new,
        "starred": lambda document: document.marks.starred,
        "tagged": lambda document: bool(document.marks.tags),
        "noted": lambda document: bool(document.marks.note),
        "recommended": lambda document: document.is_recommended,
        "revised": lambda document: document.paper.unseen_version(document.marks) is not None,
        "withdrawn": lambda document: document.paper.is_withdrawn,
        "cross": lambda document: CROSS in document.paper.labels,
        "replaced": lambda document: REPLACED in document.paper.labels,
        "hidden": lambda document: document.marks.hidden,
        "later": lambda document: bool(document.marks.later),
    },
    "has": {
        "votes": lambda document: document.paper.votes is not None,
        "date": lambda document: bool(document.paper.dates),
        "summary": lambda document: document.has_summary,
        "text": lambda document: document.has_full_text,
        "code": lambda document: CODE in document.paper.labels,
    },
}
"""The values of ``is:`` and ``has:``, with their tests."""

STATES_OF_MARKS = frozenset(
    {
        "read",
        "unread",
        "starred",
        "tagged",
        "noted",
        "hidden",
        "later",
        "recommended",
        "revised",
    }
)
"""The values of ``is:`` that depend on the reader's marks."""


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

    @property
    def has_dates(self) -> bool:
        """Whether the condition compares dates."""
        return False

    @property
    def needs_replaced(self) -> bool:
        """Whether the condition is about papers of which only a new version is announced."""
        return False

    @property
    def needs_ranking(self) -> bool:
        """Whether the test reads match or is_recommended."""
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
        """Whether the field is ``section:`` or ``text:``."""
        return self.field in {PaperField.SECTION, PaperField.TEXT}

    @property
    def needs_marks(self) -> bool:
        """Whether the field is ``tag:``."""
        return self.field is PaperField.TAG

    def predicate(self) -> Predicate:
        """Return a function that returns whether a document has the text in the field."""
        if self.field is PaperField.CATEGORY:
            # A third of the time that the general test takes.
            text = self.text
            return lambda document: text in _folded_categories(document.paper.labels)
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
        """Whether the value is a summary, or depends on the texts of papers."""
        return self.state in {"summary", "recommended"}

    @property
    def needs_marks(self) -> bool:
        """Whether the state is one of the marks."""
        return self.field == "is" and self.state in STATES_OF_MARKS

    @property
    def needs_ranking(self) -> bool:
        """Whether the state depends on what the reader chose."""
        return self.state == "recommended"

    @property
    def needs_replaced(self) -> bool:
        """Whether the state is that of such a paper."""
        return self.state == "replaced"

    def predicate(self) -> Predicate:
        """Return a function that returns whether a document has the state."""
        return STATES[self.field][self.state]

    def __str__(self) -> str:
        return f"{self.field}:{self.state}"
