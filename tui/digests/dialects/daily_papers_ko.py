"""The dialect ``daily_papers_ko``: Hugging Face's daily papers, told in Korean.

::

    ## Daily Papers (2025-05-01)

    ### [Title](https://arxiv.org/abs/2504.21635)

    ![](https://…/2504.21635.png)

    Vote: 44

    Authors: A, B

    - ***What's New***: …

The title is arXiv's own. The digest may be part of a longer page: it ends at the next heading of
level 1 or 2, or where a break is followed by something else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.arxiv import split_leading_id
from tui.digests.dialect import (
    Dialect,
    DigestBuilder,
    is_digest_heading,
    mentions_daily_papers,
    mentions_hugging_face,
)
from tui.digests.parsing.dates import DayTracker, contains_date
from tui.digests.parsing.linked_heading import LinkedHeading, linked_heading
from tui.digests.parsing.markdown_lines import (
    Fences,
    LineKind,
    MarkdownLine,
    is_thematic_break,
    plain_text,
    scan_lines,
)
from tui.digests.parsing.paper_header import PaperHeader, parse_paper_header
from tui.digests.parsing.sections import summary_outline
from tui.digests.parsing.titles import limit_title
from tui.digests.parsing.trailers import strip_citation
from tui.i18n import N_
from tui.models import Digest, Entry

if TYPE_CHECKING:
    from collections.abc import Iterator

NAME = "daily_papers_ko"

_NEXT_LINE = re.compile(r"\s*+(?P<line>[^\n]+)")
_LABELLED_BULLET = re.compile(r"[-*+][ \t]+\*{1,3}[^*\n]")


@dataclass(frozen=True, slots=True)
class _Turn:
    """A heading at which something new begins.

    Attributes:
        heading: the heading.
        paper: the paper it begins; None if it begins a digest or something else.
        is_digest: whether it begins a digest.
        fenced: whether it stands in a code fence that was left open.
    """

    heading: MarkdownLine
    paper: LinkedHeading | None = None
    is_digest: bool = False
    fenced: bool = False


def _claims(text: str) -> bool:
    if not mentions_daily_papers(text):
        return False
    is_own_heading = False
    for turn in _turns(text):
        if turn.is_digest:
            dated = contains_date(turn.heading.text)
            is_own_heading |= dated and not mentions_hugging_face(turn.heading)
        elif turn.paper:
            if turn.paper.arxiv_id:
                return True
        elif split_leading_id(turn.heading.text):
            # Another dialect's paper.
            return False
    return is_own_heading


def _turns(text: str) -> Iterator[_Turn]:
    """Yield where digests, papers and other parts of the page begin, from the first digest on."""
    fences = Fences()
    within = begun = False
    for mark in scan_lines(text):
        if mark.kind is LineKind.FENCE:
            fences.step(mark)
        if mark.kind is not LineKind.HEADING or (fences.is_open and not within):
            continue
        fenced = fences.is_open
        is_digest = is_digest_heading(mark) and (not fenced or contains_date(mark.text))
        paper = linked_heading(text, mark) if begun and not is_digest else None
        # A paper cannot begin in a fence: the fence was left open. Other headings can.
        if fenced and not (is_digest or (paper and paper.arxiv_id)):
            continue
        fences.close_all()
        if is_digest or paper:
            begun = within = True
            yield _Turn(mark, paper, is_digest, fenced)
        elif begun and mark.level <= 2:
            within = False
            yield _Turn(mark)


def _read(text: str, path: str) -> Digest:
    return _Reader(text, path).read()


class _Reader:
    """Reads one page."""

    def __init__(self, text: str, path: str) -> None:
        self._text = text
        self._findings = DigestBuilder(path, NAME)
        self._days = DayTracker(path, self._findings.report)

    def read(self) -> Digest:
        """Return all papers of the page, and what is odd about them."""
        within = False
        turns = list(_turns(self._text))
        ends = [turn.heading.start for turn in turns[1:]] + [len(self._text)]
        for turn, end in zip(turns, ends, strict=False):
            if turn.is_digest:
                self._days.start_digest(turn.heading)
                within = True
            elif turn.paper is None:
                within = False
            elif within or not turn.fenced:
                within = self._read_paper(turn, turn.paper, end, within=within)
        self._days.end_digest()
        return self._findings.build()

    def _read_paper(self, turn: _Turn, paper: LinkedHeading, end: int, *, within: bool) -> bool:
        """Read one paper; return whether the digest goes on behind it."""
        line, report = turn.heading.line, self._findings.report
        if paper.arxiv_id is None:
            if within:
                report(line, N_("a paper without a link to arXiv: it is left out"))
            return within
        head = parse_paper_header(self._text[paper.end : end])
        if not (within or head.has_votes_line or head.has_authors_line):
            words = N_("a paper's heading outside the digest, without votes or authors: left out")
            report(line, words)
            return False
        day = self._days.day()
        if day is None:
            return True
        if turn.fenced:
            report(line, N_("a code fence above this paper was left open"))
        title = limit_title(plain_text(paper.title), line, report)
        self._report_head(turn, paper, head, title)
        summary, goes_on = _summary(head.summary)
        entry = Entry(
            arxiv_id=paper.arxiv_id,
            date=day,
            title=title,
            is_arxiv_title=True,
            votes=head.votes,
            authors=head.authors,
            thumbnail=head.thumbnail,
            summary=summary,
            sections=summary_outline(summary).sections,
            dialect=NAME,
            line=line,
        )
        self._findings.entries.append(entry)
        return goes_on

    def _report_head(
        self, turn: _Turn, paper: LinkedHeading, head: PaperHeader, title: str | None
    ) -> None:
        line, report = turn.heading.line, self._findings.report
        if title is None:
            report(line, N_("no title told"))
        if not head.has_votes_line:
            report(line, N_("no votes told"))
        if not head.authors:
            report(line, N_("no authors told"))
        first = line + self._text.count("\n", turn.heading.start, paper.end)
        for offset, words, values in head.problems:
            report(first + offset, words, **values)


def _summary(text: str) -> tuple[str, bool]:
    """Cut off what does not belong to a paper's summary.

    Returns:
        The summary, and whether the digest goes on behind it.
    """
    text = strip_citation(text)
    fences = Fences()
    first_break: int | None = None
    for mark in scan_lines(text):
        if mark.kind is LineKind.FENCE:
            fences.step(mark)
        if mark.kind is not LineKind.BREAK or fences.is_open:
            continue
        if first_break is None:
            first_break = mark.start
        following = _NEXT_LINE.match(text, mark.end)
        if following is None:
            return text[:first_break].rstrip(), True
        if _LABELLED_BULLET.match(following["line"]):
            first_break = None
        elif not is_thematic_break(following["line"]):
            return text[:first_break].rstrip(), False
    return text, True


DIALECT = Dialect(NAME, _claims, _read)
