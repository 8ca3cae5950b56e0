"""The texts of a library's papers, folded and kept in memory: what a search looks through."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from threading import Lock
from typing import NamedTuple, TypeVar

from tui.cache.source_cache import SourceCache
from tui.library.search.metadata_index import MetadataIndex
from tui.library.search.text_block import Labels, TextBlock, TextSlice
from tui.models import Paper
from tui.query.matching import phrase_finder
from tui.runtime.cooperative import INPUT_PRIORITY
from tui.runtime.garbage_collector import no_collection
from tui.storage.folder import Stamp
from tui.storage.tables import StorageError

_Item = TypeVar("_Item")

TEXTS_PER_YIELD = 64
"""Texts that are folded before keys are asked for: some milliseconds."""


class _CachedMonth(NamedTuple):
    """A month's texts of one source.

    Attributes:
        stamp: of the file, taken before it was read; None if it could not be read.
        texts: what stood in it.
    """

    stamp: Stamp
    texts: TextBlock


class TextIndex:
    """Reads a month's texts when they are first asked for, and keeps them. For any thread.

    Args:
        caches: the sources' caches, in the order that papers number them in.
        damage: gets a sentence for each file that cannot be read; it counts as empty.
        before: gives what it has read of files that are still the same.
    """

    def __init__(
        self, caches: Sequence[SourceCache], damage: list[str], before: TextIndex | None = None
    ) -> None:
        self._caches = caches
        self._read_errors = damage
        self._lock = Lock()
        self.metadata = MetadataIndex()
        self._labels: dict[Labels, Labels] = before._labels if before else {}
        self._months: list[dict[str, _CachedMonth]] = [
            _reusable_months(cache, before) if before else {} for cache in caches
        ]

    def texts(self, paper: Paper) -> tuple[str, ...]:
        """Return a paper's heading and, after it, its summaries that have a text; all folded."""
        texts = [text.text for text in self._slices(paper)]
        return self.metadata.text_of(paper), *filter(None, texts)

    def sections(self, paper: Paper) -> tuple[str, ...]:
        """Return the labels of the sections of a paper's summaries, as they are written."""
        return tuple(label for text in self._slices(paper) for label in text.labels)

    def month(self, source: int, month: str) -> TextBlock:
        """Return the texts that a source has of a month, which are read if they were not."""
        shard = self._months[source].get(month)
        if shard is None:
            # Whoever searches at the same time waits, rather than read the same.
            with self._lock:
                shard = self._months[source].get(month)
                if shard is None:
                    shard = self._months[source][month] = self._read(self._caches[source], month)
        return shard.texts

    def _slices(self, paper: Paper) -> list[TextSlice]:
        texts = [self.month(each.source, each.date[:7]).get(each.number) for each in paper.entries]
        return [text for text in texts if text and text.arxiv_id == paper.arxiv_id]

    def _read(self, cache: SourceCache, month: str) -> _CachedMonth:
        stamp = _stamp(cache, month)
        try:
            with no_collection():
                texts = _yielding(cache.texts(month).items())
                return _CachedMonth(stamp, TextBlock.from_documents(texts, self._labels))
        except (StorageError, OSError) as error:
            if str(error) not in self._read_errors:
                self._read_errors.append(str(error))
            return _CachedMonth(None, TextBlock())


class PhraseMatcher:
    """In which papers a text is found: headings and months are looked through once.

    Args:
        haystacks: where to look.
        text: what to look for, folded and not empty.
    """

    def __init__(self, haystacks: TextIndex, text: str) -> None:
        self._text_index = haystacks
        self._find = phrase_finder(text)
        self._ids: set[str] = set()
        self._blocks: set[int] = set()
        self._months: set[tuple[int, str]] = set()

    def ids_among(self, papers: Sequence[Paper]) -> Set[str]:
        """Return the ids of the papers that have the text in their heading or in a summary.

        Args:
            papers: where to look; ids of others may be among those that are returned.
        """
        headings = self._text_index.metadata
        unseen = headings.blocks_of(papers) - self._blocks
        self._blocks |= unseen
        for block in map(headings.__getitem__, unseen):
            self._ids.update(block.texts.ids_containing(self._find))
            for month in block.months - self._months:
                self._ids.update(self._text_index.month(*month).ids_containing(self._find))
            self._months |= block.months
        return self._ids


def _yielding(items: Iterable[_Item]) -> Iterator[_Item]:
    """Yield items, and let keys come between them."""
    for number, item in enumerate(items):
        if number % TEXTS_PER_YIELD == 0:
            INPUT_PRIORITY.yield_to_input()
        yield item


def _stamp(cache: SourceCache, month: str) -> Stamp:
    """Return the stamp of a month's texts; None if there is no file that can be reached."""
    return cache.folder.stamp(f"{month}.texts")


def _reusable_months(cache: SourceCache, before: TextIndex) -> dict[str, _CachedMonth]:
    """Return what was read of a cache whose files have not been replaced since."""
    for each, shards in zip(before._caches, before._months, strict=True):
        if each.folder.path == cache.folder.path:
            # A copy, for a search may be reading more.
            return {
                month: shard
                for month, shard in list(shards.items())
                if shard.stamp == _stamp(cache, month)
            }
    return {}
