"""Merge the rows of many digests into one paper for each arXiv id."""

from __future__ import annotations

from collections.abc import Iterable
from operator import attrgetter

from tui.cache.serialization import EntryRow
from tui.models import EntryRef, Paper

LocatedRow = tuple[int, str, EntryRow]
"""The number of a source, the number of an entry, and the entry's row."""


def merge(rows: Iterable[LocatedRow], period: str = "") -> list[Paper]:
    """Merge rows into papers.

    Args:
        rows: all rows, of all months and in any order, of every paper featured in the period.
        period: a year, month or day; only papers featured in it are returned. The votes are those
            of the day if it is one.

    Returns:
        Papers, newest first, then by votes, then by id.
    """
    by_id: dict[str, list[LocatedRow]] = {}
    for row in rows:
        by_id.setdefault(row[2]["id"], []).append(row)
    papers = [
        _single_row_paper(*same[0]) if len(same) == 1 else _merge_rows(arxiv_id, same, period)
        for arxiv_id, same in by_id.items()
        if not period or any(row[2]["date"].startswith(period) for row in same)
    ]
    # Stable sorts by one key each, the least important first, are faster than comparing tuples.
    papers.sort(key=attrgetter("arxiv_id"))
    papers.sort(key=lambda paper: -1 if paper.votes is None else paper.votes, reverse=True)
    papers.sort(key=lambda paper: paper.dates[-1], reverse=True)
    return papers


def _single_row_paper(source: int, number: str, row: EntryRow) -> Paper:
    """Return a paper with a single row: a fast path for nearly all papers."""
    date = row["date"]
    entry = EntryRef(date, row["dialect"], row["digest"], source, int(number))
    title = row["title"] or row["id"]
    return Paper(row["id"], title, row["votes"], row["names"], (date,), (entry,))


def _merge_rows(arxiv_id: str, rows: list[LocatedRow], period: str) -> Paper:
    """Merge the rows of a paper that has several."""
    rows.sort(key=lambda row: (row[2]["date"], row[2]["digest"], row[0], row[1]))
    newest_first = [row[2] for row in reversed(rows)]
    is_day = len(period) == len("2025-05-22")
    voted = [row for row in newest_first if row["date"] == period] if is_day else newest_first
    return Paper(
        arxiv_id=arxiv_id,
        title=_title(newest_first) or arxiv_id,
        votes=_votes(voted),
        author_lines=next((row["names"] for row in newest_first if row["names"]), ""),
        dates=tuple(dict.fromkeys([row[2]["date"] for row in rows])),
        entries=tuple(
            [
                EntryRef(row["date"], row["dialect"], row["digest"], source, int(number))
                for source, number, row in rows
            ]
        ),
    )


def _title(newest_first: list[EntryRow]) -> str | None:
    """Return the newest title that is arXiv's own, else the newest title."""
    with_title = [row for row in newest_first if row["title"]]
    arxiv_title = next((row["title"] for row in with_title if row["arxiv_title"]), None)
    return arxiv_title or (with_title[0]["title"] if with_title else None)


def _votes(newest_first: list[EntryRow]) -> int | None:
    """Return the votes of the newest date that has any: the most, if it has several."""
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
