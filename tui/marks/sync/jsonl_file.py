"""Marks as JSON, one paper per line, for other machines and programs.

``{"id": "2505.04921", "read": true, "starred": false, "tags": ["RL"], "note": "",
"changed": {"read": 1747900800000, "tags": {"rl": 1747900800000, "todo": 1747987200000}}}``

``changed`` has the time at which each field got its value, in milliseconds since 1970 (UTC), and
the time of each tag by its normalized form; a tag with a time only was removed at that time. A
value without a time is older than any with one. A field that is missing is not changed.

``"hidden": true``, ``"later": 1747900800000000``, the place in the reading list or 0, and
``"version": 3``, the newest version that the reader knows about, are written only if they were ever
set.

Arrays of such records, and records over several lines, are read as well, and so are the papers that
``broadsheet export`` and ``broadsheet list`` write as JSON.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import islice
from typing import Any, BinaryIO, NamedTuple

import orjson

from tui.marks import limits
from tui.marks.added_fields import ADDED_FIELDS
from tui.marks.sync.json_values import RejectedFileError, read_values
from tui.marks.tags import by_normalized_tag, parse_tags
from tui.marks.timestamped_marks import (
    NO_TIMESTAMPED_MARKS,
    TimestampedMarks,
    add_times,
    is_credible_time,
    is_valid_time,
    marks_from_document,
    merge,
    times_to_document,
    without_times,
)
from tui.models import Marks, Problem
from tui.paper_ids.references import sole_paper_id

MAX_NOTE_BYTES = limits.FOREIGN_FACTOR * limits.MAX_NOTE_BYTES
MAX_TAG_CHARACTERS = limits.FOREIGN_FACTOR * limits.MAX_TAG_CHARACTERS
MAX_TAGS = limits.FOREIGN_FACTOR * limits.MAX_TAGS

_TIMED_FIELDS = ("read", "starred", "note", *ADDED_FIELDS)

MAX_LINE_PROBLEMS = 20
"""Number of invalid lines of a file that are reported one by one."""


class ImportResult(NamedTuple):
    """The result of reading a file of marks.

    Attributes:
        papers: marks by paper id.
        problems: the lines that could not be used.
    """

    papers: dict[str, TimestampedMarks]
    problems: list[Problem]


def format_line(paper_id: str, marks: TimestampedMarks) -> bytes:
    """Return the line of a paper, including the newline; the same bytes for the same marks."""
    changed = times_to_document(marks)
    fields = {
        name: value
        for name, value in without_times(marks)._asdict().items()
        if value or name in changed or name not in ADDED_FIELDS
    }
    return orjson.dumps(
        {"id": paper_id, **fields, "changed": changed},
        option=orjson.OPT_APPEND_NEWLINE,
    )


def read_marks_file(file: BinaryIO, name: str) -> ImportResult:
    """Read marks from untrusted JSON.

    Args:
        file: the open file.
        name: its name in problems.

    Returns:
        The valid marks; if a paper occurs twice, the later value of each field.

    Raises:
        RejectedFileError: the file is too large, or an array that is incomplete or damaged.
        OSError: the file cannot be read.
    """
    papers: dict[str, TimestampedMarks] = {}
    problems: list[Problem] = []
    remarks: dict[str, list[int]] = defaultdict(list)
    invalid = size = 0
    for number, value in read_values(file):
        try:
            paper_id, marks, ignored = _parse_record(value)
        except ValueError as error:
            invalid += 1
            if invalid <= MAX_LINE_PROBLEMS:
                problems.append(Problem(name, number, f"{error}; line skipped"))
            continue
        for remark in ignored:
            remarks[remark].append(number)
        before = papers.get(paper_id)
        papers[paper_id] = merge(before or NO_TIMESTAMPED_MARKS, marks)
        size += limits.size_of(papers[paper_id]) - (limits.size_of(before) if before else 0)
        if size > limits.MAX_STORE_BYTES:
            raise RejectedFileError(number, f"has too many marks: {limits.store_is_full()}")
    if invalid > MAX_LINE_PROBLEMS:
        message = f"{invalid - MAX_LINE_PROBLEMS} more lines skipped"
        problems.append(Problem(name, 0, message))
    for remark, (number, *more) in remarks.items():
        also = f" ({len(more)} more)" if more else ""
        problems.append(Problem(name, number, f"{remark}{also}"))
    return ImportResult(papers, problems)


def canonical_id(text: str) -> str:
    """Return the canonical id of the paper to which a text refers.

    Raises:
        ValueError: it refers to none, or to several.
    """
    paper_id = sole_paper_id(text.strip())
    if paper_id is None:
        raise ValueError(f"'{text[:40]}' is not the id of a paper")
    return paper_id


def _parse_record(record: Any) -> tuple[str, TimestampedMarks, list[str]]:
    """Return the paper and marks of a record, and what was ignored of it.

    Raises:
        ValueError: the record is invalid.
    """
    if isinstance(record, ValueError):
        raise record
    data = record if isinstance(record, dict) else {}
    given_id = data.get("id", data.get("arxiv_id"))
    if not isinstance(given_id, str):
        raise ValueError('is not a mark like {"id": "2505.04921", "read": true}')
    paper_id = canonical_id(given_id)
    marks = marks_from_document({name: data[name] for name in Marks._fields if name in data})
    changed = data.get("changed", {})
    if not isinstance(changed, dict) or not isinstance(changed.get("tags", {}), dict):
        raise ValueError("'changed' must be an object of times by field and by tag")
    times = {name: changed[name] for name in _TIMED_FIELDS if name in changed}
    tag_times = changed.get("tags", {})
    if not all(map(is_valid_time, (*times.values(), *tag_times.values()))):
        raise ValueError("'changed' must have times in milliseconds since 1970")
    ignored = []
    if not all(map(is_credible_time, (*times.values(), *tag_times.values()))):
        ignored.append("has times in the far future, which count as unknown; check that clock")
    if len(marks.note.encode()) > MAX_NOTE_BYTES:
        ignored.append(f"its note of more than {MAX_NOTE_BYTES >> 10} KB was ignored")
        marks = marks._replace(note="")
        times.pop("note", None)
    tags = {
        # By normalized tag, without keys that are not tags.
        key: at
        for text, at in islice(tag_times.items(), MAX_TAGS + 1)
        for key in by_normalized_tag(parse_tags(text))
    }
    if len(by_normalized_tag(marks.tags).keys() | tags) > MAX_TAGS:
        ignored.append(f"its tags, of which there are more than {MAX_TAGS}, were ignored")
        marks, tags = marks._replace(tags=()), {}
    if any(len(tag) > MAX_TAG_CHARACTERS for tag in (*marks.tags, *tags)):
        ignored.append(f"tags of more than {MAX_TAG_CHARACTERS} characters were ignored")
        marks = marks._replace(tags=tuple(filter(_is_short, marks.tags)))
        tags = {key: at for key, at in tags.items() if _is_short(key)}
    return paper_id, add_times(marks, {**times, "tags": tags}), ignored


def _is_short(tag: str) -> bool:
    return len(tag) <= MAX_TAG_CHARACTERS
