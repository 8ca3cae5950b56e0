"""Measure how well *For you* finds the papers of a topic that the texts do not name.

    python -m tests.bench.topic_corpus --papers 9900 --out DIR
    python -m tests.bench.recommend DIR [--stars 30] [--labels 10] [--seeds 2] [--fold test]
    python -m tests.bench.recommend DIR --time 5000

DIR has digests of any kind that Broadsheet reads, whose summaries have a line of keywords or
categories, such as arXiv's. Each of the most frequent labels is the interest of a simulated reader,
who stars a few of its papers every week, in random order, reads a few others and hides some of
other topics. The lines with the labels are removed before anything learns from the papers. The
papers of the last ten days are ranked. The results are the area under the ROC curve, with the
papers of the label as the positives, and their share among the first ten papers.

``tests.bench.debian_corpus`` writes digests of real texts. Constants are chosen with the labels of
``--fold tuning``, and judged by those of ``--fold test``.

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
from collections.abc import Sequence
from pathlib import Path
from statistics import mean
from time import perf_counter, process_time
from typing import NamedTuple

from tests.bench.ranking_methods import METHODS, for_you, scikit_learn
from tests.bench.simulated_readers import (
    STARRED,
    LabelledPaper,
    SimulatedReader,
    evaluate,
    simulate,
)
from tui.cache.source_cache import SourceCache
from tui.cache.sync import sync
from tui.library.library import Library

TEST_DAYS = 10
MAX_OVERLAP = 0.5

_LABEL_LINE = re.compile(
    r"^\W*(?:keywords?|categor(?:y|ies)|subjects?|키워드|분류)\W*:\W*(?P<labels>.*)$",
    re.IGNORECASE | re.MULTILINE,
)
_HANGUL = re.compile(r"[가-힣]{2}")
_SEPARATOR = re.compile(r"[,;]\s*|\s+(?=[a-z-]+\.[A-Z]{2})")


class Options(NamedTuple):
    """What is simulated.

    Attributes:
        stars: how many papers each reader stars.
        labels: how many labels are interests.
        seeds: how many readers have each interest.
        fold: "tuning" or "test" for half of the labels, or "all".
    """

    stars: int
    labels: int
    seeds: int
    fold: str


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


def measure(digests: Path, options: Options) -> list[str]:
    """Return the lines of the report."""
    stars, seeds = options.stars, options.seeds
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        papers = read_labels(open_library(digests, root / "labelled-cache"))
        plain = root / "plain"
        plain.mkdir()
        write_without_labels(papers, plain)
        library = open_library(plain, root / "cache")
        # Papers know where their summaries are in their own library.
        plain_papers = {paper.paper_id: paper for paper in library.papers()}
        papers = [
            each._replace(paper=plain_papers[each.paper.paper_id])
            for each in papers
            if each.paper.paper_id in plain_papers
        ]
        days = sorted({each.paper.dates[-1] for each in papers})
        before = [each for each in papers if each.paper.dates[-1] < days[-TEST_DAYS]]
        test = [each for each in papers if each.paper.dates[-1] >= days[-TEST_DAYS]]
        interests = _interests(before, test, options)
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
    before: Sequence[LabelledPaper], test: Sequence[LabelledPaper], options: Options
) -> list[str]:
    """Return the most frequent labels of a fold.

    A label of more than half of the papers is left out, and so is one that nearly the same papers
    have as an earlier one.
    """
    papers_by_label: dict[str, set[str]] = {}
    for each in before:
        for label in each.labels:
            papers_by_label.setdefault(label, set()).add(each.paper.paper_id)
    tested = Counter(label for each in test for label in each.labels)
    usable: list[str] = []
    for label in sorted(papers_by_label, key=lambda label: (-len(papers_by_label[label]), label)):
        found = papers_by_label[label]
        if (
            options.stars <= len(found) <= len(before) / 2
            and tested[label]
            and not any(_overlap(found, papers_by_label[other]) > MAX_OVERLAP for other in usable)
        ):
            usable.append(label)
    if options.fold != "all":
        is_test = options.fold == "test"
        usable = [each for place, each in enumerate(usable) if (place % 4 in {0, 3}) == is_test]
    return usable[: options.labels]


def _overlap(one: set[str], other: set[str]) -> float:
    return len(one & other) / len(one | other)


def _compare(
    library: Library,
    readers: Sequence[tuple[str, list[tuple[Sequence[str], SimulatedReader]]]],
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
    readers: Sequence[tuple[str, list[tuple[Sequence[str], SimulatedReader]]]],
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
        newest, ids = library.papers(library.period_counts.days()[0]), sorted(library.ids())
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
    parser.add_argument("--fold", choices=["tuning", "test", "all"], default="all")
    parser.add_argument("--time", type=int, metavar="STARS")
    options = parser.parse_args()
    if options.time:
        print("\n".join(measure_time(options.digests, options.time)))
        return
    lines = measure(
        options.digests, Options(options.stars, options.labels, options.seeds, options.fold)
    )
    print("\n".join(lines))


if __name__ == "__main__":
    main()
