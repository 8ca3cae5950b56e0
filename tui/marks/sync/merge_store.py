"""Marks that come from elsewhere and go there, with the times of their changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from tui.marks.edits import NO_MARKS
from tui.marks.serialization import (
    MARKS_TABLE,
    TIMES_TABLE,
    add_times,
    marks_from_documents,
    write_marks,
)
from tui.marks.shard_files import ShardFiles, shard_of
from tui.marks.sync.last_write_wins import TimestampedMarks, merge, without_times
from tui.storage.tables import DamagedFileError


class MarkMerger:
    """Takes over what others know of papers' marks, and tells what is known here.

    A store of the same folder sees what was taken over as it sees what another process changed.

    Args:
        folder: where the marks lie.

    Attributes:
        damage: sentences for the reader about shards that had to be mended.
    """

    def __init__(self, folder: Path) -> None:
        self.repairs: list[str] = []
        self._files = ShardFiles(folder)

    def read_shards(self) -> Iterator[tuple[str, dict[str, TimestampedMarks]]]:
        """Yield the name of each shard, and by arXiv id all that is known of its papers.

        Raises:
            StorageError: a shard cannot be used.
            OSError: one cannot be read.
        """
        for name in self._files.shard_names():
            yield name, self._dated(name)

    def merge(self, theirs: Mapping[str, TimestampedMarks]) -> list[str]:
        """Take over what others know, where theirs is the later change: all of it, or none.

        Args:
            theirs: what they know, by arXiv id.

        Returns:
            The arXiv ids of the papers whose marks changed, once they will survive a power failure.

        Raises:
            StorageError: a shard cannot be used, or another process is writing.
            OSError: something could not be read or written.
        """
        by_shard: dict[str, dict[str, TimestampedMarks]] = defaultdict(dict)
        for arxiv_id, dated in theirs.items():
            by_shard[shard_of(arxiv_id)][arxiv_id] = dated
        if not by_shard:
            return []
        with self._files.transaction():
            return [
                paper
                for name, those in sorted(by_shard.items())
                for paper in self._merge(name, those)
            ]

    def _dated(self, name: str) -> dict[str, TimestampedMarks]:
        file, tables = self._files.folder.file(name), self._files.folder.read(name)
        marks, times = (
            marks_from_documents(tables.get(MARKS_TABLE, {}), file),
            tables.get(TIMES_TABLE, {}),
        )
        return {
            each: add_times(marks.get(each, NO_MARKS), times.get(each, {}))
            for each in sorted({**marks, **times})
        }

    def _merge(self, name: str, theirs: Mapping[str, TimestampedMarks]) -> list[str]:
        try:
            return self._merge_into(name, theirs)
        except DamagedFileError:
            self.repairs.append(self._files.restore_from_backup(name))
        return self._merge_into(name, theirs)

    def _merge_into(self, name: str, theirs: Mapping[str, TimestampedMarks]) -> list[str]:
        with self._files.edit(name) as database:
            marks = self._files.read_marks(database, name)
            times = database.keyed(TIMES_TABLE).documents()
            changed, papers = [], {}
            for arxiv_id, their in theirs.items():
                before = marks.get(arxiv_id, NO_MARKS)
                ours = add_times(before, times.get(arxiv_id, {}))
                if (both := merge(ours, their)) != ours:
                    after = without_times(both, order=before.tags)
                    papers[arxiv_id] = after, both
                    if after != before:
                        changed.append(arxiv_id)
            if papers:
                self._files.back_up(name)
                write_marks(database, papers)
        return changed
