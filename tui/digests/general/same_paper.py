"""One paper under several ids in a digest."""

from __future__ import annotations

from collections.abc import Sequence

from tui.digests.general.found_paper import FoundPaper
from tui.paper_ids import SCHEMES, arxiv_id_of

_MIN_TITLE_LETTERS = 8
"""Papers with shorter titles may have the same by chance."""


def unify_ids(papers: Sequence[FoundPaper]) -> None:
    """Give papers of the same title the same id: that of arXiv, else a DOI, and so on.

    Two ids of the same kind belong to two papers.
    """
    if all(arxiv_id_of(paper.paper_id) for paper in papers):
        return
    by_title: dict[str, list[FoundPaper]] = {}
    for paper in papers:
        title = "".join(filter(str.isalnum, paper.title.casefold()))
        if len(title) >= _MIN_TITLE_LETTERS:
            by_title.setdefault(title, []).append(paper)
    for same in by_title.values():
        ids = {paper.paper_id for paper in same}
        kinds = {_rank(paper_id) for paper_id in ids}
        if len(ids) > 1 and len(kinds) == len(ids):
            best = min(ids, key=_rank)
            for paper in same:
                paper.paper_id = best


def _rank(paper_id: str) -> int:
    """Return how far an id is from the best kind."""
    return -1 if arxiv_id_of(paper_id) else SCHEMES.index(paper_id.partition(":")[0])
