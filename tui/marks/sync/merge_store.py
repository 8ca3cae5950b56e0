"""Read and merge the marks of a store together with the times of their changes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from tui.marks.limits import MAX_SHARD_PAPERS, size_of
from tui.marks.shard_files import ShardFiles, StoreFullError, shard_of
from tui.marks.sync.jsonl_file import MAX_TAGS
from tui.marks.timestamped_marks import (
    TimestampedMarks,
    add_times,
    merge,
    stored_times,
    without_times,
    write_marks,
)
from tui.models import NO_MARKS
from tui.storage.disk_errors import path_and_reason
from tui.storage.tables import StorageError

_TOO_MANY_PAPERS = f"more than {MAX_SHARD_PAPERS} papers of one month"


class MarkMerger:
    """Merges marks from elsewhere into a store, and reads the store's marks with their times.

    An open MarkStore of the same folder sees merged marks like changes by another process.

    Args:
        folder: the folder of the marks.

    Attributes:
        warnings: messages to the reader about shards that are or were damaged or unreadable.
    """

    def __init__(self, folder: Path) -> None:
        self.warnings: list[str] = []
        self._files = ShardFiles(folder)
        self._incomplete: set[str] = set()
        self._left_out: Counter[str] = Counter()

    def read_shards(self) -> Iterator[tuple[str, Mapping[str, TimestampedMarks]]]:
        """Yield each shard's name, and its papers' marks by paper id.

        Of a shard that cannot be read, they are those of its backup, if any; see ``is_complete``.

        Raises:
            OSError: the folder cannot be listed.
        """
        for name in self._files.shard_names():
            papers, warning = self._files.read_with_times(name)
            if warning and self.is_complete(name):
                self._add_incomplete(name, warning)
            yield name, papers

    def is_complete(self, name: str) -> bool:
        """Return whether the marks that ``read_shards`` yielded of a shard are all that it has."""
        return name not in self._incomplete

    def _add_incomplete(self, name: str, warning: str) -> None:
        self._incomplete.add(name)
        self.warnings.append(warning)

    def repair(self) -> None:
        """Restore damaged shards from their backups; ``warnings`` names them.

        Those without a backup stay where they are until something can be written in their place.

        Raises:
            StorageError: another process holds the lock.
            OSError: a shard could not be written.
        """
        damaged = list(filter(self._files.is_restorable, self._files.shard_names()))
        if damaged:
            with self._files.transaction():
                # Another process may have repaired them before this one had the lock.
                self.warnings += filter(None, map(self._files.restore_if_damaged, damaged))

    def merge(
        self, marks: Mapping[str, TimestampedMarks], *, skips_unusable: bool = False
    ) -> list[str]:
        """Merge marks by last write wins: all of them, or none.

        Args:
            marks: marks from elsewhere, by paper id.
            skips_unusable: whether to leave out, with a warning, the papers of shards that cannot
                be read or are newer than this program, and papers for which there is no room.

        Returns:
            The paper ids of the papers whose marks changed. The changes will survive a power
            failure.

        Raises:
            StorageError: a shard cannot be used, another process holds the lock, or all marks
                together would be too large.
            OSError: a shard could not be read or written.
        """
        by_shard: dict[str, dict[str, TimestampedMarks]] = defaultdict(dict)
        for paper_id, each in marks.items():
            by_shard[shard_of(paper_id)][paper_id] = each
        if not by_shard:
            return []
        changed: list[str] = []
        self._left_out.clear()
        with self._files.transaction():
            for name, group in sorted(by_shard.items()):
                try:
                    if warning := self._files.restore_if_damaged(name):
                        self.warnings.append(warning)
                except (StorageError, OSError) as error:
                    if not skips_unusable:
                        raise
                    warning = f"{path_and_reason(error)}; its marks were not shared"
                    self._add_incomplete(name, warning)
                    continue
                changed += self._merge_shard(name, group, skips_unusable=skips_unusable)
        for reason, number in self._left_out.items():
            self.warnings.append(f"papers that were not merged completely: {number} ({reason})")
        return changed

    def _merge_shard(
        self, name: str, incoming: Mapping[str, TimestampedMarks], *, skips_unusable: bool
    ) -> list[str]:
        with self._files.edit(name) as database:
            marks = self._files.read_marks(database, name)
            times = stored_times(database)
            room = MAX_SHARD_PAPERS - len(marks.keys() | times.keys())
            changed, merged = [], {}
            for paper_id, other in incoming.items():
                before = marks.get(paper_id, NO_MARKS)
                own = add_times(before, times.get(paper_id, {}))
                both = merge(own, other)
                if len(both.tags) > max(MAX_TAGS, len(own.tags)):
                    both = both._replace(tags=own.tags)
                    self._left_out[f"more than {MAX_TAGS} tags"] += 1
                if both == own:
                    continue
                try:
                    is_new = paper_id not in marks and paper_id not in times
                    if is_new and room <= 0:
                        raise StoreFullError(self._files.folder.path, _TOO_MANY_PAPERS)
                    self._files.reserve(size_of(both) - (0 if is_new else size_of(own)))
                    room -= is_new
                except StoreFullError as error:
                    if not skips_unusable:
                        raise
                    self._left_out[error.message] += 1
                    continue
                after = without_times(both, order=before.tags)
                merged[paper_id] = after, both
                if after != before:
                    changed.append(paper_id)
            if merged:
                self._files.back_up(name)
                write_marks(database, merged)
        return changed
