"""The dialect ``cards_json``: the cards of Hugging Face's page of papers, taken from its HTML.

::

    [{"title": "…", "paper_url": "https://huggingface.co/papers/2502.13347", "authors": ["A"],
      "stars": "66", "scraped_date": "2025-03-11",
      "details": {"abstract": "…", "arxiv_page_url": "https://arxiv.org/abs/2502.13347",
                  "pdf_url": "…", "github_links": ["https://github.com/a/b"]}}]

The title is arXiv's own. It tells no votes: ``stars`` is what a card shows beside the sign of
GitHub, the stars of the paper's repository, and ``"0"`` where there is none. The authors are the
few whose picture a card shows, often by the name of their account. A file of a week or a month
holds the days of others once more; the same summary is shown once, however many files tell it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tui.digests.builder import RecordDigestBuilder
from tui.digests.dialect import Dialect
from tui.digests.parsing.json_objects import parse_objects, peek_objects
from tui.digests.parsing.json_values import (
    as_arxiv_id,
    as_authors,
    as_count,
    as_day,
    as_line,
    as_list,
    as_object,
    as_text,
    as_url,
)
from tui.digests.parsing.markdown_builder import (
    bullet_list,
    format_abstract,
    format_link,
    format_stars,
    join_sections,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tui.models import Digest

NAME = "cards_json"

# The page's own link to the account of its makers stands among the links of each paper.
_REPOSITORY = re.compile(r"https?://(?:www\.)?github\.com/[^/\s]+/[^/\s]+")
_MOST_LINKS = 20


def _claims(text: str) -> bool:
    return any(
        "paper_url" in row and row.keys() & {"details", "scraped_date", "stars"}
        for row in peek_objects(text)
    )


def _read(text: str, path: str) -> Digest:
    findings = RecordDigestBuilder(path, NAME)
    for line, row in parse_objects(text, findings.report):
        details = as_object(row.get("details"))
        addresses = (details.get("arxiv_page_url"), row.get("paper_url"), details.get("pdf_url"))
        title = as_line(row.get("title")) or as_line(details.get("title"))
        findings.add_paper(
            line,
            arxiv_id=next(filter(None, map(as_arxiv_id, addresses)), None),
            day=as_day(row.get("scraped_date")) or as_day(details.get("scraped_at")),
            title=title,
            authors=as_authors(row.get("authors")),
            summary=_summary(title, details, row.get("stars")),
        )
    return findings.build()


def _summary(title: str, details: Mapping[str, object], told_stars: object) -> str:
    told = as_text(details.get("abstract"))
    found = map(as_url, as_list(details.get("github_links"))[:_MOST_LINKS])
    code = [each for each in found if each and _REPOSITORY.match(each)]
    # The stars are those of the first: a card shows one.
    remarks = [format_stars(as_count(told_stars)), *[""] * len(code)]
    links = [
        ("Code", format_link(each, remark)) for each, remark in zip(code, remarks, strict=False)
    ]
    # Where a page has no abstract, its title was taken for one.
    parts = [
        ("Abstract", format_abstract(told) if as_line(told) != title else ""),
        ("", bullet_list(links)),
    ]
    return join_sections(parts)


DIALECT = Dialect(NAME, _claims, _read, reads_raw=True)
