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
from tui.digests.parsing.json_objects import first_rows, rows
from tui.digests.parsing.json_values import id_of, line_of, names_of, object_of, prose_of, words_of
from tui.digests.parsing.markdown_builder import abstract, compose, facts, listed, prose

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
        _id(row) and row.keys() & {"AI", "summary", "categories"} for row in first_rows(text)
    )


def _id(row: Mapping[str, object]) -> str | None:
    """Return a paper's id; objects that have none are of something else."""
    told = (row.get(name) for name in ("id", "abs", "pdf"))
    return next(filter(None, map(id_of, told)), None)


def _read(text: str, path: str) -> Digest:
    findings = RecordDigestBuilder(path, NAME)
    for line, row in rows(text, findings.report):
        findings.tell(
            line,
            arxiv_id=_id(row),
            day=None,
            title=line_of(row.get("title")),
            authors=names_of(row.get("authors")),
            summary=_summary(row),
        )
    return findings.digest()


def _summary(row: Mapping[str, object]) -> str:
    told = object_of(row.get("AI"))
    more = facts(
        [
            ("Categories", listed(words_of(row.get("categories")))),
            ("Comment", listed(words_of(row.get("comment")))),
        ]
    )
    parts = [(label, prose(prose_of(told.get(name)))) for label, name in _PARTS]
    return compose([*parts, ("Abstract", abstract(prose_of(row.get("summary")))), ("", more)])


DIALECT = Dialect(NAME, _claims, _read, reads_raw=True)
