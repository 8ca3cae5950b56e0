"""Export to RIS and CSL-JSON, parsed back by libraries of other people."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import rispy
from citeproc import (
    Citation,
    CitationItem,
    CitationStylesBibliography,
    CitationStylesStyle,
    formatter,
)
from citeproc.source.json import CiteProcJSON
from hypothesis import given
from hypothesis import strategies as st

from tests.library.export.records import paper, record, render_text
from tui.library.export import ExportRecord
from tui.models import ET_AL, Marks

HOSTILE = 'ER  - \r\nTY  - "x"\u2028{"a": 1}\x1b[31m'
TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40)


def parse_ris(*records: ExportRecord) -> Sequence[dict[str, Any]]:
    parsed: Sequence[dict[str, Any]] = rispy.loads(render_text(records, "ris"))
    assert len(parsed) == len(records)
    return parsed


def test_ris_has_all_fields() -> None:
    marks = Marks(starred=True, tags=("rl", "to-read"), note="Two\nlines.")
    [parsed] = parse_ris(
        record(paper("제목: A Title", "Jan van Dijk Jr.", "OpenAI Team"), marks=marks)
    )
    assert {name: parsed[name] for name in sorted(parsed)} == {
        "accession_number": "arXiv:2505.04921",
        "authors": ["van Dijk, Jan, Jr.", "OpenAI Team"],
        "date": "2025/05//",
        "doi": "10.48550/arXiv.2505.04921",
        "file_attachments1": "https://arxiv.org/pdf/2505.04921",
        "id": "dijk2025title-2505.04921",
        "keywords": ["rl", "to-read"],
        "notes": ["Two lines."],
        "publisher": "arXiv",
        "title": "제목: A Title",
        "type_of_reference": "UNPB",
        "urls": ["https://arxiv.org/abs/2505.04921"],
        "year": "2025",
    }


@given(st.lists(TEXT, min_size=1, max_size=3))
def test_no_value_ends_a_record(texts: list[str]) -> None:
    records = [
        record(paper(f"{text}{HOSTILE}", text), marks=Marks(tags=(HOSTILE,), note=text))
        for text in texts
    ]
    parse_ris(*records)
    assert len(json.loads(render_text(records, "csl-json"))) == len(texts)


def test_citation_processor_prints_csl_json() -> None:
    records = [
        record(paper("Counting Wind", "Ada Kim", "Jan van Dijk Jr.", "OpenAI Team", ET_AL)),
        record(paper("바람", "김 민수", arxiv_id="doi:10.1101/2025.04.11.648321")),
        record(paper("A page", arxiv_id="url:https://example.org/a%20b")),
    ]
    items = json.loads(render_text(records, "csl-json"))
    source = CiteProcJSON(items)
    style = CitationStylesStyle("harvard-cite-them-right", validate=False)
    bibliography = CitationStylesBibliography(style, source, formatter.plain)
    for item in items:
        bibliography.register(Citation([CitationItem(item["id"])]))
    printed = list(map(str, bibliography.bibliography()))
    assert printed[0].startswith(
        "Kim, A., van Dijk, J., Jr. and OpenAI Team (2025) “Counting Wind”."
    )
    assert printed[1].startswith("김 민수 (2025) “바람”.")
    assert [item["DOI"] for item in items[:2]] == [
        "10.48550/arXiv.2505.04921",
        "10.1101/2025.04.11.648321",
    ]
    assert set(items[2]) == {"type", "id", "title", "URL"}
