"""The words of a volume's summaries, stored beside them, so that a search need not read them.

A word is a run of characters other than spaces and ASCII punctuation. A text of such characters
occurs within one word or not at all, so it is in the summaries that have one of the words that
contain it. The words are a small part of all texts: each is stored once for up to ``BLOCK_ENTRIES``
summaries. One string has all of them, each with the summaries in which it occurs, a character for
each summary::

    word SPACE summaries END word SPACE summaries END ...

The index is derived from the texts, and names the content of the file that it was built from. One
that is missing, damaged, or built from anything else is not used.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from sys import getsizeof, intern
from typing import Any, NamedTuple, TypedDict

from tui.query.normalization import FOLDING, fold
from tui.storage.folder import TinyDbFolder
from tui.storage.tables import DamagedFileError, StorageError, Table, Tables

BLOCK_ENTRIES = 512
"""Summaries in a full block. A new digest usually changes only the last one, which is not full."""

MAX_BLOCK_CHARS = 1 << 20
"""Characters of the summaries in a block: bounds the memory that indexing takes."""

SPACE, END = " ", "\x7f"

_SUMMARIES = [chr(0x100 + number) for number in range(BLOCK_ENTRIES)]
"""The characters that stand for the summaries of a block: two bytes each."""

_WORD_BYTES = bytes(
    byte if byte >= 0x80 or chr(byte).isalnum() or byte == ord("-") else ord(SPACE)
    for byte in range(256)
)
"""Replaces each ASCII character that ends a word by a space."""

_FOUR_BYTES = 0xF0
"""The first byte, in UTF-8, of a character of four bytes is this or higher."""


class _BlockDocument(TypedDict):
    """A block as it is stored.

    Attributes:
        entries: the numbers of the entries, ascending.
        ids: the ids of their papers.
        labels: the section labels of the summaries, once per combination.
        chars: the number of characters of all summaries.
        words: the words, and in which summaries each occurs; see the module.
        wide: the same of the words with emoji and the like, for which Python stores a whole string
            with four bytes for each character.
    """

    entries: list[int]
    ids: list[str]
    labels: list[list[str]]
    chars: int
    words: str
    wide: str


class WordBlock(NamedTuple):
    """The words of some summaries.

    Attributes:
        ids: the ids of the papers by the character of the summary.
        labels: the section labels, once per combination.
        strings: the words; see the module.
    """

    ids: Mapping[str, str]
    labels: Sequence[tuple[str, ...]]
    strings: Sequence[str]

    @property
    def byte_count(self) -> int:
        """The memory that the words take."""
        return sum(map(getsizeof, self.strings))

    def ids_containing(self, text: str) -> Iterator[str]:
        """Yield the ids of the papers whose summary contains a text, some of them repeatedly.

        Args:
            text: one that ``is_word`` holds for, folded.

        Raises:
            KeyError: the block is malformed.
        """
        for words in self.strings:
            position = words.find(text)
            while position >= 0:
                end = words.find(END, position)
                space = words.find(SPACE, position, end)
                # Without a space it is found in the list of summaries.
                if space >= 0:
                    yield from map(self.ids.__getitem__, words[space + 1 : end])
                position = words.find(text, end)

    def has_summary_with(self, texts: Sequence[str]) -> bool:
        """Return whether a summary contains all of some texts; see ``ids_containing``."""
        ids: set[str] | None = None
        for text in texts:
            found = set(self.ids_containing(text))
            ids = found if ids is None else ids & found
            if not ids:
                return False
        return True


def words_of(text: str) -> list[str]:
    """Return the words of a folded text. They are indexed, whatever stands between them."""
    return [word.decode("utf-8", "surrogatepass") for word in _split(text)]


def _split(text: str) -> list[bytes]:
    return text.encode("utf-8", "surrogatepass").translate(_WORD_BYTES).split()


def read_word_index(folder: TinyDbFolder, volume: str) -> Sequence[WordBlock] | None:
    """Return the index of a volume's summaries; None if it cannot be used.

    Args:
        folder: the source's cache folder.
        volume: such as ``2025-05``.
    """
    try:
        tables = _matching_tables(folder, volume, folder.checksum(f"{volume}.texts"))
        return None if tables is None else list(map(_checked_block, tables["blocks"].values()))
    except (StorageError, OSError, KeyError, TypeError, ValueError, AttributeError):
        return None


def update_word_index(
    folder: TinyDbFolder,
    volume: str,
    texts: Mapping[str, Mapping[str, Any]],
    *,
    before: str | None,
    new: Collection[str],
) -> None:
    """Make the index match a volume's summaries. The caller has the folder's lock.

    Args:
        folder: the source's cache folder.
        volume: such as ``2025-05``.
        texts: the summaries by entry number, which have just been written.
        before: the checksum of the file that they replaced.
        new: the numbers of those that were not in it.

    Raises:
        StorageError: the summaries are malformed, or the index would be too large.
        OSError: the summaries cannot be read, or the index cannot be written.
    """
    name, checksum = f"{volume}.words", folder.checksum(f"{volume}.texts")
    blocks: list[_BlockBuilder] = []
    try:
        tables = _matching_tables(folder, volume, before)
        if tables is not None and before == checksum:
            return
        if tables is not None:
            kept = texts.keys() - set(new)
            blocks = [
                _BlockBuilder.from_document(block)
                for block in tables["blocks"].values()
                if kept.issuperset(map(str, block["entries"]))
            ]
    except (DamagedFileError, OSError, KeyError, TypeError, ValueError, AttributeError):
        # The index cannot be used, and is replaced.
        blocks = []
    indexed = {str(entry) for block in blocks for entry in block.entries}
    with folder.corrupt_if_malformed(f"{volume}.texts"):
        for entry in sorted(texts.keys() - indexed, key=int):
            text = texts[entry]
            folded = fold(text["markdown"])
            if len(folded) > MAX_BLOCK_CHARS:
                # Without an index, a search reads the texts.
                folder.replace(name, {})
                return
            if not blocks or not blocks[-1].has_room(len(folded)):
                blocks.append(_BlockBuilder())
            blocks[-1].add(int(entry), text, folded)
    header = {"checksum": checksum, "folding": _folding()}
    documents: Table = {
        str(number): dict(block.to_document()) for number, block in enumerate(blocks)
    }
    folder.replace(name, {"source": {"": header}, "blocks": documents})


def _folding() -> str:
    """Return the rules with which texts are folded; they depend on Python's version of Unicode."""
    return f"{FOLDING}-{unicodedata.unidata_version}"


def _matching_tables(folder: TinyDbFolder, volume: str, checksum: str | None) -> Tables | None:
    """Return the stored index if it was built from the texts with a checksum, else None.

    Raises:
        StorageError: the file is damaged, or newer than this program.
        OSError: the file cannot be read.
        KeyError: it is no index.
    """
    tables = folder.read(f"{volume}.words")
    if checksum is None or not tables:
        return None
    header = tables["source"][""]
    is_match = header == {"checksum": checksum, "folding": _folding()}
    return tables if is_match else None


class _BlockBuilder:
    """Indexes summaries."""

    def __init__(self) -> None:
        self.entries: list[int] = []
        self._ids: list[str] = []
        self._labels: dict[tuple[str, ...], None] = {}
        self._words: dict[bytes, list[str]] = {}
        self._document: _BlockDocument | None = None
        self._chars = 0

    @classmethod
    def from_document(cls, document: Any) -> _BlockBuilder:
        """Return a builder with the summaries of a stored block.

        Raises:
            KeyError, TypeError, ValueError: it is malformed.
        """
        _checked_block(document)
        block = cls()
        block.entries = document["entries"]
        block._chars = document["chars"]
        block._document = document
        return block

    def has_room(self, chars: int) -> bool:
        """Return whether a summary of some length can be added."""
        return len(self.entries) < BLOCK_ENTRIES and self._chars + chars <= MAX_BLOCK_CHARS

    def add(self, entry: int, text: Mapping[str, Any], folded: str) -> None:
        """Add a summary.

        Args:
            entry: the number of its entry.
            text: its document; see ``tui.cache.entries``.
            folded: the summary, folded.
        """
        if self._document is not None:
            self._load(self._document)
        summary, summaries_of = _SUMMARIES[len(self.entries)], self._words.setdefault
        self.entries.append(entry)
        self._ids.append(text["id"])
        self._labels[tuple(text["sections"])] = None
        self._chars += len(folded)
        # In the order of the text, so that the same texts give the same file.
        for word in dict.fromkeys(_split(folded)):
            summaries_of(word, []).append(summary)

    def to_document(self) -> _BlockDocument:
        """Return the block as it is stored."""
        if self._document is not None:
            return self._document
        words, wide = _to_string(self._words.items()), ""
        if getsizeof(words) >= 4 * len(words):
            is_wide = {word: max(word) >= _FOUR_BYTES for word in self._words}
            words = _to_string(each for each in self._words.items() if not is_wide[each[0]])
            wide = _to_string(each for each in self._words.items() if is_wide[each[0]])
        return {
            "entries": self.entries,
            "ids": self._ids,
            "labels": list(map(list, filter(None, self._labels))),
            "chars": self._chars,
            "words": words,
            "wide": wide,
        }

    def _load(self, document: _BlockDocument) -> None:
        self._document = None
        self._ids = document["ids"]
        self._labels = dict.fromkeys(map(tuple, document["labels"]))
        for line in (document["words"] + document["wide"]).split(END)[:-1]:
            word, _space, summaries = line.partition(SPACE)
            self._words[word.encode()] = [*summaries]


def _to_string(words: Iterable[tuple[bytes, list[str]]]) -> str:
    lines = [f"{word.decode()}{SPACE}{''.join(summaries)}{END}" for word, summaries in words]
    return "".join(lines)


def _checked_block(block: Any) -> WordBlock:
    """Return a stored block.

    Raises:
        KeyError, TypeError, ValueError: it is malformed.
    """
    labels = [tuple(map(_checked_text, each)) for each in block["labels"]]
    ids = [intern(_checked_text(paper_id)) for paper_id in block["ids"]]
    strings = [string for name in ("words", "wide") if (string := _checked_text(block[name]))]
    if any(not string.endswith(END) for string in strings) or len(ids) > BLOCK_ENTRIES:
        raise ValueError("a block is incomplete")
    return WordBlock(dict(zip(_SUMMARIES, ids, strict=False)), labels, strings)


def _checked_text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("not a text")
    return value
