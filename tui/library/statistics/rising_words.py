"""Rising words: words that are more frequent in a month's titles than in those of earlier months.

The score is the log-likelihood ratio G² of T. Dunning, "Accurate Methods for the Statistics of
Surprise and Coincidence", Computational Linguistics 19(1), 1993: how unlikely a word's number of
papers would be if it were as frequent as before. Unlike a ratio of frequencies, it is robust for
words that occur once or twice. A title counts once for each of its words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from math import log

from tui.library.statistics.records import RisingWord
from tui.query.normalization import normalize

MIN_PAPERS = 3
"""Minimum number of the month's papers with a word."""

MIN_SCORE = 3.84
"""Minimum score: the 5 % significance level (chi-squared, one degree of freedom)."""

_WORD = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*|[가-힣]+")

# English and Korean function words, and words that are in most titles of papers.
_STOP = frozenset(
    """
    a about across all an and any are as at based be beyond but by can do does for from has have
    how in into is it its just less like more most near new no not of on only or our out over
    per so than that the their them then there these they this to toward towards under up use
    using via vs was we what when where which while who why will with within without you your
    approach framework method model models paper study survey
    및 위한 통한 대한 이용한 기반 의한 있는 없는 하는 관한
    논문 모델 방법 방법론 연구 접근 프레임워크
    """.split()  # noqa: SIM905  # two hundred quoted strings are harder to read
)

# Korean particles that are appended to nouns, longest first.
_PARTICLES = (
    "에서의", "으로의", "에서", "으로", "까지", "부터", "에게", "처럼", "보다", "은", "는", "이",
    "가", "을", "를", "의", "에", "와", "과", "로", "도", "만",
)  # fmt: skip

_MIN_WORD_LENGTH = 2


def significant_words(title: str) -> Iterator[str]:
    """Yield the significant words of a title, normalized.

    Words of one letter or syllable, numbers and function words are skipped. Particles of Korean
    words are removed, if at least two syllables remain.
    """
    for word in _WORD.findall(normalize(title)):
        if word >= "가":
            word = _stem(word)  # noqa: PLW2901
        if len(word) >= _MIN_WORD_LENGTH and word not in _STOP:
            yield word


def rising_words(
    current: Iterable[str], before: Iterable[str], max_words: int = 15
) -> tuple[RisingWord, ...]:
    """Return the words that are more frequent in current titles than in earlier ones.

    Args:
        current: the titles of a month.
        before: the titles of the months before.
        max_words: the maximum number of words.

    Returns:
        Words in at least MIN_PAPERS current titles and with a score of at least MIN_SCORE; highest
        score first, then by number of papers, then alphabetically.
    """
    counts, papers = _count(current)
    counts_before, papers_before = _count(before)
    if not papers or not papers_before:
        return ()
    words = []
    for word, number in counts.items():
        number_before = counts_before[word]
        if number < MIN_PAPERS or number * papers_before <= number_before * papers:
            continue
        score = g_squared(number, papers, number_before, papers_before)
        if score >= MIN_SCORE:
            words.append(RisingWord(word, number, number_before, round(score, 2)))
    words.sort(key=lambda word: (-word.score, -word.papers, word.word))
    return tuple(words[:max_words])


def g_squared(with_word: int, papers: int, with_before: int, papers_before: int) -> float:
    """Return Dunning's G² for a word; 0 if it is equally frequent in both sets of papers."""
    share = (with_word + with_before) / (papers + papers_before)
    total = 0.0
    for count, size in ((with_word, papers), (with_before, papers_before)):
        for observed, expected in ((count, size * share), (size - count, size * (1 - share))):
            if observed:
                total += observed * log(observed / expected)
    return 2 * total


def _count(titles: Iterable[str]) -> tuple[Counter[str], int]:
    """Return the number of titles with each word, and the number of titles."""
    counts: Counter[str] = Counter()
    number = 0
    for title in titles:
        number += 1
        counts.update(set(significant_words(title)))
    return counts, number


def _stem(word: str) -> str:
    for particle in _PARTICLES:
        if word.endswith(particle) and len(word) - len(particle) >= _MIN_WORD_LENGTH:
            return word[: -len(particle)]
    return word
