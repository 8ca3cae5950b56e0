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
from tui.digests.parsing.dates import looks_dated
from tui.digests.parsing.front_matter import Values, fields_of, front_matter
from tui.digests.parsing.json_values import (
    day_of,
    id_of,
    line_of,
    list_of,
    names_of,
    number_of,
    prose_of,
    shown,
    words_of,
)
from tui.digests.parsing.markdown_builder import compose, facts, listed, prose
from tui.digests.parsing.trailers import without_breaks
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
    matter = front_matter(text)
    if matter is None or not _TITLE.search(matter.yaml):
        return False
    is_of_a_paper = _OF_A_PAPER.search(matter.yaml) and _AUTHORS.search(matter.yaml)
    return bool(is_of_a_paper) or id_in_url(matter.yaml) is not None


def _read(text: str, path: str) -> Digest:
    findings = RecordDigestBuilder(path, NAME, follows_path=False)
    matter = front_matter(text)
    if matter is None:
        return findings.digest()
    values = fields_of(matter, findings.report)
    arxiv_id = _id(values, path, matter.body)
    if arxiv_id is None:
        words = N_("no arXiv id in the fields, the file's name or the text: it is left out")
        findings.report(1, words)
        return findings.digest()
    findings.tell(
        1,
        arxiv_id=arxiv_id,
        day=_day(values, findings),
        title=line_of(values.get("title")),
        authors=names_of(values.get("authors") or values.get("author")),
        summary=_summary(values, matter.body),
    )
    return findings.digest()


def _id(values: Values, path: str, body: str) -> str | None:
    candidates = (id_of(each) for name in _IDS for each in list_of(values.get(name)))
    if arxiv_id := next(filter(None, candidates), None):
        return arxiv_id
    leading = split_leading_id(path.rsplit("/", 1)[-1])
    return leading[0] if leading else id_in_url(body)


def _day(values: Values, findings: RecordDigestBuilder) -> str | None:
    for name in _DAYS:
        told = values.get(name)
        if (day := day_of(told)) is not None:
            return day
        if told and name == "date":
            words = N_("the date is told as '{date}': the path's is used")
            if looks_dated(line_of(told)):
                words = N_("the date '{date}' is not in the calendar: the path's is used")
            findings.report(1, words, date=shown(told))
            return None
    return None


def _summary(values: Values, body: str) -> str:
    score = values.get("score")
    more = facts(
        [
            ("Title", listed(words_of(values.get("title_zh")))),
            ("Tags", listed(words_of(values.get("tags")))),
            ("Score", line_of(score) if number_of(score) is not None else ""),
        ]
    )
    parts = [("", more)]
    for label, names in _PARTS:
        told = next(filter(None, (prose_of(values.get(name)) for name in names)), "")
        parts.append((label, prose(told)))
    return compose([*parts, ("", without_breaks(body.strip("\n")))])


DIALECT = Dialect(NAME, _claims, _read)
