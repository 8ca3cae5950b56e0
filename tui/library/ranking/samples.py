"""Read the papers that a model is trained with: examples, and others of the same months."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from contextlib import suppress
from heapq import nlargest
from typing import TYPE_CHECKING, NamedTuple

from tui.cache.entries import volume_of
from tui.library.ranking.examples import OTHER, SKIPPED, Examples
from tui.library.ranking.linear import TrainingPaper
from tui.library.ranking.paper_terms import PaperText, count_terms
from tui.library.ranking.vectors import TermCounts, Vectorizer
from tui.runtime.task import UNATTENDED, Task
from tui.runtime.tuning import INPUT_PRIORITY
from tui.storage.tables import StorageError

if TYPE_CHECKING:
    from tui.library.library import Library

MAX_CHOSEN, MAX_OPENED, MAX_REJECTED = 500, 200, 300
"""How many examples are used, the newest first: interests change, and reading takes time."""

MAX_OTHERS = 800
"""How many other papers are used. Twice as many change the order of papers hardly at all."""

MAX_MONTHS = 18
"""How many months are read for all of them."""

NEWEST_MONTHS = 2
"""Other papers are also taken from these, with or without examples: the next ones are like them."""

_PAPERS_PER_YIELD = 16


class TrainingSet(NamedTuple):
    """The papers that models are trained with.

    Attributes:
        vectorizer: makes vectors that can be compared with theirs.
        samples: each paper by id, with the weight of one that the reader did not choose.
    """

    vectorizer: Vectorizer
    samples: Mapping[str, TrainingPaper]


def read_training_set(
    library: Library, examples: Examples, read: Set[str], task: Task = UNATTENDED
) -> TrainingSet:
    """Read the newest examples, and as many other papers as are useful.

    Args:
        library: the library. Files that cannot be read count as empty.
        examples: the examples.
        read: ids of the papers that are marked as read: they were not skipped.
        task: can cancel it.

    Raises:
        TaskCancelledError: the task was cancelled.
    """
    days_by_id = library.days_by_id
    wanted = {
        paper
        for papers, number in (
            (examples.chosen, MAX_CHOSEN),
            (examples.opened, MAX_OPENED),
            (examples.rejected, MAX_REJECTED),
        )
        for paper in nlargest(number, papers, key=lambda paper: days_by_id[paper][-1])
    }
    months = _months(library, wanted)
    others = _others(library, months, examples)
    needed = wanted | others
    counts: dict[str, TermCounts] = {}
    for month in months:
        for number, (paper, text) in enumerate(_month_texts(library, month, needed)):
            if number % _PAPERS_PER_YIELD == 0:
                task.raise_if_cancelled()
                INPUT_PRIORITY.yield_to_input()
            counts[paper] = TermCounts.of(count_terms(text))
    vectorizer = Vectorizer(list(counts.values()))
    samples = {}
    for paper, each in counts.items():
        is_skipped = days_by_id[paper][-1] in examples.days and paper not in read
        weight = SKIPPED if is_skipped else OTHER
        samples[paper] = TrainingPaper(vectorizer.vector(each), weight)
    return TrainingSet(vectorizer, samples)


def _months(library: Library, papers: Iterable[str]) -> list[str]:
    """Return the months to read, newest first: those of examples, and the newest ones."""
    days_by_id = library.days_by_id
    newest = list(dict.fromkeys(day[:7] for day in library.period_counts.days()))
    months = {days_by_id[paper][-1][:7] for paper in papers} | set(newest[:NEWEST_MONTHS])
    return sorted(months, reverse=True)[:MAX_MONTHS]


def _others(library: Library, months: Iterable[str], examples: Examples) -> set[str]:
    """Return papers without marks, spread evenly over months."""
    known = examples.chosen.keys() | examples.opened.keys() | examples.rejected.keys()
    wanted = set(months)
    found = sorted(
        paper
        for paper, days in library.days_by_id.items()
        if days[-1][:7] in wanted and paper not in known
    )
    step = len(found) / MAX_OTHERS
    if step <= 1:
        return set(found)
    return {found[int(number * step)] for number in range(MAX_OTHERS)}


def _month_texts(library: Library, month: str, wanted: Set[str]) -> Iterator[tuple[str, PaperText]]:
    """Yield papers of a month with their texts, which are not kept."""
    found: dict[str, PaperText] = {}
    for source, cache in enumerate(library.caches):
        # What cannot be read is reported when it is shown.
        with suppress(StorageError, OSError):
            texts, volume = cache.texts(month), month
            for paper, _is_arxiv_title in cache.entry_papers(month, source):
                if paper.paper_id not in wanted:
                    continue
                entry = paper.entries[0]
                if (name := volume_of(entry.date, entry.number)) != volume:
                    texts, volume = cache.texts(name), name
                text = texts.get(str(entry.number))
                summary = text["markdown"] if text and text["id"] == paper.paper_id else ""
                before = found.get(paper.paper_id, PaperText("", "", ()))
                found[paper.paper_id] = PaperText(
                    paper.title,
                    paper.author_lines or before.authors,
                    (*before.summaries, summary),
                    paper.categories or before.categories,
                )
    yield from found.items()
