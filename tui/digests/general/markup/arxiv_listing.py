"""Lists of new papers copied from arXiv's pages, as text without the structure of the page.

A paper is ``[1] arXiv:2505.04921 [pdf, html, other]``, ``Title: …``, a line with the authors,
``Comments: …``, ``Subjects: …`` and perhaps the abstract, with any number of empty lines between
them; programs that extract text have a label and its value on lines of their own.
See https://arxiv.org/list/cs.CL/new.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tui.digests.parsing.written_days import exact_day_in

_SIGNS = ("arXiv:", "Title:", "Subjects:")
_ID_LINE = re.compile(
    r"[ \t]*(?:\[\d{1,4}\][ \t]*)?arXiv:(?P<id>\d{4}\.\d{4,5}|[a-z-]{2,9}/\d{7})(?:v\d{1,2})?"
    r"(?:[ \t]*\([^()\n]{1,60}\))?(?:[ \t]*\[[^\[\]\n]{1,60}\])?[ \t]*"
)
_NUMBER_LINE = re.compile(r"[ \t]*\[\d{1,4}\][ \t]*")
_REMARK_LINE = re.compile(
    r"[ \t]*(?:\([^()\n]{1,60}\)|\[ ?(?:abs|pdf|ps|html|other)\b[^\[\]\n]{0,60}\])[ \t]*"
)
_FIELD = re.compile(r"[ \t]*(?P<label>[A-Z][A-Za-z-]{3,19}):[ \t]*(?P<value>.*)")
_FIELDS = frozenset(
    {"Title", "Comments", "Subjects", "Journal-ref", "Related DOI", "Report-no", "MSC", "ACM"}
)
_PART = re.compile(
    r"[ \t]*(?P<name>[^()\n]{4,60}?)[ \t]*\((?:continued, )?showing [^()\n]{1,60}\)[ \t]*"
)
"""``New submissions (showing 80 of 80 entries)``, ``Fri, 15 May 2026 (showing …)``"""

_SHOWING = re.compile(r"[ \t]*Showing new listings for (?P<day>[^\n]{8,40})")
_MAX_LINES = 40
"""Lines between an id and the title, and between the title and the subjects."""


def markdown_of_listing(text: str) -> str:
    """Return a list of new papers as Markdown, with the same lines; another text as it is."""
    if not all(sign in text for sign in _SIGNS):
        return text
    lines = text.split("\n")
    starts = [number for number, line in enumerate(lines) if _ID_LINE.fullmatch(line)]
    papers = [start for start in starts if _has_title(lines, start)]
    if not papers:
        return text
    for number, line in enumerate(lines):
        if showing := _SHOWING.match(line):
            lines[number] = f"# {showing['day'].strip()}"
        elif part := _PART.fullmatch(line):
            level = "#" if exact_day_in(part["name"]) else "##"
            lines[number] = f"{level} {part['name']}"
        elif _NUMBER_LINE.fullmatch(line):
            lines[number] = ""
    for start in papers:
        _convert(lines, start)
    return "\n".join(lines)


def _has_title(lines: list[str], start: int) -> bool:
    """Return whether the line after an id, apart from remarks, starts with the label of a title."""
    below = (line for _, line in _filled(lines, start + 1) if not _REMARK_LINE.fullmatch(line))
    return next(below, "").lstrip().startswith("Title:")


def _filled(lines: list[str], start: int) -> Iterator[tuple[int, str]]:
    """Yield the lines with text, and their numbers, from one on."""
    for number in range(start, min(start + _MAX_LINES, len(lines))):
        if lines[number].strip():
            yield number, lines[number]


def _convert(lines: list[str], start: int) -> None:
    """Turn the paper whose id is on a line into a heading and fields."""
    found = _ID_LINE.fullmatch(lines[start])
    paper_id = found["id"] if found else ""
    label = ""
    """The label of the value that comes next, or an empty text."""
    for number, line in _filled(lines, start + 1):
        field = _FIELD.fullmatch(line)
        is_field = field is not None and field["label"] in _FIELDS
        label, value = (field["label"], field["value"]) if field and is_field else (label, line)
        value = value.strip()
        if not value or _REMARK_LINE.fullmatch(line):
            lines[number] = ""
        elif label == "Title":
            lines[start], lines[number] = f"### {value}", f"arXiv: {paper_id}"
            label = "Authors"
        elif label:
            lines[number] = f"{label}: {value}"
            if label == "Subjects":
                return
            label = ""
