"""The dialect ``jsonl``: new papers of arXiv's categories, one a line.

::

    {"id": "2502.14905", "abs": "https://arxiv.org/abs/2502.14905", "title": "…", "authors": ["A"],
     "categories": ["cs.CL"], "summary": "…",
     "AI": {"tldr": "…", "motivation": "…", "method": "…", "result": "…", "conclusion": "…"}}

Its objects may stand in an array, too. The title is arXiv's own. It tells neither votes nor a day:
the path does, as ``2025-04-09_AI_enhanced_English.jsonl``. The part of the language model is
missing in files that it has not seen yet.
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

_PARTS = (
    ("TL;DR", "tldr"),
    ("Motivation", "motivation"),
    ("Method", "method"),
    ("Result", "result"),
    ("Conclusion", "conclusion"),
)


def _claims(text: str) -> bool:
    return any(
        _id(row) and row.keys() & {"AI", "summary", "categories"} for row in peek_objects(text)
    )


def _id(row: Mapping[str, object]) -> str | None:
    """Return a paper's id; objects that have none are of something else."""
    told = (row.get(name) for name in ("id", "abs", "pdf"))
    return next(filter(None, map(as_arxiv_id, told)), None)


def _read(text: str, path: str) -> Digest:
    findings = RecordDigestBuilder(path, NAME)
    for line, row in parse_objects(text, findings.report):
        findings.add_paper(
            line,
            arxiv_id=_id(row),
            day=None,
            title=as_line(row.get("title")),
            authors=as_authors(row.get("authors")),
            summary=_summary(row),
        )
    return findings.build()


def _summary(row: Mapping[str, object]) -> str:
    told = as_object(row.get("AI"))
    more = bullet_list(
        [
            ("Categories", comma_list(as_lines(row.get("categories")))),
            ("Comment", comma_list(as_lines(row.get("comment")))),
        ]
    )
    parts = [(label, escape_blocks(as_text(told.get(name)))) for label, name in _PARTS]
    return join_sections(
        [*parts, ("Abstract", format_abstract(as_text(row.get("summary")))), ("", more)]
    )


DIALECT = Dialect(NAME, _claims, _read, reads_raw=True)
