"""Write what a sync changes in the index of a cache: papers by day, and their counts."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass, field

from tui.cache.period_counts import PeriodCounts
from tui.cache.source_cache import SourceCache, checked_days, index_part
from tui.cache.volume_scan import may_have_votes


@dataclass(slots=True)
class IndexChange:
    """What a write changes in the index.

    Attributes:
        days: the ids featured on each day that changes, in the order of the volumes.
        changed: days on which other papers are featured than before, which may have none now.
        moved: the ids whose days change.
        voted: months in which an entry has votes, as far as they were read.
        unvoted: months of which all entries were read, and none has votes.
    """

    days: dict[str, list[str]] = field(default_factory=dict)
    changed: set[str] = field(default_factory=set)
    moved: set[str] = field(default_factory=set)
    voted: set[str] = field(default_factory=set)
    unvoted: set[str] = field(default_factory=set)

    def add(self, other: IndexChange) -> None:
        """Add the change of another month."""
        self.days |= other.days
        self.changed |= other.changed
        self.moved |= other.moved
        self.voted |= other.voted
        self.unvoted |= other.unvoted


def write_index(cache: SourceCache, change: IndexChange, all_months: Sequence[str]) -> None:
    """Replace some days of the index and update the counts. The caller has the folder's lock.

    Args:
        cache: the source's cache.
        change: what changes.
        all_months: months whose days are replaced in all parts, because an interrupted write may
            have left others there.
    """
    by_part: dict[str, dict[str, list[str]]] = {}
    for day, papers in change.days.items():
        for paper in papers:
            by_part.setdefault(index_part(paper), {}).setdefault(day, []).append(paper)
    changed_parts = {index_part(paper) for paper in change.moved}
    if all_months:
        changed_parts |= {*cache.index_parts(), *by_part}
    counts = []
    for part in sorted(changed_parts):
        new = by_part.get(part, {})
        with cache.folder.edit(part) as database:
            table = database.keyed("days")
            with cache.folder.corrupt_if_malformed(part):
                checked_days(table.documents())
            replaced = (d for d in table.documents() if d in change.changed or d[:7] in all_months)
            table.drop([day for day in replaced if day not in new])
            table.put((day, {"papers": papers}) for day, papers in new.items())
            index = {day: document["papers"] for day, document in table.documents().items()}
        counts.append((part, PeriodCounts.from_index(index).to_document()))
    with cache.folder.edit("counts") as database:
        table = database.keyed("parts")
        table.put(counts)
        with cache.folder.corrupt_if_malformed("counts"):
            total = PeriodCounts.sum(map(PeriodCounts.from_document, table.documents().values()))
    voted = _months_with_votes(cache, change, total)
    with cache.folder.edit("calendar") as database:
        database.keyed("calendar").put([("", total.to_document())])
        database.keyed("votes").put([("", {"months": sorted(voted)})])


def _months_with_votes(cache: SourceCache, change: IndexChange, counts: PeriodCounts) -> Set[str]:
    """Return the months in which an entry may have votes after a change."""
    before = cache.months_with_votes()
    if before is None:
        # The cache is new, or from a version that did not note them.
        volumes = ((month, volume) for month in counts.months() for volume in cache.volumes(month))
        before = {month for month, volume in volumes if may_have_votes(cache.volume_bytes(volume))}
    return (before | change.voted) - change.unvoted
