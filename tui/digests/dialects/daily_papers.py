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

It tells neither votes nor authors, and the title is the model's. A paper begins with a heading
that is an id **and** its link, as the model writes headings of the same level.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.digests.dialect import (
    Dialect,
    DigestBuilder,
    is_digest_heading,
    mentions_daily_papers,
    mentions_hugging_face,
)
from tui.digests.parsing.dates import DayTracker, contains_date
from tui.digests.parsing.id_heading import IdHeading, id_heading
from tui.digests.parsing.markdown_lines import (
    Fences,
    LineKind,
    MarkdownLine,
    is_thematic_break,
    plain_text,
    scan_lines,
)
from tui.digests.parsing.sections import is_numbered, summary_outline
from tui.digests.parsing.summary_fence import is_summary_fence, strip_summary_label, unwrap_summary
from tui.digests.parsing.titles import clean_summary_title, limit_title
from tui.i18n import N_
from tui.models import Digest, Entry

if TYPE_CHECKING:
    from collections.abc import Iterator

NAME = "daily_papers"

_PAGE_END = re.compile(
    r"\W*(?:licen[cs]e|citation|cite|how to cite|bibtex|라이[선센]스|인용)\W*", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Turn:
    """A heading at which something new begins.

    Attributes:
        heading: the heading.
        paper: the paper it begins; None if it begins a digest or something else.
        is_digest: whether it begins a digest.
    """

    heading: MarkdownLine
    paper: IdHeading | None = None
    is_digest: bool = False


def _claims(text: str) -> bool:
    if not mentions_daily_papers(text):
        return False
    is_own_heading = False
    for turn in _turns(text):
        if turn.paper:
            return True
        dated = turn.is_digest and contains_date(turn.heading.text)
        is_own_heading |= dated and mentions_hugging_face(turn.heading)
    return is_own_heading


def _turns(text: str) -> Iterator[_Turn]:
    """Yield where digests, papers and other parts of the page begin, from the first digest on."""
    fences = Fences()
    within = begun = False
    summary_from: int | None = None  # of the current paper, as long as it had no fence
    in_block = block_ended = False
    for mark in scan_lines(text):
        if mark.kind is LineKind.FENCE:
            if summary_from is not None:
                in_block = is_summary_fence(text, summary_from, mark)
                summary_from = None
            fences.step(mark, holds_markdown=in_block)
            block_ended = in_block and not fences.is_open
        if mark.kind is not LineKind.HEADING or (fences.is_open and not within):
            continue
        is_digest = is_digest_heading(mark) and (not fences.is_open or contains_date(mark.text))
        paper = id_heading(text, mark) if begun and not is_digest else None
        # A paper cannot begin in a fence: the fence was left open. Other headings can.
        if fences.is_open and not (is_digest or (paper and paper.linked_id)):
            continue
        if is_digest or paper:
            fences.close_all()
            begun = within = True
            in_block = block_ended = False
            summary_from = paper.end if paper else None
            yield _Turn(mark, paper, is_digest)
        elif within and _ends_page(text, mark, block_ended=block_ended):
            within = False
            yield _Turn(mark)


def _ends_page(text: str, heading: MarkdownLine, *, block_ended: bool) -> bool:
    """Whether a heading leads away from the papers, rather than being a summary's own."""
    if heading.level > 2 or is_numbered(heading.text):
        return False
    line_before = text[text.rfind("\n", 0, heading.start - 1) + 1 : heading.start].strip()
    # Without a line between, it is a comment in code whose fence ended the block too early.
    stands_alone = not line_before or is_thematic_break(line_before)
    return (block_ended and stands_alone) or _PAGE_END.fullmatch(heading.text) is not None


def _read(text: str, path: str) -> Digest:
    findings = DigestBuilder(path, NAME)
    days = DayTracker(path, findings.report)
    turns = list(_turns(text))
    ends = [turn.heading.start for turn in turns[1:]] + [len(text)]
    for turn, end in zip(turns, ends, strict=False):
        if turn.is_digest:
            days.start_digest(turn.heading)
        elif turn.paper:
            _read_paper(text[turn.paper.end : end], turn.paper, turn.heading.line, days, findings)
    days.end_digest()
    return findings.build()


def _read_paper(
    body: str, paper: IdHeading, line: int, days: DayTracker, findings: DigestBuilder
) -> None:
    """Read the paper whose heading and link are followed by the body."""
    if paper.arxiv_id is None:
        findings.report(line, N_("a paper without a link to arXiv: it is left out"))
        return
    day = days.day()
    if day is None:
        return
    if paper.linked_id is None:
        findings.report(line, N_("no link told: the heading's id is used"))
    elif paper.linked_id != paper.arxiv_id:
        words = N_("the link is to {id}: the heading's id is used")
        findings.report(line, words, id=paper.linked_id)
    block = unwrap_summary(strip_summary_label(body))
    if block.is_unclosed:
        words = N_("the summary's code fence is left open: it ends at the next paper")
        findings.report(line, words)
    if not block.markdown:
        findings.report(line, N_("no summary told"))
    told = summary_outline(block.markdown)
    title = (told.title and clean_summary_title(told.title)) or plain_text(paper.title)
    entry = Entry(
        arxiv_id=paper.arxiv_id,
        date=day,
        title=limit_title(title, line, findings.report),
        is_arxiv_title=False,
        votes=None,
        authors=(),
        thumbnail=None,
        summary=block.markdown,
        sections=told.sections,
        dialect=NAME,
        line=line,
    )
    findings.entries.append(entry)


DIALECT = Dialect(NAME, _claims, _read)
