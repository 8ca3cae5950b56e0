"""Entries as documents: a row for the table and, apart from it, a summary for the viewer.

Short of a good reason a document says what ``tui.models`` says. The authors are the exception: one
string, a name a line, because 55,000 lists of strings cost four times the memory.
"""

from __future__ import annotations

from typing import Any

from tui.models import Entry, EntryRef, Summary


def row_of(entry: Entry, digest: str) -> dict[str, Any]:
    """Return what the table needs of an entry.

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


def summary_of(entry: Entry) -> dict[str, Any]:
    """Return what only the viewer and a search need of an entry."""
    return {
        "id": entry.arxiv_id,
        "markdown": entry.summary,
        "sections": list(entry.sections),
        "thumbnail": entry.thumbnail,
    }


def to_summary(document: dict[str, Any], telling: EntryRef) -> Summary:
    """Read what ``summary_of`` wrote."""
    return Summary(
        entry=telling,
        markdown=document["markdown"],
        sections=tuple(document["sections"]),
        thumbnail=document["thumbnail"],
    )
