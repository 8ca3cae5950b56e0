"""Find the words of a query in displayed text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING
from unicodedata import category

from tui.query.conditions import FieldText, PaperField, Phrase
from tui.query.group import positive_conditions
from tui.query.matching import phrase_pattern, reversed_name_pattern
from tui.query.normalization import fold, folds_one_to_one

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui.query.query import Query

VISIBLE_FIELDS = (PaperField.TITLE, PaperField.AUTHOR, PaperField.SECTION, PaperField.TEXT)
"""The fields whose text is displayed."""

Span = tuple[int, int]
"""Start and end index."""


@dataclass(frozen=True, slots=True)
class Highlighter:
    """Finds the words of a query in displayed text. True if it has any words.

    Attributes:
        patterns: the patterns of the words, for folded text.
    """

    patterns: tuple[re.Pattern[str], ...] = ()

    @classmethod
    def for_query(cls, query: Query, *fields: PaperField) -> Highlighter:
        """Return the highlighter for a query, without its negated terms.

        Args:
            query: the query. Its bare words are always found.
            fields: the fields whose text is found, too; VISIBLE_FIELDS if none are given.
        """
        patterns: dict[re.Pattern[str], None] = {}
        for condition in positive_conditions(query.clauses):
            if isinstance(condition, Phrase):
                patterns[phrase_pattern(condition.text)] = None
            elif isinstance(condition, FieldText) and condition.field in (fields or VISIBLE_FIELDS):
                pattern_of = _whole_name if condition.whole else phrase_pattern
                patterns[pattern_of(condition.text)] = None
                is_author = condition.field is PaperField.AUTHOR
                if is_author and (reversed_name := reversed_name_pattern(condition.text)):
                    patterns[reversed_name] = None
        return cls(tuple(patterns))

    @classmethod
    def for_text(cls, text: str) -> Highlighter:
        """Return the highlighter for a text as it is typed; it finds nothing in a blank one."""
        phrase = fold(text)
        return cls((phrase_pattern(phrase),)) if phrase.strip() else cls()

    def __bool__(self) -> bool:
        """Return whether there is anything to find."""
        return bool(self.patterns)

    def spans(self, text: str) -> list[Span]:
        """Return the spans of the words in a text, ascending; overlapping ones are merged.

        Args:
            text: the displayed text, not folded.
        """
        if not self.patterns:
            return []
        folded = fold(text)
        spans = [match.span() for pattern in self.patterns for match in pattern.finditer(folded)]
        if spans and not folds_one_to_one(text):
            starts, ends = _origins(text, folded)
            spans = [(starts[start], ends[end - 1]) for start, end in spans]
        return _merged(spans)


def _whole_name(text: str) -> re.Pattern[str]:
    """Return the pattern of a name that is not part of a longer word."""
    return re.compile(rf"(?<!\w){re.escape(text)}(?!\w)")


def _origins(text: str, folded: str) -> tuple[list[int], list[int]]:
    """Return the start and end of the original text of each folded character."""
    boundaries = [*_boundaries(text), len(text)]
    starts: list[int] = []
    ends: list[int] = []
    for start, end in pairwise(boundaries):
        length = len(fold(text[start:end]))
        starts += [start] * length
        ends += [end] * length
    if len(starts) != len(folded):
        # Composition across a boundary, in a script that is unknown here: highlight everything.
        return [0] * len(folded), [len(text)] * len(folded)
    return starts, ends


def _boundaries(text: str) -> Iterator[int]:
    """Yield the indices at which a text can be split without affecting its folding."""
    for index, character in enumerate(text):
        # Conjoining vowels and final consonants are not marks.
        is_joined = category(character)[0] == "M" or "\u1160" <= character <= "\u11ff"
        if index == 0 or not is_joined:
            yield index


def _merged(spans: list[Span]) -> list[Span]:
    """Return the spans in ascending order, with overlapping ones merged."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged
