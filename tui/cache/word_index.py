"""The words of a volume, stored beside it, so that a search need not read the volume.

A word is a run of characters other than spaces and ASCII punctuation. A text of such characters
occurs within one word or not at all, so it is in the summaries that have one of the words that
contain it. The words are a small part of all texts: each is stored once for up to ``BLOCK_ENTRIES``
entries. One string has all of them, each with a character for every entry whose summary has it, and
another one for every entry whose title, authors or id have it::

    word SPACE entries END word SPACE entries END ...

The file is searched as it is stored, because parsing it takes longer than the search. JSON escapes
none of the characters above.

The index is derived from the rows and texts, and names the content of the files that it was built
from. One that is missing, damaged, or built from anything else is not used.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence, Set
from typing import NamedTuple, TypedDict, cast

from tui.query.normalization import FOLDING
from tui.storage.folder import TinyDbFolder
from tui.storage.tables import StorageError, Tables, parse_part

BLOCK_ENTRIES = 512
"""Entries in a full block. A new digest usually changes only the last one, which is not full."""

MAX_BLOCK_CHARS = 1 << 20
"""Characters of the summaries in a block: bounds the memory that indexing takes."""

SPACE, END = " ", "\x7f"

FIRST_SUMMARY, FIRST_NAME = 0x100, 0x530
"""The characters from these on stand for the summaries of a block, in order, and for the titles
with their authors and ids. They have two bytes each, and few texts have them."""

_SPACE, _END = SPACE.encode(), END.encode()

_WORD_BYTES = bytes(
    byte if byte >= 0x80 or chr(byte).isalnum() or byte == ord("-") else ord(SPACE)
    for byte in range(256)
)
"""Replaces each ASCII character that ends a word by a space."""

_SOURCE = re.compile(rb'"source":(\{"":\{[^{}]*\}\}),"blocks":\{')
_LABELS, _CHARS = b',"labels":', b',"chars":'
_WORDS = re.compile(rb',"bytes":(\d+),"words":"')
"""What comes before the words of a block."""


class IndexSource(TypedDict):
    """From what an index is built.

    Attributes:
        rows: the checksum of the volume's rows.
        texts: the checksum of its texts.
        folding: the rules with which texts are folded.
    """

    rows: str
    texts: str
    folding: str


class BlockHead(TypedDict):
    """The beginning of a block as it is stored.

    Attributes:
        entries: the numbers of the entries, ascending.
        ids: the ids of their papers.
    """

    entries: list[int]
    ids: list[str]


class BlockDocument(BlockHead):
    """A block as it is stored.

    Attributes:
        labels: the section labels of the summaries, once per combination.
        chars: the number of characters of all summaries.
        bytes: the number of bytes of the words.
        words: the words, and in which entries each occurs; see the module.
    """

    labels: list[list[str]]
    chars: int
    bytes: int
    words: str


class WordHits(NamedTuple):
    """The papers that have an entry with some words, by their ids.

    Attributes:
        summaries: those that have all of them in a summary.
        names: those that have all of them in a title with its authors and id.
    """

    summaries: set[str]
    names: set[str]


class _Block(NamedTuple):
    """Where a block of an index is.

    Attributes:
        head: the position of its JSON.
        labels: the position of the labels in it, after the ids.
        start: the position of its words.
        stop: the position of their end.
    """

    head: int
    labels: int
    start: int
    stop: int


class WordIndex:
    """The words of a volume.

    Args:
        data: the file, which is intact.

    Attributes:
        labels: the section labels of the summaries, once per combination.

    Raises:
        TypeError, ValueError: it is malformed.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.labels: set[tuple[str, ...]] = set()
        self._blocks = list(self._read_blocks())

    @property
    def byte_count(self) -> int:
        """The memory that the index takes."""
        return len(self._data)

    def find(self, words: Sequence[str]) -> WordHits:
        """Return the papers with an entry that has all of some words, or words that contain them.

        Args:
            words: results of ``words_of``; at least one.

        Raises:
            LookupError, TypeError, ValueError: the index is malformed.
        """
        encoded = [word.encode("utf-8", "surrogatepass") for word in words]
        hits = WordHits(set(), set())
        for block in self._blocks:
            found = self._entries_with(encoded[0], block)
            for word in encoded[1:]:
                found = found and found & self._entries_with(word, block)
            if found:
                ids = self._head_of(block)["ids"]
                for character in map(ord, found):
                    if character >= FIRST_NAME:
                        hits.names.add(ids[character - FIRST_NAME])
                    else:
                        hits.summaries.add(ids[character - FIRST_SUMMARY])
        return hits

    def _entries_with(self, word: bytes, block: _Block) -> set[str]:
        """Return the characters of the entries of a block with a word that contains another."""
        data, stop = self._data, block.stop
        found: list[bytes] = []
        position = data.find(word, block.start, stop)
        while position >= 0:
            end = data.find(_END, position, stop)
            space = data.find(_SPACE, position, end)
            # Without a space it is found in the list of entries.
            if space >= 0:
                found.append(data[space + 1 : end])
            position = data.find(word, end, stop)
        return set(b"".join(found).decode())

    def numbers_of(self, paper_ids: Set[str]) -> list[int]:
        """Return the numbers of the entries of some papers, ascending. Raises as ``find`` does."""
        numbers: list[int] = []
        for block in self._blocks:
            head = self._head_of(block)
            pairs = zip(head["entries"], head["ids"], strict=True)
            numbers += [number for number, paper_id in pairs if paper_id in paper_ids]
        return sorted(numbers)

    def _head_of(self, block: _Block) -> BlockHead:
        """Return the entries of a block and their ids."""
        head: BlockHead = parse_part(self._data[block.head : block.labels] + b"}")
        # Adding and joining checks their types.
        sum(head["entries"])
        "".join(head["ids"])
        return head

    def _read_blocks(self) -> Iterator[_Block]:
        data = self._data
        match = _SOURCE.search(data)
        if match is None:
            raise ValueError("an index has no source")
        position = match.end()
        while words := _WORDS.search(data, position):
            head = data.find(b"{", position)
            labels = data.find(_LABELS, head, words.start())
            chars = data.find(_CHARS, labels, words.start())
            start, stop = words.end(), words.end() + int(words[1])
            is_complete = start == stop or data[stop - 1 : stop] == _END
            if min(labels, chars) < 0 or not is_complete or data[stop : stop + 2] != b'"}':
                raise ValueError("a block is incomplete")
            for each in parse_part(data[labels + len(_LABELS) : chars]):
                self.labels.add(tuple(map(_checked_text, each)))
            yield _Block(head, labels, start, stop)
            position = stop + 2
        if data[position:] != b"}}":
            raise ValueError("an index is incomplete")


def words_of(text: str) -> list[str]:
    """Return the words of a folded text. They are indexed, whatever stands between them."""
    return [word.decode("utf-8", "surrogatepass") for word in split_words(text)]


def split_words(text: str) -> list[bytes]:
    """Return the words of a folded text, in UTF-8."""
    return text.encode("utf-8", "surrogatepass").translate(_WORD_BYTES).split()


def read_word_index(folder: TinyDbFolder, volume: str) -> WordIndex | None:
    """Return the index of a volume; None if it cannot be used.

    Args:
        folder: the source's cache folder.
        volume: such as ``2025-05``.
    """
    try:
        data = folder.read_intact(f"{volume}.words")
        source = _SOURCE.search(data) if data is not None else None
        if data is None or source is None:
            return None
        is_match = parse_part(source[1]) == {"": index_source(folder, volume)}
        return WordIndex(data) if is_match else None
    except (StorageError, OSError, TypeError, ValueError):
        return None


def index_source(folder: TinyDbFolder, volume: str) -> IndexSource | None:
    """Return from what the index of a volume has to be built; None without any.

    Raises:
        OSError: a file cannot be read.
    """
    rows, texts = folder.checksum(f"{volume}.rows"), folder.checksum(f"{volume}.texts")
    if rows is None or texts is None:
        return None
    # What folding does depends on Python's version of Unicode as well.
    return {
        "rows": rows,
        "texts": texts,
        "folding": f"{FOLDING}-{unicodedata.unidata_version}",
    }


def stored_blocks(
    folder: TinyDbFolder, volume: str, source: IndexSource | None
) -> Iterable[BlockDocument] | None:
    """Return the blocks of the stored index if it was built from something, else None.

    Raises:
        StorageError: the file is damaged, or newer than this program.
        OSError: the file cannot be read.
        KeyError: it is no index.
    """
    tables: Tables = folder.read(f"{volume}.words")
    if source is None or not tables or tables["source"][""] != source:
        return None
    return cast(Iterable[BlockDocument], tables["blocks"].values())


def _checked_text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("not a text")
    return value
