"""The words that rise: more common in a month's titles than in those of the months before.

The measure is the log-likelihood ratio G² of T. Dunning, "Accurate Methods for the Statistics of
Surprise and Coincidence", Computational Linguistics 19(1), 1993. It asks of each word how unlikely
its papers in the month would be, were it as common as before, and unlike a ratio of frequencies it
is not taken in by what occurs once or twice. Counted are papers, not occurrences: a title that says
a word twice is one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from math import log

from tui.library.statistics.models import RisingWord
from tui.query.normalization import normalize

MIN_PAPERS = 3
"""Papers of the month that a word needs, to be more than chance."""

MIN_SCORE = 3.84
"""The score below which one word in twenty would be there by chance (chi square, one degree)."""

_WORD = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*|[가-힣]+")

# The small words of English titles, and what every title of a paper says.
_STOP = frozenset(
    """
    a about across all an and any are as at based be beyond but by can do does for from has have
    how in into is it its just less like more most near new no not of on only or our out over
    per so than that the their them then there these they this to toward towards under up use
    using via vs was we what when where which while who why will with within without you your
    approach framework method model models paper study survey
    및 위한 통한 대한 이용한 기반 의한 있는 없는 하는 관한
    논문 모델 방법 방법론 연구 접근 프레임워크
    """.split()  # noqa: SIM905  # a list of two hundred strings is no better to read
)

# Particles that follow a Korean noun, the longest first.
_PARTICLES = (
    "에서의", "으로의", "에서", "으로", "까지", "부터", "에게", "처럼", "보다", "은", "는", "이",
    "가", "을", "를", "의", "에", "와", "과", "로", "도", "만",
)  # fmt: skip

_MIN_WORD_LENGTH = 2


def significant_words(title: str) -> Iterator[str]:
    """Yield the words of a title that say something, folded; one as often as it stands there.

    A Korean word loses the particle at its end, if two syllables of it are left. Words of one
    letter or syllable, numbers and the small words of both languages are left out.
    """
    for word in _WORD.findall(normalize(title)):
        if word >= "가":
            word = _stem(word)  # noqa: PLW2901
        if len(word) >= _MIN_WORD_LENGTH and word not in _STOP:
            yield word


def rising_words(
    now: Iterable[str], before: Iterable[str], most: int = 15
) -> tuple[RisingWord, ...]:
    """Return the words that are more common now than before.

    Args:
        now: the titles of a month.
        before: the titles of the months before.
        most: how many words at most.

    Returns:
        Words in at least ``LEAST_PAPERS`` titles of the month and with a score of at least
        ``LEAST_SCORE``; the highest score first, among equals the one in more papers, then by the
        alphabet.
    """
    counts, papers = _count(now)
    counts_before, papers_before = _count(before)
    if not papers or not papers_before:
        return ()
    found = []
    for word, number in counts.items():
        known = counts_before[word]
        if number < MIN_PAPERS or number * papers_before <= known * papers:
            continue
        score = g_squared(number, papers, known, papers_before)
        if score >= MIN_SCORE:
            found.append(RisingWord(word, number, known, round(score, 2)))
    found.sort(key=lambda each: (-each.score, -each.papers, each.word))
    return tuple(found[:most])


def g_squared(with_word: int, papers: int, with_before: int, papers_before: int) -> float:
    """Return Dunning's G² of a word: 0 if it is as common in the one as in the other."""
    share = (with_word + with_before) / (papers + papers_before)
    total = 0.0
    for found, of in ((with_word, papers), (with_before, papers_before)):
        for seen, expected in ((found, of * share), (of - found, of * (1 - share))):
            if seen:
                total += seen * log(seen / expected)
    return 2 * total


def _count(titles: Iterable[str]) -> tuple[Counter[str], int]:
    """Return in how many titles each word stands, and how many titles there are."""
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
