"""A month's summaries as they are searched: folded, and one after another in a few long texts.

To look through a long text is one call, and it takes no more memory than its letters do. Python
keeps all letters of a text in as many bytes as the widest needs, so there is one for each width.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from sys import intern
from typing import NamedTuple

from tui.cache.serialization import EntryText
from tui.query.normalization import SEPARATOR, normalize

Labels = tuple[str, ...]


class IndexedText(NamedTuple):
    """An entry's summary as it is searched.

    Attributes:
        entry: its number.
        arxiv_id: whose it is.
        folded: the Markdown, folded.
        labels: those of its sections, as they are written.
    """

    entry: int
    arxiv_id: str
    text: str
    labels: Labels


class TextBlock:
    """The summaries of a month of one source.

    Args:
        texts: in the order of their numbers.
    """

    def __init__(self, texts: Iterable[IndexedText] = ()) -> None:
        by_width: dict[int, list[IndexedText]] = {}
        for text in texts:
            by_width.setdefault(_bytes_per_character(text.text), []).append(text)
        self._runs = [_Run.from_texts(alike) for alike in by_width.values()]

    @classmethod
    def from_documents(
        cls, documents: Iterable[tuple[str, EntryText]], known: dict[Labels, Labels]
    ) -> TextBlock:
        """Fold what is cached.

        Args:
            documents: by the numbers of their entries; see ``tui.cache.serialization``.
            known: labels that were met. They are told again and again, and each set is kept once.

        Raises:
            KeyError, TypeError, ValueError, AttributeError: a document is not one of ours.
        """
        made = []
        for entry, document in documents:
            labels = tuple(document["sections"])
            labels = known.setdefault(labels, labels)
            made.append(
                IndexedText(
                    int(entry), intern(document["id"]), normalize(document["markdown"]), labels
                )
            )
        made.sort()
        return cls(made)

    def get(self, entry: int) -> TextSlice | None:
        """Return a summary by its number, or None."""
        for part in self._runs:
            at = bisect_left(part.entries, entry)
            if at < len(part.entries) and part.entries[at] == entry:
                return TextSlice(part, at)
        return None

    def by_id(self, arxiv_id: str) -> TextSlice | None:
        """Return the text of a paper, or None. For texts of which the ids ascend as the numbers."""
        for part in self._runs:
            at = bisect_left(part.ids, arxiv_id)
            if at < len(part.ids) and part.ids[at] == arxiv_id:
                return TextSlice(part, at)
        return None

    def ids_containing(self, find: Callable[[str, int], int]) -> Iterator[str]:
        """Yield the ids of the papers in whose summaries something is found.

        Args:
            find: returns where it begins in a text from a place on, or a negative number.
        """
        for part in self._runs:
            yield from part.ids_containing(find)


class _Run(NamedTuple):
    """Summaries of one width.

    Attributes:
        text: all of them, each with a border after it.
        ends: where each ends, with its border.
        entries: their numbers, ascending.
        ids: whose they are.
        labels: those of their sections.
    """

    text: str
    ends: array[int]
    entries: array[int]
    ids: Sequence[str]
    labels: Sequence[Labels]

    @classmethod
    def from_texts(cls, texts: Sequence[IndexedText]) -> _Run:
        ends, end = array("Q"), 0
        for text in texts:
            end += len(text.text) + 1
            ends.append(end)
        # With nothing at the end, so that the last has a border after it, too.
        whole = SEPARATOR.join([*[text.text for text in texts], ""])
        entries = array("Q", [text.entry for text in texts])
        ids = [text.arxiv_id for text in texts]
        return cls(whole, ends, entries, ids, [text.labels for text in texts])

    def ids_containing(self, find: Callable[[str, int], int]) -> Iterator[str]:
        # Names of our own, and a look at the next one first: a letter is in nearly all of them.
        text, ends, ids = self.text, self.ends, self.ids
        at, found = 0, find(text, 0)
        while found >= 0:
            if ends[at] <= found:
                at = bisect_right(ends, found, at)
            yield ids[at]
            found = find(text, ends[at])
            at += 1


class TextSlice(NamedTuple):
    """A summary among others; its text is cut out only when it is asked for."""

    run: _Run
    position: int

    @property
    def arxiv_id(self) -> str:
        """Whose it is."""
        return self.run.ids[self.position]

    @property
    def labels(self) -> Labels:
        """The labels of its sections, as they are written."""
        return self.run.labels[self.position]

    @property
    def text(self) -> str:
        """The Markdown, folded."""
        start = self.run.ends[self.position - 1] if self.position else 0
        return self.run.text[start : self.run.ends[self.position] - 1]


def _bytes_per_character(text: str) -> int:
    """Return how many bytes Python takes for each letter of a text, or a few more."""
    if text.isascii():
        return 1
    try:
        text.encode("latin-1")
    except UnicodeEncodeError:
        # Letters beyond the basic plane, such as most emoji, are two units each.
        return 2 if len(text.encode("utf-16-le", "surrogatepass")) == 2 * len(text) else 4
    return 1
