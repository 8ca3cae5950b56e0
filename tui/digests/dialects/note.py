"""The dialect ``note``: one file per paper, with fields in front matter and a longer text below.

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

The title is arXiv's own. There are no votes; the score is the writer's. ``date`` takes precedence
over the folder, which is often named after a span of days. The id comes from the fields, the start
of the file name or the text, in this order.
"""

from __future__ import annotations

import re

from tui.arxiv import id_in_url, split_leading_id
from tui.digests.builder import RecordDigestBuilder
from tui.digests.parsing import json_values as values
from tui.digests.parsing import markdown_builder as markdown
from tui.digests.parsing.dates import contains_date
from tui.digests.parsing.front_matter import Fields, parse_fields, split_front_matter
from tui.digests.parsing.summary_fence import strip_trailing_breaks
from tui.digests.registry import Dialect
from tui.i18n import N_
from tui.models import Digest

NAME = "note"

_ID_FIELDS = (
    *("arxiv_id", "arxiv", "id", "paper_id", "url", "abs", "abs_url", "link", "paper"),
    *("pdf", "pdf_url", "paper_url", "arxiv_url"),
)
_DATE_FIELDS = ("date", "day", "collected", "published")
# Blog posts have a title and a date, too; a note also has fields of a paper.
_TITLE = re.compile(r"(?:\A|\n)title[ \t]*:")
_PAPER_FIELD = re.compile(r"(?:\A|\n)(?:pdf|pdf_url|arxiv|arxiv_id|arxiv_url|abs|tldr)[ \t]*:")
_AUTHORS = re.compile(r"(?:\A|\n)authors?[ \t]*:")


def _claims(text: str) -> bool:
    matter = split_front_matter(text)
    if matter is None or not _TITLE.search(matter.yaml):
        return False
    has_paper_fields = _PAPER_FIELD.search(matter.yaml) and _AUTHORS.search(matter.yaml)
    return bool(has_paper_fields) or id_in_url(matter.yaml) is not None


def _read(text: str, path: str) -> Digest:
    builder = RecordDigestBuilder(path, NAME, follows_path=False)
    matter = split_front_matter(text)
    if matter is None:
        return builder.build()
    fields = parse_fields(matter, builder.report)
    arxiv_id = _arxiv_id(fields, path, matter.body)
    if arxiv_id is None:
        template = N_("no arXiv id in the fields, the file name or the text; skipped")
        builder.report(1, template)
        return builder.build()
    builder.add_paper(
        1,
        arxiv_id=arxiv_id,
        day=_day(fields, builder),
        title=values.as_line(fields.get("title")),
        authors=values.as_authors(fields.get("authors") or fields.get("author")),
        summary=_summary(fields, matter.body),
    )
    return builder.build()


def _arxiv_id(fields: Fields, path: str, body: str) -> str | None:
    candidates = (value for name in _ID_FIELDS for value in values.as_list(fields.get(name)))
    if arxiv_id := values.first_arxiv_id(candidates):
        return arxiv_id
    leading = split_leading_id(path.rsplit("/", 1)[-1])
    return leading[0] if leading else id_in_url(body)


def _day(fields: Fields, builder: RecordDigestBuilder) -> str | None:
    for name in _DATE_FIELDS:
        value = fields.get(name)
        if (day := values.as_day(value)) is not None:
            return day
        if value and name == "date":
            template = N_("cannot read the date '{date}'; using the path's date")
            if contains_date(values.as_line(value)):
                template = N_("the date '{date}' does not exist; using the path's date")
            builder.report(1, template, date=values.describe_value(value))
            return None
    return None


def _summary(fields: Fields, body: str) -> str:
    score = fields.get("score")
    facts = markdown.bullet_list(
        ("Title", markdown.comma_list(values.as_lines(fields.get("title_zh")))),
        ("Tags", markdown.comma_list(values.as_lines(fields.get("tags")))),
        ("Score", values.as_line(score) if values.as_count(score) is not None else ""),
    )
    text = strip_trailing_breaks(body.strip("\n"))
    return markdown.join_sections(("", facts), *markdown.model_sections(fields), ("", text))


DIALECT = Dialect(NAME, _claims, _read)
