"""The dialect ``general``: texts of any shape that name papers. The very last resort.

See `tui.digests.general`. The day of a paper is that of a heading above it or of the path, else
that of a field; the titles are the writers'.
"""

from __future__ import annotations

import re

from tui.digests.builder import RecordDigestBuilder
from tui.digests.general.fields.code_links import with_code
from tui.digests.general.issue_days import DayChooser
from tui.digests.general.pages.same_paper import unify_ids
from tui.digests.general.papers_in_text import papers_in
from tui.digests.general.records.reference_entries import is_reference_file, papers_of_references
from tui.digests.id_search import may_have_papers
from tui.digests.parsing.numeric_dates import NumericDates
from tui.digests.parsing.path_days import days_in_path
from tui.digests.registry import Dialect
from tui.models import Digest

NAME = "general"

_OWN_EXPORT = re.compile(
    r"\ufeff?(?:"
    r"arxiv_id,title,votes,authors,dates,"
    r"|\[\s*\{\s*\"arxiv_id\":[^\n]{0,300}\s*\"title\":[^\n]{0,3000}\s*\"votes\":"
    r"[^{}]{0,100000}?\"dates\":"
    r"|\[\s*\{\s*\"type\": \"article\",\s*\"id\": \"[^\n]*\",\s*\"title\": "
    r"|TY  - UNPB\nID  - [^\n]*\nTI  - "
    r"|@misc\{[^\s,{}]{0,100}-[^\s,{}]{1,200},\n  (?:author|key|title) {5,11}= \{"
    r"|\# [^\n]*\n\n<https://[^\n]*\n\nVotes: [^\n]*\nDates: "
    r")"
)
"""The start of what `broadsheet export` writes. It is not a digest: it would be read again."""


def _claims(text: str) -> bool:
    return may_have_papers(text) and not is_own_export(text)


def is_own_export(text: str) -> bool:
    """Return whether a text starts like an export of Broadsheet."""
    return _OWN_EXPORT.match(text) is not None


def _read(text: str, path: str) -> Digest:
    builder = RecordDigestBuilder(path, NAME, is_arxiv_title=False, follows_path=False)
    if path.lower().endswith(_CODE_SUFFIXES):
        return builder.build()
    path_days = days_in_path(path)
    if is_reference_file(path, text):
        has_day = bool(path_days.day or path_days.span)
        papers = papers_of_references(text, has_day=has_day)
    else:
        papers = list(papers_in(text, path_days.year, path))
    unify_ids(papers)
    choose = DayChooser(papers, path_days, NumericDates(text, path))
    for paper in papers:
        day, published = choose.days_of(paper)
        paper.summary = with_code(paper.summary, paper.code)
        builder.add_found(paper, line=paper.line, day=day, published=published)
    return builder.build()


_CODE_SUFFIXES = (
    ".py", ".sh", ".bash", ".ps1", ".bat", ".go", ".rs", ".c", ".h", ".cc", ".cpp", ".cu", ".java",
    ".kt", ".swift", ".rb", ".php", ".pl", ".lua", ".jl", ".r", ".m", ".ts", ".tsx", ".jsx", ".vue",
    ".css", ".scss", ".ini", ".cfg", ".lock", ".tex", ".cff", ".bst", ".cls",
)  # fmt: skip
"""Names of files that mention papers but are no digests: programs, settings and papers."""


DIALECT = Dialect(NAME, _claims, _read, reads_raw=True)
