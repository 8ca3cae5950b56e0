"""Export of papers as BibTeX, Markdown, CSV and JSON; ``formats`` lists them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from tui.models import NO_MARKS, Marks, Paper, Summary


class ExportRecord(NamedTuple):
    """A paper to export, with its marks and summaries.

    Attributes:
        paper: the paper.
        marks: the reader's marks on it.
        summaries: its summaries; empty for formats without summaries.
    """

    paper: Paper
    marks: Marks = NO_MARKS
    summaries: Sequence[Summary] = ()


def with_blank_lines(texts: Iterable[str]) -> Iterator[str]:
    """Yield texts, each with a line end, and with blank lines between them."""
    separator = ""
    for text in texts:
        yield f"{separator}{text}\n"
        separator = "\n"
