"""The dialect ``hub_json``: what Hugging Face answers to ``/api/daily_papers``, saved as it is.

::

    [{"paper": {"id": "2502.13189", "title": "…", "authors": [{"name": "A"}], "upvotes": 47,
                "submittedOnDailyAt": "2025-03-04T…", "summary": "…", "ai_summary": "…",
                "ai_keywords": ["…"], "githubRepo": "https://…", "githubStars": 9},
      "thumbnail": "https://…", "title": "…"}]

The title is arXiv's own. Each paper tells its day, so that one file may hold several; where it
does not, as in older answers, the path's counts: ``publishedAt`` is the day of the paper on arXiv.
Older answers tell a picture as ``mediaUrl``. A file may hold one such object, or only the paper's.
"""

from __future__ import annotations

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
    as_lines,
    as_list,
    as_object,
    as_text,
    as_url,
    describe_value,
)
from tui.digests.parsing.markdown_builder import (
    bullet_list,
    comma_list,
    format_abstract,
    format_link,
    format_stars,
    join_sections,
)
from tui.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tui.models import Digest

NAME = "hub_json"

_MEDIA = ("thumbnail", "mediaUrl", "mediaUrls", "thumbnailUrl")


def _claims(text: str) -> bool:
    return any(map(_is_row, peek_objects(text)))


def _is_row(row: Mapping[str, object]) -> bool:
    if "paper" in row:
        return bool(as_object(row["paper"]).keys() & {"id", "upvotes"})
    return "upvotes" in row and as_arxiv_id(row.get("id")) is not None


def _read(text: str, path: str) -> Digest:
    findings = RecordDigestBuilder(path, NAME)
    for line, row in parse_objects(text, findings.report):
        paper = as_object(row["paper"]) if "paper" in row else row
        findings.add_paper(
            line,
            arxiv_id=as_arxiv_id(paper.get("id")),
            day=as_day(paper.get("submittedOnDailyAt")) or as_day(row.get("submittedOnDailyAt")),
            title=as_line(paper.get("title")) or as_line(row.get("title")),
            votes=_votes(paper.get("upvotes"), line, findings),
            authors=_authors(paper.get("authors"), line, findings),
            thumbnail=_thumbnail(row, paper),
            summary=_summary(paper, row),
        )
    return findings.build()


def _votes(told: object, line: int, findings: RecordDigestBuilder) -> int | None:
    votes = as_count(told)
    if told is None:
        findings.report(line, N_("no votes told"))
    elif votes is None:
        words = N_("votes are told as '{votes}': taken as unknown")
        findings.report(line, words, votes=describe_value(told))
    return votes


def _authors(told: object, line: int, findings: RecordDigestBuilder) -> tuple[str, ...]:
    authors = as_authors(told)
    if not authors:
        findings.report(line, N_("no authors told"))
    return authors


def _thumbnail(row: Mapping[str, object], paper: Mapping[str, object]) -> str | None:
    told = (
        value for source in (row, paper) for name in _MEDIA for value in as_list(source.get(name))
    )
    return next(filter(None, map(as_line, told)), None)


def _summary(paper: Mapping[str, object], row: Mapping[str, object]) -> str:
    code = format_link(
        as_url(paper.get("githubRepo")), format_stars(as_count(paper.get("githubStars")))
    )
    more = bullet_list(
        [
            ("Keywords", comma_list(as_lines(paper.get("ai_keywords")))),
            ("Code", code),
            ("Project page", format_link(as_url(paper.get("projectPage")))),
        ]
    )
    return join_sections(
        [
            ("AI summary", format_abstract(as_text(paper.get("ai_summary")))),
            (
                "Abstract",
                format_abstract(as_text(paper.get("summary")) or as_text(row.get("summary"))),
            ),
            ("", more),
        ]
    )


DIALECT = Dialect(NAME, _claims, _read, reads_raw=True)
