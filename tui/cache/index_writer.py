"""Write what a sync changes in the index of a cache: papers by day, and their counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from tui.cache.period_counts import PeriodCounts
from tui.cache.source_cache import SourceCache, checked_days, index_part


@dataclass(slots=True)
class IndexChange:
    """What a write changes in the index.

    Attributes:
        days: the ids featured on each day that changes, in the order of the volumes.
        changed: days on which other papers are featured than before, which may have none now.
        moved: the ids whose days change.
    """

    days: dict[str, list[str]] = field(default_factory=dict)
    changed: set[str] = field(default_factory=set)
    moved: set[str] = field(default_factory=set)

    def add(self, other: IndexChange) -> None:
        """Add the change of another month."""
        self.days |= other.days
        self.changed |= other.changed
        self.moved |= other.moved


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
    with cache.folder.edit("calendar") as database:
        database.keyed("calendar").put([("", total.to_document())])
