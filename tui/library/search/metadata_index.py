"""The folded titles, authors and ids of papers, in blocks."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter
from threading import Lock

from tui.library.search.text_block import TextBlock
from tui.models import Paper
from tui.query.normalization import metadata_text

BLOCK_PAPERS = 512
"""Maximum number of papers in a block."""

_id_of = attrgetter("paper_id")


class MetadataIndex:
    """Folds the metadata of papers on first use, and keeps it. Thread-safe."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._blocks: list[TextBlock] = []
        self._block_of: dict[str, int] = {}

    def __getitem__(self, block: int) -> TextBlock:
        """Return the results of ``metadata_text`` for a block, by its number."""
        return self._blocks[block]

    def text_of(self, paper: Paper) -> str:
        """Return the result of ``metadata_text`` for a paper."""
        block = self._block_of.get(paper.paper_id)
        indexed = None if block is None else self._blocks[block].by_id(paper.paper_id)
        return metadata_text(paper) if indexed is None else indexed.text

    def blocks_of(self, papers: Sequence[Paper]) -> set[int]:
        """Return the numbers of the blocks with some papers, which may have others, too."""
        try:
            return self._indexed_blocks_of(papers)
        except KeyError:
            self.index(papers)
            return self._indexed_blocks_of(papers)

    def index(self, papers: Sequence[Paper]) -> None:
        """Add the papers that are not in the index yet."""
        # The lock keeps concurrent searches from folding the same papers.
        with self._lock:
            new = [paper for paper in papers if paper.paper_id not in self._block_of]
            for start in range(0, len(new), BLOCK_PAPERS):
                self._add(new[start : start + BLOCK_PAPERS])

    def _indexed_blocks_of(self, papers: Sequence[Paper]) -> set[int]:
        return set(map(self._block_of.__getitem__, map(_id_of, papers)))

    def _add(self, papers: Sequence[Paper]) -> None:
        papers = sorted(papers, key=_id_of)
        texts = TextBlock(list(map(_id_of, papers)), list(map(metadata_text, papers)))
        # The block first, because readers without the lock look it up by its number.
        self._blocks.append(texts)
        self._block_of.update(dict.fromkeys(map(_id_of, papers), len(self._blocks) - 1))
