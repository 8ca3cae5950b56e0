"""The reader's interests: queries whose words are highlighted wherever papers are shown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from tui.query.conditions import PaperField
from tui.query.highlight import VISIBLE_FIELDS, Highlighter
from tui.query.parser import parse

if TYPE_CHECKING:
    from tui.config.validators import Interest

ColoredSpan = tuple[int, int, str]
"""Start and end index, and the name of a color."""


class InterestHighlighter(NamedTuple):
    """Finds the words of interests in displayed text.

    Attributes:
        finders: the highlighter and the color of each interest.
    """

    finders: Sequence[tuple[Highlighter, str]]

    @classmethod
    def of(
        cls, interests: Iterable[Interest], fields: Sequence[PaperField] = VISIBLE_FIELDS
    ) -> InterestHighlighter:
        """Return the highlighter of interests, without the negated terms of their queries.

        Args:
            interests: the interests, whose queries are valid.
            fields: the fields whose text is found besides bare words.
        """
        found = ((Highlighter.for_query(parse(each.query), *fields), each) for each in interests)
        return cls([(finder, each.color) for finder, each in found if finder])

    def spans(self, text: str) -> list[ColoredSpan]:
        """Return the spans of words in a text; of two that overlap, the first interest's."""
        taken: list[ColoredSpan] = []
        for finder, color in self.finders:
            for start, end in finder.spans(text):
                if all(end <= left or start >= right for left, right, _color in taken):
                    taken.append((start, end, color))
        return sorted(taken)
