"""Marks as JSON lines, one paper per line, for other machines and programs.

``{"id": "2505.04921", "read": true, "starred": false, "tags": ["RL"], "note": "",
"changed": {"read": 1747900800000, "tags": {"rl": 1747900800000, "todo": 1747987200000}}}``

``changed`` has the time at which each field got its value, in milliseconds since 1970 (UTC), and
the time of each tag by its normalized form; a tag with a time only was removed at that time. A
value without a time is older than any with one. A field that is missing is not changed.
"""

from __future__ import annotations

from typing import BinaryIO, NamedTuple

import orjson

from tui.arxiv import parse_id
from tui.marks.tags import by_normalized_tag, parse_tags
from tui.marks.timestamped_marks import (
    NO_TIMESTAMPED_MARKS,
    TimestampedMarks,
    add_times,
    is_valid_time,
    marks_from_document,
    merge,
    times_to_document,
    without_times,
)
from tui.models import Marks, Problem

MAX_LINE_BYTES = 4 << 20
"""More than any note has."""

MAX_PAPERS = 1_000_000

MAX_LINE_PROBLEMS = 20
"""Number of invalid lines of a file that are reported one by one."""


class ImportResult(NamedTuple):
    """The result of reading JSON lines.

    Attributes:
        papers: marks by arXiv id.
        problems: the lines that could not be used.
    """

    papers: dict[str, TimestampedMarks]
    problems: list[Problem]


def format_line(arxiv_id: str, marks: TimestampedMarks) -> bytes:
    """Return the line of a paper, including the newline; the same bytes for the same marks."""
    fields = without_times(marks)._asdict()
    return orjson.dumps(
        {"id": arxiv_id, **fields, "changed": times_to_document(marks)},
        option=orjson.OPT_APPEND_NEWLINE,
    )


def read_lines(file: BinaryIO, name: str) -> ImportResult:
    """Read marks from untrusted JSON lines.

    Args:
        file: the open file.
        name: its name in problems.

    Returns:
        The valid marks; if a paper occurs twice, the later value of each field.

    Raises:
        OSError: the file cannot be read.
    """
    papers: dict[str, TimestampedMarks] = {}
    problems: list[Problem] = []
    invalid = number = 0
    while line := file.readline(MAX_LINE_BYTES + 1):
        number += 1
        try:
            if len(line) > MAX_LINE_BYTES:
                while line and not line.endswith(b"\n"):
                    line = file.readline(MAX_LINE_BYTES)
                raise ValueError(f"is longer than {MAX_LINE_BYTES >> 20} MB")
            if not line.strip():
                continue
            arxiv_id, marks = _parse_line(line)
        except ValueError as error:
            invalid += 1
            if invalid <= MAX_LINE_PROBLEMS:
                problems.append(Problem(name, number, f"{error}; line skipped"))
            continue
        if arxiv_id not in papers and len(papers) >= MAX_PAPERS:
            message = f"has more than {MAX_PAPERS} papers; the rest is skipped"
            problems.append(Problem(name, number, message))
            break
        papers[arxiv_id] = merge(papers.get(arxiv_id, NO_TIMESTAMPED_MARKS), marks)
    if invalid > MAX_LINE_PROBLEMS:
        message = f"{invalid - MAX_LINE_PROBLEMS} more lines skipped"
        problems.append(Problem(name, 0, message))
    return ImportResult(papers, problems)


def canonical_id(text: str) -> str:
    """Return the canonical form of an arXiv id.

    Raises:
        ValueError: the text is not an arXiv id.
    """
    arxiv_id = parse_id(text.strip())
    if arxiv_id is None:
        raise ValueError(f"'{text[:40]}' is not an arXiv id")
    return arxiv_id


def _parse_line(line: bytes) -> tuple[str, TimestampedMarks]:
    """Return the paper and marks of a line; raises ValueError if it is invalid."""
    try:
        data = orjson.loads(line)
    except ValueError:
        raise ValueError("is not JSON") from None
    if not isinstance(data, dict) or not isinstance(data.get("id"), str):
        raise ValueError('is not a mark like {"id": "2505.04921", "read": true}')
    arxiv_id = canonical_id(data["id"])
    marks = marks_from_document({name: data[name] for name in Marks._fields if name in data})
    times = data.get("changed", {})
    if not isinstance(times, dict) or not isinstance(times.get("tags", {}), dict):
        raise ValueError("'changed' must be an object of times by field and by tag")
    fields = [times[name] for name in ("read", "starred", "note") if name in times]
    if not all(map(is_valid_time, (*fields, *times.get("tags", {}).values()))):
        raise ValueError("'changed' must have times in milliseconds since 1970")
    tags = {
        # By normalized tag, without keys that are not tags.
        key: at
        for text, at in times.get("tags", {}).items()
        for key in by_normalized_tag(parse_tags(text))
    }
    return arxiv_id, add_times(marks, {**times, "tags": tags})
