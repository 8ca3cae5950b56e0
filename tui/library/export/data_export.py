"""Export to JSON and CSV. The manual documents the fields, so they must not change."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from io import StringIO
from typing import Any

import orjson

from tui.library.export import ExportRecord
from tui.models import Paper

_FORMULA_PREFIXES = tuple("=+-@\t\r\n＝＋－＠")
"""First characters of cells that spreadsheets evaluate; some also evaluate full-width signs."""

_FORMULA_WITHIN = re.compile(r"([;\t\r\n][ '\"]*)(?=[=+\-@＝＋－＠])")
"""Where a cell would begin in countries in which spreadsheets separate cells by semicolons, or
where a separator was chosen by hand."""

BYTE_ORDER_MARK = "\ufeff"
"""Without it at the beginning of a CSV file, Excel shows Korean as something else."""


def paper_fields(record: ExportRecord) -> dict[str, Any]:
    """Return the fields of a paper and its marks."""
    paper, marks, _summaries = record
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
        "id": paper.paper_id,
        "hidden": marks.hidden,
        "later": marks.later,
        "categories": paper.categories,
        "has_more_authors": paper.has_more_authors,
    }


def record_fields(record: ExportRecord) -> dict[str, Any]:
    """Return the JSON fields of a paper, its marks and its summaries."""
    summaries = [
        {
            "source": summary.entry.digest,
            "dialect": summary.entry.dialect,
            "date": summary.date,
            "published": summary.published,
            "markdown": summary.markdown,
        }
        for summary in record.summaries
    ]
    return {**paper_fields(record), "summaries": summaries}


def render_json(records: Iterable[ExportRecord]) -> Iterator[str]:
    """Yield a JSON array of papers with their summaries, one object at a time."""
    return json_array(map(record_fields, records))


def json_array(values: Iterable[dict[str, Any]]) -> Iterator[str]:
    """Yield a JSON array, one object at a time."""
    separator = "["
    for value in values:
        text = orjson.dumps(value, option=orjson.OPT_INDENT_2).decode()
        yield f"{separator}\n{text}".replace("\n", "\n  ")
        separator = ","
    yield "[]\n" if separator == "[" else "\n]\n"


def render_csv(records: Iterable[ExportRecord]) -> Iterator[str]:
    """Yield a header row, and one row per paper."""
    empty = Paper(paper_id="", title="", votes=None, author_lines="", dates=(), entries=())
    yield _format_row(paper_fields(ExportRecord(empty)))
    for record in records:
        yield _format_row(map(_cell, paper_fields(record).values()))


def _format_row(cells: Iterable[object]) -> str:
    line = StringIO(newline="")
    # csv quotes only cells with the line ends that it writes: with "\n" alone, "\r" is not quoted.
    csv.writer(line, lineterminator="\r\n").writerow(cells)
    return line.getvalue().removesuffix("\r\n") + "\n"


def _cell(value: object) -> object:
    """Return the value of a cell, with a quote before text that a spreadsheet would evaluate."""
    if isinstance(value, tuple):
        value = "; ".join(value)
    if isinstance(value, bool):
        return str(value).lower()
    if not isinstance(value, str):
        return value
    value = _FORMULA_WITHIN.sub(r"\1'", value)
    return f"'{value}" if value.startswith(_FORMULA_PREFIXES) else value
