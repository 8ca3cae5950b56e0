"""The dialect ``hub_json``: saved responses of Hugging Face's ``/api/daily_papers``.

::

    [{"paper": {"id": "2502.13189", "title": "…", "authors": [{"name": "A"}], "upvotes": 47,
                "submittedOnDailyAt": "2025-03-04T…", "summary": "…", "ai_summary": "…",
                "ai_keywords": ["…"], "githubRepo": "https://…", "githubStars": 9},
      "thumbnail": "https://…", "title": "…"}]

The title is arXiv's own. Each paper has its date, so that a file may have several. In older
responses without it, the path's date is used; ``publishedAt``, the date on arXiv, comes last. Older
responses have the picture in ``mediaUrl``. A file may have one such object, or only its paper.
"""

from __future__ import annotations

from collections.abc import Mapping

from tui.digests.builder import RecordDigestBuilder
from tui.digests.entry_notes import AUTHORS_MISSING, VOTES_MISSING, VOTES_UNREADABLE
from tui.digests.general.vocabulary.labels import is_issue_day
from tui.digests.parsing import record_values as values
from tui.digests.parsing.json_objects import parse_objects, peek_objects
from tui.digests.registry import Dialect
from tui.models import Digest

NAME = "hub_json"

_ABSTRACTS = ("summary", "abstract")
_MEDIA = ("thumbnail", "mediaUrl", "mediaUrls", "thumbnailUrl")


def _claims(text: str) -> bool:
    return any(map(_is_item, peek_objects(text)))


def _is_item(item: Mapping[str, object]) -> bool:
    if "paper" in item:
        return bool(values.as_object(item["paper"]).keys() & {"id", "upvotes"})
    return "upvotes" in item and values.as_arxiv_id(item.get("id")) is not None


def _read(text: str, path: str) -> Digest:
    builder = RecordDigestBuilder(path, NAME)
    for line, item in parse_objects(text, builder.report):
        paper = values.as_object(item["paper"]) if "paper" in item else item
        votes = _votes(paper.get("upvotes"), line, builder)
        authors = values.as_authors(paper.get("authors"))
        if not authors:
            builder.note(line, AUTHORS_MISSING)
        builder.add_paper(
            line,
            paper_id=values.as_paper_id(paper.get("id")),
            day=values.as_day(paper.get("submittedOnDailyAt")) or _issue_day(item),
            published=values.as_day(paper.get("publishedAt"))
            or values.as_day(item.get("publishedAt")),
            title=values.as_line(paper.get("title")) or values.as_line(item.get("title")),
            votes=votes,
            authors=authors,
            thumbnail=_thumbnail(item, paper),
            summary=_summary(paper, item),
        )
    return builder.build()


def _issue_day(item: Mapping[str, object]) -> str | None:
    """Return the day in a field beside the paper, which programs that save responses add."""
    days = (values.as_day(value) for key, value in item.items() if is_issue_day(key))
    return next(filter(None, days), None)


def _votes(value: object, line: int, builder: RecordDigestBuilder) -> int | None:
    votes = values.as_count(value)
    if value is None:
        builder.note(line, VOTES_MISSING)
    elif votes is None:
        builder.note(line, VOTES_UNREADABLE, votes=values.describe_value(value))
    return votes


def _thumbnail(item: Mapping[str, object], paper: Mapping[str, object]) -> str | None:
    media = [source.get(name) for source in (item, paper) for name in _MEDIA]
    urls = (values.as_line(url) for value in media for url in values.as_list(value))
    return next(filter(None, urls), None)


def _summary(paper: Mapping[str, object], item: Mapping[str, object]) -> str:
    stars = values.format_stars(paper.get("githubStars"))
    facts = values.bullet_list(
        ("Keywords", values.comma_list(paper.get("ai_keywords"))),
        ("Code", values.format_link(paper.get("githubRepo"), stars)),
        ("Project page", values.format_link(paper.get("projectPage"))),
    )
    texts = (values.as_text(source.get(name)) for source in (paper, item) for name in _ABSTRACTS)
    abstract = next(filter(None, texts), "")
    return values.join_sections(
        ("AI summary", values.format_abstract(paper.get("ai_summary"))),
        ("Abstract", values.format_abstract(abstract)),
        ("", facts),
    )


DIALECT = Dialect(NAME, _claims, _read, reads_raw=True)
