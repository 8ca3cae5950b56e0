"""Entries as documents: how they are stored.

An entry is stored as a row for the paper table and, in another file, as a text for the viewer. The
documents have the fields of ``tui.models.Entry``, except that all authors are one string, one name
per line: 55,000 lists of strings take four times the memory.
"""

from __future__ import annotations

from sys import getsizeof
from typing import NotRequired, TypedDict

from tui.cache.period_counts import check_period
from tui.models import CODE, Entry, EntryRef, Summary


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
        labels: its labels, separated by spaces; see ``tui.models.Paper``.
    """

    id: str
    date: str
    title: str | None
    arxiv_title: bool
    votes: int | None
    names: str
    dialect: str
    digest: str
    labels: str


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

VOLUME_FILE_KINDS = ("rows", "texts", "words")
"""The kinds of files that a volume has."""

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
    """Return the row of an entry, which also says whether its summary names a code repository.

    Args:
        entry: the entry.
        digest: path of its digest, relative to the source.
    """
    from tui.paper_ids.code_addresses import names_repository

    labels = entry.labels
    if CODE not in labels and names_repository(entry.summary):
        labels = (*labels, CODE)
    return {
        "id": entry.paper_id,
        "date": entry.date,
        "title": entry.title,
        "arxiv_title": entry.is_arxiv_title,
        "votes": entry.votes,
        "names": "\n".join(entry.authors),
        "dialect": entry.dialect,
        "digest": digest,
        "labels": " ".join(labels),
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


def summary_of(text: EntryText | None, paper_id: str, entry: EntryRef) -> Summary | None:
    """Return the summary of a paper's entry, given its text; None if it no longer exists."""
    if text is None or text["id"] != paper_id:
        return None
    from tui.sanitize import clean, clean_line

    thumbnail = text["thumbnail"]
    return Summary(
        entry,
        clean(text["markdown"]),
        tuple(map(clean_line, text["sections"])),
        None if thumbnail is None else clean_line(thumbnail),
        _checked_day(text.get("published")),
    )


def _checked_day(day: object) -> str | None:
    """Return a day that was read from a file; None if it is not one."""
    try:
        check_period(str(day), length=10)
    except ValueError:
        return None
    return str(day)
