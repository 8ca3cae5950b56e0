"""The texts of a library's papers, folded and kept in memory: what a search looks through."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from sys import intern
from threading import Lock
from typing import Any, NamedTuple

from tui.cache.source_cache import SourceCache
from tui.garbage import no_collection
from tui.model import Paper, Telling
from tui.query.text import fold, heading
from tui.storage.folder import Stamp
from tui.storage.tables import StorageError


class Text(NamedTuple):
    """An entry's summary as it is searched.

    Attributes:
        arxiv_id: whose it is.
        folded: the Markdown, folded.
        sections: the labels of its parts, as they are written.
    """

    arxiv_id: str
    folded: str
    sections: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shard:
    """A month's texts of one source.

    Attributes:
        stamp: of the file, taken before it was read; None if it could not be read.
        texts: by the number of the entry.
    """

    stamp: Stamp
    texts: dict[int, Text]


class Haystacks:
    """Reads a month's texts when they are first asked for, and keeps them. For any thread.

    Args:
        caches: the sources' caches, in the order that papers number them in.
        damage: gets a sentence for each file that cannot be read; it counts as empty.
        before: gives what it has read of files that are still the same.
    """

    def __init__(
        self, caches: Sequence[SourceCache], damage: list[str], before: Haystacks | None = None
    ) -> None:
        self._caches = caches
        self._damage = damage
        self._lock = Lock()
        self._papers: dict[str, tuple[str, ...]] = {}
        # Labels are told again and again: each set of them is kept once.
        self._labels: dict[tuple[str, ...], tuple[str, ...]] = before._labels if before else {}
        self._shards: list[dict[str, Shard]] = [
            _still_true(cache, before) if before else {} for cache in caches
        ]

    def texts(self, paper: Paper) -> tuple[str, ...]:
        """Return a paper's heading and, after it, its summaries that have a text; all folded."""
        found = self._papers.get(paper.arxiv_id)
        if found is None:
            told = (text.folded for text in self._told(paper) if text.folded)
            found = self._papers[paper.arxiv_id] = (heading(paper), *told)
        return found

    def sections(self, paper: Paper) -> tuple[str, ...]:
        """Return the labels of the sections of a paper's summaries, as they are written."""
        return tuple(label for text in self._told(paper) for label in text.sections)

    def _told(self, paper: Paper) -> list[Text]:
        texts = map(self._text, paper.tellings)
        return [text for text in texts if text and text.arxiv_id == paper.arxiv_id]

    def _text(self, telling: Telling) -> Text | None:
        month = telling.date[:7]
        shard = self._shards[telling.source].get(month)
        if shard is None:
            # Whoever searches at the same time waits, rather than read the same.
            with self._lock:
                shard = self._shards[telling.source].get(month)
                if shard is None:
                    shard = self._read(self._caches[telling.source], month)
                    self._shards[telling.source][month] = shard
        return shard.texts.get(telling.entry)

    def _read(self, cache: SourceCache, month: str) -> Shard:
        stamp = _stamp(cache, month)
        try:
            with no_collection():
                texts = {
                    int(entry): self._folded(document)
                    for entry, document in cache.texts(month).items()
                }
        except (StorageError, OSError) as error:
            if str(error) not in self._damage:
                self._damage.append(str(error))
            return Shard(None, {})
        return Shard(stamp, texts)

    def _folded(self, document: dict[str, Any]) -> Text:
        labels = tuple(document["sections"])
        return Text(
            intern(document["id"]),
            fold(document["markdown"]),
            self._labels.setdefault(labels, labels),
        )


def _stamp(cache: SourceCache, month: str) -> Stamp:
    """Return the stamp of a month's texts; None if there is no file that can be reached."""
    return cache.folder.stamp(f"{month}.texts")


def _still_true(cache: SourceCache, before: Haystacks) -> dict[str, Shard]:
    """Return what was read of a cache whose files have not been replaced since."""
    for each, shards in zip(before._caches, before._shards, strict=True):
        if each.folder.path == cache.folder.path:
            # A copy, for a search may be reading more.
            return {
                month: shard
                for month, shard in list(shards.items())
                if shard.stamp == _stamp(cache, month)
            }
    return {}
