"""The day and the votes of a post in its last lines, which are not those of its last paper."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tui.digests.general.fields.vote_counts import votes_in_line
from tui.digests.general.found_paper import FoundPaper
from tui.digests.general.tree.document_tree import Block, BlockKind
from tui.digests.parsing.written_days import exact_day_in

_MIN_PAPERS = 3
"""Papers of a page, of which only the last one has a day or votes."""

_MAX_CHARS = 80
_MAX_LINES = 4
_POSTED = re.compile(
    r"\W{0,4}(?:date[:：]\s*)?(?:发布于|发表于|编辑于|發佈於|發布於|發表於|編輯於|投稿日|公開日|등록일|작성일"
    r"|게시일|(?:(?:posted|published|written) on|đăng (?:ngày|lúc|vào)|publié le|veröffentlicht am)"
    r"\b)",
    re.IGNORECASE,
)


def assign_footer(papers: Sequence[FoundPaper], page: Block) -> None:
    """Give all papers of a page the day in its last lines, and take its votes from the last one.

    Args:
        papers: the papers in order.
        page: the page that they are in.
    """
    if len(papers) < _MIN_PAPERS:
        return
    *others, last = papers
    if last.rule == "row":
        return
    lines = list(_last_lines(page))
    if last.votes is not None and all(paper.votes is None for paper in others):
        last.votes = None if last.votes in map(votes_in_line, lines) else last.votes
    if any(paper.has_day for paper in others) or last.issue_day or last.featured:
        return
    day = next((exact_day_in(line) for line in lines if _POSTED.match(line)), None)
    if day and last.dated in {None, day}:
        for paper in papers:
            paper.issue_day = day


def _last_lines(page: Block) -> Iterator[str]:
    """Yield the last short lines of text of a page, the last one first."""
    block = page
    while block.children and block.children[-1].kind is not BlockKind.TEXT:
        block = block.children[-1]
    for child in block.children[: -_MAX_LINES - 1 : -1]:
        if child.kind is not BlockKind.TEXT:
            return
        if len(child.text) <= _MAX_CHARS:
            yield child.text
