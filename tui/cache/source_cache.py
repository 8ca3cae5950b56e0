"""One source's part of the cache: a folder of month shards, a catalogue and a calendar.

================== ============================================================
file               tables
================== ============================================================
``catalogue``      ``source`` (where it lies, what read it), ``digests`` (a file
                   each, by path), ``files`` (sizes of the files below)
``calendar``       ``calendar`` (counts, for the first screen)
``index``          ``days`` (which papers, by day)
``2025-05.rows``   ``entries`` (what the table shows)
``2025-05.texts``  ``entries`` (summaries, by the same numbers)
================== ============================================================

A summary document tells its paper's id as well: whoever holds rows from before a rewrite, when
its number was another entry's, gets no summary instead of a wrong one.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from tui.cache.calendar import Calendar, Index
from tui.cache.codec import to_summary
from tui.cache.merge import Row
from tui.i18n import _
from tui.model import Problem, Summary, Telling
from tui.storage.access import PRIVATE, SHARED
from tui.storage.folder import Stamp, StoreFolder
from tui.storage.tables import DamagedFileError

SCHEMA = 2
"""2: problems are kept as words and values, so that they can be told in any language."""

OF_A_FILE = frozenset(
    {"size", "mtime", "settled", "hash", "dialect", "months", "entries", "last_entry", "problems"}
)
"""What the catalogue tells of each file."""


class Readers(NamedTuple):
    """The dialects that a source's files were read with.

    Attributes:
        fingerprint: changes with them; empty for those of a program that kept none.
        failures: what is wrong with dialects of other packages.
    """

    fingerprint: str = ""
    failures: Sequence[Problem] = ()


class Catalogue(NamedTuple):
    """What is known of a source's files.

    Attributes:
        digests: a document for each, by path; see ``tui.cache.writer.file_document``.
        readers: what read them.
        sizes: how many bytes were written to which file of the cache.
    """

    digests: dict[str, dict[str, Any]]
    readers: Readers
    sizes: dict[str, int]


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
        self.folder = StoreFolder(root / name, SCHEMA, SHARED if is_open else PRIVATE)

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
        return self.catalogue().sizes.get("calendar") == self.size("calendar")

    def calendar(self) -> Calendar:
        """Return the counts of this source alone.

        Raises:
            StorageError: the file cannot be used.
            OSError: it cannot be read.
        """
        with self._as_written("calendar"):
            document = self.folder.read("calendar").get("calendar", {}).get("")
            return Calendar.from_document(document) if document else Calendar()

    def index(self) -> Index:
        """Return which papers are featured on which day. Raises as ``calendar`` does."""
        with self._as_written("index"):
            days = self.folder.read("index").get("days", {})
            return {day: document["papers"] for day, document in days.items()}

    def digests(self) -> dict[str, dict[str, Any]]:
        """Return a document for each file, by path. Raises as ``calendar`` does."""
        return self.catalogue().digests

    def catalogue(self) -> Catalogue:
        """Return what is known of the source's files. Raises as ``calendar`` does."""
        with self._as_written("catalogue"):
            tables = self.folder.read("catalogue")
            found = tables.get("digests", {})
            for document in found.values():
                if not document.keys() >= OF_A_FILE:
                    raise KeyError(*(OF_A_FILE - document.keys()))
            source = tables.get("source", {}).get("", {})
            failures = [Problem(*told) for told in source.get("failures", [])]
            files = tables.get("files", {})
            sizes = {name: document["size"] for name, document in files.items()}
            return Catalogue(found, Readers(source.get("readers", ""), failures), sizes)

    @contextmanager
    def _as_written(self, name: str) -> Iterator[None]:
        """Take documents that are not as we write them for damage."""
        try:
            yield
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            why = _("is damaged ({why})").format(why=error)
            raise DamagedFileError(self.folder.file(name), why) from error

    def size(self, name: str) -> int:
        """Return how many bytes a file has; 0 if it is not there.

        Raises:
            OSError: it cannot be reached.
        """
        try:
            return self.folder.file(name).stat().st_size
        except FileNotFoundError:
            return 0

    def rows(self, month: str, number: int) -> Iterable[Row]:
        """Return a month's rows, told to be of source ``number``. Raises as ``calendar`` does."""
        entries = self.folder.read(f"{month}.rows").get("entries", {})
        return [(number, entry, row) for entry, row in entries.items()]

    def texts(self, month: str) -> Mapping[str, dict[str, Any]]:
        """Return a month's summary documents, by entry. Raises as ``calendar`` does."""
        return self.folder.read(f"{month}.texts").get("entries", {})


def summary_in(
    texts: Mapping[str, dict[str, Any]], arxiv_id: str, telling: Telling
) -> Summary | None:
    """Return the summary of a paper's entry; None if the shard no longer has it."""
    document = texts.get(str(telling.entry))
    if document is None or document["id"] != arxiv_id:
        return None
    return to_summary(document, telling)
