"""Export to JSON. The fields are documented in the manual, so they must not change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import orjson

from tui.export import ExportRecord
from tui.models import Marks, Paper


def paper_fields(paper: Paper, marks: Marks) -> dict[str, Any]:
    """Return the JSON fields of a paper and its marks."""
    return {
        "arxiv_id": paper.arxiv_id,
        "title": paper.title,
        "votes": paper.votes,
        "authors": paper.authors,
        "dates": paper.dates,
        "sources": tuple(dict.fromkeys(entry.digest for entry in paper.entries)),
        "url": paper.url,
        "read": marks.read,
        "starred": marks.starred,
        "tags": marks.tags,
        "note": marks.note,
    }


def record_fields(record: ExportRecord) -> dict[str, Any]:
    """Return the JSON fields of a paper, its marks and its summaries."""
    summaries = [
        {
            "source": summary.entry.digest,
            "dialect": summary.entry.dialect,
            "date": summary.entry.date,
            "markdown": summary.markdown,
        }
        for summary in record.summaries
    ]
    return {**paper_fields(record.paper, record.marks), "summaries": summaries}


def render(records: Iterable[ExportRecord]) -> Iterator[str]:
    """Yield a JSON array of papers with their summaries, one object at a time."""
    separator = "["
    for record in records:
        text = orjson.dumps(record_fields(record), option=orjson.OPT_INDENT_2).decode()
        yield f"{separator}\n{text}".replace("\n", "\n  ")
        separator = ","
    yield "[]\n" if separator == "[" else "\n]\n"
