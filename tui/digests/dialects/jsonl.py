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

from typing import TYPE_CHECKING

from tui.digests.builder import RecordDigestBuilder
from tui.digests.dialect import Dialect
from tui.digests.parsing.json_objects import parse_objects, peek_objects
from tui.digests.parsing.json_values import (
    as_arxiv_id,
    as_authors,
    as_line,
    as_lines,
    as_object,
    as_text,
)
from tui.digests.parsing.markdown_builder import (
    bullet_list,
    comma_list,
    escape_blocks,
    format_abstract,
    join_sections,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tui.models import Digest

NAME = "jsonl"

_AI_SECTIONS = (
    ("TL;DR", "tldr"),
    ("Motivation", "motivation"),
    ("Method", "method"),
    ("Result", "result"),
    ("Conclusion", "conclusion"),
)


def _claims(text: str) -> bool:
    return any(
        _arxiv_id(paper) and paper.keys() & {"AI", "summary", "categories"}
        for paper in peek_objects(text)
    )


def _arxiv_id(paper: Mapping[str, object]) -> str | None:
    """Return a paper's id, or None if the object is something else."""
    values = (paper.get(name) for name in ("id", "abs", "pdf"))
    return next(filter(None, map(as_arxiv_id, values)), None)


def _read(text: str, path: str) -> Digest:
    builder = RecordDigestBuilder(path, NAME)
    for line, paper in parse_objects(text, builder.report):
        builder.add_paper(
            line,
            arxiv_id=_arxiv_id(paper),
            day=None,
            title=as_line(paper.get("title")),
            authors=as_authors(paper.get("authors")),
            summary=_summary(paper),
        )
    return builder.build()


def _summary(paper: Mapping[str, object]) -> str:
    ai_fields = as_object(paper.get("AI"))
    facts = [
        ("Categories", comma_list(as_lines(paper.get("categories")))),
        ("Comment", comma_list(as_lines(paper.get("comment")))),
    ]
    return join_sections(
        [
            *((label, escape_blocks(as_text(ai_fields.get(name)))) for label, name in _AI_SECTIONS),
            ("Abstract", format_abstract(as_text(paper.get("summary")))),
            ("", bullet_list(facts)),
        ]
    )


DIALECT = Dialect(NAME, _claims, _read, reads_raw=True)
