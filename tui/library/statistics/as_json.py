"""The numbers as plain data: what ``stats --format json`` prints."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tui.library.statistics.models import Count, Statistics


def statistics_fields(numbers: Statistics) -> dict[str, Any]:
    """Return the numbers as dictionaries and lists; the README tells the fields."""
    days = list(numbers.days)
    rising = numbers.rising
    return {
        "papers": numbers.total.papers,
        "votes": numbers.total.votes,
        "unknown_votes": numbers.unknown_votes,
        "first": days[0] if days else None,
        "last": days[-1] if days else None,
        "days": _periods("day", numbers.days),
        "months": _periods("month", numbers.months),
        "years": _periods("year", numbers.years),
        "bins": [
            {
                "least": each.min_votes,
                "most": each.max_votes,
                "papers": each.papers,
                "query": each.query,
            }
            for each in numbers.bins
        ],
        "authors": numbers.authors,
        "top_authors": [{**each._asdict(), "query": each.query} for each in numbers.top_authors],
        "rising": {
            "month": rising.month or None,
            "papers": rising.papers,
            "since": rising.since or None,
            "before": rising.before,
            "words": [
                {**each._asdict(), "query": rising.query(each.word)} for each in rising.words
            ],
        },
    }


def _periods(name: str, counts: Mapping[str, Count]) -> list[dict[str, Any]]:
    return [{name: period, **count._asdict()} for period, count in counts.items()]
