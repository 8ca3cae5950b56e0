"""Write the words of summaries beside them; see ``tui.cache.word_index``."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Mapping, Sequence
from sys import getsizeof
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias, cast

from tui.cache.entries import EntryText
from tui.cache.validation import check_texts
from tui.cache.word_index import (
    BLOCK_ENTRIES,
    END,
    MAX_BLOCK_CHARS,
    SPACE,
    SUMMARY_CHARACTERS,
    BlockDocument,
    checked_block,
    folding_rules,
    matching_tables,
    split_words,
)
from tui.query.normalization import fold
from tui.storage.folder import TinyDbFolder
from tui.storage.tables import DamagedFileError, Table

if TYPE_CHECKING:
    from tui.runtime.helper_pool import HelperPool, Request

MAX_PENDING_CHARS = 4 << 20
"""Characters of the summaries that other processes index: bounds the memory that they take."""

_FOUR_BYTES = 0xF0
"""The first byte, in UTF-8, of a character of four bytes is this or higher."""

_Summary: TypeAlias = tuple[int, str, list[str], str]
"""The number of an entry, the id of its paper, its section labels, and its text."""

_NewBlock: TypeAlias = tuple[BlockDocument | None, list[_Summary]]
"""A stored block to extend, or None, and the summaries to add."""


class _BlockTask:
    """Adds summaries to a block; see `tui.runtime.helper_pool.HelperTask`.

    Args:
        document: the block to extend; None for a new one.

    Raises:
        KeyError, TypeError, ValueError: it is malformed.
    """

    function = "tui.cache.word_index_writer:index_block"

    def __init__(self, document: BlockDocument | None = None) -> None:
        if document is not None:
            checked_block(document)
        self.document = document
        self.entries = [*document["entries"]] if document else []
        self.new_chars = 0
        self._old_chars = int(document["chars"]) if document else 0
        self._summaries: list[_Summary] = []

    @property
    def argument(self) -> _NewBlock:
        """See ``HelperTask``."""
        return self.document, self._summaries

    @property
    def is_unchanged(self) -> bool:
        """Whether there is nothing to add."""
        return not self._summaries

    def has_room(self, chars: int) -> bool:
        """Return whether a summary of some length can be added."""
        is_short = self._old_chars + self.new_chars + chars <= MAX_BLOCK_CHARS
        return is_short and len(self.entries) < BLOCK_ENTRIES

    def add(self, entry: int, text: EntryText) -> None:
        """Add a summary.

        Args:
            entry: the number of its entry.
            text: its document.
        """
        self.entries.append(entry)
        self.new_chars += len(text["markdown"])
        self._summaries.append((entry, text["id"], text["sections"], text["markdown"]))

    def run_here(self) -> BlockDocument:
        """Index the summaries in this process."""
        return index_block(self.argument)

    def unpack(self, answer: BlockDocument) -> BlockDocument:
        """Return what another process has indexed."""
        return answer


def index_block(new: _NewBlock) -> BlockDocument:
    """Return a block with some summaries added, of which there are ``BLOCK_ENTRIES`` at most."""
    document, summaries = new
    block = _BlockBuilder(document)
    for summary in summaries:
        block.add(*summary)
    return block.to_document()


class _PendingIndex(NamedTuple):
    """The index of a volume of which other processes index blocks.

    Attributes:
        name: of the file.
        header: from what the index is built.
        blocks: its blocks, and requests for others.
        chars: the characters of the summaries in these.
    """

    name: str
    header: dict[str, str | None]
    blocks: Sequence[BlockDocument | Request[BlockDocument]]
    chars: int


class WordIndexWriter:
    """Writes the indexes of volumes, with the help of other processes if there are any.

    The caller has the folder's lock.

    Args:
        folder: the source's cache folder.
        pool: the processes that help.
    """

    def __init__(self, folder: TinyDbFolder, pool: HelperPool | None = None) -> None:
        self._folder = folder
        self._pool = pool
        self._pending: deque[_PendingIndex] = deque()

    def update(
        self,
        volume: str,
        texts: Mapping[str, Any],
        *,
        before: str | None,
        new: Collection[str],
    ) -> None:
        """Make the index match a volume's summaries, at the latest with ``finish``.

        Args:
            volume: such as ``2025-05``.
            texts: the summaries by entry number, which have just been written.
            before: the checksum of the file that they replaced.
            new: the numbers of those that were not in it.

        Raises:
            StorageError: the summaries are malformed, or an index would be too large.
            OSError: the summaries cannot be read, or an index cannot be written.
        """
        name, checksum = f"{volume}.words", self._folder.checksum(f"{volume}.texts")
        blocks: list[_BlockTask] = []
        try:
            tables = matching_tables(self._folder, volume, before)
            if tables is not None and before == checksum:
                return
            if tables is not None:
                kept = texts.keys() - set(new)
                documents: Iterable[Any] = tables["blocks"].values()
                blocks = [
                    _BlockTask(document)
                    for document in documents
                    if kept.issuperset(map(str, document["entries"]))
                ]
        except (DamagedFileError, OSError, KeyError, TypeError, ValueError, AttributeError):
            # The index cannot be used, and is replaced.
            blocks = []
        indexed = {str(entry) for block in blocks for entry in block.entries}
        missing = sorted(texts.keys() - indexed, key=int)
        with self._folder.corrupt_if_malformed(f"{volume}.texts"):
            check_texts({entry: texts[entry] for entry in missing})
        for entry in missing:
            text: EntryText = texts[entry]
            chars = len(text["markdown"])
            if chars > MAX_BLOCK_CHARS:
                # Without an index, a search reads the texts.
                self._folder.replace(name, {})
                return
            if not blocks or not blocks[-1].has_room(chars):
                blocks.append(_BlockTask())
            blocks[-1].add(int(entry), text)
        header = {"checksum": checksum, "folding": folding_rules()}
        chars = sum(block.new_chars for block in blocks)
        self._pending.append(_PendingIndex(name, header, list(map(self._index, blocks)), chars))
        if self._pool is None:
            self.finish()
        while sum(index.chars for index in self._pending) > MAX_PENDING_CHARS:
            self._write_oldest()

    def finish(self) -> None:
        """Write the indexes of all volumes. Raises as ``update`` does."""
        while self._pending:
            self._write_oldest()

    def _index(self, block: _BlockTask) -> BlockDocument | Request[BlockDocument]:
        if block.document is not None and block.is_unchanged:
            return block.document
        return self._pool.submit(block) if self._pool else block.run_here()

    def _write_oldest(self) -> None:
        index = self._pending.popleft()
        blocks: Table = {
            str(number): {**self._completed(block)} for number, block in enumerate(index.blocks)
        }
        self._folder.replace(index.name, {"source": {"": index.header}, "blocks": blocks})

    def _completed(self, block: BlockDocument | Request[BlockDocument]) -> BlockDocument:
        if self._pool is None or isinstance(block, dict):
            return cast(BlockDocument, block)
        return self._pool.wait_for(block)


class _BlockBuilder:
    """Indexes summaries.

    Args:
        document: a stored block to extend, or None.
    """

    def __init__(self, document: BlockDocument | None) -> None:
        self._entries: list[int] = []
        self._ids: list[str] = []
        self._labels: dict[tuple[str, ...], None] = {}
        self._words: defaultdict[bytes, list[str]] = defaultdict(list)
        self._chars = 0
        if document is not None:
            self._entries = document["entries"]
            self._ids = document["ids"]
            self._labels = dict.fromkeys(map(tuple, document["labels"]))
            self._chars = document["chars"]
            for line in (document["words"] + document["wide"]).split(END)[:-1]:
                word, _space, summaries = line.partition(SPACE)
                self._words[word.encode()] = [*summaries]

    def add(self, entry: int, paper_id: str, labels: list[str], text: str) -> None:
        """Add the summary of an entry."""
        summary = SUMMARY_CHARACTERS[len(self._entries)]
        self._entries.append(entry)
        self._ids.append(paper_id)
        self._labels[tuple(labels)] = None
        self._chars += len(text)
        # In the order of the text, so that the same texts give the same file.
        for word in dict.fromkeys(split_words(fold(text))):
            self._words[word].append(summary)

    def to_document(self) -> BlockDocument:
        """Return the block as it is stored."""
        words, wide = _to_string(self._words.items()), ""
        if getsizeof(words) >= 4 * len(words):
            is_wide = {word: max(word) >= _FOUR_BYTES for word in self._words}
            words = _to_string(each for each in self._words.items() if not is_wide[each[0]])
            wide = _to_string(each for each in self._words.items() if is_wide[each[0]])
        return {
            "entries": self._entries,
            "ids": self._ids,
            "labels": list(map(list, filter(None, self._labels))),
            "chars": self._chars,
            "words": words,
            "wide": wide,
        }


def _to_string(words: Iterable[tuple[bytes, list[str]]]) -> str:
    lines = [f"{word.decode()}{SPACE}{''.join(summaries)}{END}" for word, summaries in words]
    return "".join(lines)
