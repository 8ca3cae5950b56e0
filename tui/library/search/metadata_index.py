"""What stands over the summaries of papers, folded: many in one text, as summaries are."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter
from threading import Lock
from typing import NamedTuple

from tui.library.search.text_block import IndexedText, TextBlock
from tui.models import Paper
from tui.query.normalization import metadata_text

BLOCK_PAPERS = 512
"""The most papers of which the headings stand in one text."""

_id_of = attrgetter("arxiv_id")


class MetadataBlock(NamedTuple):
    """Some papers.

    Attributes:
        headings: theirs, by their ids.
        months: where their summaries stand: number of the source, month.
    """

    texts: TextBlock
    months: frozenset[tuple[int, str]]


class MetadataIndex:
    """Folds the headings of papers when they are first met, and keeps them. For any thread."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._blocks: list[MetadataBlock] = []
        self._block_of: dict[str, int] = {}

    def __getitem__(self, block: int) -> MetadataBlock:
        """Return a block by its number."""
        return self._blocks[block]

    def text_of(self, paper: Paper) -> str:
        """Return a paper's heading; see ``tui.query.heading``."""
        block = self._block_of.get(paper.arxiv_id)
        told = None if block is None else self._blocks[block].texts.by_id(paper.arxiv_id)
        return metadata_text(paper) if told is None else told.text

    def blocks_of(self, papers: Sequence[Paper]) -> set[int]:
        """Return the numbers of the blocks in which papers stand; others may stand there, too."""
        try:
            return self._known_blocks_of(papers)
        except KeyError:
            self.index(papers)
            return self._known_blocks_of(papers)

    def index(self, papers: Sequence[Paper]) -> None:
        """Make blocks of those papers that were not met."""
        # Whoever searches at the same time waits, rather than fold the same.
        with self._lock:
            unmet = [paper for paper in papers if paper.arxiv_id not in self._block_of]
            for start in range(0, len(unmet), BLOCK_PAPERS):
                self._add(unmet[start : start + BLOCK_PAPERS])

    def _known_blocks_of(self, papers: Sequence[Paper]) -> set[int]:
        return set(map(self._block_of.__getitem__, map(_id_of, papers)))

    def _add(self, papers: Sequence[Paper]) -> None:
        papers = sorted(papers, key=_id_of)
        texts = [
            IndexedText(at, paper.arxiv_id, metadata_text(paper), ())
            for at, paper in enumerate(papers)
        ]
        months = {(each.source, each.date[:7]) for paper in papers for each in paper.entries}
        # The block first: whoever finds its number looks there at once.
        self._blocks.append(MetadataBlock(TextBlock(texts), frozenset(months)))
        self._block_of.update(dict.fromkeys(map(_id_of, papers), len(self._blocks) - 1))
