"""The in-memory full-text index of a library: its summaries, and titles, authors and ids."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence, Set
from operator import attrgetter
from threading import Lock
from typing import NamedTuple, TypeVar

from tui.cache.entries import volume_of
from tui.cache.source_cache import SourceCache
from tui.library.search.text_block import IndexedText, Labels, TextBlock, TextSlice
from tui.models import Paper
from tui.query.matching import phrase_finder
from tui.query.normalization import metadata_text
from tui.query.relevance import Scores
from tui.runtime.tuning import INPUT_PRIORITY, no_collection
from tui.storage.disk_errors import path_and_reason
from tui.storage.folder import Stamp
from tui.storage.tables import StorageError

_Item = TypeVar("_Item")

TEXTS_PER_YIELD = 64
"""Texts that are folded, within a few milliseconds, before yielding to input."""

BLOCK_PAPERS = 512
"""Maximum number of papers in a block of metadata."""

IN_TITLE, IN_METADATA = 2, 1
"""The scores of a phrase in the title, and of one in the authors or the id."""

MAX_INDEX_BYTES = 1 << 30
"""Memory for summaries: those of more than 200,000 papers of ordinary digests."""

_id_of = attrgetter("paper_id")


class MetadataBlock(NamedTuple):
    """The metadata of some papers.

    Attributes:
        texts: the results of ``metadata_text``.
        volumes: the cached volumes with the papers' summaries: (number of the source, volume).
    """

    texts: TextBlock
    volumes: frozenset[tuple[int, str]]


class MetadataIndex:
    """Folds the metadata of papers on first use, and keeps it. Thread-safe."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._blocks: list[MetadataBlock] = []
        self._block_of: dict[str, int] = {}

    def __getitem__(self, block: int) -> MetadataBlock:
        """Return a block by its number."""
        return self._blocks[block]

    def text_of(self, paper: Paper) -> str:
        """Return the result of ``metadata_text`` for a paper."""
        block = self._block_of.get(paper.paper_id)
        indexed = None if block is None else self._blocks[block].texts.by_id(paper.paper_id)
        return metadata_text(paper) if indexed is None else indexed.text

    def blocks_of(self, papers: Sequence[Paper]) -> set[int]:
        """Return the numbers of the blocks with some papers, which may have others, too."""
        try:
            return self._indexed_blocks_of(papers)
        except KeyError:
            self.index(papers)
            return self._indexed_blocks_of(papers)

    def index(self, papers: Sequence[Paper]) -> None:
        """Add the papers that are not in the index yet."""
        # The lock keeps concurrent searches from folding the same papers.
        with self._lock:
            new = [paper for paper in papers if paper.paper_id not in self._block_of]
            for start in range(0, len(new), BLOCK_PAPERS):
                self._add(new[start : start + BLOCK_PAPERS])

    def _indexed_blocks_of(self, papers: Sequence[Paper]) -> set[int]:
        return set(map(self._block_of.__getitem__, map(_id_of, papers)))

    def _add(self, papers: Sequence[Paper]) -> None:
        papers = sorted(papers, key=_id_of)
        texts = [
            IndexedText(number, paper.paper_id, metadata_text(paper), ())
            for number, paper in enumerate(papers)
        ]
        volumes = {
            (entry.source, volume_of(entry.date, entry.number))
            for paper in papers
            for entry in paper.entries
        }
        # The block first, because readers without the lock look it up by its number.
        self._blocks.append(MetadataBlock(TextBlock(texts), frozenset(volumes)))
        self._block_of.update(dict.fromkeys(map(_id_of, papers), len(self._blocks) - 1))


class _CachedVolume(NamedTuple):
    """The summaries of a volume of a month from one source.

    Attributes:
        stamp: the stamp of the file before it was read; None if it could not be read.
        texts: the summaries.
    """

    stamp: Stamp
    texts: TextBlock


class TextIndex:
    """Reads the summaries of a volume on first use, and keeps them. Thread-safe.

    Once it holds ``MAX_INDEX_BYTES``, it keeps one more volume at a time, the one read last: a
    search then takes longer, and no more memory.

    Args:
        caches: the caches of the sources, in the order in which papers number them.
        read_errors: the error of each file that cannot be read is added; the file counts as empty.
        before: the index of the previous library, from which unchanged months are reused.
    """

    def __init__(
        self, caches: Sequence[SourceCache], read_errors: list[str], before: TextIndex | None = None
    ) -> None:
        self._caches = caches
        self._read_errors = read_errors
        self._lock = Lock()
        self.metadata = MetadataIndex()
        self._labels: dict[Labels, Labels] = before._labels if before else {}
        self._volumes: list[dict[str, _CachedVolume]] = [
            _reusable_volumes(cache, before) if before else {} for cache in caches
        ]
        self._bytes = sum(
            volume.texts.byte_count for volumes in self._volumes for volume in volumes.values()
        )
        self._last_read: tuple[tuple[int, str], _CachedVolume] | None = None

    @property
    def labels(self) -> Collection[Labels]:
        """The section labels of the summaries that were read so far, once per combination."""
        # A copy, because a search may be adding some.
        return list(self._labels)

    @property
    def has_summaries(self) -> bool:
        """Whether summaries have been read."""
        return any(self._volumes) or self._last_read is not None

    def texts(self, paper: Paper) -> tuple[str, ...]:
        """Return a paper's metadata and its summaries that are not empty, all folded."""
        texts = [text.text for text in self._slices(paper)]
        return self.metadata.text_of(paper), *filter(None, texts)

    def sections(self, paper: Paper) -> tuple[str, ...]:
        """Return the section labels of a paper's summaries, not normalized."""
        return tuple(label for text in self._slices(paper) for label in text.labels)

    def volume(self, source: int, volume: str) -> TextBlock:
        """Return the summaries of a volume from the source with this number."""
        cached = self._volumes[source].get(volume)
        if cached is None:
            # The lock keeps concurrent searches from reading the same file.
            with self._lock:
                cached = self._volumes[source].get(volume) or self._read(source, volume)
        return cached.texts

    def _slices(self, paper: Paper) -> list[TextSlice]:
        texts = [
            self.volume(entry.source, volume_of(entry.date, entry.number)).get(entry.number)
            for entry in paper.entries
        ]
        return [text for text in texts if text and text.paper_id == paper.paper_id]

    def _read(self, source: int, volume: str) -> _CachedVolume:
        """Return a volume that is not kept yet; keep it if there is room."""
        if self._last_read is not None and self._last_read[0] == (source, volume):
            return self._last_read[1]
        self._last_read = None
        cached = self._read_file(self._caches[source], volume)
        self._bytes += cached.texts.byte_count
        if self._bytes <= MAX_INDEX_BYTES:
            self._volumes[source][volume] = cached
        else:
            self._bytes -= cached.texts.byte_count
            self._last_read = (source, volume), cached
        return cached

    def _read_file(self, cache: SourceCache, volume: str) -> _CachedVolume:
        stamp = _stamp(cache, volume)
        try:
            with no_collection():
                texts = _yielding(cache.texts(volume).items())
                return _CachedVolume(stamp, TextBlock.from_documents(texts, self._labels))
        except (StorageError, OSError) as error:
            if (message := path_and_reason(error)) not in self._read_errors:
                self._read_errors.append(message)
            return _CachedVolume(None, TextBlock())


class PhraseMatcher:
    """Finds the papers that contain a phrase; searches every block and volume once.

    Args:
        text_index: the index to search.
        text: the phrase, folded and not empty.
        scores: gets the scores of papers that have it in their metadata; None for no scores.
    """

    def __init__(self, text_index: TextIndex, text: str, scores: Scores | None = None) -> None:
        self._text_index = text_index
        self._scores = scores
        self._find = phrase_finder(text)
        self._ids: set[str] = set()
        self._blocks: set[int] = set()
        self._volumes: set[tuple[int, str]] = set()

    def ids_among(self, papers: Sequence[Paper]) -> Set[str]:
        """Return the ids of the papers that have the phrase in their metadata or a summary.

        Args:
            papers: the papers to search; ids of other papers may be returned, too.
        """
        metadata = self._text_index.metadata
        new_blocks = metadata.blocks_of(papers) - self._blocks
        self._blocks |= new_blocks
        for block in map(metadata.__getitem__, new_blocks):
            self._search_metadata(block.texts)
            for volume in block.volumes - self._volumes:
                self._ids.update(self._text_index.volume(*volume).ids_containing(self._find))
            self._volumes |= block.volumes
        return self._ids

    def _search_metadata(self, texts: TextBlock) -> None:
        scores = self._scores
        if scores is None:
            self._ids.update(texts.ids_containing(self._find))
            return
        for paper_id, is_first in texts.hits(self._find):
            # The title comes first.
            scores[paper_id] = scores.get(paper_id, 0) + (IN_TITLE if is_first else IN_METADATA)
            self._ids.add(paper_id)


def _yielding(items: Iterable[_Item]) -> Iterator[_Item]:
    """Yield items, and yield to input between them."""
    for number, item in enumerate(items):
        if number % TEXTS_PER_YIELD == 0:
            INPUT_PRIORITY.yield_to_input()
        yield item


def _stamp(cache: SourceCache, volume: str) -> Stamp:
    """Return the stamp of the file of a volume's summaries; None if it is missing."""
    return cache.folder.stamp(f"{volume}.texts")


def _reusable_volumes(cache: SourceCache, before: TextIndex) -> dict[str, _CachedVolume]:
    """Return the volumes of a cache that another index has read and that have not changed."""
    for other, volumes in zip(before._caches, before._volumes, strict=True):
        if other.folder.path == cache.folder.path:
            # Iterate over a copy, because a search may be adding volumes.
            return {
                volume: cached
                for volume, cached in list(volumes.items())
                if cached.stamp == _stamp(cache, volume)
            }
    return {}
