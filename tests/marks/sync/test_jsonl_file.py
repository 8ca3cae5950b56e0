"""Reading marks from JSON in any layout, and with ids in any spelling."""

from __future__ import annotations

import json
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.marks.sync.json_values import RejectedFileError
from tui.marks.sync.jsonl_file import ImportResult, format_line, read_marks_file
from tui.marks.tags import parse_tags
from tui.marks.timestamped_marks import (
    NO_TIMESTAMPED_MARKS,
    TimestampedMarks,
    update,
    without_times,
)
from tui.models import Marks
from tui.sanitize import clean

PAPER, OTHER, OLD = "2505.00001", "2404.00002", "math/0309136"
MARKS = {
    PAPER: update(
        NO_TIMESTAMPED_MARKS,
        Marks(True, True, ("ab", "RL", "강화학습"), 'Line "one"\n\n{[둘째, "\\u0041'),
        1_796_000_000_000,
    ),
    OTHER: TimestampedMarks(starred=(5, True), tags={"gone": (7, "")}),
    OLD: TimestampedMarks(note=(0, "[1, 2]")),
}


def read(text: str | bytes) -> ImportResult:
    data = text.encode() if isinstance(text, str) else text
    return read_marks_file(BytesIO(data), "backup.json")


def pretty(records: object) -> str:
    return json.dumps(records, indent=2, ensure_ascii=False)


def lines(records: list[dict[str, Any]], separator: str = "\n") -> str:
    return separator.join(map(json.dumps, records))


LAYOUTS: dict[str, Callable[[list[dict[str, Any]]], str]] = {
    "lines": lines,
    "an array": pretty,
    "an array on one line": json.dumps,
    "records over several lines": lambda records: "".join(map(pretty, records)),
    "Windows line ends": lambda records: lines(records, "\r\n"),
    "lines that end with commas": lambda records: lines(records, ",\n"),
    "lines before an array": lambda records: f"{lines(records[:1])}\n{pretty(records[1:])}",
    "an array before lines": lambda records: f"{pretty(records[:1])}\n{lines(records[1:])}",
    "blank lines": lambda records: f"\n\n \n{lines(records, chr(10) * 3)}\n\n",
}


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "byte order mark"])
@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
def test_records_are_read_in_any_layout(
    layout: Callable[[list[dict[str, Any]]], str], mark: bytes
) -> None:
    records = [json.loads(format_line(paper, marks)) for paper, marks in MARKS.items()]
    assert read(mark + layout(records).encode()) == ImportResult(MARKS, [])


@given(st.text(), st.text(), st.booleans())
def test_any_marks_come_back(tags: str, note: str, is_starred: bool) -> None:
    marks = Marks(True, is_starred, parse_tags(tags)[:100], clean(note))
    timestamped = update(NO_TIMESTAMPED_MARKS, marks, 5)
    line = format_line(PAPER, timestamped)
    for data in (line, b"[\n" + line + b"]"):
        found = read(data).papers[PAPER]
        assert found == timestamped
        assert without_times(found, order=marks.tags) == marks


def test_array_that_is_cut_anywhere_is_refused() -> None:
    whole = b"[\n" + b",\n".join(format_line(*each).rstrip() for each in MARKS.items()) + b"\n]"
    for length in range(1, len(whole)):
        with pytest.raises(RejectedFileError, match="damaged or incomplete"):
            read(whole[:length])


def test_line_of_the_damage_is_named() -> None:
    records = [json.loads(format_line(paper, marks)) for paper, marks in MARKS.items()]
    text = pretty(records).replace(
        '"starred": true,\n    "tags": [],', '"starred": true "tags": [],'
    )
    with pytest.raises(RejectedFileError) as raised:
        read(text)
    assert 10 < raised.value.line < len(text.splitlines())


def test_broken_lines_hide_no_others() -> None:
    line = format_line(OTHER, MARKS[OTHER])
    for broken in (
        b"{",
        b"[",
        b'{"id": "2505.00001",',
        b"[[[[" * 50_000,
        b"\xff{}",
        b"[]",
        b"nonsense",
    ):
        for data in (line + broken + b"\n", line + broken + b"\n" + format_line(OLD, MARKS[OLD])):
            result = read(data)
            assert result.papers.keys() == ({OTHER, OLD} if OLD.encode() in data else {OTHER})
            [problem] = result.problems
            assert problem.line == 2
            assert problem.message.endswith("; line skipped")


@pytest.mark.parametrize("text", ["", "\n", "[]", "[\n]\n", "\ufeff", "\ufeff[ ]\n"])
def test_file_without_marks(text: str) -> None:
    assert read(text) == ImportResult({}, [])


@pytest.mark.parametrize(
    "spelling",
    [
        "2505.00001v3", "arXiv:2505.00001", "ARXIV: 2505.00001V2", " 2505.00001\n",
        "２５０５.０００01", "https://arxiv.org/abs/2505.00001v1",
        "http://www.arxiv.org/pdf/2505.00001.pdf", "HTTPS://ARXIV.ORG/ABS/2505.00001",
        "https://huggingface.co/papers/2505.00001", "https://doi.org/10.48550/arXiv.2505.00001",
        "10.48550/arXiv.2505.00001", "doi:10.48550/ARXIV.2505.00001",
    ],
)  # fmt: skip
def test_ids_have_any_spelling(spelling: str) -> None:
    for name in ("id", "arxiv_id"):
        assert read(json.dumps({name: spelling, "read": True})).papers.keys() == {PAPER}
    assert read(json.dumps({"id": "MATH.GT/0309136v1"})).papers.keys() == {OLD}


@pytest.mark.parametrize(
    ("fields", "message", "marks"),
    [
        ({"note": "n" * 300_000}, "its note of more than 256 KB was ignored", Marks(starred=True)),
        (
            {"tags": ["t" * 500, "rl"]},
            "tags of more than 400 characters were ignored",
            Marks(starred=True, tags=("rl",)),
        ),
        (
            {"tags": [str(number) for number in range(500)]},
            "its tags, of which there are more than 400, were ignored",
            Marks(starred=True),
        ),
        (
            {"tags": ["rl"], "changed": {"tags": {str(number): 5 for number in range(500)}}},
            "its tags, of which there are more than 400, were ignored",
            Marks(starred=True),
        ),
    ],
)
def test_huge_marks_are_ignored(fields: dict[str, Any], message: str, marks: Marks) -> None:
    record = {"id": PAPER, "starred": True, **fields}
    result = read(lines([record, {**record, "id": OTHER}]))
    [problem] = result.problems
    assert str(problem) == f"backup.json:1: {message} (1 more)"
    found = {paper: without_times(each) for paper, each in result.papers.items()}
    assert found == {PAPER: marks, OTHER: marks}
