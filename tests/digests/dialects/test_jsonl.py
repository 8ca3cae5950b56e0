from __future__ import annotations

import json

import pytest

from tests.digests.records import line, only, read_json
from tui.digests.reader import read

PATH = "2025-05-01_AI_enhanced_English.jsonl"


def jsonl(*rows: object) -> bytes:
    return "".join(json.dumps(row) + "\n" for row in rows).encode()


def test_what_a_line_tells() -> None:
    digest = read(jsonl(line()), PATH)
    assert digest.dialect == "jsonl"
    entry = only(digest)
    assert (entry.arxiv_id, entry.date, entry.line) == ("2504.00001", "2025-05-01", 1)
    assert (entry.title, entry.is_arxiv_title) == ("Counting Wind", True)
    assert (entry.votes, entry.authors) == (None, ("Ada Bell", "Cy Dorn"))
    assert entry.sections == ("TL;DR", "Motivation", "Method", "Result", "Conclusion", "Abstract")
    assert entry.summary.startswith("## TL;DR\n\nCounted.\n\n## Motivation\n\nNobody did.\n\n")
    assert entry.summary.endswith(
        "## Abstract\n\nWind is counted.\n\n- **Categories**: cs.LG, physics.ao-ph"
    )


@pytest.mark.parametrize("value", [None, "words", [], {}, {"tldr": None}, {"other": "x"}])
def test_what_no_model_has_seen_has_its_abstract(value: object) -> None:
    assert only(read(jsonl(line(AI=value)), PATH)).sections == ("Abstract",)
    row = line()
    del row["AI"]
    assert only(read(jsonl(row), PATH)).sections == ("Abstract",)


def test_lines_are_numbered() -> None:
    data = jsonl(line()) + b"\n\n" + jsonl(line(id="2504.00002v2"))
    digest = read(data, PATH)
    assert [(entry.arxiv_id, entry.line) for entry in digest.entries] == [
        ("2504.00001", 1),
        ("2504.00002", 4),
    ]


def test_an_id_that_is_a_number_keeps_its_zero() -> None:
    text = json.dumps(line(id="HERE")).replace('"HERE"', "2504.00010")
    assert only(read(text.encode(), PATH)).arxiv_id == "2504.00010"


def test_the_id_may_stand_in_an_address_alone() -> None:
    assert only(read(jsonl(line(id=None)), PATH)).arxiv_id == "2504.00001"


def test_an_array_of_the_same() -> None:
    digest = read_json([line(), line(id="2504.00002")], PATH)
    assert (digest.dialect, len(digest.entries)) == ("jsonl", 2)


def test_the_path_alone_tells_the_day() -> None:
    digest = read(jsonl(line(), line(id="2504.00002")), "new.jsonl")
    assert (digest.dialect, digest.entries) == ("jsonl", ())
    (problem,) = digest.problems
    assert "Name the file after its day" in problem.message


def test_an_abstract_begins_paragraphs_as_arxiv_does() -> None:
    entry = only(read(jsonl(line(AI=None, summary="One\ntwo.\n  Three.\nFour.")), PATH))
    assert "One\ntwo.\n\nThree.\nFour." in entry.summary


@pytest.mark.parametrize(
    "row", [{"id": "chat-1", "summary": "x"}, {"id": "2504.00001"}, {"messages": [], "AI": {}}]
)
def test_other_lines_are_not_claimed(row: object) -> None:
    assert read(jsonl(row, row), PATH).dialect is None
