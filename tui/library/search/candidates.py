"""Find the papers that may match a query by its words alone, before any paper is read."""

from __future__ import annotations

from collections.abc import Iterable, Set
from typing import NamedTuple, TypeAlias

from tui.library.library import Library
from tui.library.search.text_index import SearchPhrase, WordLookup
from tui.library.search.volume_store import Volume
from tui.query.conditions import Condition, FieldText, PaperField, Phrase
from tui.query.query import Clause, Query

_FIELDS = frozenset({PaperField.TITLE, PaperField.AUTHOR, PaperField.ID})
"""Fields whose words are indexed."""


class _WantedText(NamedTuple):
    """A text that papers must have.

    Attributes:
        phrase: the text.
        in_summaries: whether it may be in a summary, and not only in title, authors or id.
    """

    phrase: SearchPhrase
    in_summaries: bool


_Choice: TypeAlias = tuple[_WantedText, ...]
"""Texts of which a paper must have at least one."""


class CandidateFinder(NamedTuple):
    """Finds the papers that have the words of a query.

    Attributes:
        choices: the clauses that consist of texts; a paper must match all of them.
        lookup: looks up their words.
        others: the ids of papers that may match whatever their words are.
    """

    choices: tuple[_Choice, ...]
    lookup: WordLookup
    others: Set[str]

    @classmethod
    def of_query(cls, library: Library, query: Query, lookup: WordLookup) -> CandidateFinder | None:
        """Return the finder of a query; None if its words do not restrict what it matches."""
        choices = tuple(filter(None, map(_choice_of, query.clauses)))
        others = library.kept_texts.ids if library.searches_texts else frozenset[str]()
        return cls(choices, lookup, others) if choices else None

    def find(self, volumes: Iterable[Volume]) -> Set[str] | None:
        """Return the ids of the papers that may match; None if any paper may.

        Args:
            volumes: those with all entries of the papers in question.
        """
        candidates: Set[str] | None = None
        for choice in self.choices:
            found = {*self.others}
            for phrase, in_summaries in choice:
                for volume in volumes:
                    hits = self.lookup.hits(volume, phrase)
                    if hits is None:
                        return None
                    found |= hits.names
                    if in_summaries:
                        found |= hits.summaries
            candidates = found if candidates is None else candidates & found
        return candidates


def _choice_of(clause: Clause) -> _Choice:
    """Return the texts of a clause; none if it has anything else, or texts without words."""
    texts = [_wanted_text(condition) for condition, negated in clause if not negated]
    if len(texts) < len(clause):
        return ()
    return tuple(filter(None, texts)) if None not in texts else ()


def _wanted_text(condition: Condition) -> _WantedText | None:
    """Return the text that papers must have to meet a condition; None without such a text."""
    if isinstance(condition, Phrase):
        text, in_summaries = condition.text, True
    elif isinstance(condition, FieldText) and condition.field in _FIELDS:
        text, in_summaries = condition.text, False
        if condition.field is PaperField.AUTHOR and "," in text:
            # Such a name also matches with its parts in another order.
            return None
    else:
        return None
    phrase = SearchPhrase.from_text(text)
    return _WantedText(phrase, in_summaries) if phrase.words else None
