"""Write the words of volumes beside them; see ``tui.cache.word_index``."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Collection, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias, cast

from tui.cache.entries import EntryRow, EntryText
from tui.cache.validation import check_texts
from tui.cache.word_index import (
    BLOCK_ENTRIES,
    END,
    FIRST_NAME,
    FIRST_SUMMARY,
    MAX_BLOCK_CHARS,
    SPACE,
    BlockDocument,
    IndexSource,
    index_source,
    split_words,
    stored_blocks,
)
from tui.query.normalization import fold
from tui.storage.folder import TinyDbFolder
from tui.storage.tables import DamagedFileError, Table

if TYPE_CHECKING:
    from tui.runtime.helper_pool import HelperPool, Request

MAX_PENDING_CHARS = 4 << 20
"""Characters of the entries that other processes index: bounds the memory that they take."""


class IndexedEntry(NamedTuple):
    """What an index needs of an entry.

    Attributes:
        number: the number of the entry.
        paper_id: the id of its paper.
        labels: the section labels of its summary.
        summary: Markdown.
        names: its title, authors and id.
    """

    number: int
    paper_id: str
    labels: list[str]
    summary: str
    names: str

    @classmethod
    def from_documents(cls, number: str, row: EntryRow, text: EntryText) -> IndexedEntry:
        """Return an entry, given its documents."""
        names = "\n".join((row["title"] or "", row["names"], row["id"]))
        return cls(int(number), row["id"], text["sections"], text["markdown"], names)

    @property
    def chars(self) -> int:
        """The number of its characters."""
        return len(self.summary) + len(self.names)


_NewBlock: TypeAlias = tuple[BlockDocument | None, list[tuple[Any, ...]]]
"""A stored block to extend, or None, and the fields of the entries to add."""


class _BlockTask:
    """Adds entries to a block; see `tui.runtime.helper_pool.HelperTask`.

    Args:
        document: the block to extend; None for a new one.

    Raises:
        KeyError, TypeError, ValueError: it is malformed.
    """

    function = "tui.cache.word_index_writer:index_block"

    def __init__(self, document: BlockDocument | None = None) -> None:
        if document is not None:
            _check_block(document)
        self.document = document
        self.entries = [*document["entries"]] if document else []
        self.new_chars = 0
        self._old_chars = int(document["chars"]) if document else 0
        self._new: list[IndexedEntry] = []

    @property
    def argument(self) -> _NewBlock:
        """See ``HelperTask``."""
        # Only plain tuples can be sent to another process.
        return self.document, list(map(tuple, self._new))

    @property
    def is_unchanged(self) -> bool:
        """Whether there is nothing to add."""
        return not self._new

    def has_room(self, chars: int) -> bool:
        """Return whether an entry of some length can be added."""
        is_short = self._old_chars + self.new_chars + chars <= MAX_BLOCK_CHARS
        return is_short and len(self.entries) < BLOCK_ENTRIES

    def add(self, entry: IndexedEntry) -> None:
        """Add an entry."""
        self.entries.append(entry.number)
        self.new_chars += entry.chars
        self._new.append(entry)

    def run_here(self) -> BlockDocument:
        """Index the entries in this process."""
        return index_block(self.argument)

    def unpack(self, answer: BlockDocument) -> BlockDocument:
        """Return what another process has indexed."""
        return answer


def _check_block(document: BlockDocument) -> None:
    """Check a stored block.

    Raises:
        KeyError, TypeError, ValueError: it is malformed.
    """
    lists = document["entries"], document["ids"], document["labels"]
    texts = document["words"], *document["ids"], *chain.from_iterable(document["labels"])
    if set(map(type, lists)) != {list} or set(map(type, texts)) != {str}:
        raise TypeError("a block has a wrong type")
    if not len(document["entries"]) == len(document["ids"]) <= BLOCK_ENTRIES:
        raise ValueError("a block has no id for an entry")


def index_block(new: _NewBlock) -> BlockDocument:
    """Return a block with some entries added, of which there are ``BLOCK_ENTRIES`` at most."""
    document, entries = new
    block = _BlockBuilder(document)
    for entry in entries:
        block.add(*entry)
    return block.to_document()


class _PendingIndex(NamedTuple):
    """The index of a volume of which other processes index blocks.

    Attributes:
        name: of the file.
        source: from what the index is built.
        blocks: its blocks, and requests for others.
        chars: the characters of the entries in these.
    """

    name: str
    source: IndexSource | None
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
        rows: Mapping[str, Any],
        texts: Mapping[str, Any],
        *,
        before: IndexSource | None,
        new: Collection[str],
    ) -> None:
        """Make the index match a volume, at the latest with ``finish``.

        Args:
            volume: such as ``2025-05``.
            rows: its rows by entry number, which have just been written.
            texts: the texts of the same entries.
            before: from what its index was built before that.
            new: the numbers of the entries that were not in it.

        Raises:
            StorageError: the texts are malformed, or an index would be too large.
            OSError: the volume cannot be read, or an index cannot be written.
        """
        name, source = f"{volume}.words", index_source(self._folder, volume)
        blocks: list[_BlockTask] = []
        try:
            documents = stored_blocks(self._folder, volume, before)
            if documents is not None and before == source:
                return
            kept = texts.keys() - set(new)
            blocks = [
                _BlockTask(document)
                for document in documents or ()
                if kept.issuperset(map(str, document["entries"]))
            ]
        except (DamagedFileError, OSError, KeyError, TypeError, ValueError, AttributeError):
            # The index cannot be used, and is replaced.
            blocks = []
        if rows.keys() != texts.keys():
            # Something else has changed the files. A search would not find what has no text.
            self._folder.replace(name, {})
            return
        indexed = {str(entry) for block in blocks for entry in block.entries}
        missing = sorted(texts.keys() - indexed, key=int)
        with self._folder.corrupt_if_malformed(f"{volume}.texts"):
            check_texts({entry: texts[entry] for entry in missing})
        for number in missing:
            entry = IndexedEntry.from_documents(number, rows[number], texts[number])
            if entry.chars > MAX_BLOCK_CHARS:
                # Without an index, a search reads the volume.
                self._folder.replace(name, {})
                return
            if not blocks or not blocks[-1].has_room(entry.chars):
                blocks.append(_BlockTask())
            blocks[-1].add(entry)
        chars = sum(block.new_chars for block in blocks)
        self._pending.append(_PendingIndex(name, source, list(map(self._index, blocks)), chars))
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
        source = {"": {**index.source}} if index.source else {}
        self._folder.replace(index.name, {"source": source, "blocks": blocks})

    def _completed(self, block: BlockDocument | Request[BlockDocument]) -> BlockDocument:
        if self._pool is None or isinstance(block, dict):
            return cast(BlockDocument, block)
        return self._pool.wait_for(block)


class _BlockBuilder:
    """Indexes entries.

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
            for line in document["words"].split(END)[:-1]:
                word, _space, entries = line.partition(SPACE)
                self._words[word.encode()] = [*entries]

    def add(self, number: int, paper_id: str, labels: list[str], summary: str, names: str) -> None:
        """Add an ``IndexedEntry``."""
        position = len(self._entries)
        self._entries.append(number)
        self._ids.append(paper_id)
        self._labels[tuple(labels)] = None
        self._chars += len(summary) + len(names)
        for text, character in (
            (summary, chr(FIRST_SUMMARY + position)),
            (names, chr(FIRST_NAME + position)),
        ):
            # In the order of the text, so that the same texts give the same file.
            for word in dict.fromkeys(split_words(fold(text))):
                self._words[word].append(character)

    def to_document(self) -> BlockDocument:
        """Return the block as it is stored."""
        lines = [
            f"{word.decode()}{SPACE}{''.join(entries)}{END}"
            for word, entries in self._words.items()
        ]
        words = "".join(lines)
        return {
            "entries": self._entries,
            "ids": self._ids,
            "labels": list(map(list, filter(None, self._labels))),
            "chars": self._chars,
            "bytes": len(words.encode()),
            "words": words,
        }
