"""One source's folder in the cache: rows and texts by month, indexes and a manifest.

================== ============================================================
file               tables
================== ============================================================
``catalogue``      ``source`` (its path, and the dialects it was read with),
                   ``files`` (sizes of the files below), ``writing`` (digests
                   that are being written); see ``tui.cache.manifest``
``files-0`` …      ``digests`` (a record for each file of the source, by path)
``calendar``       ``calendar`` (papers in each period, for the first screen),
                   ``votes`` (the months with votes)
``counts``         ``parts`` (the same for each part of the index)
``index-25q2`` …   ``days`` (ids of papers by day; parts by quarter of the ids,
                   or by their kind: ``index-doi``)
``2025-05.rows``   ``entries`` (rows of the paper table, by entry number)
``2025-05.texts``  ``entries`` (summaries, by entry number)
``2025-05.words``  ``blocks`` (the words of both), ``source`` (the files from
                   which they were indexed); see ``tui.cache.word_index``
================== ============================================================

A large month has several volumes, so that no file has to be read or rewritten that is much larger
than the others: ``2025-05.1.rows``, ``2025-05.1.texts`` and so on.

A text also has its paper's id. If rows were read before a rewrite gave their number to another
entry, they get no summary instead of a wrong one.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Callable, Mapping, Sequence, Set
from itertools import chain, count, repeat, takewhile
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from tui.cache.entries import EntryText, volume_name
from tui.cache.merge import EntryPaper, rows_to_papers
from tui.cache.period_counts import PeriodCounts, check_period
from tui.cache.validation import check_texts
from tui.cache.volume_scan import rows_with_numbers
from tui.paper_ids import SCHEMES
from tui.storage.folder import Stamp, TinyDbFolder
from tui.storage.permissions import PRIVATE, SHARED
from tui.storage.tables import find_document

if TYPE_CHECKING:
    from tui.cache.manifest import Manifest

SCHEMA = 8
"""2: problems are stored as a message and its values, to be shown in any language.
3: index and manifest are split into several files, so that a new digest rewrites little.
4: large months have several volumes, and "et al." and its relatives are one name.
5: problems say whether they are notes.
6: rows have labels.
7: the index has a part for each quarter, and words are indexed.
8: titles, authors and ids are indexed, too."""

TextLookup: TypeAlias = Callable[[int], EntryText | None]
"""Returns the text of an entry by its number; None if it does not exist.

It may raise ``DamagedFileError``."""

_QUARTERS = {f"{month:02}": (month + 2) // 3 for month in range(1, 13)}


class SourceCache:
    """Reads the cache of one source. Only ``tui.cache.sync`` writes it.

    Args:
        root: the cache folder of all sources.
        source: the digest file or folder.
        is_open: whether other users may read the cache.
        follow_links: whether to follow links that lead out of the source.
    """

    def __init__(
        self, root: Path, source: Path, *, is_open: bool = False, follow_links: bool = False
    ) -> None:
        self.follow_links = follow_links
        self.named = source
        # realpath tolerates symlink loops; Path.resolve raises.
        self.source = Path(os.path.realpath(source))
        # The last part of the path for people, a checksum of the whole for uniqueness. CRC-32 is
        # enough for a few sources, and hashlib would take long to import.
        number = zlib.crc32(str(self.source).encode(errors="surrogateescape"))
        slug = "".join(c if c.isascii() and c.isalnum() else "-" for c in self.source.name)[:24]
        name = f"{slug or 'root'}-{number:08x}"
        self.folder = TinyDbFolder(root / name, SCHEMA, SHARED if is_open else PRIVATE)

    def is_retargeted(self) -> bool:
        """Return whether the source is a symbolic link that leads elsewhere by now."""
        target = Path(os.path.realpath(self.named))
        return target != self.source and target.exists()

    def exists(self) -> bool:
        """Return whether the source was ever read, as far as this process can see."""
        return os.access(self.folder.file("calendar"), os.F_OK)

    def is_readable(self) -> bool:
        """Return whether the cache exists and this process may read it."""
        return os.access(self.folder.file("calendar"), os.R_OK)

    def other_owner(self) -> str | None:
        """Return the name of the user who owns the cache, if only they can write it; else None.

        They read the digests, which may be unreadable to us; we read what they have cached.
        """
        return self.folder.other_owner()

    def stamp(self) -> tuple[Stamp, Stamp] | None:
        """Return a value that changes with the cache; None if there is no complete cache."""
        stamps = self.folder.stamp("calendar"), self.folder.stamp("catalogue")
        return None if None in stamps else stamps

    def is_write_complete(self) -> bool:
        """Return whether no write is running or was interrupted. Raises as ``manifest`` does."""
        # During a write the manifest has no size for this file.
        return self.manifest().sizes.get("calendar") == self.folder.size("calendar")

    def was_read_whole(self) -> bool:
        """Return whether a sync has ever read all files of the source. Raises as ``manifest`` does.

        An interrupted first sync leaves a cache of a part of them.
        """
        from tui.cache.manifest import read_fingerprint

        return bool(read_fingerprint(self.folder))

    def period_counts(self) -> PeriodCounts:
        """Return the number of papers in each period.

        Raises:
            StorageError: the file is damaged, or newer than this program.
            OSError: the file cannot be read.
        """
        with self.folder.corrupt_if_malformed("calendar"):
            document = self.folder.read("calendar").get("calendar", {}).get("")
            return PeriodCounts.from_document(document) if document else PeriodCounts()

    def months_with_votes(self) -> Set[str] | None:
        """Return the months in which an entry may have votes; None if that is unknown.

        Raises as ``period_counts`` does.
        """
        with self.folder.corrupt_if_malformed("calendar"):
            document = self.folder.read("calendar").get("votes", {}).get("")
            return frozenset(map(_checked_month, document["months"])) if document else None

    def period_counts_by_part(self) -> Mapping[str, PeriodCounts]:
        """Return the counts of each part of the index. Raises as ``period_counts`` does."""
        with self.folder.corrupt_if_malformed("counts"):
            documents = self.folder.read("counts").get("parts", {})
            return {part: PeriodCounts.from_document(counts) for part, counts in documents.items()}

    def index(self, part: str = "") -> dict[str, list[str]]:
        """Return the ids of the papers of each day. Raises as ``period_counts`` does.

        Args:
            part: the part of the index to read; all if empty.
        """
        index: dict[str, list[str]] = {}
        for each in [part] if part else self.index_parts():
            with self.folder.corrupt_if_malformed(each):
                for day, papers in checked_days(self.folder.read(each).get("days", {})).items():
                    index.setdefault(day, []).extend(papers)
        return index

    def index_parts(self) -> list[str]:
        """Return the names of all parts of the index."""
        return sorted(file.stem for file in self.folder.path.glob("index-*.json"))

    def days_of(self, paper_id: str) -> list[str]:
        """Return the days on which a paper is featured. Raises as ``period_counts`` does."""
        index = self.index(index_part(paper_id))
        return [day for day, papers in index.items() if paper_id in papers]

    def manifest(self) -> Manifest:
        """Return the manifest. Raises as ``period_counts`` does."""
        from tui.cache.manifest import read_manifest

        return read_manifest(self.folder)

    def entry_papers(self, month: str, source: int) -> list[EntryPaper]:
        """Return the papers of a month's entries, not merged. Raises as ``period_counts`` does.

        Args:
            month: such as ``2025-05``.
            source: the number of this source in the library.
        """
        volumes = self.volumes(month)
        return [each for volume in volumes for each in self.volume_papers(volume, source)]

    def volume_papers(
        self, volume: str, source: int, numbers: Sequence[int] | None = None
    ) -> list[EntryPaper]:
        """Return the papers of a volume's entries, not merged. Raises as ``period_counts`` does.

        Args:
            volume: its name, such as ``2025-05``.
            source: the number of this source in the library.
            numbers: those of the entries to return, ascending; None for all. Others are not parsed,
                and returned only if the file is damaged.
        """
        if numbers is not None and not numbers:
            return []
        name = f"{volume}.rows"
        data = None if numbers is None else self.folder.read_intact(name)
        with self.folder.corrupt_if_malformed(name):
            if numbers is not None and data is not None:
                return rows_to_papers(rows_with_numbers(data, numbers), source)
        entries = self.folder.read(name).get("entries", {})
        with self.folder.corrupt_if_malformed(name):
            return rows_to_papers(entries, source)

    def volume_bytes(self, volume: str) -> bytes:
        """Return the rows of a volume as they are stored, for ``tui.cache.volume_scan``."""
        return self.folder.read_bytes(f"{volume}.rows")

    def texts(self, volume: str) -> Mapping[str, EntryText]:
        """Return the texts of a month's volume by entry number. Raises as ``period_counts`` does.

        Args:
            volume: its name, such as ``2025-05``; see ``tui.cache.entries.volume_of``.
        """
        with self.folder.corrupt_if_malformed(f"{volume}.texts"):
            texts: dict[str, Any] = self.folder.read(f"{volume}.texts").get("entries", {})
            check_texts(texts)
            return texts

    def text_lookup(self, volume: str) -> TextLookup:
        """Read a volume's texts, but parse each when it is looked up. Raises as ``texts`` does."""
        name = f"{volume}.texts"
        data = self.folder.read_intact(name)
        if data is None:
            texts = self.texts(volume)
            return lambda number: texts.get(str(number))

        def find(number: int) -> EntryText | None:
            with self.folder.corrupt_if_malformed(name):
                found: Any = find_document(data, str(number), "id")
                if found is not None:
                    check_texts({str(number): found})
                text: EntryText | None = found
                return text

        return find

    def volumes(self, month: str) -> list[str]:
        """Return the names of a month's volumes in order."""
        names = map(volume_name, repeat(month), count())
        return list(takewhile(lambda name: self.folder.file(f"{name}.rows").exists(), names))


def _checked_month(month: str) -> str:
    check_period(month, length=7)
    return month


def checked_days(days: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return the ids of each day, from documents that another user may have written.

    Raises:
        KeyError, TypeError, ValueError: a document is malformed.
    """
    for day in days:
        check_period(day, length=10)
    index: dict[str, list[str]] = {day: document["papers"] for day, document in days.items()}
    ids = chain.from_iterable(index.values())
    if not {list} >= set(map(type, index.values())) or not {str} >= set(map(type, ids)):
        raise TypeError("a day has no list of ids")
    return index


def index_part(paper_id: str) -> str:
    """Return the part of the index with the days of a paper.

    A new digest usually lists new papers, so it changes one or two parts, however many there are.
    No paper is in two parts, so the counts of the parts add up to the total. arXiv has 65,000 new
    papers in a quarter, and one part for each month would be too many files.

    Args:
        paper_id: ``2505.01234`` or, until 2007, ``cs/0505012``; ids of other kinds have one part
            each.
    """
    scheme = paper_id.partition(":")[0]
    if scheme in SCHEMES:
        return f"index-{scheme}"
    number = paper_id.rpartition("/")[2]
    return f"index-{number[:2]}q{_QUARTERS.get(number[2:4], 0)}"


class CacheLocator(NamedTuple):
    """Finds the cache of a source: one shared by several users, or the reader's own.

    Attributes:
        own: the reader's own cache folder.
        shared: the shared cache folder of the settings, or None. It is used for the sources whose
            cache can be read there, and for all if the reader may write to it.
        is_open: whether others may read the caches, except those in ``own`` that could not be in
            ``shared``.
        follow_links: whether to follow links that lead out of a source.
        fallback: returns the folder for caches that do not exist and cannot be created in ``own``;
            None for no such folder.
    """

    own: Path
    shared: Path | None = None
    is_open: bool = False
    follow_links: bool = False
    fallback: Callable[[], Path] | None = None

    def cache_of(self, source: Path) -> SourceCache:
        """Return the cache of a source, which may not exist yet."""
        if self.shared is not None:
            cache = self._cache_in(self.shared, source, is_open=self.is_open)
            is_readable = os.access(cache.folder.path, os.R_OK | os.X_OK)
            if is_readable or cache.folder.is_writable():
                return cache
        is_open = self.is_open and self.shared is None
        cache = self._cache_in(self.own, source, is_open=is_open)
        if self.fallback is None or cache.is_readable() or cache.folder.is_writable():
            return cache
        return self._cache_in(self.fallback(), source, is_open=False)

    def _cache_in(self, root: Path, source: Path, *, is_open: bool) -> SourceCache:
        return SourceCache(root, source, is_open=is_open, follow_links=self.follow_links)
