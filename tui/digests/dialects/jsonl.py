"""The dialect ``jsonl``: new papers of arXiv categories, one per line.

::

    {"id": "2502.14905", "abs": "https://arxiv.org/abs/2502.14905", "title": "…", "authors": ["A"],
     "categories": ["cs.CL"], "summary": "…",
     "AI": {"tldr": "…", "motivation": "…", "method": "…", "result": "…", "conclusion": "…"}}

The objects may also be in an array. The title is arXiv's own. There are no votes, and the date is
in the path: ``2025-04-09_AI_enhanced_English.jsonl``. The language model's part, ``AI``, is missing
in files that it has not processed yet.
"""

from __future__ import annotations

from collections.abc import Mapping

from tui.digests.builder import RecordDigestBuilder
from tui.digests.parsing import record_values as values
from tui.digests.parsing.json_objects import parse_objects, peek_objects
from tui.digests.registry import Dialect
from tui.models import Digest

NAME = "jsonl"

_EXPORT_FIELDS = {"dates", "starred"}
"""Of what `broadsheet export` writes, which is not a digest."""


_FOREIGN_FIELDS = {"arxiv_id", "likes", "upvotes", "votes"}
"""Of lines that the general reader reads, because these are unknown here."""


def _claims(text: str) -> bool:
    return any(
        _arxiv_id(paper)
        and paper.keys() & {"AI", "summary", "categories"}
        and not paper.keys() & _FOREIGN_FIELDS
        and not paper.keys() >= _EXPORT_FIELDS
        for paper in peek_objects(text)
    )


def _arxiv_id(paper: Mapping[str, object]) -> str | None:
    """Return a paper's id, or None if the object is something else."""
    return values.first_arxiv_id(paper.get(name) for name in ("id", "abs", "pdf"))


def _read(text: str, path: str) -> Digest:
    builder = RecordDigestBuilder(path, NAME)
    for line, paper in parse_objects(text, builder.report):
        builder.add_paper(
            line,
            paper_id=values.first_paper_id(
                paper.get(name) for name in ("id", "abs", "pdf", "doi", "url")
            ),
            day=None,
            title=values.as_line(paper.get("title")),
            authors=_authors(paper.get("authors")),
            summary=_summary(paper),
            labels=values.as_categories(paper.get("categories")),
        )
    return builder.build()


def _authors(value: object) -> tuple[str, ...]:
    if isinstance(value, str) and " and " in value:
        from tui.digests.general.names.author_lists import authors_of

        return authors_of(value)
    return values.as_authors(value)


def _summary(paper: Mapping[str, object]) -> str:
    sections = values.model_sections(values.as_object(paper.get("AI")))
    facts = values.bullet_list(
        ("Categories", values.comma_list(paper.get("categories"))),
        ("Comment", values.comma_list(paper.get("comment"))),
    )
    abstract = values.format_abstract(paper.get("summary") or paper.get("abstract"))
    return values.join_sections(*sections, ("Abstract", abstract), ("", facts))


DIALECT = Dialect(NAME, _claims, _read, reads_raw=True)
