"""Entries as documents: a row for the paper table and, in another file, a text for the viewer.

Documents have the fields of ``tui.models.Entry``, except that all authors are one string, one name
per line: 55,000 lists of strings take four times the memory.
"""

from __future__ import annotations

from typing import TypedDict

from tui.models import Entry, EntryRef, Summary


class EntryRow(TypedDict):
    """What the paper table needs of an entry.

    Attributes:
        id: the arXiv id.
        date: the day of the digest.
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


class EntryText(TypedDict):
    """What only the viewer and a search need of an entry.

    Attributes:
        id: the arXiv id, to detect that this document id has been reused.
        markdown: the summary.
        sections: the labels of its sections.
        thumbnail: URL of an image or video, or None.
    """

    id: str
    markdown: str
    sections: list[str]
    thumbnail: str | None


def entry_to_row(entry: Entry, digest: str) -> EntryRow:
    """Return the row of an entry.

    Args:
        entry: the entry.
        digest: path of its digest, relative to the source.
    """
    return {
        "id": entry.arxiv_id,
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
    return {
        "id": entry.arxiv_id,
        "markdown": entry.summary,
        "sections": list(entry.sections),
        "thumbnail": entry.thumbnail,
    }


def text_to_summary(text: EntryText, entry: EntryRef) -> Summary:
    """Return the summary of an entry."""
    return Summary(
        entry=entry,
        markdown=text["markdown"],
        sections=tuple(text["sections"]),
        thumbnail=text["thumbnail"],
    )
