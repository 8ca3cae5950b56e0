"""Find the papers that may match a query by its words alone, before any paper is read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from typing import NamedTuple, TypeAlias

from tui.library.library import Library
from tui.library.paper_reader import Candidates
from tui.library.search.text_index import SearchPhrase, WordLookup
from tui.library.volumes import Volume
from tui.query.conditions import Condition, FieldText, PaperField, Phrase
from tui.query.query import Clause, Query
from tui.runtime.task import Task
from tui.runtime.tuning import INPUT_PRIORITY

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
        task: can end the search early.
    """

    choices: tuple[_Choice, ...]
    lookup: WordLookup
    others: Set[str]
    task: Task

    @classmethod
    def of_query(
        cls, library: Library, query: Query, lookup: WordLookup, task: Task
    ) -> CandidateFinder | None:
        """Return the finder of a query; None if its words do not restrict what it matches."""
        choices = tuple(filter(None, map(_choice_of, query.clauses)))
        others = library.kept_texts.ids if library.searches_texts else frozenset[str]()
        return cls(choices, lookup, others, task) if choices else None

    def find(self, volumes: Iterable[Volume]) -> Candidates | None:
        """Return the papers that may match; None if any paper may.

        Args:
            volumes: those with all entries of the papers in question.

        Raises:
            TaskCancelledError: the task was cancelled; the numbers of entries raise it as well.
        """
        found: list[set[str]] = [{*self.others} for _choice in self.choices]
        # A volume may be too large to stay in memory.
        for volume in volumes:
            self._pause()
            for ids, choice in zip(found, self.choices, strict=True):
                for phrase, in_summaries in choice:
                    hits = self.lookup.hits(volume, phrase)
                    if hits is None:
                        return None
                    ids.update(hits.names)
                    if in_summaries:
                        ids.update(hits.summaries)
        return Candidates(set.intersection(*found), self._numbers_of)

    def _numbers_of(self, volume: Volume, ids: Set[str]) -> Sequence[int] | None:
        self._pause()
        return self.lookup.text_index.numbers_of(volume, ids)

    def _pause(self) -> None:
        """Let keys go first, and stop if nobody wants the result any more."""
        INPUT_PRIORITY.yield_to_input()
        self.task.raise_if_cancelled()


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
