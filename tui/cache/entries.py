"""Entries as documents: how they are stored, and merged into one paper for each id.

An entry is stored as a row for the paper table and, in another file, as a text for the viewer. The
documents have the fields of ``tui.models.Entry``, except that all authors are one string, one name
per line: 55,000 lists of strings take four times the memory.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from itertools import chain
from operator import attrgetter, itemgetter
from sys import getsizeof
from types import NoneType
from typing import Any, NotRequired, TypedDict

from tui.cache.period_counts import check_period
from tui.models import UNDATED, Entry, EntryRef, Paper, Summary


class EntryRow(TypedDict):
    """What the paper table needs of an entry.

    Attributes:
        id: the paper's id.
        date: the day of the digest, or UNDATED.
        title: None if the digest has none.
        arxiv_title: whether the title is arXiv's own.
        votes: None if unknown.
        names: the authors, one per line.
        dialect: the dialect of the digest.
        digest: path of the digest, relative to its source.
    """

    id: str
    date: str
    title: str | None
    arxiv_title: bool
    votes: int | None
    names: str
    dialect: str
    digest: str


LocatedRow = tuple[int, str, EntryRow]
"""The number of a source, the number of an entry, and the entry's row."""


class EntryText(TypedDict):
    """What only the viewer and a search need of an entry.

    Attributes:
        id: the paper's id, to detect that this document id has been reused.
        markdown: the summary.
        sections: the labels of its sections.
        thumbnail: URL of an image or video, or None.
        published: the day of the paper's publication; left out if unknown.
    """

    id: str
    markdown: str
    sections: list[str]
    thumbnail: str | None
    published: NotRequired[str]


VOLUME_STEP = 10**12
"""The numbers of a month's entries in its second volume start here, and so on."""

_RECORD_BYTES = 1000
"""Memory that an entry takes without its texts, as records and as documents."""

_NAME_BYTES = 60
"""Memory that a short string in a tuple takes."""


def volume_name(month: str, volume: int) -> str:
    """Return the name of a month's volume, with which the names of its files start.

    Args:
        month: such as ``2025-05``, which is also the name of its first volume.
        volume: the number of the volume, from 0; the second one is ``2025-05.1``.
    """
    return f"{month}.{volume}" if volume else month


def volume_of(date: str, number: int) -> str:
    """Return the name of the volume with an entry, given its day and number."""
    return date[:7] if number < VOLUME_STEP else volume_name(date[:7], number // VOLUME_STEP)


def memory_bytes(entry: Entry) -> int:
    """Return about how much memory an entry takes, which is more than the bytes it is stored in."""
    names = len(entry.authors) + len(entry.sections)
    text = getsizeof(entry.summary) + getsizeof(entry.title)
    return _RECORD_BYTES + _NAME_BYTES * names + sum(map(len, entry.authors)) + text


def entry_to_row(entry: Entry, digest: str) -> EntryRow:
    """Return the row of an entry.

    Args:
        entry: the entry.
        digest: path of its digest, relative to the source.
    """
    return {
        "id": entry.paper_id,
        "date": entry.date,
        "title": entry.title,
        "arxiv_title": entry.is_arxiv_title,
        "votes": entry.votes,
        "names": "\n".join(entry.authors),
        "dialect": entry.dialect,
        "digest": digest,
    }


def entry_to_text(entry: Entry) -> EntryText:
    """Return the text of an entry."""
    text: EntryText = {
        "id": entry.paper_id,
        "markdown": entry.summary,
        "sections": list(entry.sections),
        "thumbnail": entry.thumbnail,
    }
    if entry.published:
        text["published"] = entry.published
    return text


_ROW_TYPES: Mapping[str, tuple[type, ...]] = {
    "id": (str,),
    "date": (str,),
    "title": (str, NoneType),
    "arxiv_title": (bool,),
    "votes": (int, NoneType),
    "names": (str,),
    "dialect": (str,),
    "digest": (str,),
}
_TEXT_TYPES: Mapping[str, tuple[type, ...]] = {
    "id": (str,),
    "markdown": (str,),
    "sections": (list,),
    "thumbnail": (str, NoneType),
}


def check_fields(
    documents: Collection[Any], types: Mapping[str, tuple[type, ...]]
) -> dict[str, list[Any]]:
    """Check that documents have some fields of the right types.

    Checking each field in all documents at once is faster than checking each document.

    Args:
        documents: the documents.
        types: the types of each field.

    Returns:
        The values of each field in all documents.

    Raises:
        KeyError, TypeError: a field is missing, or has a wrong type.
    """
    columns = {name: list(map(itemgetter(name), documents)) for name in types}
    for name, values in columns.items():
        if not set(map(type, values)) <= set(types[name]):
            raise TypeError(f"'{name}' has a wrong type")
    return columns


def checked_rows(rows: Mapping[str, Any]) -> Mapping[str, EntryRow]:
    """Return rows that were read from a file, which another user may have written.

    Args:
        rows: the rows by entry number.

    Returns:
        The same rows, or clean ones if a text is unsafe.

    Raises:
        KeyError, TypeError, ValueError: a row is malformed.
    """
    columns = check_fields(rows.values(), _ROW_TYPES)
    check_numbers(rows)
    for day in set(columns["date"]):
        check_period(day, length=10)
    # Few digests have many rows.
    names = set(columns["dialect"]).union(columns["digest"])
    texts = chain(columns["id"], filter(None, columns["title"]), columns["names"], names)
    text = "".join(texts).replace("\n", " ")
    if text.isprintable():
        return rows
    from tui.sanitize import is_clean

    if is_clean(text):
        return rows
    return {number: _clean_row(row) for number, row in rows.items()}


def check_texts(texts: Mapping[str, Any]) -> None:
    """Check texts that were read from a file, as ``checked_rows`` does.

    They are cleaned by ``find_summary``, because all of them are only read for a search.

    Raises:
        KeyError, TypeError, ValueError: a text is malformed.
    """
    columns = check_fields(texts.values(), _TEXT_TYPES)
    check_numbers(texts)
    if not set(map(type, chain.from_iterable(columns["sections"]))) <= {str}:
        raise TypeError("a section is not a text")


def check_numbers(entries: Iterable[str]) -> None:
    """Raise ValueError unless all keys are numbers of entries."""
    if not all(number.isdecimal() and len(number) <= 18 for number in entries):
        raise ValueError("a key is not a number")


def _clean_row(row: EntryRow) -> EntryRow:
    from tui.sanitize import clean

    title = row["title"]
    return {
        **row,
        "id": _clean_line(row["id"]),
        "title": None if title is None else _clean_line(title),
        "names": clean(row["names"]),
        "dialect": _clean_line(row["dialect"]),
        "digest": _clean_line(row["digest"]),
    }


def _clean_line(text: str) -> str:
    from tui.sanitize import clean

    return " ".join(clean(text).split())


def find_summary(texts: Mapping[str, EntryText], paper_id: str, entry: EntryRef) -> Summary | None:
    """Return the summary of a paper's entry; None if the entry no longer exists."""
    text = texts.get(str(entry.number))
    if text is None or text["id"] != paper_id:
        return None
    from tui.sanitize import clean

    thumbnail = text["thumbnail"]
    return Summary(
        entry,
        clean(text["markdown"]),
        tuple(map(_clean_line, text["sections"])),
        None if thumbnail is None else _clean_line(thumbnail),
        _checked_day(text.get("published")),
    )


def _checked_day(day: object) -> str | None:
    """Return a day that was read from a file; None if it is not one."""
    try:
        check_period(str(day), length=10)
    except ValueError:
        return None
    return str(day)


def merge(rows: Iterable[LocatedRow], period: str = "") -> list[Paper]:
    """Merge rows into papers.

    Args:
        rows: all rows, of all months and in any order, of every paper featured in the period.
        period: a year, month or day; only papers featured in it are returned. The votes are those
            of the day if it is one. UNDATED for papers without any day.

    Returns:
        Papers, newest first, then by votes, then by id.
    """
    by_id: dict[str, list[LocatedRow]] = {}
    for row in rows:
        by_id.setdefault(row[2]["id"], []).append(row)
    papers = [
        _single_row_paper(*same[0]) if len(same) == 1 else _merge_rows(paper_id, same, period)
        for paper_id, same in by_id.items()
        if not period or any(row[2]["date"].startswith(period) for row in same)
    ]
    if period == UNDATED:
        papers = [paper for paper in papers if not paper.dates]
    # Stable sorts by one key each, the least important first, are faster than comparing tuples.
    papers.sort(key=attrgetter("paper_id"))
    papers.sort(key=lambda paper: -1 if paper.votes is None else paper.votes, reverse=True)
    papers.sort(key=lambda paper: paper.dates[-1] if paper.dates else "", reverse=True)
    return papers


def _single_row_paper(source: int, number: str, row: EntryRow) -> Paper:
    """Return a paper with a single row: a fast path for nearly all papers."""
    date = row["date"]
    entry = EntryRef(date, row["dialect"], row["digest"], source, int(number))
    title = row["title"] or row["id"]
    dates = () if date == UNDATED else (date,)
    return Paper(row["id"], title, row["votes"], row["names"], dates, (entry,))


def _merge_rows(paper_id: str, rows: list[LocatedRow], period: str) -> Paper:
    """Merge the rows of a paper that has several."""
    rows.sort(key=lambda row: (row[2]["date"], row[2]["digest"], row[0], row[1]))
    newest_first = [row[2] for row in reversed(rows)]
    is_day = len(period) == len("2025-05-22")
    voted = [row for row in newest_first if row["date"] == period] if is_day else newest_first
    return Paper(
        paper_id=paper_id,
        title=_title(newest_first) or paper_id,
        votes=_votes(voted),
        author_lines=next((row["names"] for row in newest_first if row["names"]), ""),
        dates=tuple(dict.fromkeys([row[2]["date"] for row in rows if row[2]["date"] != UNDATED])),
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
    known = [(row["date"], row["votes"]) for row in newest_first if row["votes"] is not None]
    return max((votes for date, votes in known if date == known[0][0]), default=None)
