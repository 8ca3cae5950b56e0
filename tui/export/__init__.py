"""Export of papers as BibTeX, Markdown, CSV and JSON; ``formats`` lists them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tui.models import Marks, Paper, Summary


class ExportRecord(NamedTuple):
    """A paper to export, with its marks and summaries.

    Attributes:
        paper: the paper.
        marks: the reader's marks on it.
        summaries: its summaries; empty for formats without summaries.
    """

    paper: Paper
    marks: Marks = Marks()
    summaries: Sequence[Summary] = ()
