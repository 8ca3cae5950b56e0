"""The outcome of a sync."""

from __future__ import annotations

from dataclasses import dataclass, field

from tui.models import Problem


@dataclass(slots=True)
class SyncReport:
    """What a sync did.

    Attributes:
        read: digests read, because they were new or had changed.
        unchanged: digests that were left as they were.
        removed: digests that are gone, or are digests no more.
        skipped: files that are no digests.
        entries: entries in the cache, of all digests.
        problems: what is odd in the digests of the cache, read now or earlier.
        unreachable: whether a source or a folder of it could not be listed.
        cancelled: whether it was stopped before its end.
        rebuilt: a sentence that says why the cache was made anew, if it was.
        kept_by: name of the other user who keeps the cache, so that nothing was done; of several
            sources' reports, if that is so for all.
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
    kept_by: str | None = None

    @property
    def changed(self) -> bool:
        """Tell whether the cache is another one than before."""
        return bool(self.read or self.removed or self.rebuilt)

    def __iadd__(self, other: SyncReport) -> SyncReport:
        """Add the report of another source."""
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
