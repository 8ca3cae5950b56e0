"""Choose the cache folder of a source: one shared by several users, or the reader's own."""

from __future__ import annotations

import os
from pathlib import Path

from tui.cache.source_cache import SourceCache


class CacheLocator:
    """Finds the cache of a source.

    Args:
        own: the reader's own cache folder.
        shared: the shared cache folder of the settings, or None. It is used for the sources whose
            cache can be read there, and for all if the reader may write to it.
        is_open: whether others may read the caches, except those in ``own`` that could not be in
            ``shared``.
        follow_links: whether to follow links that lead out of a source.
    """

    def __init__(
        self,
        own: Path,
        shared: Path | None = None,
        *,
        is_open: bool = False,
        follow_links: bool = False,
    ) -> None:
        self.own = own
        self.shared = shared
        self._is_open = is_open
        self._follow_links = follow_links

    def cache_of(self, source: Path) -> SourceCache:
        """Return the cache of a source, which may not exist yet."""
        if self.shared is None:
            return self._cache_in(self.own, source, is_open=self._is_open)
        cache = self._cache_in(self.shared, source, is_open=self._is_open)
        is_readable = os.access(cache.folder.path, os.R_OK | os.X_OK)
        if is_readable or cache.folder.is_writable():
            return cache
        return self._cache_in(self.own, source, is_open=False)

    def _cache_in(self, root: Path, source: Path, *, is_open: bool) -> SourceCache:
        return SourceCache(root, source, is_open=is_open, follow_links=self._follow_links)
