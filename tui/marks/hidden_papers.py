"""The hidden papers of a store: found again only in the shards that changed."""

from __future__ import annotations

from collections.abc import Mapping

from tui.models import Marks


class HiddenPapers:
    """Finds the hidden papers among the marks of shards."""

    def __init__(self) -> None:
        self._by_shard: dict[str, tuple[Mapping[str, Marks], frozenset[str]]] = {}
        self._ids: frozenset[str] = frozenset()

    def update(self, shards: Mapping[str, Mapping[str, Marks]]) -> frozenset[str]:
        """Return the ids of all hidden papers.

        Args:
            shards: the marks by id, by shard. A mapping never changes: a shard that changed has
                another one.
        """
        has_changed = False
        for name, marks in shards.items():
            before = self._by_shard.get(name)
            if before is None or before[0] is not marks:
                found = frozenset(paper for paper, each in marks.items() if each.hidden)
                self._by_shard[name] = marks, found
                has_changed |= found != (before[1] if before else frozenset())
        if has_changed:
            self._ids = frozenset[str]().union(*(ids for _marks, ids in self._by_shard.values()))
        return self._ids
