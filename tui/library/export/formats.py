"""The export formats by name, and writing papers to a file in one of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import NamedTuple, Protocol

from tui.library.export import (
    ExportRecord,
    atom,
    bibtex,
    csl_json,
    data_export,
    digest,
    markdown,
    ris,
)
from tui.library.export.spool import SpooledRecords
from tui.library.library import Library
from tui.library.papers_on_demand import read_all
from tui.models import NO_MARKS, MarksLookup, Paper
from tui.sources.scan import MAX_FILE_BYTES
from tui.storage.atomic_write import replace_text
from tui.storage.regular_file import UnusableFileError, read_regular_file

DEFAULT_TITLE = "Papers"


class Renderer(Protocol):
    """A function that writes papers in a format."""

    def __call__(self, records: Iterable[ExportRecord], title: str = ..., /) -> Iterator[str]:
        """Yield the text of records, each of a different paper, in pieces.

        Args:
            records: the papers.
            title: what they are, for formats that have a title.
        """


def _untitled(render: Callable[[Iterable[ExportRecord]], Iterator[str]]) -> Renderer:
    """Return the renderer of a format that has no title."""
    return lambda records, _title="": render(records)


def _titled(render: Callable[[Iterable[ExportRecord], str], Iterator[str]]) -> Renderer:
    """Return the renderer of a format that has a title."""
    return lambda records, title="": render(records, title or DEFAULT_TITLE)


class Format(NamedTuple):
    """An export format.

    Attributes:
        suffixes: file name suffixes; the first is the usual one.
        has_summaries: whether the format includes summaries, which are slow to read.
        render: yields the text of records.
        file_prefix: goes before the text in a file, but not in a pipe.
    """

    suffixes: tuple[str, ...]
    has_summaries: bool
    render: Renderer
    file_prefix: str = ""


FORMATS = {
    "bibtex": Format((".bib",), False, _untitled(bibtex.render)),
    "ris": Format((".ris",), False, _untitled(ris.render)),
    "csl-json": Format((".csl.json", ".csljson"), False, _untitled(csl_json.render)),
    "markdown": Format((".md", ".markdown"), True, _untitled(markdown.render)),
    "digest": Format((".digest.md",), True, _titled(digest.render)),
    "atom": Format((".atom",), True, _titled(atom.render)),
    "csv": Format((".csv",), False, _untitled(data_export.render_csv), data_export.BYTE_ORDER_MARK),
    "json": Format((".json",), True, _untitled(data_export.render_json)),
}


def format_for_path(path: Path) -> str | None:
    """Return the name of the format with a path's suffix, the longest one that fits, or None."""
    name = path.name.lower()
    fitting = {
        suffix: format_name
        for format_name, each in FORMATS.items()
        for suffix in each.suffixes
        if name.endswith(suffix) and name != suffix
    }
    return fitting[max(fitting, key=len)] if fitting else None


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
    records = with_marks(papers, marks)
    return with_summaries(records, library) if FORMATS[name].has_summaries else records


def with_marks(papers: Sequence[Paper], marks: MarksLookup) -> list[ExportRecord]:
    """Return papers with their marks, without summaries.

    Raises:
        OSError: some of them cannot be read.
    """
    every = read_all(papers)
    return [ExportRecord(paper, marks.get(paper.paper_id, NO_MARKS)) for paper in every]


def with_summaries(records: Sequence[ExportRecord], library: Library) -> Sequence[ExportRecord]:
    """Return records with the summaries of a library, which are slow to read."""
    spooled = SpooledRecords(records)
    # The library caches few months: sorting by date reads each month once.
    for paper in sorted((record.paper for record in records), key=lambda paper: paper.dates):
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
    # A feed is written again and again, and nobody edits it.
    return not atom.is_own_feed(data) and read(data, str(path)).dialect is not None


def write_export(path: Path, records: Iterable[ExportRecord], name: str, title: str = "") -> None:
    """Write an export to a file, replacing what is there.

    Args:
        path: the file; its folder must exist.
        records: the papers, each once.
        name: the format, a key of ``FORMATS``.
        title: what the papers are, for formats that have a title.

    Raises:
        OSError: it could not be written; the old file is unchanged.
    """
    is_stream = path.exists() and not path.is_file()
    prefix = "" if is_stream else FORMATS[name].file_prefix
    replace_text(path, chain([prefix], FORMATS[name].render(records, title)))
