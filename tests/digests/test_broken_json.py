"""Files that were cut off, bent or never were what they look like: what can be read is."""

from __future__ import annotations

import json
import time

import pytest

from tests.digests.pages import messages
from tests.digests.records import hub_row, line
from tui.digests.reader import read

ROWS = [hub_row(id=f"2504.0000{n}") for n in range(1, 5)]


@pytest.mark.parametrize("indent", [None, 2])
def test_a_file_that_was_cut_off_keeps_the_papers_before(indent: int | None) -> None:
    text = json.dumps(ROWS, indent=indent)
    cut = text.index("2504.00003") + 20
    digest = read(text[:cut].encode(), "x")
    assert [entry.arxiv_id for entry in digest.entries] == ["2504.00001", "2504.00002"]
    (problem,) = digest.problems
    lines = text[:cut].split("\n")
    assert problem.line >= text.count("\n", 0, cut)
    assert f"incomplete from column {problem.values['column']}" in problem.message
    assert 1 <= int(problem.values["column"]) <= len(lines[problem.line - 1]) + 1


def test_a_file_that_was_cut_between_two_papers() -> None:
    text = json.dumps(ROWS, indent=2)
    digest = read(text[: text.rindex("\n  {")].encode(), "x")
    assert len(digest.entries) == 3
    assert len(digest.problems) == 1


def test_a_broken_paper_costs_itself() -> None:
    text = json.dumps(ROWS, indent=2).replace('"2504.00002"', '"2504.00002', 1)
    digest = read(text.encode(), "x")
    assert [entry.arxiv_id[-1] for entry in digest.entries] == ["1", "3", "4"]
    (message,) = messages(digest)
    assert message.endswith("this paper is skipped")


def test_a_broken_line_costs_itself() -> None:
    lines = [json.dumps(line(id=f"2504.0000{n}")) for n in range(1, 5)]
    lines[1] = lines[1][:70]
    lines[2] += " and more"
    digest = read("\n".join(lines).encode(), "2025-05-01.jsonl")
    assert [entry.arxiv_id[-1] for entry in digest.entries] == ["1", "3", "4"]
    assert [problem.line for problem in digest.problems] == [2, 3]


def test_what_is_no_object_is_left_out() -> None:
    text = json.dumps([hub_row(), None, "words", [1], 7, hub_row(id="2504.00002")])
    digest = read(text.encode(), "x")
    assert len(digest.entries) == 2
    assert len(digest.problems) == 4


@pytest.mark.parametrize("deep", ["[" * 100_000, '{"a":' * 100_000])
def test_deep_nesting_is_a_problem(deep: str) -> None:
    rows = json.dumps([hub_row(), hub_row(id="2504.00002", ai_keywords="DEEP")], indent=2)
    digest = read(rows.replace('"DEEP"', deep).encode(), "x")
    assert [entry.arxiv_id for entry in digest.entries] == ["2504.00001"]
    assert len(digest.problems) == 1


def test_numbers_that_are_not_of_json() -> None:
    text = json.dumps([hub_row(upvotes="HERE")])
    for told in ("NaN", "Infinity", "1e999", "9" * 10_000):
        digest = read(text.replace('"HERE"', told).encode(), "x")
        assert [entry.votes for entry in digest.entries] == [None]


@pytest.mark.parametrize(
    ("beginning", "repeated"),
    [
        ('[{"paper": {"id": "2504.00001", "upvotes": 1}},', '{"a'),
        ('{"paper": {"id": "2504.00001", "upvotes": 1}}\n', '{"a": "\n'),
        ('{"paper": {"id": "2504.00001", "upvotes": 1}}\n', "{\n"),
        ('[{"paper": {"id": "2504.00001", "upvotes": 1}},\n', "\n{"),
        ('[{"paper": {"id": "2504.00001", "upvotes": 1}}', ",null"),
        ('{"papers"', ' : [{"paper"'),
        ('{"a": 1, ', '"a": 1, '),
        ('{"a": "', "\\"),
        ("[{", " "),
        ("[" + " " * 100, "{"),
        ('[{"paper": {"id": "2504.00001", "upvotes": 1}},', '"\\ud83d",'),
    ],
)
def test_time_grows_with_the_length_and_no_faster(beginning: str, repeated: str) -> None:
    text = beginning + repeated * (1_000_000 // len(repeated))
    begun = time.process_time()
    read(text.encode(), "2025-05-01.json")
    # Tens of times what the slowest takes; a quadratic one takes minutes.
    assert time.process_time() - begun < 20


def test_a_large_json_of_something_else_is_told_by_its_beginning() -> None:
    rows = json.dumps([{"name": f"n{n}", "value": "wind\u202e" * 50} for n in range(1000)])
    paper = json.dumps(hub_row())
    text = f"{rows[:-1]},{paper}]" + rows * 60
    assert len(text) > 25_000_000
    begun = time.process_time()
    assert read(text.encode(), "data.json").dialect is None
    # Tens of times what it takes to decode it; to clean it as well takes longer.
    assert time.process_time() - begun < 5
    assert read(f"[{paper},{rows[1:]}".encode(), "data.json").dialect == "hub_json"
