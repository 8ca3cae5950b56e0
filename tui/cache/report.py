"""The outcome of a sync."""

from __future__ import annotations

from dataclasses import dataclass, field

from tui.models import Problem


@dataclass(slots=True)
class SyncReport:
    """What a sync did.

    Attributes:
        read: digests read because they were new or had changed.
        unchanged: digests left as they were.
        removed: digests that no longer exist, or are no longer digests.
        skipped: files that are not digests.
        entries: entries of all digests in the cache.
        problems: problems of all digests in the cache, whenever they were read.
        unreachable: whether the source or one of its folders could not be listed.
        cancelled: whether the sync was cancelled.
        rebuilt: a sentence that says why the cache was rebuilt; None if it was not.
        other_owner: name of the other user who owns the cache, so that nothing was done; None if
            the cache is the reader's.
    """

    read: int = 0
    unchanged: int = 0
    removed: int = 0
    skipped: int = 0
    entries: int = 0
    problems: list[Problem] = field(default_factory=list)
    unreachable: bool = False
    cancelled: bool = False
    rebuilt: str | None = None
    other_owner: str | None = None

    @property
    def changed(self) -> bool:
        """Whether the sync changed the cached entries."""
        return bool(self.read or self.removed or self.rebuilt)

    def __iadd__(self, other: SyncReport) -> SyncReport:
        """Add the report of another source, except its owner."""
        self.read += other.read
        self.unchanged += other.unchanged
        self.removed += other.removed
        self.skipped += other.skipped
        self.entries += other.entries
        self.problems += other.problems
        self.unreachable |= other.unreachable
        self.cancelled |= other.cancelled
        self.rebuilt = self.rebuilt or other.rebuilt
        return self
