"""Merge the cached entries of papers into one paper for each id."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain, repeat
from operator import attrgetter, itemgetter
from typing import Any, TypeAlias

from tui.cache.validation import checked_columns
from tui.models import (
    CODE,
    CROSS,
    REPLACED,
    UNDATED,
    UNLISTED,
    WITHDRAWN,
    EntryRef,
    Paper,
    newer_version,
    version_label,
)

EntryPaper: TypeAlias = tuple[Paper, bool]
"""A paper as one entry describes it, and whether its title is arXiv's own.

If the entry has no title, it is the id.
"""

# Faster than the classes, which are called as Python functions.
_new_ref = partial(tuple.__new__, EntryRef)
_new_paper = partial(tuple.__new__, Paper)

_first = itemgetter(0)
_labels = attrgetter("labels")
_dates_of = attrgetter("dates")


def rows_to_papers(rows: Mapping[str, Any], source: int) -> list[EntryPaper]:
    """Return the papers of cached rows, one for each row.

    Args:
        rows: an ``EntryRow`` for each entry number. They are checked, and unsafe texts cleaned.
        source: the number of the source in the library.

    Raises:
        KeyError, TypeError, ValueError: a row is malformed.
    """
    columns = checked_columns(rows)
    ids = columns.ids
    titles = [title or paper_id for title, paper_id in zip(columns.titles, ids, strict=True)]
    # Equal days are stored only once.
    dates_of = {day: (day,) for day in columns.dates}
    dates: list[tuple[str, ...]] = list(map(dates_of.__getitem__, columns.dates))
    fields = chain.from_iterable(dates), columns.dialects, columns.digests, repeat(source)
    entries = map(_new_ref, zip(*fields, columns.numbers, strict=False))
    if UNDATED in dates_of:
        dates = [() if day == UNDATED else dates_of[day] for day in columns.dates]
    if unlisted := {labels for labels in set(columns.labels) if UNLISTED in labels}:
        pairs = zip(columns.labels, dates, strict=True)
        dates = [() if labels in unlisted else days for labels, days in pairs]
    papers = zip(
        ids, titles, columns.votes, columns.names, dates, zip(entries), columns.labels, strict=True
    )
    return list(zip(map(_new_paper, papers), columns.arxiv_titles, strict=True))


def merge(
    entry_papers: Iterable[EntryPaper], period: str = "", *, with_replaced: bool = False
) -> list[Paper]:
    """Merge papers of single entries, and leave out those that no digest lists.

    Args:
        entry_papers: those of all entries, of all months and in any order, of every paper featured
            in the period.
        period: a year, month or day; only papers featured in it are returned. The votes are those
            of the day if it is one. UNDATED for papers without any day.
        with_replaced: whether to return papers as well of which only a new version is announced.
            They have the days of the announcements.

    Returns:
        Papers, newest first, then by votes, then by id.
    """
    entry_papers = list(entry_papers)
    papers: list[Paper] = list(map(_first, entry_papers))
    ids = list(map(_first, papers))
    last = dict(zip(ids, entry_papers, strict=True))
    if len(last) < len(ids):
        same: dict[str, list[EntryPaper]] = {}
        for paper_id, each in zip(ids, entry_papers, strict=True):
            if each is not last[paper_id]:
                same.setdefault(paper_id, [last[paper_id]]).append(each)
        papers = [paper for paper in papers if paper.paper_id not in same]
        papers += [_merge_entries(each, period) for each in same.values()]
    if any(UNLISTED in labels for labels in set(map(_labels, papers))):
        papers = list(_listed(papers, with_replaced=with_replaced))
    if period:
        # Few papers have dates that no other paper has.
        every = set(map(_dates_of, papers))
        shown = {each for each in every if any(d.startswith(period) for d in each or (UNDATED,))}
        if len(shown) < len(every):
            papers = [paper for paper in papers if paper.dates in shown]
    # Stable sorts by one key each, the least important first, are faster than comparing tuples.
    papers.sort(key=attrgetter("paper_id"))
    papers.sort(key=lambda paper: -1 if paper.votes is None else paper.votes, reverse=True)
    papers.sort(key=lambda paper: paper.dates[-1] if paper.dates else "", reverse=True)
    return papers


def _listed(papers: Iterable[Paper], *, with_replaced: bool) -> Iterator[Paper]:
    """Yield the papers that are listed, and perhaps those that are replaced."""
    for paper in papers:
        if UNLISTED not in paper.labels:
            yield paper
        elif with_replaced and REPLACED in paper.labels:
            days = dict.fromkeys(entry.date for entry in paper.entries if entry.date != UNDATED)
            yield paper._replace(dates=tuple(days))


def _merge_entries(same: list[EntryPaper], period: str) -> Paper:
    """Merge the entries of a paper that has several."""
    same.sort(key=_age, reverse=True)
    newest_first = [paper for paper, _ in same]
    is_day = len(period) == len("2025-05-22")
    voted = (
        [paper for paper in newest_first if paper.entries[0].date == period]
        if is_day
        else newest_first
    )
    entries = [paper.entries[0] for paper in reversed(newest_first)]
    return Paper(
        paper_id=newest_first[0].paper_id,
        title=_title(same),
        votes=_votes(voted),
        author_lines=next((p.author_lines for p in newest_first if p.author_lines), ""),
        dates=(dates := _dates(newest_first)),
        entries=tuple(entries),
        labels=_merge_labels([paper.labels.split() for paper in newest_first], dates),
    )


def _dates(newest_first: Sequence[Paper]) -> tuple[str, ...]:
    """Return the days on which digests list a paper, ascending."""
    return tuple(dict.fromkeys([day for paper in reversed(newest_first) for day in paper.dates]))


def _merge_labels(newest_first: Sequence[Sequence[str]], dates: Sequence[str]) -> str:
    """Return the labels of a paper with several entries.

    Args:
        newest_first: the labels of each entry.
        dates: the days on which it is listed.
    """
    if not any(newest_first):
        return ""
    known = ([each for each in labels if each[0] != "+"] for labels in newest_first)
    merged = next(filter(None, known), [])
    everything = set(chain.from_iterable(newest_first))
    merged += [label for label in (CODE, REPLACED, WITHDRAWN) if label in everything]
    listed = [labels for labels in newest_first if UNLISTED not in labels]
    if not listed:
        merged.append(UNLISTED)
    elif all(CROSS in labels for labels in listed):
        merged.append(CROSS)
    version = newer_version(everything)
    if version and dates and version[1] > dates[-1]:
        merged.append(version_label(*version))
    return " ".join(merged)


def _age(each: EntryPaper) -> tuple[str, str, int, int]:
    date, _dialect, digest, source, number = each[0].entries[0]
    return date, digest, source, number


def _title(newest_first: list[EntryPaper]) -> str:
    """Return the newest title that is arXiv's own, else the newest title, else the id."""
    with_title = [each for each in newest_first if each[0].title != each[0].paper_id]
    arxivs = [each for each in with_title if each[1]]
    return (arxivs or with_title or newest_first)[0][0].title


def _votes(newest_first: list[Paper]) -> int | None:
    """Return the votes of the newest date that has any: the most, if it has several."""
    known = [(p.entries[0].date, p.votes) for p in newest_first if p.votes is not None]
    return max((votes for day, votes in known if day == known[0][0]), default=None)
