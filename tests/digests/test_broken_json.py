"""Truncated and invalid JSON: all readable papers are kept."""

from __future__ import annotations

import json
import time

import pytest

from tests.digests.pages import messages
from tests.digests.records import hub_item, jsonl_paper
from tui.digests.reader import read

pytestmark = pytest.mark.slow

ITEMS = [hub_item(id=f"2504.0000{n}") for n in range(1, 5)]


@pytest.mark.parametrize("indent", [None, 2])
def test_papers_before_the_truncation_are_kept(indent: int | None) -> None:
    text = json.dumps(ITEMS, indent=indent)
    cut = text.index("2504.00003") + 20
    digest = read(text[:cut].encode(), "x")
    assert [entry.paper_id for entry in digest.entries] == ["2504.00001", "2504.00002"]
    (problem,) = digest.problems
    lines = text[:cut].split("\n")
    assert problem.line >= text.count("\n", 0, cut)
    assert f"incomplete from column {problem.values['column']}" in problem.message
    assert 1 <= int(problem.values["column"]) <= len(lines[problem.line - 1]) + 1


def test_truncation_between_two_objects_is_reported() -> None:
    text = json.dumps(ITEMS, indent=2)
    digest = read(text[: text.rindex("\n  {")].encode(), "x")
    assert len(digest.entries) == 3
    assert len(digest.problems) == 1


def test_invalid_object_is_skipped() -> None:
    text = json.dumps(ITEMS, indent=2).replace('"2504.00002"', '"2504.00002', 1)
    digest = read(text.encode(), "x")
    assert [entry.paper_id[-1] for entry in digest.entries] == ["1", "3", "4"]
    (message,) = messages(digest)
    assert message.endswith("this paper is skipped")


def test_invalid_line_is_skipped() -> None:
    lines = [json.dumps(jsonl_paper(id=f"2504.0000{n}")) for n in range(1, 5)]
    lines[1] = lines[1][:70]
    lines[2] += " and more"
    digest = read("\n".join(lines).encode(), "2025-05-01.jsonl")
    assert [entry.paper_id[-1] for entry in digest.entries] == ["1", "3", "4"]
    assert [problem.line for problem in digest.problems] == [2, 3]


def test_values_that_are_not_objects_are_reported() -> None:
    text = json.dumps([hub_item(), None, "text", [1], 7, hub_item(id="2504.00002")])
    digest = read(text.encode(), "x")
    assert len(digest.entries) == 2
    assert len(digest.problems) == 4


@pytest.mark.parametrize("deep", ["[" * 100_000, '{"a":' * 100_000])
def test_deeply_nested_object_is_skipped(deep: str) -> None:
    objects = json.dumps([hub_item(), hub_item(id="2504.00002", ai_keywords="DEEP")], indent=2)
    digest = read(objects.replace('"DEEP"', deep).encode(), "x")
    assert [entry.paper_id for entry in digest.entries] == ["2504.00001"]
    assert len(digest.problems) == 1


def test_non_finite_and_huge_numbers_are_ignored() -> None:
    text = json.dumps([hub_item(upvotes="HERE")])
    for number in ("NaN", "Infinity", "1e999", "9" * 10_000):
        digest = read(text.replace('"HERE"', number).encode(), "x")
        assert [entry.votes for entry in digest.entries] == [None]


@pytest.mark.parametrize(
    ("start", "repeated"),
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
def test_reading_takes_linear_time(start: str, repeated: str) -> None:
    text = start + repeated * (1_000_000 // len(repeated))
    started = time.process_time()
    read(text.encode(), "2025-05-01.json")
    # Ten times the slowest case. Quadratic time would take minutes.
    assert time.process_time() - started < 20


def test_large_json_file_is_rejected_by_its_start() -> None:
    objects = json.dumps([{"name": f"n{n}", "value": "wind\u202e" * 50} for n in range(1000)])
    paper = json.dumps(hub_item())
    text = f"{objects[:-1]},{paper}]" + objects * 60
    assert len(text) > 25_000_000
    started = time.process_time()
    assert read(text.encode(), "data.json").dialect is None
    # Ten times the time to decode it. Sanitizing the text as well would take longer.
    assert time.process_time() - started < 5
    assert read(f"[{paper},{objects[1:]}".encode(), "data.json").dialect == "hub_json"
