"""The terms of a paper: words, pairs of adjacent words, authors and arXiv categories, as numbers.

A term is a slot of a table of fixed size, computed from its text ("feature hashing"; Weinberger et
al., 2009), so that no list of terms has to be kept. A few terms share a slot, which costs less than
what a list of all pairs of words would take in memory.

Words are folded and lose their endings; Hangul contributes pairs of adjacent syllables, which stand
for words and stems that Korean does not separate by spaces. English words within Korean text,
authors and categories are the same terms in every language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from operator import add
from typing import NamedTuple
from zlib import crc32

from tui.query.normalization import fold

SLOTS = 1 << 18
"""The size of the table. Two thousand papers have about 150,000 terms, most of them pairs of words
that occur once."""

MAX_TEXT_CHARS = 4_000
"""How much of a summary is read: later parts say little about its topic, and cost as much time."""

MAX_AUTHORS = 12
"""The first authors, and the last one, are compared; long lists say little about a topic."""

_TITLE_WEIGHT, _TEXT_WEIGHT = 2.0, 1.0
_PAIR_WEIGHT = 0.7
"""The weight of two adjacent words, compared with that of each."""
_AUTHOR_WEIGHT = 1.5
_CATEGORY_WEIGHT = 2.0

_MASK = SLOTS - 1
_PAIR_FACTOR = 0x9E3779B1
_STOP = -1

_CATEGORY = (
    r"(?:cs|eess|stat|math|econ|physics|q-bio|q-fin|cond-mat|astro-ph|nlin)\.[a-z]{2,3}"
    r"(?:-[a-z]+)?(?![\w.])"
)
_TOKEN = re.compile(rf"{_CATEGORY}|[a-z][a-z0-9+#]+|[0-9]+[a-z]+|[가-힣]{{2,}}")
_FIRST_SYLLABLE = "가"

_SUFFIX = re.compile(
    r"(?:i[sz]ations?|ations?|ators?|at(?:e|ed|es|ing)|it(?:y|ies)|ments?|ings?|[eo]rs?|ives?|e[ds]"
    r"|als?|ic|ly|[sey])$"
)
_MIN_STEM_CHARS = 4

_STOP_TEXT = """
a about across after all also although among an and any approach are as at based be because been
between both but by can could demonstrate do does during each either et existing for from further
furthermore given has have here how however if in including into introduce is it its may method
model more moreover most new no nor not novel of on one only or other our outperform over paper
perform performance present propose proposed provide recent result same several show significantly
since so some such than that the their them then there these they this those three through thus to
two under up use used using various via was we well were what when where whether which while who
will with within without work would you your al arxiv http https abstract category org com www
"""
_STOP_WORDS = frozenset(_STOP_TEXT.split())
"""Words that say nothing about a topic."""


class PaperText(NamedTuple):
    """What is known of a paper's content.

    Attributes:
        title: its title.
        authors: its authors, one per line.
        summaries: its summaries, as in the digests.
        categories: its arXiv categories.
    """

    title: str
    authors: str
    summaries: Sequence[str]
    categories: Sequence[str] = ()


class TermPlace(NamedTuple):
    """A term where it occurs.

    Attributes:
        slot: the term.
        text: its text as written in the paper, in one line.
        is_author: whether it is an author.
    """

    slot: int
    text: str
    is_author: bool = False


def count_terms(paper: PaperText) -> dict[int, float]:
    """Return how often terms occur in a paper, weighted by where they occur, by slot."""
    counts: dict[int, float] = {}
    _count(fold(paper.title), _TITLE_WEIGHT, counts)
    for summary in paper.summaries:
        _count(fold(summary[:MAX_TEXT_CHARS]), _TEXT_WEIGHT, counts)
    for name in _compared_authors(paper.authors):
        counts[_author_slot(name)] = _AUTHOR_WEIGHT
    for category in paper.categories:
        counts[_slot(fold(category))] = _CATEGORY_WEIGHT
    return counts


def term_places(paper: PaperText) -> Iterator[TermPlace]:
    """Yield the terms of a paper as it writes them; those of pairs after those of their words."""
    for text in (paper.title, *(summary[:MAX_TEXT_CHARS] for summary in paper.summaries)):
        yield from _places(text)
    for category in paper.categories:
        yield TermPlace(_slot(fold(category)), category)
    for name in _compared_authors(paper.authors):
        yield TermPlace(_author_slot(name), name, is_author=True)


def _count(text: str, weight: float, counts: dict[int, float]) -> None:
    # Optimized: called for every word of thousands of papers.
    get, pair_weight, before = counts.get, weight * _PAIR_WEIGHT, _STOP
    for token in _TOKEN.findall(text):
        if token >= _FIRST_SYLLABLE:
            for slot in _syllable_slots(token):
                counts[slot] = get(slot, 0.0) + weight
            before = _STOP
            continue
        slot = _slot(token)
        if slot != _STOP:
            counts[slot] = get(slot, 0.0) + weight
            if before != _STOP:
                pair = _pair_slot(before, slot)
                counts[pair] = get(pair, 0.0) + pair_weight
        before = slot


def _places(text: str) -> Iterator[TermPlace]:
    folded = fold(text)
    # Folding rarely changes the length; where it does, the folded text is as good to read.
    shown = text if len(folded) == len(text) else folded
    before, start = _STOP, 0
    for match in _TOKEN.finditer(folded):
        token, word = match[0], shown[match.start() : match.end()]
        if token >= _FIRST_SYLLABLE:
            for slot in _syllable_slots(token):
                yield TermPlace(slot, word)
            before = _STOP
            continue
        slot = _slot(token)
        if slot != _STOP:
            yield TermPlace(slot, word)
            if before != _STOP:
                both = " ".join(shown[start : match.end()].split())
                yield TermPlace(_pair_slot(before, slot), both)
        before, start = slot, match.start()


def _compared_authors(names: str) -> Sequence[str]:
    authors = names.split("\n") if names else []
    if len(authors) > MAX_AUTHORS:
        authors = [*authors[: MAX_AUTHORS - 1], authors[-1]]
    return authors


@lru_cache(1 << 15)
def _slot(token: str) -> int:
    """Return the slot of a word, or _STOP for one that says nothing about a topic."""
    word = _singular(token)
    if word in _STOP_WORDS or token in _STOP_WORDS:
        return _STOP
    return crc32(_stem(word).encode()) & _MASK


def _pair_slot(first: int, second: int) -> int:
    """Return the slot of two adjacent words with these slots."""
    return (first * _PAIR_FACTOR + second) & _MASK


@lru_cache(1 << 15)
def _syllable_slots(token: str) -> Sequence[int]:
    """Return the slots of the pairs of adjacent syllables of a word in Hangul."""
    return [crc32(pair.encode()) & _MASK for pair in map(add, token, token[1:])]


@lru_cache(1 << 12)
def _author_slot(name: str) -> int:
    return crc32(b"@" + fold(name).encode()) & _MASK


def _singular(word: str) -> str:
    if len(word) < 5 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    return f"{word[:-3]}y" if word.endswith("ies") else word[:-1]


def _stem(word: str) -> str:
    """Return a word without its ending, as "quantiz" for "quantized" and "quantization"."""
    stem = _SUFFIX.sub("", word)
    return stem if len(stem) >= _MIN_STEM_CHARS else word
