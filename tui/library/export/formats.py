"""The export formats by name, and writing papers to a file in one of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from tui.library.export import ExportRecord, bibtex, data_export, markdown
from tui.library.export.spool import SpooledRecords
from tui.library.library import Library
from tui.models import NO_MARKS, MarksLookup, Paper
from tui.sources.scan import MAX_FILE_BYTES
from tui.storage.atomic_write import replace_text
from tui.storage.regular_file import UnusableFileError, read_regular_file


class Format(NamedTuple):
    """An export format.

    Attributes:
        suffixes: file name suffixes; the first is the usual one.
        has_summaries: whether the format includes summaries, which are slow to read.
        render: yields the text of records, each of a different paper, in pieces.
        file_prefix: goes before the text in a file, but not in a pipe.
    """

    suffixes: tuple[str, ...]
    has_summaries: bool
    render: Callable[[Iterable[ExportRecord]], Iterator[str]]
    file_prefix: str = ""


FORMATS = {
    "bibtex": Format((".bib",), False, bibtex.render),
    "markdown": Format((".md", ".markdown"), True, markdown.render),
    "csv": Format((".csv",), False, data_export.render_csv, data_export.BYTE_ORDER_MARK),
    "json": Format((".json",), True, data_export.render_json),
}


def format_for_path(path: Path) -> str | None:
    """Return the name of the format with a path's suffix, or None."""
    suffix = path.suffix.lower()
    return next((name for name, each in FORMATS.items() if suffix in each.suffixes), None)


def collect_records(
    papers: Sequence[Paper], library: Library, marks: MarksLookup, name: str
) -> Sequence[ExportRecord]:
    """Look up what a format needs to export papers.

    Args:
        papers: the papers, in the order of the export.
        library: the library with their summaries.
        marks: the reader's marks.
        name: the format, a key of ``FORMATS``.
    """
    records = [ExportRecord(paper, marks.get(paper.paper_id, NO_MARKS)) for paper in papers]
    if not FORMATS[name].has_summaries:
        return records
    spooled = SpooledRecords(records)
    # The library caches few months: sorting by date reads each month once.
    for paper in sorted(papers, key=lambda paper: paper.dates):
        spooled.add_summaries(paper, library.summaries(paper))
    return spooled


def is_digest(path: Path) -> bool:
    """Return whether an export to a file would overwrite a digest: digests are never written.

    It need not be a digest of a configured source.

    Raises:
        OSError: the file cannot be read.
    """
    from tui.digests.reader import read

    if not path.is_file():
        return False
    try:
        data = read_regular_file(path, MAX_FILE_BYTES)
    except UnusableFileError:
        # Larger than any digest that is read.
        return False
    return read(data, str(path)).dialect is not None


def write_export(path: Path, records: Iterable[ExportRecord], name: str) -> None:
    """Write an export to a file, replacing what is there.

    Args:
        path: the file; its folder must exist.
        records: the papers, each once.
        name: the format, a key of ``FORMATS``.

    Raises:
        OSError: it could not be written; the old file is unchanged.
    """
    is_stream = path.exists() and not path.is_file()
    prefix = "" if is_stream else FORMATS[name].file_prefix
    replace_text(path, chain([prefix], FORMATS[name].render(records)))
