"""The in-memory full-text index of a library: its summaries, and titles, authors and ids."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence, Set
from typing import NamedTuple, TypeVar

from tui.cache.entries import volume_of
from tui.cache.source_cache import SourceCache
from tui.cache.word_index import WordBlock, read_word_index, words_of
from tui.library.search.metadata_index import MetadataIndex
from tui.library.search.text_block import Labels, TextBlock, TextSlice
from tui.library.search.volume_store import ReadVolume, Volume, VolumeStore
from tui.models import Paper
from tui.query.matching import literal_parts, phrase_finder
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
"""Memory for the words of summaries: those of about 100,000 papers."""


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
    """Reads the summaries of a volume, or only their words, on first use. Thread-safe.

    Words are enough for most phrases. They take little time and memory, and leave out the volumes
    that need not be searched for another phrase.

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
        self._words = VolumeStore[Sequence[WordBlock] | None](MAX_WORD_BYTES)
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

    def ids_containing(self, volume: Volume, phrase: SearchPhrase) -> Set[str]:
        """Return the ids of the papers with a phrase in one of their summaries in a volume."""
        if phrase.words and (phrase.is_word or volume not in self._texts):
            blocks = self._words.get(volume, self._read_words)
            try:
                if blocks is not None and phrase.is_word:
                    [word] = phrase.words
                    return {paper_id for block in blocks for paper_id in block.ids_containing(word)}
                if blocks is not None and not any(
                    block.has_summary_with(phrase.words) for block in blocks
                ):
                    return frozenset()
            except KeyError:
                # The words are wrong, although the checksum of their file is not.
                pass
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

    def _read_words(self, volume: Volume) -> ReadVolume[Sequence[WordBlock] | None]:
        INPUT_PRIORITY.yield_to_input()
        source, name = volume
        stamps = self._word_stamps(volume)
        blocks = read_word_index(self._caches[source].folder, name)
        for block in blocks or ():
            self._labels.update((labels, labels) for labels in block.labels)
        return ReadVolume(stamps, blocks, sum(block.byte_count for block in blocks or ()))

    def _text_stamps(self, volume: Volume) -> tuple[Stamp, ...]:
        source, name = volume
        return (self._caches[source].folder.stamp(f"{name}.texts"),)

    def _word_stamps(self, volume: Volume) -> tuple[Stamp, ...]:
        source, name = volume
        return *self._text_stamps(volume), self._caches[source].folder.stamp(f"{name}.words")


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
        self._phrase = SearchPhrase.from_text(text)
        self._ids: set[str] = set()
        self._blocks: set[int] = set()
        self._volumes: set[Volume] = set()

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
                self._ids.update(self._text_index.ids_containing(volume, self._phrase))
            self._volumes |= block.volumes
        return self._ids

    def _search_metadata(self, texts: TextBlock) -> None:
        scores = self._scores
        if scores is None:
            self._ids.update(texts.ids_containing(self._phrase.find))
            return
        for paper_id, is_first in texts.hits(self._phrase.find):
            # The title comes first.
            scores[paper_id] = scores.get(paper_id, 0) + (IN_TITLE if is_first else IN_METADATA)
            self._ids.add(paper_id)


def _yielding(items: Iterable[_Item]) -> Iterator[_Item]:
    """Yield items, and yield to input between them."""
    for number, item in enumerate(items):
        if number % TEXTS_PER_YIELD == 0:
            INPUT_PRIORITY.yield_to_input()
        yield item
