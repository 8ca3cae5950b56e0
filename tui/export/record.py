"""What goes into an export: a paper with what the reader and the digests say of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tui.models import Marks, Paper, Summary


class ExportRecord(NamedTuple):
    """One paper of an export.

    Attributes:
        paper: the paper.
        marks: what the reader added to it.
        summaries: its summaries; empty where the format wants none.
    """

    paper: Paper
    marks: Marks = Marks()
    summaries: Sequence[Summary] = ()
