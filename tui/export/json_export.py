"""Papers as plain data, as the README documents it, and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import orjson

from tui.export.record import ExportRecord
from tui.models import Marks, Paper, Summary


def paper_as_data(paper: Paper, marks: Marks) -> dict[str, Any]:
    """Return a paper, and what the reader added to it, as plain data."""
    return {
        "arxiv_id": paper.arxiv_id,
        "title": paper.title,
        "votes": paper.votes,
        "authors": paper.authors,
        "dates": paper.dates,
        "sources": tuple(dict.fromkeys(telling.digest for telling in paper.entries)),
        "url": paper.url,
        "read": marks.read,
        "starred": marks.starred,
        "tags": marks.tags,
        "note": marks.note,
    }


def summaries_as_data(summaries: Iterable[Summary]) -> list[dict[str, str]]:
    """Return a paper's summaries as plain data."""
    return [
        {
            "source": summary.entry.digest,
            "dialect": summary.entry.dialect,
            "date": summary.entry.date,
            "markdown": summary.markdown,
        }
        for summary in summaries
    ]


def whole_as_data(exported: ExportRecord) -> dict[str, Any]:
    """Return a paper with its summaries as plain data."""
    summaries = summaries_as_data(exported.summaries)
    return {**paper_as_data(exported.paper, exported.marks), "summaries": summaries}


def array(papers: Iterable[ExportRecord]) -> Iterator[str]:
    """Yield a JSON array of papers with their summaries, an object at a time."""
    before = "["
    for exported in papers:
        text = orjson.dumps(whole_as_data(exported), option=orjson.OPT_INDENT_2).decode()
        yield f"{before}\n{text}".replace("\n", "\n  ")
        before = ","
    yield "[]\n" if before == "[" else "\n]\n"
