"""One source's part of the cache: a folder of month shards, a catalogue and a calendar.

================== ============================================================
file               tables
================== ============================================================
``catalogue``      ``source`` (where it lies, what read it), ``files`` (sizes of
                   the files below), ``writing`` (digests that are being written)
``files-0`` …      ``digests`` (a file of the source each, by path)
``calendar``       ``calendar`` (counts, for the first screen)
``counts``         ``parts`` (the calendar of each part of the index)
``index-25`` …     ``days`` (which papers, by day; parts by year of their ids)
``2025-05.rows``   ``entries`` (what the table shows)
``2025-05.texts``  ``entries`` (summaries, by the same numbers)
================== ============================================================

A summary document tells its paper's id as well: whoever holds rows from before a rewrite, when
its number was another entry's, gets no summary instead of a wrong one.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tui.cache.merge import Row
from tui.cache.period_counts import Index, PeriodCounts
from tui.cache.serialization import to_summary
from tui.models import EntryRef, Summary
from tui.storage.folder import Stamp, TinyDbFolder
from tui.storage.permissions import PRIVATE, SHARED

if TYPE_CHECKING:
    from tui.cache.manifest import Documents, Manifest

SCHEMA = 3
"""2: problems are kept as words and values, so that they can be told in any language.
3: index and catalogue are of several files each, so that a new digest rewrites little of them."""


class SourceCache:
    """Reads what is cached of one source. It never writes; ``tui.cache.sync`` does.

    Args:
        root: the cache folder, which many sources share.
        source: the digest file or folder that this is the cache of.
        is_open: whether others may read what is written.
        follow_links: whether links that lead out of the source are followed.
    """

    def __init__(
        self, root: Path, source: Path, *, is_open: bool = False, follow_links: bool = False
    ) -> None:
        self.follow_links = follow_links
        # Unlike Path.resolve, this bears a link to itself.
        self.source = Path(os.path.realpath(source))
        # Named for people by the last part of the path, made unique by a checksum of the whole.
        # A better hash is of no use among a reader's few sources, and takes a while to import.
        number = zlib.crc32(str(self.source).encode(errors="surrogateescape"))
        slug = "".join(c if c.isascii() and c.isalnum() else "-" for c in self.source.name)[:24]
        name = f"{slug or 'root'}-{number:08x}"
        self.folder = TinyDbFolder(root / name, SCHEMA, SHARED if is_open else PRIVATE)

    def exists(self) -> bool:
        """Tell whether the source was ever read, as far as this process may see."""
        return os.access(self.folder.file("calendar"), os.F_OK)

    def kept_by(self) -> str | None:
        """Return the name of the other user who alone may write here, or None.

        They read the digests, which may be for their eyes only; we read what they have cached.
        """
        return self.folder.kept_by()

    def stamp(self) -> tuple[Stamp, Stamp] | None:
        """Return what changes with what is cached; None where there is nothing to be opened."""
        stamps = self.folder.stamp("calendar"), self.folder.stamp("catalogue")
        return None if None in stamps else stamps

    def is_whole(self) -> bool:
        """Tell whether nobody is in the middle of writing. Raises as ``calendar`` does."""
        # Until it is written, a calendar is missing among the files that the catalogue tells.
        return self.catalogue().sizes.get("calendar") == self.folder.size("calendar")

    def calendar(self) -> PeriodCounts:
        """Return the counts of this source alone.

        Raises:
            StorageError: the file cannot be used.
            OSError: it cannot be read.
        """
        with self.folder.as_written("calendar"):
            document = self.folder.read("calendar").get("calendar", {}).get("")
            return PeriodCounts.from_document(document) if document else PeriodCounts()

    def counts(self) -> Mapping[str, PeriodCounts]:
        """Return the calendar of each part of the index. Raises as ``calendar`` does."""
        # One source alone shows its first screen without.
        from tui.cache.day_index import read_counts

        return read_counts(self.folder)

    def index(self, part: str = "") -> Index:
        """Return which papers are featured on which day. Raises as ``calendar`` does.

        Args:
            part: the only part to look at; all if empty.
        """
        from tui.cache.day_index import read_index, read_part  # likewise

        return read_part(self.folder, part) if part else read_index(self.folder)

    def days_of(self, arxiv_id: str) -> list[str]:
        """Return the days on which a paper is featured. Raises as ``calendar`` does."""
        from tui.cache.day_index import part_of, read_part  # likewise

        index = read_part(self.folder, part_of(arxiv_id))
        return [day for day, papers in index.items() if arxiv_id in papers]

    def digests(self) -> Documents:
        """Return a document for each file, by path. Raises as ``calendar`` does."""
        return self.catalogue().digests

    def catalogue(self) -> Manifest:
        """Return what is known of the source's files. Raises as ``calendar`` does."""
        # The first screen does not ask.
        from tui.cache.manifest import read_catalogue

        return read_catalogue(self.folder)

    def rows(self, month: str, number: int) -> Iterable[Row]:
        """Return a month's rows, told to be of source ``number``. Raises as ``calendar`` does."""
        entries = self.folder.read(f"{month}.rows").get("entries", {})
        return [(number, entry, row) for entry, row in entries.items()]

    def texts(self, month: str) -> Mapping[str, dict[str, Any]]:
        """Return a month's summary documents, by entry. Raises as ``calendar`` does."""
        return self.folder.read(f"{month}.texts").get("entries", {})


def summary_in(
    texts: Mapping[str, dict[str, Any]], arxiv_id: str, telling: EntryRef
) -> Summary | None:
    """Return the summary of a paper's entry; None if the shard no longer has it."""
    document = texts.get(str(telling.number))
    if document is None or document["id"] != arxiv_id:
        return None
    return to_summary(document, telling)
