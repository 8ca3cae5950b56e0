"""Folded texts of many papers, concatenated for fast search.

Searching a long text is a single call of ``str.find``, and the text takes little memory. Python
stores all characters of a string with the width of the widest one, so that there is one string per
width.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate
from sys import getsizeof, intern
from typing import NamedTuple, TypeVar

from tui.cache.entries import EntryText
from tui.query.normalization import SEPARATOR, fold

Labels = tuple[str, ...]

_Item = TypeVar("_Item")


class TextBlock:
    """Texts of many papers, such as the summaries of a month from one source.

    Args:
        ids: the ids of the papers, one for each text.
        texts: the folded texts.
        entries: the numbers of the entries, ascending; none for texts that belong to no entry.
        labels: the section labels, not normalized; as many.
    """

    def __init__(
        self,
        ids: Sequence[str] = (),
        texts: Sequence[str] = (),
        entries: Sequence[int] = (),
        labels: Sequence[Labels] = (),
    ) -> None:
        by_width: dict[int, list[int]] = {}
        for position, width in enumerate(map(_bytes_per_character, texts)):
            by_width.setdefault(width, []).append(position)
        self._runs = [
            _Run.from_texts(
                _items_at(positions, texts),
                _items_at(positions, entries),
                _items_at(positions, ids),
                _items_at(positions, labels),
            )
            for positions in by_width.values()
        ]

    @classmethod
    def from_documents(
        cls, documents: Iterable[tuple[str, EntryText]], known: dict[Labels, Labels]
    ) -> TextBlock:
        """Fold cached summaries.

        Args:
            documents: the documents with their entries' numbers; see ``tui.cache.entries``.
            known: the labels of all blocks. Equal labels share one tuple, because most repeat.

        Raises:
            KeyError, TypeError, ValueError, AttributeError: a document is malformed.
        """
        rows: list[tuple[int, str, str, Labels]] = []
        for entry, document in documents:
            labels = tuple(document["sections"])
            labels = known.setdefault(labels, labels)
            rows.append((int(entry), intern(document["id"]), fold(document["markdown"]), labels))
        rows.sort()
        entries, ids, texts, every_label = zip(*rows, strict=True) if rows else ((), (), (), ())
        return cls(ids, texts, entries, every_label)

    @property
    def byte_count(self) -> int:
        """The memory that the texts take."""
        return sum(getsizeof(run.text) for run in self._runs)

    def get(self, entry: int) -> TextSlice | None:
        """Return the text of an entry, or None."""
        for run in self._runs:
            position = bisect_left(run.entries, entry)
            if position < len(run.entries) and run.entries[position] == entry:
                return TextSlice(run, position)
        return None

    def by_id(self, paper_id: str) -> TextSlice | None:
        """Return the text of a paper, or None. The ids must ascend with the entries' numbers."""
        for run in self._runs:
            position = bisect_left(run.ids, paper_id)
            if position < len(run.ids) and run.ids[position] == paper_id:
                return TextSlice(run, position)
        return None

    def ids_containing(self, find: Callable[[str, int], int]) -> Iterator[str]:
        """Yield the ids of the papers in whose texts something is found.

        Args:
            find: returns the first index of a match in a text from a start index on, or a negative
                number.
        """
        for run in self._runs:
            yield from run.ids_containing(find)

    def hits(self, find: Callable[[str, int], int]) -> Iterator[tuple[str, bool]]:
        """Yield the papers in whose texts something is found.

        The id comes with whether it is found in the part before the first SEPARATOR.

        Args:
            find: as for ``ids_containing``.
        """
        for run in self._runs:
            yield from run.hits(find)


class _Run(NamedTuple):
    """Texts with the same character width.

    Attributes:
        text: the texts, each followed by SEPARATOR.
        ends: the end of each text, including its separator.
        entries: the numbers of the entries, ascending.
        ids: the ids of the papers.
        labels: the section labels.
    """

    text: str
    ends: array[int]
    entries: array[int]
    ids: Sequence[str]
    labels: Sequence[Labels]

    @classmethod
    def from_texts(
        cls,
        texts: Sequence[str],
        entries: Sequence[int],
        ids: Sequence[str],
        labels: Sequence[Labels],
    ) -> _Run:
        ends = array("Q", accumulate(len(text) + 1 for text in texts))
        # The empty string adds a separator after the last text.
        return cls(SEPARATOR.join([*texts, ""]), ends, array("Q", entries), ids, labels)

    def ids_containing(self, find: Callable[[str, int], int]) -> Iterator[str]:
        # Optimized: local names, and no bisection if the next text matches, which is common.
        text, ends, ids = self.text, self.ends, self.ids
        position, match = 0, find(text, 0)
        while match >= 0:
            if ends[position] <= match:
                position = bisect_right(ends, match, position)
            yield ids[position]
            match = find(text, ends[position])
            position += 1

    def hits(self, find: Callable[[str, int], int]) -> Iterator[tuple[str, bool]]:
        text, ends, ids = self.text, self.ends, self.ids
        position, match = 0, find(text, 0)
        while match >= 0:
            if ends[position] <= match:
                position = bisect_right(ends, match, position)
            start = ends[position - 1] if position else 0
            yield ids[position], match < text.find(SEPARATOR, start)
            match = find(text, ends[position])
            position += 1


class TextSlice(NamedTuple):
    """A text of a block. The string is created on access."""

    run: _Run
    position: int

    @property
    def paper_id(self) -> str:
        """The id of the paper."""
        return self.run.ids[self.position]

    @property
    def labels(self) -> Labels:
        """The section labels, not normalized."""
        return self.run.labels[self.position]

    @property
    def text(self) -> str:
        """The folded text."""
        start = self.run.ends[self.position - 1] if self.position else 0
        return self.run.text[start : self.run.ends[self.position] - 1]


def _items_at(positions: Sequence[int], items: Sequence[_Item]) -> Sequence[_Item]:
    """Return the items at some positions, ascending; none if there are no items."""
    if len(positions) >= len(items):
        return items
    return [items[position] for position in positions]


def _bytes_per_character(text: str) -> int:
    """Return the width with which Python stores the characters of a string."""
    if text.isascii():
        return 1
    try:
        text.encode("latin-1")
    except UnicodeEncodeError:
        # Characters outside the basic plane, such as most emoji, take two UTF-16 units.
        return 2 if len(text.encode("utf-16-le", "surrogatepass")) == 2 * len(text) else 4
    return 1
