"""Search the full texts that are kept."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Callable, Iterable, Set
from threading import Lock

from tui.config.paths import texts_folder
from tui.models import Paper
from tui.query.normalization import fold
from tui.sources.fulltext.text_store import TextStore

MAX_CACHED_CHARS = 20_000_000
"""Characters of the folded texts that stay in memory: those of about 200 papers."""

_ESCAPE = re.compile(r"\\(?=[!-/:-@\[-`{-~])")


class KeptTexts:
    """Reads and folds texts on demand, and keeps those used last in memory. Thread-safe.

    Args:
        store: the texts; None for those in the cache folder.
    """

    def __init__(self, store: TextStore | None = None) -> None:
        self._store = store or TextStore(texts_folder())
        self._lock = Lock()
        self._folded: OrderedDict[str, tuple[object, str]] = OrderedDict()
        self._chars = 0

    @property
    def ids(self) -> Set[str]:
        """The ids of the papers whose text is kept."""
        return self._store.ids

    def folded(self, paper_id: str) -> str:
        """Return the folded text of a paper, without Markdown's escapes; empty without a text."""
        if paper_id not in self.ids:
            return ""
        version = self._store.version(paper_id)
        with self._lock:
            cached = self._folded.get(paper_id)
            if cached is not None and cached[0] == version:
                self._folded.move_to_end(paper_id)
                return cached[1]
        # A search does not count as reading.
        text = self._store.get(paper_id, is_read=False)
        folded = fold(_ESCAPE.sub("", text.markdown)) if text else ""
        with self._lock:
            before = self._folded.pop(paper_id, (None, ""))
            self._folded[paper_id] = (version, folded)
            self._chars += len(folded) - len(before[1])
            while self._chars > MAX_CACHED_CHARS:
                _oldest, (_version, dropped) = self._folded.popitem(last=False)
                self._chars -= len(dropped)
        return folded

    def ids_containing(self, contains: Callable[[str], bool], papers: Iterable[Paper]) -> Set[str]:
        """Return the ids of the papers among some whose text passes a test."""
        kept = self.ids
        return {
            paper.paper_id
            for paper in papers
            if paper.paper_id in kept and contains(self.folded(paper.paper_id))
        }
