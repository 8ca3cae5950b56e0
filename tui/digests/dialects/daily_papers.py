"""The dialect ``daily_papers``: a language model's summaries of Hugging Face's daily papers.

::

    # 📰 Hugging Face Daily Papers – 2025-05-22

    ## 2505.15277
    🔗 https://huggingface.co/papers/2505.15277

    **Summary**:
    ```markdown
    # Title

    ## 1. First section
    ```

There are no votes and authors, and the title is the model's. Only an id **with** its link starts a
paper, because the model writes headings of the same level.
"""

from __future__ import annotations

import re

from tui.digests.builder import RecordDigestBuilder
from tui.digests.entry_notes import SUMMARY_MISSING
from tui.digests.parsing.dates import contains_date
from tui.digests.parsing.day_tracker import DayTracker
from tui.digests.parsing.headings import (
    BoundaryScanner,
    PaperHeading,
    is_list_elsewhere,
    mentions_hugging_face,
    parse_id_heading,
)
from tui.digests.parsing.markdown_lines import MarkdownLine, is_thematic_break, plain_text
from tui.digests.parsing.summary_fence import is_summary_fence, strip_summary_label, unwrap_summary
from tui.digests.parsing.summary_outline import is_numbered
from tui.digests.registry import Dialect
from tui.i18n import N_
from tui.models import Digest

NAME = "daily_papers"

_PAGE_END = re.compile(
    r"\W*(?:licen[cs]e|citation|cite|how to cite|bibtex|라이[선센]스|인용)\W*", re.IGNORECASE
)


def _claims(text: str) -> bool:
    if is_list_elsewhere(text):
        return False
    has_digest = False
    for boundary in _Scanner(text).boundaries():
        if boundary.paper:
            return True
        is_dated = boundary.is_digest and contains_date(boundary.heading.text)
        has_digest |= is_dated and mentions_hugging_face(boundary.heading)
    return has_digest


class _Scanner(BoundaryScanner):
    """Finds papers by their ids; also tracks the fence around each summary."""

    def __init__(self, text: str) -> None:
        super().__init__(text, parse_id_heading)
        # Offset of the current paper's summary until its first fence, then None.
        self._summary_start: int | None = None
        self._in_summary_fence = False
        self._summary_ended = False

    def start_part(self, paper: PaperHeading | None) -> None:
        super().start_part(paper)
        self._summary_start = paper.end if paper else None
        self._in_summary_fence = self._summary_ended = False

    def pass_fence(self, fence: MarkdownLine) -> None:
        if self._summary_start is not None:
            self._in_summary_fence = is_summary_fence(self.text, self._summary_start, fence)
            self._summary_start = None
        self.fences.feed(fence, holds_markdown=self._in_summary_fence)
        self._summary_ended = self._in_summary_fence and not self.fences.is_open

    def ends_digest(self, heading: MarkdownLine) -> bool:
        if not self.in_digest or heading.level > 2 or is_numbered(heading.text):
            return False
        line_start = self.text.rfind("\n", 0, heading.start - 1) + 1
        line_above = self.text[line_start : heading.start].strip()
        # Directly below another line it is a comment in code whose fence ended the summary early.
        stands_alone = not line_above or is_thematic_break(line_above)
        is_page_end = _PAGE_END.fullmatch(heading.text) is not None
        return is_page_end or (self._summary_ended and stands_alone)


def _read(text: str, path: str) -> Digest:
    builder = RecordDigestBuilder(
        path, NAME, is_arxiv_title=False, follows_path=False, has_summary_titles=True
    )
    days = DayTracker(path, builder.note)
    for boundary, end in _Scanner(text).parts():
        if boundary.is_digest:
            days.start_digest(boundary.heading)
        elif paper := boundary.paper:
            body = builder.paper_text(text, paper.end, end, boundary.heading.line)
            _read_paper(body, paper, boundary.heading.line, days, builder)
    days.end_digest()
    return builder.build()


def _read_paper(
    body: str, paper: PaperHeading, line: int, days: DayTracker, builder: RecordDigestBuilder
) -> None:
    """Add the paper whose heading is followed by the body."""
    if paper.arxiv_id is None:
        builder.report(line, N_("the paper has no link to arXiv; skipped"))
        return
    day = days.day()
    if paper.linked_id is None:
        builder.note(line, N_("no link; using the id in the heading"))
    elif paper.linked_id != paper.arxiv_id:
        template = N_("the link leads to {id}; using the id in the heading")
        builder.note(line, template, id=paper.linked_id)
    summary = unwrap_summary(strip_summary_label(body))
    if summary.is_unclosed:
        template = N_("the summary's code fence is not closed; ending it at the next paper")
        builder.note(line, template)
    if not summary.markdown:
        builder.note(line, SUMMARY_MISSING)
    builder.add_paper(
        line,
        paper_id=paper.arxiv_id,
        day=day,
        title=plain_text(paper.title),
        summary=summary.markdown,
    )


DIALECT = Dialect(NAME, _claims, _read)
