"""The dialect ``note``: a file for each paper, with fields in front and a longer text below.

::

    ---
    title: Taming the Titans
    title_zh: …
    authors: "A, B"
    date: 2025-05-13
    pdf: https://arxiv.org/pdf/2504.19720
    tags: ["query:llm"]
    score: 8.0
    tldr: …
    ---

    ## Abstract
    …

The title is arXiv's own. It tells no votes: a score is its writer's. The day is ``date``, whatever
the folder says, which is often named for a span of days. The id is looked for in the fields, at the
beginning of the file's name, and in the text, in this order.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tui.arxiv import id_in_url, split_leading_id
from tui.digests.builder import RecordDigestBuilder
from tui.digests.dialect import Dialect
from tui.digests.parsing.dates import contains_date
from tui.digests.parsing.front_matter import Fields, parse_fields, split_front_matter
from tui.digests.parsing.json_values import (
    as_arxiv_id,
    as_authors,
    as_count,
    as_day,
    as_line,
    as_lines,
    as_list,
    as_text,
    describe_value,
)
from tui.digests.parsing.markdown_builder import (
    bullet_list,
    comma_list,
    escape_blocks,
    join_sections,
)
from tui.digests.parsing.trailers import strip_trailing_breaks
from tui.i18n import N_

if TYPE_CHECKING:
    from tui.models import Digest

NAME = "note"

_IDS = (
    *("arxiv_id", "arxiv", "id", "paper_id", "url", "abs", "abs_url", "link", "paper"),
    *("pdf", "pdf_url", "paper_url", "arxiv_url"),
)
_DAYS = ("date", "day", "collected", "published")
_PARTS = (
    ("TL;DR", ("tldr", "tl;dr", "one_liner")),
    ("Motivation", ("motivation",)),
    ("Method", ("method",)),
    ("Result", ("result",)),
    ("Conclusion", ("conclusion",)),
)
# Posts of a blog have a title and a date, too: a note is one of a paper.
_TITLE = re.compile(r"(?:\A|\n)title[ \t]*:")
_OF_A_PAPER = re.compile(r"(?:\A|\n)(?:pdf|pdf_url|arxiv|arxiv_id|arxiv_url|abs|tldr)[ \t]*:")
_AUTHORS = re.compile(r"(?:\A|\n)authors?[ \t]*:")


def _claims(text: str) -> bool:
    matter = split_front_matter(text)
    if matter is None or not _TITLE.search(matter.yaml):
        return False
    is_of_a_paper = _OF_A_PAPER.search(matter.yaml) and _AUTHORS.search(matter.yaml)
    return bool(is_of_a_paper) or id_in_url(matter.yaml) is not None


def _read(text: str, path: str) -> Digest:
    findings = RecordDigestBuilder(path, NAME, follows_path=False)
    matter = split_front_matter(text)
    if matter is None:
        return findings.build()
    values = parse_fields(matter, findings.report)
    arxiv_id = _id(values, path, matter.body)
    if arxiv_id is None:
        words = N_("no arXiv id in the fields, the file's name or the text: it is left out")
        findings.report(1, words)
        return findings.build()
    findings.add_paper(
        1,
        arxiv_id=arxiv_id,
        day=_day(values, findings),
        title=as_line(values.get("title")),
        authors=as_authors(values.get("authors") or values.get("author")),
        summary=_summary(values, matter.body),
    )
    return findings.build()


def _id(values: Fields, path: str, body: str) -> str | None:
    candidates = (as_arxiv_id(each) for name in _IDS for each in as_list(values.get(name)))
    if arxiv_id := next(filter(None, candidates), None):
        return arxiv_id
    leading = split_leading_id(path.rsplit("/", 1)[-1])
    return leading[0] if leading else id_in_url(body)


def _day(values: Fields, findings: RecordDigestBuilder) -> str | None:
    for name in _DAYS:
        told = values.get(name)
        if (day := as_day(told)) is not None:
            return day
        if told and name == "date":
            words = N_("the date is told as '{date}': the path's is used")
            if contains_date(as_line(told)):
                words = N_("the date '{date}' is not in the calendar: the path's is used")
            findings.report(1, words, date=describe_value(told))
            return None
    return None


def _summary(values: Fields, body: str) -> str:
    score = values.get("score")
    more = bullet_list(
        [
            ("Title", comma_list(as_lines(values.get("title_zh")))),
            ("Tags", comma_list(as_lines(values.get("tags")))),
            ("Score", as_line(score) if as_count(score) is not None else ""),
        ]
    )
    parts = [("", more)]
    for label, names in _PARTS:
        told = next(filter(None, (as_text(values.get(name)) for name in names)), "")
        parts.append((label, escape_blocks(told)))
    return join_sections([*parts, ("", strip_trailing_breaks(body.strip("\n")))])


DIALECT = Dialect(NAME, _claims, _read)
