"""Export to RIS, the format of reference managers such as EndNote, Mendeley and Zotero.

A record is a list of lines with a tag of two letters, two spaces, a hyphen and a space; it starts
with ``TY`` and ends with ``ER``. A value is one line.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tui.library.export import ExportRecord, with_blank_lines
from tui.library.export.bibliography_fields import archive_number, doi_of, publisher_of
from tui.library.export.bibtex import cite_key
from tui.library.export.latex import to_single_line
from tui.library.export.names import split_name
from tui.paper_ids.bibliography import publication_month


def render(records: Iterable[ExportRecord]) -> Iterator[str]:
    """Yield a record per paper, with blank lines between them."""
    return with_blank_lines(map(ris_record, records))


def ris_record(record: ExportRecord) -> str:
    """Return the record of a paper, without the line end. Tags are keywords, the note is a note."""
    paper, marks, _summaries = record
    published = publication_month(paper.paper_id)
    year, month = published or (None, None)
    fields = [
        ("TY", "UNPB"),
        ("ID", cite_key(paper)),
        ("TI", paper.title),
        *(("AU", format_name(name)) for name in map(to_single_line, paper.authors) if name),
        ("PY", str(year) if year else ""),
        # The parts after the year are month, day and remark; the slashes stay.
        ("DA", f"{year}/{month:02}//" if year and month else ""),
        ("PB", publisher_of(paper)),
        ("DO", doi_of(paper)),
        ("AN", archive_number(paper)),
        ("UR", paper.url),
        ("L1", paper.pdf_url or ""),
        *(("KW", tag) for tag in marks.tags),
        ("N1", marks.note),
    ]
    lines = [f"{tag}  - {line}" for tag, value in fields if (line := to_single_line(value))]
    return "\n".join([*lines, "ER  - "])


def format_name(name: str) -> str:
    """Return a name as ``Family, Given, Suffix``; a group's as it is."""
    given, family, suffix, _is_literal = split_name(name)
    return ", ".join(filter(None, (family, given, suffix)))
