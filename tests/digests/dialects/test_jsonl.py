from __future__ import annotations

import json

import pytest

from tests.digests.records import jsonl_paper, only_entry, read_json
from tui.digests.reader import read
from tui.models import UNDATED

PATH = "2025-05-01_AI_enhanced_English.jsonl"


def jsonl(*rows: object) -> bytes:
    return "".join(json.dumps(row) + "\n" for row in rows).encode()


def test_all_fields_of_a_paper_are_read() -> None:
    digest = read(jsonl(jsonl_paper()), PATH)
    assert digest.dialect == "jsonl"
    entry = only_entry(digest)
    assert (entry.arxiv_id, entry.date, entry.line) == ("2504.00001", "2025-05-01", 1)
    assert (entry.title, entry.is_arxiv_title) == ("Counting Wind", True)
    assert (entry.votes, entry.authors) == (None, ("Ada Bell", "Cy Dorn"))
    assert entry.sections == ("TL;DR", "Motivation", "Method", "Result", "Conclusion", "Abstract")
    assert entry.summary.startswith("## TL;DR\n\nCounted.\n\n## Motivation\n\nNo data.\n\n")
    assert entry.summary.endswith(
        "## Abstract\n\nWind is counted.\n\n- **Categories**: cs.LG, physics.ao-ph"
    )


@pytest.mark.parametrize("value", [None, "words", [], {}, {"tldr": None}, {"other": "x"}])
def test_paper_without_ai_fields_has_its_abstract(value: object) -> None:
    assert only_entry(read(jsonl(jsonl_paper(AI=value)), PATH)).sections == ("Abstract",)
    row = jsonl_paper()
    del row["AI"]
    assert only_entry(read(jsonl(row), PATH)).sections == ("Abstract",)


def test_entries_have_their_line_numbers() -> None:
    data = jsonl(jsonl_paper()) + b"\n\n" + jsonl(jsonl_paper(id="2504.00002v2"))
    digest = read(data, PATH)
    assert [(entry.arxiv_id, entry.line) for entry in digest.entries] == [
        ("2504.00001", 1),
        ("2504.00002", 4),
    ]


def test_numeric_id_keeps_its_trailing_zero() -> None:
    text = json.dumps(jsonl_paper(id="HERE")).replace('"HERE"', "2504.00010")
    assert only_entry(read(text.encode(), PATH)).arxiv_id == "2504.00010"


def test_url_gives_the_id() -> None:
    assert only_entry(read(jsonl(jsonl_paper(id=None)), PATH)).arxiv_id == "2504.00001"


def test_objects_may_be_in_an_array() -> None:
    digest = read_json([jsonl_paper(), jsonl_paper(id="2504.00002")], PATH)
    assert (digest.dialect, len(digest.entries)) == ("jsonl", 2)


def test_papers_without_a_date_in_the_path_are_undated() -> None:
    digest = read(jsonl(jsonl_paper(), jsonl_paper(id="2504.00002")), "new.jsonl")
    assert [(entry.dialect, entry.date) for entry in digest.entries] == [("jsonl", UNDATED)] * 2
    (problem,) = digest.problems
    assert "Name the file after its day" in problem.message


def test_indented_lines_of_an_abstract_start_paragraphs() -> None:
    entry = only_entry(
        read(jsonl(jsonl_paper(AI=None, summary="One\ntwo.\n  Three.\nFour.")), PATH)
    )
    assert "One\ntwo.\n\nThree.\nFour." in entry.summary


@pytest.mark.parametrize(
    "row", [{"id": "chat-1", "summary": "x"}, {"id": "2504.00001"}, {"messages": [], "AI": {}}]
)
def test_other_lines_are_not_claimed(row: object) -> None:
    assert read(jsonl(row, row), PATH).dialect is None
