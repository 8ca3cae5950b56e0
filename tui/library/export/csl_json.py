"""Export to CSL-JSON, which Pandoc, Zotero and citation processors read.

The fields are those of https://docs.citationstyles.org/en/stable/specification.html; a preprint is
an ``article``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from tui.library.export import ExportRecord
from tui.library.export.bibliography_fields import archive_number, doi_of, publisher_of
from tui.library.export.bibtex import cite_key
from tui.library.export.data_export import json_array
from tui.library.export.latex import to_single_line
from tui.library.export.names import split_name
from tui.paper_ids.bibliography import publication_month


def render(records: Iterable[ExportRecord]) -> Iterator[str]:
    """Yield a JSON array of items, one at a time."""
    return json_array(map(csl_item, records))


def csl_item(record: ExportRecord) -> dict[str, Any]:
    """Return the item of a paper: tags become keywords, and the note becomes an annotation."""
    paper, marks, _summaries = record
    published = publication_month(paper.paper_id)
    date_parts = [part for part in published or () if part]
    # The first three, in this order, show that a file is an export and not a digest.
    fields = {
        "type": "article",
        "id": cite_key(paper),
        "title": to_single_line(paper.title),
        "author": [_csl_name(name) for name in map(to_single_line, paper.authors) if name],
        "issued": {"date-parts": [date_parts]} if date_parts else None,
        "publisher": publisher_of(paper),
        "number": archive_number(paper),
        "DOI": doi_of(paper),
        "URL": paper.url,
        "keyword": ", ".join(marks.tags),
        "annote": marks.note,
    }
    return {name: value for name, value in fields.items() if value}


def _csl_name(name: str) -> dict[str, str]:
    given, family, suffix, is_literal = split_name(name)
    if is_literal:
        return {"literal": family}
    parts = {"family": family, "given": given, "suffix": suffix}
    return {part: text for part, text in parts.items() if text}
