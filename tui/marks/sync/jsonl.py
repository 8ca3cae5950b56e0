"""Marks as lines of JSON, one paper a line, to be kept elsewhere and read by other programs.

``{"id": "2505.04921", "read": true, "starred": false, "tags": ["RL"], "note": "",
"changed": {"read": 1747900800000, "tags": {"rl": 1747900800000, "todo": 1747987200000}}}``

``changed`` tells when each field became what it is, in milliseconds since 1970 (UTC), and each tag
by its folded form; a tag that is told there alone was taken away then. What has no time is older
than all that has one. What a line does not tell, it does not change.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, BinaryIO, NamedTuple

import orjson

from tui.arxiv import parse_id
from tui.marks.serialization import add_times, is_valid_time, marks_from_document, times_to_document
from tui.marks.sync.last_write_wins import (
    NO_TIMESTAMPED_MARKS,
    TimestampedMarks,
    merge,
    without_times,
)
from tui.marks.tags import parse_tags
from tui.models import Marks, Problem

MAX_LINE_BYTES = 4 << 20
"""Bytes; no note is as long."""

MAX_PAPERS = 1_000_000
MAX_LINE_PROBLEMS = 20
"""Odd lines of a file that are told one by one."""


class ImportResult(NamedTuple):
    """What was read.

    Attributes:
        papers: what is known of papers' marks, by arXiv id.
        problems: lines that could not be used.
    """

    papers: dict[str, TimestampedMarks]
    problems: list[Problem]


def format_line(arxiv_id: str, dated: TimestampedMarks) -> bytes:
    """Return the line of a paper, with its end; equal for equal marks."""
    marks = without_times(dated)._asdict()
    return orjson.dumps(
        {"id": arxiv_id, **marks, "changed": times_to_document(dated)},
        option=orjson.OPT_APPEND_NEWLINE,
    )


def read_lines(file: BinaryIO, name: str) -> ImportResult:
    """Read lines of marks, which may be anybody's.

    Args:
        file: where they stand.
        name: of the file, for the problems.

    Returns:
        What could be read. A paper that is told twice has the last change of each field.

    Raises:
        OSError: the file cannot be read.
    """
    papers: dict[str, TimestampedMarks] = {}
    problems: list[Problem] = []
    odd = number = 0
    while line := file.readline(MAX_LINE_BYTES + 1):
        number += 1
        try:
            if len(line) > MAX_LINE_BYTES:
                _skip_line(file, line)
                raise ValueError(f"is longer than {MAX_LINE_BYTES >> 20} MB")
            if not line.strip():
                continue
            arxiv_id, dated = _parsed(line)
        except ValueError as error:
            odd += 1
            if odd <= MAX_LINE_PROBLEMS:
                problems.append(Problem(name, number, f"{error}; the line is left out"))
            continue
        if arxiv_id not in papers and len(papers) >= MAX_PAPERS:
            told = f"tells of more than {MAX_PAPERS} papers; what follows is left out"
            problems.append(Problem(name, number, told))
            break
        papers[arxiv_id] = merge(papers.get(arxiv_id, NO_TIMESTAMPED_MARKS), dated)
    if odd > MAX_LINE_PROBLEMS:
        problems.append(Problem(name, 0, f"{odd - MAX_LINE_PROBLEMS} more lines are left out"))
    return ImportResult(papers, problems)


def _skip_line(file: BinaryIO, line: bytes) -> None:
    while line and not line.endswith(b"\n"):
        line = file.readline(MAX_LINE_BYTES)


def canonical_id(text: str) -> str:
    """Return the arXiv id that a text is.

    Raises:
        ValueError: it is none; in a sentence.
    """
    arxiv_id = parse_id(text.strip())
    if arxiv_id is None:
        raise ValueError(f"'{text[:40]}' is no arXiv id")
    return arxiv_id


def _parsed(line: bytes) -> tuple[str, TimestampedMarks]:
    try:
        told = orjson.loads(line)
    except ValueError:
        raise ValueError("is no JSON") from None
    if not isinstance(told, dict) or not isinstance(told.get("id"), str):
        raise ValueError('is no mark, as {"id": "2505.04921", "read": true}')
    arxiv_id = canonical_id(told["id"])
    marks = marks_from_document({name: told[name] for name in Marks._fields if name in told})
    times = told.get("changed", {})
    if not isinstance(times, dict) or not isinstance(times.get("tags", {}), dict):
        raise ValueError("'changed' must tell times by the names of fields and tags")
    fields = [times[name] for name in ("read", "starred", "note") if name in times]
    if not all(map(is_valid_time, (*fields, *times.get("tags", {}).values()))):
        raise ValueError("'changed' must tell times in milliseconds since 1970")
    return arxiv_id, add_times(marks, {**times, "tags": _tag_times(times.get("tags", {}))})


def _tag_times(told: Mapping[str, Any]) -> dict[str, Any]:
    """Return the times of what can be a tag, by the folded tag."""
    from tui.query.normalization import normalize

    return {normalize(tag): at for key, at in told.items() for tag in parse_tags(key)}
