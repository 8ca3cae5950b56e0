"""Read and merge the marks of a store together with the times of their changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from tui.marks.edits import NO_MARKS
from tui.marks.shard_files import ShardFiles, shard_of
from tui.marks.timestamped_marks import (
    MARKS_TABLE,
    TIMES_TABLE,
    TimestampedMarks,
    add_times,
    marks_from_documents,
    merge,
    without_times,
    write_marks,
)
from tui.storage.tables import DamagedFileError


class MarkMerger:
    """Merges marks from elsewhere into a store, and reads the store's marks with their times.

    An open MarkStore of the same folder sees merged marks like changes by another process.

    Args:
        folder: the folder of the marks.

    Attributes:
        repairs: messages to the reader about shards that were restored from backups.
    """

    def __init__(self, folder: Path) -> None:
        self.repairs: list[str] = []
        self._files = ShardFiles(folder)

    def read_shards(self) -> Iterator[tuple[str, dict[str, TimestampedMarks]]]:
        """Yield each shard's name, and its papers' marks by arXiv id.

        Raises:
            StorageError: a shard cannot be used.
            OSError: a shard cannot be read.
        """
        for name in self._files.shard_names():
            yield name, self._read_shard(name)

    def merge(self, marks: Mapping[str, TimestampedMarks]) -> list[str]:
        """Merge marks by last write wins: all of them, or none.

        Args:
            marks: marks from elsewhere, by arXiv id.

        Returns:
            The arXiv ids of the papers whose marks changed. The changes will survive a power
            failure.

        Raises:
            StorageError: a shard cannot be used, or another process holds the lock.
            OSError: a shard could not be read or written.
        """
        by_shard: dict[str, dict[str, TimestampedMarks]] = defaultdict(dict)
        for arxiv_id, each in marks.items():
            by_shard[shard_of(arxiv_id)][arxiv_id] = each
        if not by_shard:
            return []
        changed: list[str] = []
        with self._files.transaction():
            for name, group in sorted(by_shard.items()):
                try:
                    changed += self._merge_shard(name, group)
                except DamagedFileError:
                    self.repairs.append(self._files.restore_from_backup(name))
                    changed += self._merge_shard(name, group)
        return changed

    def _read_shard(self, name: str) -> dict[str, TimestampedMarks]:
        tables = self._files.folder.read(name)
        documents, times = tables.get(MARKS_TABLE, {}), tables.get(TIMES_TABLE, {})
        marks = marks_from_documents(documents, self._files.folder.file(name))
        return {
            arxiv_id: add_times(marks.get(arxiv_id, NO_MARKS), times.get(arxiv_id, {}))
            for arxiv_id in sorted({**marks, **times})
        }

    def _merge_shard(self, name: str, incoming: Mapping[str, TimestampedMarks]) -> list[str]:
        with self._files.edit(name) as database:
            marks = self._files.read_marks(database, name)
            times = database.keyed(TIMES_TABLE).documents()
            changed, merged = [], {}
            for arxiv_id, other in incoming.items():
                before = marks.get(arxiv_id, NO_MARKS)
                own = add_times(before, times.get(arxiv_id, {}))
                if (both := merge(own, other)) != own:
                    after = without_times(both, order=before.tags)
                    merged[arxiv_id] = after, both
                    if after != before:
                        changed.append(arxiv_id)
            if merged:
                self._files.back_up(name)
                write_marks(database, merged)
        return changed
