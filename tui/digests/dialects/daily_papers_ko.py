"""The dialect ``daily_papers_ko``: Korean summaries of Hugging Face's daily papers.

::

    ## Daily Papers (2025-05-01)

    ### [Title](https://arxiv.org/abs/2504.21635)

    ![](https://…/2504.21635.png)

    Vote: 44

    Authors: A, B

    - ***What's New***: …

The title is arXiv's own. The digest may be part of a longer page: it ends at the next heading of
level 1 or 2, or at a break that is followed by something else.
"""

from __future__ import annotations

import re

from tui.digests.builder import RecordDigestBuilder
from tui.digests.entry_notes import AUTHORS_MISSING, VOTES_MISSING
from tui.digests.parsing.dates import contains_date
from tui.digests.parsing.day_tracker import DayTracker
from tui.digests.parsing.headings import (
    Boundary,
    BoundaryScanner,
    PaperHeading,
    find_link_elsewhere,
    mentions_hugging_face,
    parse_linked_heading,
)
from tui.digests.parsing.markdown_lines import (
    Fences,
    LineKind,
    is_thematic_break,
    plain_text,
    scan_lines,
)
from tui.digests.parsing.paper_header import parse_paper_header
from tui.digests.parsing.summary_fence import strip_citation
from tui.digests.registry import Dialect
from tui.i18n import N_
from tui.models import Digest
from tui.paper_ids.arxiv import split_leading_id

NAME = "daily_papers_ko"

_NEXT_LINE = re.compile(r"\s*+(?P<line>[^\n]+)")
_LABELLED_BULLET = re.compile(r"[-*+][ \t]+\*{1,3}[^*\n]")


def _claims(text: str) -> bool:
    has_digest = False
    for boundary in BoundaryScanner(text, parse_linked_heading).boundaries():
        if boundary.is_digest:
            is_dated = contains_date(boundary.heading.text)
            has_digest |= is_dated and not mentions_hugging_face(boundary.heading)
        elif boundary.paper:
            if boundary.paper.arxiv_id:
                return True
        elif split_leading_id(boundary.heading.text):
            return False  # a paper of the dialect daily_papers
    return has_digest


def _read(text: str, path: str) -> Digest:
    return _Reader(text, path).read()


class _Reader:
    """Reads one page."""

    def __init__(self, text: str, path: str) -> None:
        self._text = text
        self._builder = RecordDigestBuilder(path, NAME, follows_path=False)
        self._days = DayTracker(path, self._builder.note)

    def read(self) -> Digest:
        """Return the papers and problems of the page."""
        in_digest = False
        for boundary, end in BoundaryScanner(self._text, parse_linked_heading).parts():
            if boundary.is_digest:
                self._days.start_digest(boundary.heading)
                in_digest = True
            elif boundary.paper is None:
                in_digest = False
            elif in_digest or not boundary.in_open_fence:
                in_digest = self._read_paper(boundary, boundary.paper, end, in_digest=in_digest)
        self._days.end_digest()
        return self._builder.build()

    def _read_paper(
        self, boundary: Boundary, paper: PaperHeading, end: int, *, in_digest: bool
    ) -> bool:
        """Read one paper; return whether the digest continues after it."""
        line, report, note = boundary.heading.line, self._builder.report, self._builder.note
        paper_id, title = paper.arxiv_id, paper.title
        if paper_id is None and in_digest and (link := find_link_elsewhere(title)):
            paper_id, title = link
        if paper_id is None:
            if in_digest:
                report(line, N_("the paper has no link to arXiv; skipped"))
            return in_digest
        header = parse_paper_header(self._builder.paper_text(self._text, paper.end, end, line))
        if not (in_digest or header.has_votes_line or header.has_authors_line):
            report(line, N_("paper heading outside the digest, without votes or authors; skipped"))
            return False
        day = self._days.day()
        if boundary.in_open_fence:
            note(line, N_("a code fence above this paper is not closed"))
        summary, continues = _split_summary(header.summary)
        self._builder.add_paper(
            line,
            paper_id=paper_id,
            day=day,
            title=plain_text(title),
            votes=header.votes,
            authors=header.authors,
            thumbnail=header.thumbnail,
            summary=summary,
        )
        if not header.has_votes_line:
            note(line, VOTES_MISSING)
        if not header.authors:
            note(line, AUTHORS_MISSING)
        first_line = line + self._text.count("\n", boundary.heading.start, paper.end)
        for offset, template, values in header.notes:
            note(first_line + offset, template, **values)
        return continues


def _split_summary(text: str) -> tuple[str, bool]:
    """Cut off what does not belong to a paper's summary.

    Returns:
        The summary, and whether the digest continues after it.
    """
    text = strip_citation(text)
    fences = Fences()
    first_break: int | None = None
    for line in scan_lines(text):
        if line.kind is LineKind.FENCE:
            fences.feed(line)
        if line.kind is not LineKind.BREAK or fences.is_open:
            continue
        if first_break is None:
            first_break = line.start
        following = _NEXT_LINE.match(text, line.end)
        if following is None:
            return text[:first_break].rstrip(), True
        if _LABELLED_BULLET.match(following["line"]):
            first_break = None
        elif not is_thematic_break(following["line"]):
            return text[:first_break].rstrip(), False
    return text, True


DIALECT = Dialect(NAME, _claims, _read)
