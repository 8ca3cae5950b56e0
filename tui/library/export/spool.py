"""Records of an export, whose summaries are kept in a temporary file if they are large.

An export needs them in its own order, while reading them in that order would read every month of
the cache many times.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from tempfile import SpooledTemporaryFile
from typing import overload
from weakref import finalize

import orjson

from tui.library.export import ExportRecord
from tui.models import EntryRef, Paper, Summary

MAX_MEMORY_BYTES = 16 << 20
"""Memory for summaries; larger ones go to the file. It is enough for 8,000 papers of ordinary
digests."""


class SpooledRecords(Sequence[ExportRecord]):
    """Records whose summaries are read from a file as they are needed.

    Args:
        records: the records, without summaries, in the order of the export.
    """

    def __init__(self, records: Iterable[ExportRecord]) -> None:
        self._records = list(records)
        self._file = SpooledTemporaryFile(max_size=MAX_MEMORY_BYTES)  # noqa: SIM115  # see below
        finalize(self, self._file.close)
        self._size = 0
        self._places: dict[str, tuple[int, int]] = {}

    def add_summaries(self, paper: Paper, summaries: Iterable[Summary]) -> None:
        """Store the summaries of a paper.

        Raises:
            OSError: the temporary file cannot be written.
        """
        documents = [[[*summary.entry], *summary[1:]] for summary in summaries]
        data = orjson.dumps(documents)
        self._places[paper.paper_id] = self._size, len(data)
        self._size += self._file.write(data)

    def __len__(self) -> int:
        return len(self._records)

    @overload
    def __getitem__(self, index: int) -> ExportRecord: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[ExportRecord]: ...

    def __getitem__(self, index: int | slice) -> ExportRecord | Sequence[ExportRecord]:
        """Return a record with its summaries, or several."""
        if isinstance(index, slice):
            return [self._with_summaries(record) for record in self._records[index]]
        return self._with_summaries(self._records[index])

    def __iter__(self) -> Iterator[ExportRecord]:
        """Yield the records with their summaries."""
        return map(self._with_summaries, self._records)

    def _with_summaries(self, record: ExportRecord) -> ExportRecord:
        place = self._places.get(record.paper.paper_id)
        if place is None:
            return record
        offset, size = place
        self._file.seek(offset)
        documents = orjson.loads(self._file.read(size))
        return record._replace(
            summaries=[
                Summary(EntryRef(*entry), markdown, tuple(sections), *others)
                for entry, markdown, sections, *others in documents
            ]
        )
