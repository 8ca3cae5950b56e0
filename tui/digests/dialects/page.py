"""The dialect ``page``: any page of Markdown with headings that link to arXiv. The last resort.

::

    # What I read on 2025-05-02

    ## [Title](https://arxiv.org/abs/2504.21776)
    *A, B*

    …

A paper begins at a heading that holds a link to arXiv, and ends at the next heading that is no
deeper. The day is that of a heading above, or the path's. Votes, authors and a picture are read
where they stand as in `tui.digests.dialects.daily_papers_ko`. Whoever wrote it chose the title.

A heading of the first level names the page: that of a paper's own project links to arXiv, too, and
is no digest.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from tui.arxiv import id_in_url, split_leading_id
from tui.digests.builder import RecordDigestBuilder
from tui.digests.dialect import Dialect
from tui.digests.parsing.dates import day_in
from tui.digests.parsing.markdown_lines import (
    Fences,
    LineKind,
    link_label,
    link_targets,
    plain_text,
    scan_lines,
)
from tui.digests.parsing.paper_header import parse_paper_header
from tui.digests.parsing.trailers import strip_citation, strip_trailing_breaks
from tui.digests.parsing.votes_and_authors import parse_authors

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui.digests.parsing.markdown_lines import MarkdownLine
    from tui.models import Digest

NAME = "page"

_HIGHEST, _DEEPEST = 2, 4
_ADDRESS = re.compile(r"<?https?://[^\s<>()\[\]]+>?")
_NUMBER = re.compile(r"(?:\[\d{1,4}\]|\(\d{1,4}\)|\d{1,4}[.)])\s+")
# What a link is called that leads to a paper and does not tell its title.
_KIND_OF_LINK = re.compile(
    r"\W*(?:(?:read )?(?:the )?(?:arxiv|paper|pdf|abs|abstract|link|논문|링크)\W*)+", re.IGNORECASE
)
_NAMES = re.compile(
    r"\s*(?P<stars>[*_]{1,2})(?![\s*_])(?P<names>[^\n*]{1,20000})(?P=stars)[ \t]*\n"
)


class _LinkedPaper(NamedTuple):
    """A heading that links to arXiv."""

    heading: MarkdownLine
    arxiv_id: str
    title: str


def _claims(text: str) -> bool:
    return any(isinstance(turn, _LinkedPaper) for turn in _turns(text))


def _turns(text: str) -> Iterator[_LinkedPaper | MarkdownLine]:
    """Yield the headings of a page; those that begin a paper with its id."""
    fences = Fences()
    for mark in scan_lines(text):
        if mark.kind is LineKind.FENCE:
            fences.step(mark)
        elif mark.kind is LineKind.HEADING and not fences.is_open:
            yield _linked(mark) or mark


def _linked(heading: MarkdownLine) -> _LinkedPaper | None:
    """Return the paper that begins at a heading, or None if none does."""
    words = heading.text
    if not _HIGHEST <= heading.level <= _DEEPEST or "://" not in words:
        return None
    for label_end, address in link_targets(words):
        if arxiv_id := id_in_url(address):
            label = link_label(words, label_end)
            begin = label_end - len(label) - 1
            around = words[:begin] + words[words.index(address, label_end) + len(address) + 1 :]
            return _titled(heading, arxiv_id, label, around)
    bare = _ADDRESS.search(words)
    if bare and (arxiv_id := id_in_url(bare[0])):
        return _titled(heading, arxiv_id, words[: bare.start()] + words[bare.end() :], "")
    return None


def _titled(heading: MarkdownLine, arxiv_id: str, label: str, around: str) -> _LinkedPaper | None:
    """Choose the title: what the link is called, unless that says only that it is one."""
    label = plain_text(_NUMBER.sub("", label, count=1)).rstrip(" :-–—([")
    if _KIND_OF_LINK.fullmatch(label) or split_leading_id(label):
        label = plain_text(_NUMBER.sub("", around, count=1)).strip(" :-–—()[]|")
    return _LinkedPaper(heading, arxiv_id, label)


def _read(text: str, path: str) -> Digest:
    findings = RecordDigestBuilder(path, NAME, is_arxiv_title=False)
    turns = list(_turns(text))
    day: str | None = None
    within: tuple[_LinkedPaper, str | None] | None = None
    for turn in turns:
        if isinstance(turn, _LinkedPaper):
            start = turn.heading.start
        elif within is None or turn.level <= within[0].heading.level:
            start = turn.start
        else:
            # A part of the paper's own text, which may tell any day.
            continue
        if within:
            _read_paper(text[within[0].heading.end : start], *within, findings)
        if isinstance(turn, _LinkedPaper):
            within = turn, day
        else:
            within, day = None, day_in(turn.text) or day
    if within:
        _read_paper(text[within[0].heading.end :], *within, findings)
    return findings.build()


def _read_paper(
    body: str, paper: _LinkedPaper, day: str | None, findings: RecordDigestBuilder
) -> None:
    head = parse_paper_header(body)
    names, summary = head.authors, head.summary
    if not names and (match := _NAMES.match(summary)) and "," in match["names"]:
        names, summary = parse_authors(match["names"]), summary[match.end() :]
    for offset, words, values in head.problems:
        findings.report(paper.heading.line + offset, words, **values)
    findings.add_paper(
        paper.heading.line,
        arxiv_id=paper.arxiv_id,
        day=day,
        title=paper.title,
        votes=head.votes,
        authors=names,
        thumbnail=head.thumbnail,
        summary=strip_trailing_breaks(strip_citation(summary)).strip("\n"),
    )


DIALECT = Dialect(NAME, _claims, _read)
