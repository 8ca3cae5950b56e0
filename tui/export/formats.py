"""The formats by their names, and how papers get into a file of one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from tui.export import bibtex, markdown
from tui.export import csv_export as spreadsheet
from tui.export import json_export as data
from tui.export.record import ExportRecord
from tui.i18n import _
from tui.library.library import Library
from tui.models import Marks, MarksLookup, Paper
from tui.storage.text_file import replace_text

__all__ = [
    "FORMATS",
    "DigestOverwriteError",
    "ExportRecord",
    "Format",
    "collect",
    "export",
    "format_of",
    "refuse_digest",
    "write",
]


class DigestOverwriteError(ValueError):
    """An export would be written over a digest; the text is a sentence for the reader."""


class Format(NamedTuple):
    """One way of writing papers down.

    Attributes:
        suffixes: what names of such files end with; the first is the usual one.
        tells_summaries: whether summaries stand in it, which take longer to read than all else.
        text: makes the text, piece by piece.
    """

    suffixes: tuple[str, ...]
    tells_summaries: bool
    text: Callable[[Iterable[ExportRecord]], Iterator[str]]


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "bibtex": Format((".bib",), False, bibtex.entries),
        "markdown": Format((".md", ".markdown"), True, markdown.pages),
        "csv": Format((".csv",), False, spreadsheet.rows),
        "json": Format((".json",), True, data.array),
    }
)


def format_of(path: Path) -> str | None:
    """Return the name of the format that a file's name asks for, or None."""
    suffix = path.suffix.lower()
    return next((name for name, each in FORMATS.items() if suffix in each.suffixes), None)


def collect(
    papers: Sequence[Paper], library: Library, marks: MarksLookup, name: str
) -> list[ExportRecord]:
    """Gather what a format tells of papers.

    Args:
        papers: which, in the order they shall stand in.
        library: where their summaries are.
        marks: the reader's.
        name: of the format.
    """
    summaries = {}
    if FORMATS[name].tells_summaries:
        # A library holds few months at once: by date each is read once, whatever the order.
        for paper in sorted(papers, key=lambda paper: paper.dates):
            summaries[paper.arxiv_id] = library.summaries(paper)
    none = Marks()
    return [
        ExportRecord(paper, marks.get(paper.arxiv_id, none), summaries.get(paper.arxiv_id, ()))
        for paper in papers
    ]


def export(papers: Iterable[ExportRecord], name: str) -> Iterator[str]:
    """Yield the text of an export, piece by piece; it is meant to be UTF-8.

    Args:
        papers: each once.
        name: of the format, a key of ``FORMATS``.
    """
    return FORMATS[name].text(papers)


def refuse_digest(path: Path) -> None:
    """Refuse to write an export over a digest: nothing is ever written into those.

    Args:
        path: where the export shall go.

    Raises:
        WouldLoseDigestError: what lies there is a digest, of whatever source.
        OSError: it cannot be read.
    """
    if not path.is_file():
        return
    # The readers are wanted only where something lies in the way.
    from tui.digests.reader import read

    if read(path.read_bytes(), str(path)).dialect is not None:
        raise DigestOverwriteError(_("{file}: is a digest; it is left as it is").format(file=path))


def write(path: Path, papers: Iterable[ExportRecord], name: str) -> None:
    """Write an export into a file, in the place of what was there.

    Args:
        path: the file; its folder must exist.
        papers: each once.
        name: of the format, a key of ``FORMATS``.

    Raises:
        OSError: it could not be written; the old file is as it was.
    """
    replace_text(path, export(papers, name))
