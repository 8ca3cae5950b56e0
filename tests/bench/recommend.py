"""Measure how well *For you* finds the papers of a topic that the texts do not name.

    python -m tests.bench.topic_corpus --papers 9900 --out DIR
    python -m tests.bench.recommend DIR [--stars 30] [--labels 10] [--seeds 2]
    python -m tests.bench.recommend DIR --time 5000

DIR has digests of any kind that Broadsheet reads, whose summaries have a line of keywords or
categories, such as arXiv's. Each of the most frequent labels is the interest of a simulated reader,
who stars a few of its papers every week, in chance order, and reads a few others. The lines with
the labels are removed before anything learns from the papers. The papers of the last ten days are
ranked: the area under the ROC curve, with the papers of the label as the positives, and their share
among the first ten papers.

scikit-learn is compared if it is installed. The figures of two rankings are comparable only if they
are of the same run.

``--time`` measures something else: how long learning from that many stars takes, spread over all
days, how long the newest day takes after that, and how much the memory of the process grows.
"""

from __future__ import annotations

import argparse
import random
import re
import resource
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import mean
from time import perf_counter, process_time
from typing import NamedTuple

from tui.cache.source_cache import SourceCache
from tui.cache.sync import sync
from tui.library.library import Library
from tui.library.ranking.ranking import Ranking
from tui.models import Marks, Paper

STARRED = Marks(read=True, starred=True)

TEST_DAYS = 10
WEEK_DAYS = 5
OPENED_PER_WEEK = 3

_LABEL_LINE = re.compile(
    r"^\W*(?:keywords?|categor(?:y|ies)|subjects?|키워드|분류)\W*:\W*(?P<labels>.*)$",
    re.IGNORECASE | re.MULTILINE,
)
_HANGUL = re.compile(r"[가-힣]{2}")
_SEPARATOR = re.compile(r"[,;]\s*|\s+(?=[a-z-]+\.[A-Z]{2})")

Scores = Mapping[str, float]


class LabelledPaper(NamedTuple):
    """A paper with its labels, which are not in its summary."""

    paper: Paper
    summary: str
    labels: frozenset[str]


class Reader(NamedTuple):
    """What a simulated reader did until a day.

    Attributes:
        marks: the reader's marks.
        stars: the starred papers in the order of the stars.
    """

    marks: dict[str, Marks]
    stars: list[str]


class Result(NamedTuple):
    """How well papers were ranked.

    Attributes:
        auc: the area under the ROC curve.
        precision: the share of papers of the label among the first ten.
    """

    auc: float
    precision: float


def open_library(digests: Path, cache: Path) -> Library:
    """Read digests and return their library."""
    source = SourceCache(cache, digests)
    sync(source)
    return Library([source])


def read_labels(library: Library) -> list[LabelledPaper]:
    """Return the papers, the oldest first, without the lines that have their labels."""
    labelled = []
    for paper in reversed(library.papers()):
        text = "\n".join(library.markdown_of(paper))
        labels = {
            label.strip(" *_`.")
            for match in _LABEL_LINE.finditer(text)
            for label in _SEPARATOR.split(match["labels"])
        }
        labels.update(paper.categories)
        if paper.dates:
            summary = _LABEL_LINE.sub("", text)
            labelled.append(LabelledPaper(paper, summary, frozenset(filter(None, labels))))
    return labelled


def write_without_labels(papers: Sequence[LabelledPaper], out: Path) -> None:
    """Write a digest of each day in the dialect daily_papers_ko, without labels."""
    by_day: dict[str, list[str]] = {}
    for paper, summary, _labels in papers:
        title = paper.title.replace("[", "(").replace("]", ")")
        votes = "" if paper.votes is None else f"Vote: {paper.votes}\n\n"
        names = ", ".join(paper.authors)
        authors = f"Authors: {names}\n\n" if names else ""
        text = " ".join(summary.split())
        by_day.setdefault(paper.dates[-1], []).append(
            f"### [{title}]({paper.url})\n\n{votes}{authors}- ***Summary***: {text}\n"
        )
    for day, entries in by_day.items():
        text = "\n".join([f"## Daily Papers ({day})\n", *entries])
        (out / f"{day}.md").write_text(text, encoding="utf-8")


def simulate(
    papers: Sequence[LabelledPaper], label: str, stars: int, rng: random.Random
) -> list[tuple[Sequence[str], Reader]]:
    """Let a reader read some weeks.

    Args:
        papers: the papers before the test.
        label: the reader's interest.
        stars: how many papers the reader stars in all.
        rng: the source of chance.

    Returns:
        The days of each week, and what the reader had done at its end.
    """
    days = sorted({each.paper.dates[-1] for each in papers})
    weeks = [days[start : start + WEEK_DAYS] for start in range(0, len(days), WEEK_DAYS)]
    reader = Reader({}, [])
    ends: list[tuple[Sequence[str], Reader]] = []
    for number, week in enumerate(weeks):
        of_week = [each for each in papers if each.paper.dates[-1] in week]
        liked = [each for each in of_week if label in each.labels]
        rng.shuffle(liked)
        share = round(stars * (number + 1) / len(weeks)) - len(reader.stars)
        for each in liked[: max(share, 0)]:
            reader.marks[each.paper.paper_id] = STARRED
            reader.stars.append(each.paper.paper_id)
        others = rng.sample(of_week, min(OPENED_PER_WEEK, len(of_week)))
        for each in (*liked[share : share + OPENED_PER_WEEK], *others):
            reader.marks.setdefault(each.paper.paper_id, Marks(read=True))
        ends.append((week, Reader(dict(reader.marks), list(reader.stars))))
    return ends


def evaluate(scores: Scores, papers: Sequence[LabelledPaper], label: str) -> Result:
    """Return how well scores rank papers; those with equal scores keep their order."""
    ranked = sorted(papers, key=lambda each: -scores[each.paper.paper_id])
    groups: dict[float, list[bool]] = {}
    for each in ranked:
        groups.setdefault(scores[each.paper.paper_id], []).append(label in each.labels)
    won, below = 0.0, 0
    for _score, group in sorted(groups.items()):
        positives = sum(group)
        won += positives * (below + (len(group) - positives) / 2)
        below += len(group) - positives
    positives = sum(label in each.labels for each in papers)
    auc = won / ((positives * below) or 1)
    return Result(auc, mean(label in each.labels for each in ranked[:10]))


# What is compared. Each takes the library without labels, what the reader did, the papers read so
# far and those to rank.

Method = Callable[[Library, Reader, Sequence[LabelledPaper], Sequence[LabelledPaper]], Scores]


def for_you(
    library: Library,
    reader: Reader,
    _before: Sequence[LabelledPaper],
    papers: Sequence[LabelledPaper],
) -> Scores:
    """Broadsheet's own ranking, before it is rounded."""
    ranking = Ranking(lambda: reader.marks)
    ranking.prepare(library)
    return {each.paper.paper_id: ranking.score(library, each.paper) or 0.0 for each in papers}


def by_votes(
    _library: Library,
    _reader: Reader,
    _before: Sequence[LabelledPaper],
    papers: Sequence[LabelledPaper],
) -> Scores:
    """Most votes first."""
    return {each.paper.paper_id: each.paper.votes or 0 for each in papers}


def newest_first(
    _library: Library,
    _reader: Reader,
    _before: Sequence[LabelledPaper],
    papers: Sequence[LabelledPaper],
) -> Scores:
    """Newest first."""
    return {each.paper.paper_id: number for number, each in enumerate(papers)}


def scikit_learn(
    _library: Library,
    reader: Reader,
    before: Sequence[LabelledPaper],
    papers: Sequence[LabelledPaper],
) -> Scores:
    """TfidfVectorizer and LinearSVC, with the stars against all other papers read so far."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.svm import LinearSVC

    vectors = TfidfVectorizer(sublinear_tf=True, stop_words="english")
    starred = set(reader.stars)
    learned = vectors.fit_transform(map(_text, before))
    labels = [each.paper.paper_id in starred for each in before]
    model = LinearSVC(C=0.1, class_weight="balanced").fit(learned, labels)
    found = model.decision_function(vectors.transform(map(_text, papers)))
    return {each.paper.paper_id: float(x) for each, x in zip(papers, found, strict=True)}


def nearest_to_last_star(
    _library: Library,
    reader: Reader,
    before: Sequence[LabelledPaper],
    papers: Sequence[LabelledPaper],
) -> Scores:
    """Most similar to the paper starred last, by tf-idf and cosine."""
    from tui.library.ranking.terms import PaperText, count_terms
    from tui.library.ranking.vectors import TermCounts, Vocabulary

    def counts(each: LabelledPaper) -> TermCounts:
        text = PaperText(each.paper.title, "", (each.summary,))
        return TermCounts.of(count_terms(text))

    vocabulary = Vocabulary([counts(each) for each in before[-2000:]])
    [star] = [each for each in before if each.paper.paper_id == reader.stars[-1]]
    last = vocabulary.vector(counts(star)).as_mapping()
    return {
        each.paper.paper_id: vocabulary.vector(counts(each)).similarity(last) for each in papers
    }


def _text(each: LabelledPaper) -> str:
    return f"{each.paper.title} {each.paper.title} {each.summary}"


METHODS: Mapping[str, Method] = {
    "votes": by_votes,
    "newest first": newest_first,
    "nearest to last star": nearest_to_last_star,
    "TfidfVectorizer + LinearSVC": scikit_learn,
    "For you": for_you,
}


def measure(digests: Path, *, stars: int, labels: int, seeds: int) -> list[str]:
    """Return the lines of the report."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        papers = read_labels(open_library(digests, root / "labelled-cache"))
        plain = root / "plain"
        plain.mkdir()
        write_without_labels(papers, plain)
        library = open_library(plain, root / "cache")
        known = library.ids
        papers = [each for each in papers if each.paper.paper_id in known]
        days = sorted({each.paper.dates[-1] for each in papers})
        before = [each for each in papers if each.paper.dates[-1] < days[-TEST_DAYS]]
        test = [each for each in papers if each.paper.dates[-1] >= days[-TEST_DAYS]]
        interests = _interests(before, test, labels, stars)
        lines = [
            f"{len(papers):,} papers of {len(days)} days; {len(test):,} of the last {TEST_DAYS} "
            f"are ranked; {len(interests)} labels: {', '.join(interests)}"
        ]
        readers = [
            (label, simulate(before, label, stars, random.Random(f"{label}/{seed}")))
            for label in interests
            for seed in range(seeds)
        ]
        lines += _compare(library, readers, before, test)
        lines += _week_by_week(library, readers[::seeds], before)
        lines += _across_languages(library, interests, before, test, stars)
    return lines


def _interests(
    before: Sequence[LabelledPaper], test: Sequence[LabelledPaper], labels: int, stars: int
) -> list[str]:
    """Return the most frequent labels; one of half of the papers is no interest."""
    counts = Counter(label for each in before for label in each.labels)
    tested = Counter(label for each in test for label in each.labels)
    usable = [
        label
        for label, number in counts.most_common()
        if stars <= number <= len(before) / 2 and tested[label]
    ]
    return usable[:labels]


def _compare(
    library: Library,
    readers: Sequence[tuple[str, list[tuple[Sequence[str], Reader]]]],
    before: Sequence[LabelledPaper],
    test: Sequence[LabelledPaper],
) -> list[str]:
    lines = [f"{'':30}{'AUC':>7}{'P@10':>7}{'seconds':>9}"]
    for name, method in METHODS.items():
        results, began = [], perf_counter()
        try:
            for label, ends in readers:
                scores = method(library, ends[-1][1], before, test)
                results.append(evaluate(scores, test, label))
        except ImportError:
            lines.append(f"{name:30}  not installed")
            continue
        seconds = (perf_counter() - began) / len(readers)
        auc, precision = (mean(values) for values in zip(*results, strict=True))
        lines.append(f"{name:30}{auc:7.3f}{precision:7.2f}{seconds:9.2f}")
    return lines


def _week_by_week(
    library: Library,
    readers: Sequence[tuple[str, list[tuple[Sequence[str], Reader]]]],
    papers: Sequence[LabelledPaper],
) -> list[str]:
    """Rank each week with what was learned until the one before."""
    lines = ["week by week: stars, AUC and P@10 on the following week"]
    for number in range(len(readers[0][1]) - 1):
        results, stars = [], []
        for label, ends in readers:
            reader, following = ends[number][1], set(ends[number + 1][0])
            ranked = [each for each in papers if each.paper.dates[-1] in following]
            if len(reader.stars) < 10 or not any(label in each.labels for each in ranked):
                continue
            results.append(evaluate(for_you(library, reader, (), ranked), ranked, label))
            stars.append(len(reader.stars))
        if results:
            auc, precision = (mean(values) for values in zip(*results, strict=True))
            lines.append(f"{number + 1:4}{mean(stars):7.0f}{auc:7.3f}{precision:7.2f}")
    return lines


def _across_languages(
    library: Library,
    interests: Sequence[str],
    before: Sequence[LabelledPaper],
    test: Sequence[LabelledPaper],
    stars: int,
) -> list[str]:
    """Rank papers with Korean summaries for readers who starred those with English ones only."""
    korean = [each for each in test if _HANGUL.search(each.summary)]
    starred = [each for each in before if not _HANGUL.search(each.summary)]
    lines = []
    for name, method in (("For you", for_you), ("TfidfVectorizer + LinearSVC", scikit_learn)):
        results = []
        for label in interests:
            if any(label in each.labels for each in korean):
                reader = simulate(starred, label, stars, random.Random(label))[-1][1]
                try:
                    scores = method(library, reader, before, korean)
                except ImportError:
                    continue
                results.append(evaluate(scores, korean, label))
        if results:
            auc, precision = (mean(values) for values in zip(*results, strict=True))
            lines.append(f"English stars, Korean papers: {name:30}{auc:7.3f}{precision:7.2f}")
    return lines


def measure_time(digests: Path, stars: int) -> list[str]:
    """Return how long learning and ranking take, and how much memory."""
    with tempfile.TemporaryDirectory() as folder:
        # Another process reads the digests, whose memory would hide that of learning.
        command = (
            "import sys; from tests.bench.recommend import Path, open_library; "
            "open_library(*map(Path, sys.argv[1:]))"
        )
        cache = Path(folder) / "cache"
        subprocess.run([sys.executable, "-c", command, digests, cache], check=True)
        library = Library([SourceCache(cache, digests)])
        newest, ids = library.papers(library.period_counts.days()[0]), sorted(library.ids)
        marks = {ids[number * len(ids) // stars]: STARRED for number in range(stars)}
        library.reader_marks = lambda: marks
        # A library in use has its papers and the summaries of the newest month.
        library.papers()
        library.markdown_of(newest[0])
        memory = resident_bytes()
        began, began_cpu = perf_counter(), process_time()
        library.ranking.prepare(library)
        learned, learned_cpu = perf_counter(), process_time()
        for paper in newest:
            library.ranking.match(library, paper)
        ranked, ranked_cpu = perf_counter(), process_time()
        megabytes = (resident_bytes() - memory) / 1e6
    return [
        f"{len(ids):,} papers, {stars:,} stars",
        f"learning {learned - began:.2f} s, of which {learned_cpu - began_cpu:.2f} s processor",
        f"ranking {len(newest)} papers of the newest day {1000 * (ranked - learned):.1f} ms, "
        f"of which {1000 * (ranked_cpu - learned_cpu):.1f} ms processor",
        f"resident memory grows by {megabytes:.0f} MB",
    ]


def resident_bytes() -> int:
    """Return the memory that the process has now (Linux)."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize()


def main() -> None:
    """Print the report."""
    parser = argparse.ArgumentParser(description="Measure the ranking of papers.")
    parser.add_argument("digests", type=Path, metavar="DIR")
    parser.add_argument("--stars", type=int, default=30)
    parser.add_argument("--labels", type=int, default=10)
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--time", type=int, metavar="STARS")
    options = parser.parse_args()
    if options.time:
        print("\n".join(measure_time(options.digests, options.time)))
        return
    lines = measure(
        options.digests, stars=options.stars, labels=options.labels, seeds=options.seeds
    )
    print("\n".join(lines))


if __name__ == "__main__":
    main()
