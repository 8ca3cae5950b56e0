"""The index of papers by day, in one part for each year of the papers' ids.

A new digest usually lists new papers, so it changes one or two parts, however many there are. No
paper is in two parts, so the counts of the parts add up to the total.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set

from tui.cache.period_counts import DayIndex, PeriodCounts
from tui.storage.folder import TinyDbFolder


def index_part(arxiv_id: str) -> str:
    """Return the cache file with the days of a paper.

    Args:
        arxiv_id: ``2505.01234`` or, until 2007, ``cs/0505012``.
    """
    return f"index-{arxiv_id.rpartition('/')[2][:2]}"


def index_parts(folder: TinyDbFolder) -> list[str]:
    """Return the names of all parts of a cache's index."""
    return sorted(file.stem for file in folder.path.glob("index-*.json"))


def read_index_part(folder: TinyDbFolder, part: str) -> DayIndex:
    """Return one part of the index; empty if it does not exist.

    Raises:
        StorageError: the file is damaged, or newer than this program.
        OSError: the file cannot be read.
    """
    with folder.corrupt_if_malformed(part):
        days = folder.read(part).get("days", {})
        return {day: document["papers"] for day, document in days.items()}


def read_index(folder: TinyDbFolder) -> DayIndex:
    """Return the whole index. Raises as ``read_index_part`` does."""
    index: DayIndex = {}
    for part in index_parts(folder):
        for day, papers in read_index_part(folder, part).items():
            index.setdefault(day, []).extend(papers)
    return index


def read_counts(folder: TinyDbFolder) -> dict[str, PeriodCounts]:
    """Return the counts of each part. Raises as ``read_index_part`` does."""
    with folder.corrupt_if_malformed("counts"):
        documents = folder.read("counts").get("parts", {})
        return {part: PeriodCounts.from_document(counts) for part, counts in documents.items()}


def write_index(
    folder: TinyDbFolder,
    months: Iterable[str],
    days: Mapping[str, Iterable[str]],
    moved: Set[str] | None,
) -> None:
    """Replace some months of the index and update the counts. The caller has the folder's lock.

    Args:
        folder: the source's cache folder.
        months: the months to replace.
        days: the ids of all papers on each of their days.
        moved: ids of papers whose days changed; None if unknown.

    Raises:
        StorageError: a file of the cache is damaged, or newer than this program.
        OSError: a file cannot be written.
    """
    by_part: dict[str, dict[str, list[str]]] = {}
    for day, papers in days.items():
        for paper in papers:
            by_part.setdefault(index_part(paper), {}).setdefault(day, []).append(paper)
    changed_parts = {index_part(paper) for paper in moved or ()}
    if moved is None:
        changed_parts |= {*index_parts(folder), *by_part}
    replaced = frozenset(months)
    counts = []
    for part in sorted(changed_parts):
        new = by_part.get(part, {})
        with folder.edit(part) as database:
            table = database.keyed("days")
            table.drop([d for d in table.documents() if d[:7] in replaced and d not in new])
            table.put((day, {"papers": papers}) for day, papers in new.items())
            index = {day: document["papers"] for day, document in table.documents().items()}
        counts.append((part, PeriodCounts.from_index(index).to_document()))
    with folder.edit("counts") as database:
        table = database.keyed("parts")
        table.put(counts)
        total = PeriodCounts.sum(map(PeriodCounts.from_document, table.documents().values()))
    with folder.edit("calendar") as database:
        database.keyed("calendar").put([("", total.to_document())])
