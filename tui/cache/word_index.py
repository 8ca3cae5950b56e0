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
from collections.abc import Iterator, Mapping, Sequence
from sys import getsizeof, intern
from typing import Any, NamedTuple, TypedDict

from tui.query.normalization import FOLDING
from tui.storage.folder import TinyDbFolder
from tui.storage.tables import StorageError, Tables

BLOCK_ENTRIES = 512
"""Summaries in a full block. A new digest usually changes only the last one, which is not full."""

MAX_BLOCK_CHARS = 1 << 20
"""Characters of the summaries in a block: bounds the memory that indexing takes."""

SPACE, END = " ", "\x7f"

SUMMARY_CHARACTERS = [chr(0x100 + number) for number in range(BLOCK_ENTRIES)]
"""The characters that stand for the summaries of a block: two bytes each."""

_WORD_BYTES = bytes(
    byte if byte >= 0x80 or chr(byte).isalnum() or byte == ord("-") else ord(SPACE)
    for byte in range(256)
)
"""Replaces each ASCII character that ends a word by a space."""


class BlockDocument(TypedDict):
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
    return [word.decode("utf-8", "surrogatepass") for word in split_words(text)]


def split_words(text: str) -> list[bytes]:
    """Return the words of a folded text, in UTF-8."""
    return text.encode("utf-8", "surrogatepass").translate(_WORD_BYTES).split()


def read_word_index(folder: TinyDbFolder, volume: str) -> Sequence[WordBlock] | None:
    """Return the index of a volume's summaries; None if it cannot be used.

    Args:
        folder: the source's cache folder.
        volume: such as ``2025-05``.
    """
    try:
        tables = matching_tables(folder, volume, folder.checksum(f"{volume}.texts"))
        return None if tables is None else list(map(checked_block, tables["blocks"].values()))
    except (StorageError, OSError, KeyError, TypeError, ValueError, AttributeError):
        return None


def folding_rules() -> str:
    """Return the rules with which texts are folded; they depend on Python's version of Unicode."""
    return f"{FOLDING}-{unicodedata.unidata_version}"


def matching_tables(folder: TinyDbFolder, volume: str, checksum: str | None) -> Tables | None:
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
    is_match = header == {"checksum": checksum, "folding": folding_rules()}
    return tables if is_match else None


def checked_block(block: Any) -> WordBlock:
    """Return a stored block.

    Raises:
        KeyError, TypeError, ValueError: it is malformed.
    """
    labels = [tuple(map(_checked_text, each)) for each in block["labels"]]
    ids = [intern(_checked_text(paper_id)) for paper_id in block["ids"]]
    strings = [string for name in ("words", "wide") if (string := _checked_text(block[name]))]
    if any(not string.endswith(END) for string in strings) or len(ids) > BLOCK_ENTRIES:
        raise ValueError("a block is incomplete")
    return WordBlock(dict(zip(SUMMARY_CHARACTERS, ids, strict=False)), labels, strings)


def _checked_text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("not a text")
    return value
