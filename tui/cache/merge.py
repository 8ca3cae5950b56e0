"""Rows of many digests → papers: one for each arXiv id."""

from __future__ import annotations

from collections.abc import Iterable
from operator import attrgetter
from typing import Any

from tui.models import EntryRef, Paper

Row = tuple[int, str, dict[str, Any]]
"""A row with where it lies: number of the source, number of the entry, the document."""


def merge(rows: Iterable[Row], period: str = "") -> list[Paper]:
    """Merge rows into papers.

    Args:
        rows: every row of every paper that was featured in the period, those of other months
            included, in any order.
        period: a year, month or day; only papers featured in it are returned. For a day the
            votes are that day's.

    Returns:
        Papers, newest first, then by votes, then by id.
    """
    by_id: dict[str, list[Row]] = {}
    for row in rows:
        by_id.setdefault(row[2]["id"], []).append(row)
    papers = [
        _only(*told[0]) if len(told) == 1 else _merge_one(arxiv_id, told, period)
        for arxiv_id, told in by_id.items()
        if not period or any(row[2]["date"].startswith(period) for row in told)
    ]
    # One pass a key, the least important first: faster than comparing tuples.
    papers.sort(key=attrgetter("arxiv_id"))
    papers.sort(key=lambda paper: -1 if paper.votes is None else paper.votes, reverse=True)
    papers.sort(key=lambda paper: paper.dates[-1], reverse=True)
    return papers


def _only(source: int, entry: str, row: dict[str, Any]) -> Paper:
    """Return the paper of its only row, as nearly all are."""
    date = row["date"]
    telling = EntryRef(date, row["dialect"], row["digest"], source, int(entry))
    title = row["title"] or row["id"]
    return Paper(row["id"], title, row["votes"], row["names"], (date,), (telling,))


def _merge_one(arxiv_id: str, told: list[Row], period: str) -> Paper:
    """Merge the rows of a paper that is told more than once."""
    told.sort(key=lambda row: (row[2]["date"], row[2]["digest"], row[0], row[1]))
    newest_first = [row[2] for row in reversed(told)]
    day = [row for row in newest_first if row["date"] == period] if len(period) == 10 else None
    return Paper(
        arxiv_id=arxiv_id,
        title=_title(newest_first) or arxiv_id,
        votes=_votes(newest_first if day is None else day),
        author_lines=next((row["names"] for row in newest_first if row["names"]), ""),
        dates=tuple(dict.fromkeys([row[2]["date"] for row in told])),
        entries=tuple(
            [
                EntryRef(row["date"], row["dialect"], row["digest"], source, int(entry))
                for source, entry, row in told
            ]
        ),
    )


def _title(newest_first: list[dict[str, Any]]) -> str | None:
    """Return the newest of arXiv's own titles, else the newest told."""
    told = [row for row in newest_first if row["title"]]
    arxivs = next((row["title"] for row in told if row["arxiv_title"]), None)
    return arxivs or (told[0]["title"] if told else None)


def _votes(newest_first: list[dict[str, Any]]) -> int | None:
    """Return the votes of the newest date that tells them, the most if it tells them twice."""
    date = None
    votes: int | None = None
    for row in newest_first:
        if row["votes"] is None:
            continue
        if date is not None and row["date"] != date:
            break
        date = row["date"]
        votes = row["votes"] if votes is None else max(votes, row["votes"])
    return votes
