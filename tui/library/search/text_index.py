"""The full-text index of a library: its words, summaries, and titles, authors and ids."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence, Set
from typing import NamedTuple, TypeVar

from tui.cache.entries import VOLUME_FILE_KINDS, volume_of
from tui.cache.source_cache import SourceCache
from tui.cache.word_index import WordHits, WordIndex, read_word_index, words_of
from tui.library.search.metadata_index import MetadataIndex
from tui.library.search.text_block import Labels, TextBlock, TextSlice
from tui.library.search.volume_store import ReadVolume, VolumeStore
from tui.library.volumes import Volume, volumes_of
from tui.models import Paper
from tui.query.matching import literal_parts, phrase_finder
from tui.query.normalization import fold, metadata_text
from tui.query.relevance import Scores
from tui.runtime.tuning import INPUT_PRIORITY, no_collection
from tui.storage.disk_errors import path_and_reason
from tui.storage.folder import Stamp
from tui.storage.tables import StorageError

_Item = TypeVar("_Item")

TEXTS_PER_YIELD = 64
"""Texts that are folded, within a few milliseconds, before yielding to input."""

IN_TITLE, IN_METADATA = 2, 1
"""The scores of a phrase in the title, and of one in the authors or the id."""

MAX_INDEX_BYTES = 1 << 30
"""Memory for summaries: those of more than 200,000 papers of ordinary digests."""

MAX_WORD_BYTES = 64 << 20
"""Memory for words: those of about 100,000 papers."""

RECENT_WORD_VOLUMES = 16
"""Volumes whose words stay in memory for a moment after that: those of a month of arXiv."""


class SearchPhrase(NamedTuple):
    """A phrase to search for, and how to find it.

    Attributes:
        find: finds its next occurrence in a folded text, like ``str.find``.
        words: words, or parts of words, of every text in which it is found.
        is_word: whether it is itself a word, or a part of one: then a text has it if and only if
            one of the words of the text does.
    """

    find: Callable[[str, int], int]
    words: Sequence[str]
    is_word: bool

    @classmethod
    def from_text(cls, text: str) -> SearchPhrase:
        """Return a phrase, given its text, which is folded and not empty."""
        parts = literal_parts(text)
        words = [word for part in parts for word in words_of(part)]
        return cls(phrase_finder(text), words, is_word=words == parts == [text])


class TextIndex:
    """Reads the summaries of a volume, or only its words, on first use. Thread-safe.

    Words are enough for most phrases. They take little time and memory, and leave out the volumes
    and papers that need not be searched for another phrase.

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
        self.metadata = MetadataIndex()
        self._labels: dict[Labels, Labels] = before._labels if before else {}
        self._texts = VolumeStore[TextBlock](MAX_INDEX_BYTES)
        self._words = VolumeStore[WordIndex | None](MAX_WORD_BYTES, RECENT_WORD_VOLUMES)
        if before:
            paths = [cache.folder.path for cache in caches]
            numbers = {
                number: paths.index(cache.folder.path)
                for number, cache in enumerate(before._caches)
                if cache.folder.path in paths
            }
            self._texts.reuse(before._texts, numbers, self._text_stamps)
            self._words.reuse(before._words, numbers, self._word_stamps)

    @property
    def labels(self) -> Collection[Labels]:
        """The section labels of the summaries that were searched so far, once per combination."""
        # A copy, because a search may be adding some.
        return list(self._labels)

    @property
    def has_summaries(self) -> bool:
        """Whether summaries, or their words, have been read."""
        return bool(self._texts or self._words)

    def texts(self, paper: Paper) -> tuple[str, ...]:
        """Return a paper's metadata and its summaries that are not empty, all folded."""
        texts = [text.text for text in self._slices(paper)]
        return self.metadata.text_of(paper), *filter(None, texts)

    def sections(self, paper: Paper) -> tuple[str, ...]:
        """Return the section labels of a paper's summaries, not normalized."""
        return tuple(label for text in self._slices(paper) for label in text.labels)

    def volume(self, source: int, volume: str) -> TextBlock:
        """Return the summaries of a volume from the source with this number."""
        return self._texts.get((source, volume), self._read_texts)

    def word_hits(self, volume: Volume, phrase: SearchPhrase) -> WordHits | None:
        """Return the papers of a volume that have the words of a phrase; None if that is unknown.

        Args:
            volume: the volume.
            phrase: a phrase; it has the words in one text, but perhaps elsewhere.
        """
        index = self._words.get(volume, self._read_words) if phrase.words else None
        try:
            return index.find(phrase.words) if index else None
        except (LookupError, TypeError, ValueError):
            # The words are wrong, although the checksum of their file is not.
            return None

    def numbers_of(self, volume: Volume, ids: Set[str]) -> Sequence[int] | None:
        """Return the numbers of the entries of some papers in a volume; None if unknown."""
        index = self._words.get(volume, self._read_words)
        try:
            return index.numbers_of(ids) if index else None
        except (LookupError, TypeError, ValueError):
            return None

    def ids_in_summaries(
        self, volume: Volume, phrase: SearchPhrase, hits: WordHits | None
    ) -> Set[str]:
        """Return the ids of the papers with a phrase in one of their summaries in a volume.

        Args:
            volume: the volume.
            phrase: the phrase.
            hits: the result of ``word_hits`` for both.
        """
        if hits is not None and (phrase.is_word or not hits.summaries):
            return hits.summaries
        return set(self.volume(*volume).ids_containing(phrase.find))

    def _slices(self, paper: Paper) -> list[TextSlice]:
        texts = [
            self.volume(entry.source, volume_of(entry.date, entry.number)).get(entry.number)
            for entry in paper.entries
        ]
        return [text for text in texts if text and text.paper_id == paper.paper_id]

    def _read_texts(self, volume: Volume) -> ReadVolume[TextBlock]:
        source, name = volume
        stamps = self._text_stamps(volume)
        try:
            with no_collection():
                documents = _yielding(self._caches[source].texts(name).items())
                texts = TextBlock.from_documents(documents, self._labels)
        except (StorageError, OSError) as error:
            if (message := path_and_reason(error)) not in self._read_errors:
                self._read_errors.append(message)
            # What could not be read is read again by the next library.
            return ReadVolume((None,), TextBlock(), 0)
        return ReadVolume(stamps, texts, texts.byte_count)

    def _read_words(self, volume: Volume) -> ReadVolume[WordIndex | None]:
        INPUT_PRIORITY.yield_to_input()
        source, name = volume
        stamps = self._word_stamps(volume)
        index = read_word_index(self._caches[source].folder, name)
        if index is None:
            return ReadVolume(stamps, None, 0)
        self._labels.update((labels, labels) for labels in index.labels)
        return ReadVolume(stamps, index, index.byte_count)

    def _text_stamps(self, volume: Volume) -> tuple[Stamp, ...]:
        source, name = volume
        return (self._caches[source].folder.stamp(f"{name}.texts"),)

    def _word_stamps(self, volume: Volume) -> tuple[Stamp, ...]:
        source, name = volume
        folder = self._caches[source].folder
        return tuple(folder.stamp(f"{name}.{kind}") for kind in VOLUME_FILE_KINDS)


class WordLookup:
    """Looks up the words of phrases, in each volume once.

    Args:
        text_index: the index to search.
    """

    def __init__(self, text_index: TextIndex) -> None:
        self._text_index = text_index
        self._hits: dict[tuple[Volume, tuple[str, ...]], WordHits | None] = {}

    @property
    def text_index(self) -> TextIndex:
        """The index that is searched."""
        return self._text_index

    def hits(self, volume: Volume, phrase: SearchPhrase) -> WordHits | None:
        """Return the result of ``TextIndex.word_hits``."""
        key = volume, tuple(phrase.words)
        if key not in self._hits:
            self._hits[key] = self._text_index.word_hits(volume, phrase)
        return self._hits[key]


class PhraseMatcher:
    """Finds the papers that contain a phrase; searches every block and volume once.

    Args:
        text_index: the index to search.
        lookup: the words that were looked up in it.
        text: the phrase, folded and not empty.
        scores: gets the scores of papers that have it in their metadata; None for no scores.
    """

    def __init__(
        self, text_index: TextIndex, lookup: WordLookup, text: str, scores: Scores | None = None
    ) -> None:
        self._text_index = text_index
        self._lookup = lookup
        self._scores = scores
        self._phrase = SearchPhrase.from_text(text)
        self._ids: set[str] = set()
        self._candidates: set[str] = set()
        """The papers that may have the phrase in their metadata."""
        self._volumes: dict[Volume, bool] = {}
        """The volumes that were searched, and whether the candidates among their papers are known.
        """
        self._blocks: set[int] = set()
        self._in_metadata: set[str] = set()

    def ids_among(self, papers: Sequence[Paper]) -> Set[str]:
        """Return the ids of the papers that have the phrase in their metadata or a summary.

        Args:
            papers: the papers to search; ids of other papers may be returned, too.
        """
        volumes = volumes_of(papers)
        for volume in volumes - self._volumes.keys():
            hits = self._lookup.hits(volume, self._phrase)
            self._ids |= self._text_index.ids_in_summaries(volume, self._phrase, hits)
            self._volumes[volume] = hits is not None
            self._candidates |= hits.names if hits else set()
        if all(map(self._volumes.__getitem__, volumes)):
            self._test_candidates(papers)
        else:
            self._search_blocks(papers)
        return self._ids

    def _test_candidates(self, papers: Sequence[Paper]) -> None:
        find, candidates = self._phrase.find, self._candidates
        for paper in papers:
            if paper.paper_id in candidates:
                candidates.discard(paper.paper_id)
                if find(fold(paper.title), 0) >= 0:
                    self._add(paper.paper_id, is_in_title=True)
                elif find(metadata_text(paper), 0) >= 0:
                    self._add(paper.paper_id, is_in_title=False)

    def _search_blocks(self, papers: Sequence[Paper]) -> None:
        metadata = self._text_index.metadata
        new_blocks = metadata.blocks_of(papers) - self._blocks
        self._blocks |= new_blocks
        for block in map(metadata.__getitem__, new_blocks):
            for paper_id, is_first in block.hits(self._phrase.find):
                self._add(paper_id, is_in_title=is_first)

    def _add(self, paper_id: str, *, is_in_title: bool) -> None:
        self._ids.add(paper_id)
        if self._scores is not None and paper_id not in self._in_metadata:
            self._in_metadata.add(paper_id)
            score = IN_TITLE if is_in_title else IN_METADATA
            self._scores[paper_id] = self._scores.get(paper_id, 0) + score


def _yielding(items: Iterable[_Item]) -> Iterator[_Item]:
    """Yield items, and yield to input between them."""
    for number, item in enumerate(items):
        if number % TEXTS_PER_YIELD == 0:
            INPUT_PRIORITY.yield_to_input()
        yield item
