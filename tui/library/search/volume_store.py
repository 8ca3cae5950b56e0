"""What was read from the volumes of a library, up to a limit of memory."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import Generic, NamedTuple, TypeVar

from tui.library.volumes import Volume
from tui.storage.folder import Stamp

_Content = TypeVar("_Content")


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
