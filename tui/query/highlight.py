"""Where the words of a query stand in a text as it is shown."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING
from unicodedata import category, is_normalized

from tui.query.conditions import FieldText, PaperField, Phrase
from tui.query.matching import phrase_pattern
from tui.query.normalization import normalize

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui.query.query import Query

VISIBLE_FIELDS = (PaperField.TITLE, PaperField.AUTHOR, PaperField.SECTION)
"""The fields whose text a reader sees."""

Span = tuple[int, int]
"""Where something begins and where it ends: the place after its last character."""


@dataclass(frozen=True, slots=True)
class Highlighter:
    """Finds the words of a query in a text as it is shown. It is true if there are any.

    Attributes:
        patterns: of the words, to be matched against folded text.
    """

    patterns: tuple[re.Pattern[str], ...] = ()

    @classmethod
    def for_query(cls, query: Query, *fields: PaperField) -> Highlighter:
        """Make the finder of what a query looks for; not of what it leaves out.

        Args:
            query: gives the words.
            fields: whose texts are found besides the bare words, which always are: ``TITLE``
                where titles are shown, ``AUTHOR`` where authors are; ``TITLE``, ``AUTHOR`` and
                ``SECTION`` if none is given.
        """
        found: dict[re.Pattern[str], None] = {}
        for term in (term for clause in query.clauses for term in clause if not term.negated):
            condition = term.condition
            if isinstance(condition, Phrase):
                found[phrase_pattern(condition.text)] = None
            elif isinstance(condition, FieldText) and condition.field in (fields or VISIBLE_FIELDS):
                found[
                    _whole(condition.text) if condition.whole else phrase_pattern(condition.text)
                ] = None
        return cls(tuple(found))

    def __bool__(self) -> bool:
        """Tell whether there is anything to find."""
        return bool(self.patterns)

    def spans(self, text: str) -> list[Span]:
        """Return where the words stand in a text.

        Args:
            text: as it is shown, not folded.

        Returns:
            Where each find begins and ends, in characters of the text as it is given; ascending.
            Where one overlaps another they are one.
        """
        if not self.patterns:
            return []
        folded = normalize(text)
        spans = [match.span() for each in self.patterns for match in each.finditer(folded)]
        if spans and not _is_one_to_one(text, folded):
            starts, ends = _origins(text, folded)
            spans = [(starts[start], ends[end - 1]) for start, end in spans]
        return _merged(spans)


def _whole(text: str) -> re.Pattern[str]:
    """Return the pattern of a name that is not a part of a longer one."""
    return re.compile(rf"(?<!\w){re.escape(text)}(?!\w)")


def _is_one_to_one(text: str, folded: str) -> bool:
    """Tell whether each character was folded to one, in its place."""
    if text.isascii():
        return True
    # No character is folded to none, so that an equal length means one for each.
    return len(text) == len(folded) == len(text.casefold()) and is_normalized("NFC", text)


def _origins(text: str, folded: str) -> tuple[list[int], list[int]]:
    """Return for each folded character where what it was made of begins, and where it ends."""
    borders = [*_borders(text), len(text)]
    starts: list[int] = []
    ends: list[int] = []
    for start, end in pairwise(borders):
        length = len(normalize(text[start:end]))
        starts += [start] * length
        ends += [end] * length
    if len(starts) != len(folded):
        # A script that composes in ways unknown here: the whole is what was found.
        return [0] * len(folded), [len(text)] * len(folded)
    return starts, ends


def _borders(text: str) -> Iterator[int]:
    """Yield where a text can be split so that its parts fold as they do together."""
    for at, character in enumerate(text):
        if at == 0 or not (category(character)[0] == "M" or _is_inner_jamo(character)):
            yield at


def _is_inner_jamo(character: str) -> bool:
    """Tell whether it is a vowel or a final consonant that a syllable is composed of."""
    return "\u1160" <= character <= "\u11ff"


def _merged(spans: list[Span]) -> list[Span]:
    """Return the spans in order, those that overlap as one."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged
