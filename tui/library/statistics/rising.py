"""Find the rising words of a month's titles.

Rising words are more frequent in a month's titles than in those of earlier months. The score is the
log-likelihood ratio G² of T. Dunning, "Accurate Methods for the Statistics of Surprise and
Coincidence", Computational Linguistics 19(1), 1993: how unlikely a word's number of papers would be
if it were as frequent as before. Unlike a ratio of frequencies, it is robust for words that occur
once or twice. A title counts once for each of its words.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import log

from tui.library.statistics.records import RisingWord, RisingWords
from tui.models import Paper
from tui.query.normalization import normalize

COMPARED_MONTHS = 12
"""Number of earlier months with which the words of the newest month are compared."""

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


Source = tuple[int, str]
"""The number of a source in the library, and a dialect, whose titles are in one language."""

TitlesBySource = Mapping[Source, Sequence[str]]


def find_rising_words(papers: Iterable[Paper], months: Sequence[str]) -> RisingWords:
    """Compare the newest month's titles with those of the COMPARED_MONTHS months before.

    Args:
        papers: the papers.
        months: the months in which they were featured, ascending.
    """
    if len(months) < 2:
        return RisingWords(months[-1]) if months else RisingWords()
    month, since = months[-1], months[-1 - COMPARED_MONTHS :][0]
    current: defaultdict[Source, list[str]] = defaultdict(list)
    before: defaultdict[Source, list[str]] = defaultdict(list)
    for paper in papers:
        newest = paper.dates[-1] if paper.dates else ""
        if newest[:7] == month:
            current[_source_of(paper)].append(paper.title)
        elif newest >= since:
            before[_source_of(paper)].append(paper.title)
    words = rising_words(current, before)
    return RisingWords(month, _number_of(current), since, _number_of(before), words)


def _source_of(paper: Paper) -> Source:
    """Return the source of a paper's newest entry."""
    return (paper.entries[-1].source, paper.entries[-1].dialect) if paper.entries else (0, "")


def _number_of(titles: TitlesBySource) -> int:
    return sum(map(len, titles.values()))


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
    current: TitlesBySource, before: TitlesBySource, max_words: int = 15
) -> tuple[RisingWord, ...]:
    """Return the words that are more frequent in current titles than in earlier ones.

    Titles are compared only with those of the same source: otherwise the language of a new source
    would look like a trend.

    Args:
        current: the titles of a month.
        before: the titles of the months before.
        max_words: the maximum number of words.

    Returns:
        Words in at least MIN_PAPERS current titles of sources that have earlier ones, and with a
        score of at least MIN_SCORE; highest score first, then by number of papers, then
        alphabetically. The numbers of papers are those of all sources.
    """
    total, total_before = _Words(), _Words()
    compared: Counter[str] = Counter()
    pairs = []
    for source in sorted({*current, *before}):
        words = _Words(current.get(source, ()))
        words_before = _Words(before.get(source, ()))
        total.add(words)
        total_before.add(words_before)
        if words.titles and words_before.titles:
            compared.update(words.counts)
            pairs.append((words, words_before))
    rising = []
    for word, number in compared.items():
        if number < MIN_PAPERS:
            continue
        score = sum(_change(word, words, words_before) for words, words_before in pairs)
        if score >= MIN_SCORE:
            found, found_before = total.counts[word], total_before.counts[word]
            rising.append(RisingWord(word, found, found_before, round(score, 2)))
    rising.sort(key=lambda word: (-word.score, -word.papers, word.word))
    return tuple(rising[:max_words])


class _Words:
    """How many titles have each word.

    Args:
        titles: the titles.

    Attributes:
        counts: the number of titles by word.
        titles: the number of titles.
    """

    def __init__(self, titles: Iterable[str] = ()) -> None:
        self.counts: Counter[str] = Counter()
        self.titles = 0
        for title in titles:
            self.titles += 1
            self.counts.update(set(significant_words(title)))

    def add(self, other: _Words) -> None:
        """Add the titles of another source."""
        self.counts.update(other.counts)
        self.titles += other.titles


def _change(word: str, words: _Words, words_before: _Words) -> float:
    """Return the G² of a word in a source; negative if it has become less frequent."""
    number, number_before = words.counts[word], words_before.counts[word]
    score = g_squared(number, words.titles, number_before, words_before.titles)
    has_risen = number * words_before.titles > number_before * words.titles
    return score if has_risen else -score


def g_squared(with_word: int, papers: int, with_before: int, papers_before: int) -> float:
    """Return Dunning's G² for a word; 0 if it is equally frequent in both sets of papers."""
    share = (with_word + with_before) / (papers + papers_before)
    total = 0.0
    for count, size in ((with_word, papers), (with_before, papers_before)):
        for observed, expected in ((count, size * share), (size - count, size * (1 - share))):
            if observed:
                total += observed * log(observed / expected)
    return 2 * total


def _stem(word: str) -> str:
    for particle in _PARTICLES:
        if word.endswith(particle) and len(word) - len(particle) >= _MIN_WORD_LENGTH:
            return word[: -len(particle)]
    return word
