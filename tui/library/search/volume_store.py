"""What was read from the volumes of a library, up to a limit of memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import chain
from operator import attrgetter
from threading import Lock
from typing import Generic, NamedTuple, TypeAlias, TypeVar

from tui.cache.entries import VOLUME_STEP, volume_name
from tui.models import Paper
from tui.storage.folder import Stamp

Volume: TypeAlias = tuple[int, str]
"""The number of a source in the library, and a volume of its cache."""

_Content = TypeVar("_Content")


def volumes_of(papers: Iterable[Paper]) -> set[Volume]:
    """Return the volumes with the entries of some papers."""
    entries = list(chain.from_iterable(map(attrgetter("entries"), papers)))
    # Nearly all entries are in the first volume of a few months.
    if max(map(attrgetter("number"), entries), default=0) < VOLUME_STEP:
        days = set(map(attrgetter("source", "date"), entries))
        return {(source, day[:7]) for source, day in days}
    volumes = {(entry.source, entry.date, entry.number // VOLUME_STEP) for entry in entries}
    return {(source, volume_name(day[:7], volume)) for source, day, volume in volumes}


class ReadVolume(NamedTuple, Generic[_Content]):
    """What was read from the files of a volume.

    Attributes:
        stamps: the stamps of the files before they were read.
        content: what was read.
        byte_count: the memory that it takes.
    """

    stamps: tuple[Stamp, ...]
    content: _Content
    byte_count: int


class VolumeStore(Generic[_Content]):
    """Reads volumes on first use, and keeps what it read. Thread-safe.

    Once it holds as much as it may, it keeps only a few more volumes, those read last: a search
    then takes longer, and hardly more memory.

    Args:
        max_bytes: the memory for what is kept.
        max_recent: the number of volumes that stay after that.
    """

    def __init__(self, max_bytes: int, max_recent: int = 1) -> None:
        self._max_bytes = max_bytes
        self._max_recent = max_recent
        self._lock = Lock()
        self._volumes: dict[Volume, ReadVolume[_Content]] = {}
        self._bytes = 0
        self._recent: dict[Volume, ReadVolume[_Content]] = {}

    def __bool__(self) -> bool:
        """Return whether anything was read."""
        return bool(self._volumes or self._recent)

    def __contains__(self, volume: Volume) -> bool:
        """Return whether a volume is kept."""
        return volume in self._volumes

    def get(self, volume: Volume, read: Callable[[Volume], ReadVolume[_Content]]) -> _Content:
        """Return what a volume contains.

        Args:
            volume: the volume.
            read: reads it.
        """
        known = self._volumes.get(volume)
        if known is None:
            # The lock keeps concurrent searches from reading the same file.
            with self._lock:
                known = self._volumes.get(volume) or self._read_more(volume, read)
        return known.content

    def reuse(
        self,
        before: VolumeStore[_Content],
        numbers: dict[int, int],
        stamps: Callable[[Volume], tuple[Stamp, ...]],
    ) -> None:
        """Keep what another store has read of files that have not changed.

        Args:
            before: the other store.
            numbers: the number of each source by its number in the other library.
            stamps: returns the present stamps of a volume's files.
        """
        # Iterate over a copy, because a search may be adding volumes.
        for (source, name), read in list(before._volumes.items()):
            if source in numbers and read.stamps == stamps((numbers[source], name)):
                self._volumes[numbers[source], name] = read
                self._bytes += read.byte_count

    def _read_more(
        self, volume: Volume, read: Callable[[Volume], ReadVolume[_Content]]
    ) -> ReadVolume[_Content]:
        if volume in self._recent:
            return self._recent[volume]
        while len(self._recent) >= self._max_recent:
            del self._recent[next(iter(self._recent))]
        new = read(volume)
        if self._bytes + new.byte_count <= self._max_bytes:
            self._bytes += new.byte_count
            self._volumes[volume] = new
        else:
            self._recent[volume] = new
        return new
