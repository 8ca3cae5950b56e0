"""Statistics as JSON, for ``broadsheet stats --format json``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tui.library.statistics.records import Count, Statistics


def statistics_fields(statistics: Statistics) -> dict[str, Any]:
    """Return statistics as dictionaries and lists. The manual documents the fields."""
    days = list(statistics.days)
    rising = statistics.rising
    return {
        "papers": statistics.total.papers,
        "votes": statistics.total.votes,
        "unknown_votes": statistics.unknown_votes,
        "first": days[0] if days else None,
        "last": days[-1] if days else None,
        "days": _periods("day", statistics.days),
        "months": _periods("month", statistics.months),
        "years": _periods("year", statistics.years),
        "bins": [
            {
                "least": bin_.min_votes,
                "most": bin_.max_votes,
                "papers": bin_.papers,
                "query": bin_.query,
            }
            for bin_ in statistics.bins
        ],
        "authors": statistics.authors,
        "top_authors": [
            {**author._asdict(), "query": author.query} for author in statistics.top_authors
        ],
        "rising": {
            "month": rising.month or None,
            "papers": rising.papers,
            "since": rising.since or None,
            "before": rising.before,
            "words": [
                {**word._asdict(), "query": rising.query(word.word)} for word in rising.words
            ],
        },
    }


def _periods(name: str, counts: Mapping[str, Count]) -> list[dict[str, Any]]:
    return [{name: period, **count._asdict()} for period, count in counts.items()]
