"""Which papers are featured on which day, in parts by the year of their ids.

A new digest tells of new papers, as a rule: it changes one part or two, however many there are.
Nor does any paper stand in two parts, so that what is counted in each makes up the whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set

from tui.cache.period_counts import Index, PeriodCounts
from tui.storage.folder import TinyDbFolder


def part_of(arxiv_id: str) -> str:
    """Return in which file of the cache it stands when a paper was featured.

    Args:
        arxiv_id: ``2505.01234`` or, as until 2007, ``cs/0505012``.
    """
    return f"index-{arxiv_id.rpartition('/')[2][:2]}"


def parts(folder: TinyDbFolder) -> list[str]:
    """Return the names of the parts that a cache has."""
    return sorted(file.stem for file in folder.path.glob("index-*.json"))


def read_part(folder: TinyDbFolder, part: str) -> Index:
    """Return the days of one part's papers; none if there is no such part.

    Raises:
        StorageError: the file cannot be used.
        OSError: it cannot be read.
    """
    with folder.as_written(part):
        days = folder.read(part).get("days", {})
        return {day: document["papers"] for day, document in days.items()}


def read_index(folder: TinyDbFolder) -> Index:
    """Return the days of all papers; raises as ``read_part`` does."""
    index: Index = {}
    for part in parts(folder):
        for day, papers in read_part(folder, part).items():
            index.setdefault(day, []).extend(papers)
    return index


def read_counts(folder: TinyDbFolder) -> dict[str, PeriodCounts]:
    """Return the calendar of each part; raises as ``read_part`` does."""
    with folder.as_written("counts"):
        documents = folder.read("counts").get("parts", {})
        return {part: PeriodCounts.from_document(counts) for part, counts in documents.items()}


def write_index(
    folder: TinyDbFolder,
    months: Iterable[str],
    days: Mapping[str, Iterable[str]],
    changed: Set[str] | None,
) -> None:
    """Note which papers stand on the days of some months, and count what that changes.

    Args:
        folder: the source's part of the cache; the caller has its lock.
        months: those of which ``days`` tells all there is.
        days: the papers of each of their days.
        changed: papers that were featured on other days before; None if that is not known.

    Raises:
        StorageError: a file of the cache cannot be used.
        OSError: one cannot be written.
    """
    by_part: dict[str, dict[str, list[str]]] = {}
    for day, papers in days.items():
        for paper in papers:
            by_part.setdefault(part_of(paper), {}).setdefault(day, []).append(paper)
    touched = {part_of(paper) for paper in changed or ()}
    if changed is None:
        touched |= {*parts(folder), *by_part}
    within = frozenset(months)
    counted = []
    for part in sorted(touched):
        new = by_part.get(part, {})
        with folder.edit(part) as database:
            table = database.keyed("days")
            table.drop([d for d in table.documents() if d[:7] in within and d not in new])
            table.put((day, {"papers": papers}) for day, papers in new.items())
            index = {day: document["papers"] for day, document in table.documents().items()}
        counted.append((part, PeriodCounts.of(index).to_document()))
    with folder.edit("counts") as database:
        table = database.keyed("parts")
        table.put(counted)
        calendar = PeriodCounts.sum(map(PeriodCounts.from_document, table.documents().values()))
    with folder.edit("calendar") as database:
        database.keyed("calendar").put([("", calendar.to_document())])
