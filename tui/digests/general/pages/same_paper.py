"""One paper at several places of a digest, or under several ids."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tui.digests.general.fields.titles import title_of_block
from tui.digests.general.found_paper import FoundPaper
from tui.digests.general.tree.document_tree import Block, BlockKind
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
        if title := _comparable(paper.title):
            by_title.setdefault(title, []).append(paper)
    for same in by_title.values():
        ids = {paper.paper_id for paper in same}
        kinds = {_rank(paper_id) for paper_id in ids}
        if len(ids) > 1 and len(kinds) == len(ids):
            best = min(ids, key=_rank)
            for paper in same:
                paper.paper_id = best


def sections_about(papers: Sequence[FoundPaper], root: Block) -> Iterator[tuple[Block, FoundPaper]]:
    """Yield the sections that have a paper's title as their heading, and the paper.

    Language models list papers in a table, and then write about each of them below its title.

    Args:
        papers: those in rows of tables and items of lists.
        root: the page as a tree.
    """
    by_title = {title: paper for paper in papers if (title := _comparable(paper.title))}
    sections = [root] if by_title else []
    while sections:
        section = sections.pop()
        children = [child for child in section.children if child.kind is BlockKind.SECTION]
        sections += children
        for child in children:
            if paper := by_title.get(_comparable(title_of_block(child)[0])):
                yield child, paper


def _comparable(title: str) -> str:
    """Return the letters and digits of a title in lower case; none if they are few."""
    letters = "".join(filter(str.isalnum, title.casefold()))
    return letters if len(letters) >= _MIN_TITLE_LETTERS else ""


def _rank(paper_id: str) -> int:
    """Return how far an id is from the best kind."""
    return -1 if arxiv_id_of(paper_id) else SCHEMES.index(paper_id.partition(":")[0])
