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
from tui.digests.parsing.json_objects import first_rows, rows
from tui.digests.parsing.json_values import (
    address_of,
    day_of,
    id_of,
    line_of,
    list_of,
    names_of,
    number_of,
    object_of,
    prose_of,
    shown,
    words_of,
)
from tui.digests.parsing.markdown_builder import abstract, compose, facts, link, listed, stars
from tui.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tui.models import Digest

NAME = "hub_json"

_MEDIA = ("thumbnail", "mediaUrl", "mediaUrls", "thumbnailUrl")


def _claims(text: str) -> bool:
    return any(map(_is_row, first_rows(text)))


def _is_row(row: Mapping[str, object]) -> bool:
    if "paper" in row:
        return bool(object_of(row["paper"]).keys() & {"id", "upvotes"})
    return "upvotes" in row and id_of(row.get("id")) is not None


def _read(text: str, path: str) -> Digest:
    findings = RecordDigestBuilder(path, NAME)
    for line, row in rows(text, findings.report):
        paper = object_of(row["paper"]) if "paper" in row else row
        findings.tell(
            line,
            arxiv_id=id_of(paper.get("id")),
            day=day_of(paper.get("submittedOnDailyAt")) or day_of(row.get("submittedOnDailyAt")),
            title=line_of(paper.get("title")) or line_of(row.get("title")),
            votes=_votes(paper.get("upvotes"), line, findings),
            authors=_authors(paper.get("authors"), line, findings),
            thumbnail=_thumbnail(row, paper),
            summary=_summary(paper, row),
        )
    return findings.digest()


def _votes(told: object, line: int, findings: RecordDigestBuilder) -> int | None:
    votes = number_of(told)
    if told is None:
        findings.report(line, N_("no votes told"))
    elif votes is None:
        words = N_("votes are told as '{votes}': taken as unknown")
        findings.report(line, words, votes=shown(told))
    return votes


def _authors(told: object, line: int, findings: RecordDigestBuilder) -> tuple[str, ...]:
    authors = names_of(told)
    if not authors:
        findings.report(line, N_("no authors told"))
    return authors


def _thumbnail(row: Mapping[str, object], paper: Mapping[str, object]) -> str | None:
    told = (
        value for source in (row, paper) for name in _MEDIA for value in list_of(source.get(name))
    )
    return next(filter(None, map(line_of, told)), None)


def _summary(paper: Mapping[str, object], row: Mapping[str, object]) -> str:
    code = link(address_of(paper.get("githubRepo")), stars(number_of(paper.get("githubStars"))))
    more = facts(
        [
            ("Keywords", listed(words_of(paper.get("ai_keywords")))),
            ("Code", code),
            ("Project page", link(address_of(paper.get("projectPage")))),
        ]
    )
    return compose(
        [
            ("AI summary", abstract(prose_of(paper.get("ai_summary")))),
            ("Abstract", abstract(prose_of(paper.get("summary")) or prose_of(row.get("summary")))),
            ("", more),
        ]
    )


DIALECT = Dialect(NAME, _claims, _read, reads_raw=True)
