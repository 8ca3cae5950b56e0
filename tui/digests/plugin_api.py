"""The public interface for packages that add a dialect; CONTRIBUTING.md has an example.

Such a package declares its `Dialect` as an entry point of the group ``broadsheet.dialects``. The
names listed here are stable; everything else may change between versions. `tui.dialects` has the
names of earlier versions.
"""

from __future__ import annotations

from typing import Any

from tui import models
from tui.digests.builder import RecordDigestBuilder
from tui.digests.parsing.dates import day_in, day_in_path
from tui.digests.parsing.record_values import as_count
from tui.digests.registry import Dialect
from tui.models import Digest, Problem
from tui.paper_ids.arxiv import id_in_url
from tui.sanitize import clean

__all__ = [
    "Dialect",
    "Digest",
    "Entry",
    "Problem",
    "RecordDigestBuilder",
    "as_count",
    "clean",
    "day_in",
    "day_in_path",
    "id_in_url",
]


class Entry(models.Entry):
    """`tui.models.Entry`, which also takes the id under its former name, ``arxiv_id``."""

    def __new__(cls, *values: Any, arxiv_id: str | None = None, **named: Any) -> Entry:
        """Return an entry; see `tui.models.Entry`."""
        if arxiv_id is not None:
            named["paper_id"] = arxiv_id
        return super().__new__(cls, *values, **named)

    def _replace(self, *, arxiv_id: str | None = None, **named: Any) -> Entry:
        if arxiv_id is not None:
            named["paper_id"] = arxiv_id
        return super()._replace(**named)
