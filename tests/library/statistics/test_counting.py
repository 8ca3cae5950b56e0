from __future__ import annotations

import random
from itertools import pairwise

import pytest

from tests.library.statistics.papers import paper
from tui.library.statistics.counting import (
    BIN_EDGES,
    TOP_AUTHORS,
    count_papers,
)
from tui.library.statistics.records import AuthorCount, Count, RisingWords, Statistics, VoteBin
from tui.runtime.task import Task, TaskCancelledError


def test_no_papers_have_no_statistics() -> None:
    assert count_papers([]) == Statistics()


def test_paper_counts_once_per_day_month_and_year() -> None:
    repeated = paper("Again", "2024-12-31", "2025-01-01", "2025-01-02", votes=5)
    numbers = count_papers([repeated, paper("Once", "2025-01-02", votes=2)])
    assert numbers.total == Count(2, 7)
    assert numbers.days == {
        "2024-12-31": Count(1, 5),
        "2025-01-01": Count(1, 5),
        "2025-01-02": Count(2, 7),
    }
    assert numbers.months == {"2024-12": Count(1, 5), "2025-01": Count(2, 7)}
    assert numbers.years == {"2024": Count(1, 5), "2025": Count(2, 7)}
    assert list(numbers.days) == sorted(numbers.days)


def test_unknown_votes_are_not_zero() -> None:
    zero = paper("Zero", "2025-05-01", votes=0, authors=("Ann",))
    unknown = paper("Unknown", "2025-05-02", authors=("Bo",))
    numbers = count_papers([zero, unknown])
    assert numbers.days == {"2025-05-01": Count(1, 0), "2025-05-02": Count(1, None)}
    assert numbers.unknown_votes == 1
    assert numbers.bins == (VoteBin(0, 0, 1), VoteBin(None, None, 1))
    assert numbers.top_authors == (AuthorCount("Ann", 1, 0), AuthorCount("Bo", 1, None))
    assert count_papers([unknown]).bins == (VoteBin(None, None, 1),)


def test_every_paper_is_in_exactly_one_bin() -> None:
    votes = [*BIN_EDGES, *(edge + 1 for edge in BIN_EDGES), 99999]
    bins = count_papers([paper(votes=number) for number in votes]).bins
    assert sum(vote_bin.papers for vote_bin in bins) == len(votes)
    assert [vote_bin.min_votes for vote_bin in bins] == list(BIN_EDGES)
    for lower, higher in pairwise(bins):
        assert lower.max_votes is not None
        assert higher.min_votes == lower.max_votes + 1
    assert bins[-1].max_votes is None


def test_bins_end_with_the_most_votes() -> None:
    bins = count_papers([paper(votes=7), paper(votes=19)]).bins
    assert [(vote_bin.label, vote_bin.papers) for vote_bin in bins] == [
        ("0", 0), ("1..4", 0), ("5..9", 1), ("10..19", 1),
    ]  # fmt: skip


def test_authors_are_sorted_by_papers_then_votes_then_name() -> None:
    numbers = count_papers(
        [
            paper(votes=1, authors=("Bo", "Ann", "Ann")),
            paper(votes=4, authors=("Cy", "Bo")),
            paper(votes=4, authors=("Dee",)),
        ]
    )
    assert numbers.authors == 4
    assert numbers.top_authors == (
        AuthorCount("Bo", 2, 5),
        AuthorCount("Cy", 1, 4),
        AuthorCount("Dee", 1, 4),
        AuthorCount("Ann", 1, 1),
    )
    statistics = count_papers([paper(authors=tuple(f"{number:03}" for number in range(100)))])
    assert [author.name for author in statistics.top_authors] == [
        f"{n:03}" for n in range(TOP_AUTHORS)
    ]


def test_result_does_not_depend_on_the_order_of_papers() -> None:
    papers = [
        paper(f"Word{number % 3} agents", f"2025-0{1 + number % 5}-11", votes=number % 7,
              authors=(f"A{number % 4}", f"B{number % 11}"))
        for number in range(200)
    ]  # fmt: skip
    numbers = count_papers(papers)
    for seed in range(5):
        random.Random(seed).shuffle(papers)
        assert count_papers(papers) == numbers


def test_rising_words_compare_the_newest_month_with_a_year_before() -> None:
    papers = [paper("Pebble agents", f"2025-05-{day:02}") for day in range(1, 7)]
    papers += [paper("Quiet agents", f"2024-{month:02}-01") for month in range(5, 13)]
    # Papers of earlier months are ignored, and papers featured again count as new.
    papers += [paper("Pebble agents", f"20{year}-05-01") for year in range(10, 24)]
    papers.append(paper("Pebble agents", "2024-06-01", "2025-05-07"))
    rising = count_papers(papers).rising
    # Months without papers are skipped.
    assert (rising.month, rising.papers) == ("2025-05", 7)
    assert (rising.since, rising.before) == ("2020-05", 12)
    assert [(word.word, word.papers, word.before) for word in rising.words] == [("pebble", 7, 4)]


def test_single_month_has_no_rising_words() -> None:
    assert count_papers([paper("Agents", "2025-05-01")] * 5).rising == RisingWords("2025-05")


def test_progress_reaches_the_total() -> None:
    reports: list[tuple[int, int]] = []
    count_papers([paper()] * 5000, Task(lambda progress: reports.append(progress[:2])))
    assert reports[0] == (0, 5000)
    assert reports[-1] == (5000, 5000)
    assert reports == sorted(reports)


def test_counting_can_be_cancelled() -> None:
    answers = iter([False, False, True])
    with pytest.raises(TaskCancelledError):
        count_papers([paper()] * 50_000, Task(is_cancelled=lambda: next(answers)))
