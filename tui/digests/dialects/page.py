"""The dialect ``page``: any Markdown page with headings that link to arXiv. The last resort.

::

    # What I read on 2025-05-02

    ## [Title](https://arxiv.org/abs/2504.21776)
    *A, B*

    …

A paper starts at a heading that contains a link to arXiv, and ends at the next heading of the same
or a higher level. The date comes from a heading above, or from the path. Votes, authors and a
picture are recognized as in `tui.digests.dialects.daily_papers_ko`. The title is the writer's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from tui.digests.builder import RecordDigestBuilder
from tui.digests.general.fields.title_remarks import (
    split_translation,
    without_last_venue,
    without_remarks,
    without_tags,
)
from tui.digests.parsing.dates import day_in
from tui.digests.parsing.headings import (
    MAX_PAPER_LEVEL,
    PaperHeading,
    find_arxiv_link,
    names_paper_elsewhere,
)
from tui.digests.parsing.markdown_lines import (
    Fences,
    LineKind,
    MarkdownLine,
    plain_text,
    scan_lines,
)
from tui.digests.parsing.paper_header import parse_paper_header
from tui.digests.parsing.summary_fence import strip_citation, strip_trailing_breaks
from tui.digests.parsing.votes_and_authors import parse_authors
from tui.digests.registry import Dialect
from tui.models import Digest
from tui.paper_ids.arxiv import split_leading_id

NAME = "page"

_LIST_NUMBER = re.compile(r"\s*(?:\[\d{1,4}\]|\(\d{1,4}\)|\d{1,4}[.)])\s+")
_EMPTY_BRACKETS = re.compile(r"\s*(?:\(\s*\)|\[\s*\])")
# Labels of links that lead to a paper without naming it.
_GENERIC_LABEL = re.compile(
    r"\W*(?:(?:read )?(?:the )?(?:arxiv|paper|pdf|abs|abstract|link|논문|링크)\W*)+", re.IGNORECASE
)

_AUTHORS_IN_ITALICS = re.compile(
    r"\s*(?P<stars>[*_]{1,2})(?![\s*_])(?P<names>[^\n*]{1,20000})(?P=stars)[ \t]*\n"
)


def _claims(text: str) -> bool:
    levels, others = set(), set()
    for heading, paper in _headings(text):
        if paper:
            levels.add(heading.level)
        elif "://" in heading.text and names_paper_elsewhere(heading.text):
            others.add(heading.level)
    # A paper that is not on arXiv would be left out; the general reader knows it.
    return bool(levels) and levels.isdisjoint(others)


def _headings(text: str) -> Iterator[tuple[MarkdownLine, PaperHeading | None]]:
    """Yield the headings of a page, each with the paper that starts there."""
    fences = Fences()
    for line in scan_lines(text):
        if line.kind is LineKind.FENCE:
            fences.feed(line)
        elif line.kind is LineKind.HEADING and not fences.is_open:
            yield line, parse_page_heading(line)


def parse_page_heading(heading: MarkdownLine) -> PaperHeading | None:
    """Return the paper that a heading of any Markdown page links to, or None.

    The title is the label of the link, or the rest of the heading if the label is only an id or a
    word like "paper".
    """
    # A heading of level 1 names the page. A project's own page links to arXiv there, too.
    if not 2 <= heading.level <= MAX_PAPER_LEVEL or "://" not in heading.text:
        return None
    link = find_arxiv_link(heading.text)
    if link is None:
        return None
    label, rest = link.label, link.before + link.after
    if label is None:
        label, rest = rest, ""
    title = without_tags(without_remarks(plain_text(_without_number(label))))
    title = without_last_venue(_EMPTY_BRACKETS.sub("", title).rstrip(" :-–—(["))
    if _GENERIC_LABEL.fullmatch(title) or split_leading_id(title):
        title = plain_text(_without_number(rest)).strip(" :-–—()[]|")
    return PaperHeading(link.arxiv_id, link.arxiv_id, title, heading.end)


def _without_number(text: str) -> str:
    number = _LIST_NUMBER.match(text)
    return text[number.end() :] if number else text


def _read(text: str, path: str) -> Digest:
    builder = RecordDigestBuilder(path, NAME, is_arxiv_title=False)
    page_day: str | None = None
    above: tuple[MarkdownLine, PaperHeading, str | None] | None = None
    for heading, paper in chain(_headings(text), [(None, None)]):
        if heading and above and not paper and heading.level > above[0].level:
            # A section of the paper's own text. A date in it says nothing about the next papers.
            continue
        if above:
            paper_heading, started, day = above
            end = heading.start if heading else len(text)
            body = builder.paper_text(text, started.end, end, paper_heading.line)
            _read_paper(body, started, paper_heading.line, day, builder)
        if heading and not paper:
            page_day = day_in(heading.text) or page_day
        above = (heading, paper, page_day) if heading and paper else None
    return builder.build()


def _read_paper(
    body: str, paper: PaperHeading, line: int, day: str | None, builder: RecordDigestBuilder
) -> None:
    """Add the paper whose heading is followed by the body."""
    header = parse_paper_header(body)
    authors, summary = header.authors, header.summary
    title, translation = split_translation(paper.title)
    names = None if authors else _AUTHORS_IN_ITALICS.match(summary)
    if names and "," in names["names"]:
        authors, summary = parse_authors(names["names"]), summary[names.end() :]
    summary = strip_trailing_breaks(strip_citation(summary)).strip("\n")
    for offset, template, values in header.notes:
        builder.note(line + offset, template, **values)
    builder.add_paper(
        line,
        paper_id=paper.arxiv_id,
        day=day,
        title=title,
        votes=header.votes,
        authors=authors,
        thumbnail=header.thumbnail,
        summary="\n\n".join(filter(None, (translation, summary))),
    )


DIALECT = Dialect(NAME, _claims, _read)
