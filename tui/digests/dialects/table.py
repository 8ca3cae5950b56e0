"""The dialect ``table``: a day's papers as a Markdown table, with a language model's summaries.

::

    ## Papers for 2025-04-02

    | Title | Authors | Summary |
    |-------|---------|---------|
    | Title (Read more on [arXiv](https://arxiv.org/abs/2503.20783) or [HuggingFace](…))| A, B | … |

The title is the hub's, which is arXiv's own. It tells no votes, and often no authors. Older tables
have the link in a column of its own. A page may hold many days, as a README that only grows does.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from tui.arxiv import id_in_url
from tui.digests.builder import RecordDigestBuilder
from tui.digests.dialect import Dialect
from tui.digests.parsing.dates import contains_date, day_in
from tui.digests.parsing.markdown_builder import escape_blocks
from tui.digests.parsing.markdown_lines import LineKind, plain_text, scan_lines
from tui.digests.parsing.votes_and_authors import parse_authors
from tui.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui.digests.parsing.markdown_lines import MarkdownLine
    from tui.models import Digest

NAME = "table"

_HEADER = re.compile(
    r"(?:\A|\n)[ ]{0,3}\|?[ \t]*[*_]{0,3}title[*_]{0,3}[ \t]*\|(?P<others>[^\n]{1,300})\n"
    r"[ ]{0,3}\|?(?:[ \t]*:?-+:?[ \t]*\|)+(?:[ \t]*:?-+:?[ \t]*)?(?=\n|\Z)",
    re.IGNORECASE,
)
_PIPE = re.compile(r"(?<!\\)\|")
_READ_MORE = re.compile(r"\(\s*Read more\b", re.IGNORECASE)
_LINK_LABEL = re.compile(r"\[([^\[\]]*)\]\([^()\s]*\)")
_LINE_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_MOST_LINES = 40
"""Lines of one row, whose texts may hold line ends; one that is never closed ends there."""


class _Table(NamedTuple):
    """A table of papers.

    Attributes:
        columns: their names in lower case.
        start: offset of its first row.
        line: number of that row's line.
        heading: the heading above it.
    """

    columns: list[str]
    start: int
    end: int
    line: int
    heading: MarkdownLine | None


def _claims(text: str) -> bool:
    return any(_is_of_papers(table) for table in _tables(text))


def _is_of_papers(table: _Table) -> bool:
    names = set(table.columns)
    return bool(names & {"authors", "author"}) and bool(names & {"summary", "link", "abstract"})


def _tables(text: str) -> Iterator[_Table]:
    """Yield the tables whose first column is a title, each up to the next one or a heading."""
    headers = list(_HEADER.finditer(text))
    if not headers:
        return
    headings = [mark for mark in scan_lines(text) if mark.kind is LineKind.HEADING]
    line, counted, above = 1, 0, 0
    for number, header in enumerate(headers):
        while above < len(headings) and headings[above].start <= header.start() + 1:
            above += 1
        ends = [len(text)]
        ends += [headers[number + 1].start()] if number + 1 < len(headers) else []
        ends += [headings[above].start] if above < len(headings) else []
        start = min(header.end() + 1, len(text))
        line += text.count("\n", counted, start)
        counted = start
        columns = ["title", *(name.strip(" \t*_").lower() for name in _cells(header["others"]))]
        heading = headings[above - 1] if above else None
        yield _Table(columns, start, min(ends), line, heading)


def _cells(row: str) -> list[str]:
    """Return the texts between a row's pipes."""
    row = row.strip().removeprefix("|")
    if row.endswith("|") and not row.endswith("\\|"):
        row = row[:-1]
    return [cell.strip() for cell in _PIPE.split(row)]


def _read(text: str, path: str) -> Digest:
    findings = RecordDigestBuilder(path, NAME)
    for table in _tables(text):
        if not _is_of_papers(table):
            continue
        day = _day(table, findings)
        for line, row in _rows(text[table.start : table.end], table):
            _read_row(line, row, table.columns, day, findings)
    return findings.build()


def _day(table: _Table, findings: RecordDigestBuilder) -> str | None:
    if table.heading is None:
        return None
    day = day_in(table.heading.text)
    if day is None and contains_date(table.heading.text):
        words = N_("the date of this heading is not in the calendar: the path's is used")
        findings.report(table.heading.line, words)
    return day


def _rows(text: str, table: _Table) -> Iterator[tuple[int, str]]:
    """Yield the rows of a table with their lines.

    A line end within a cell splits a row; it goes on until it has all its pipes, or another begins.
    """
    pending: list[str] = []
    begun = table.line
    for line, told in enumerate(text.split("\n"), start=table.line):
        begins = told.lstrip().startswith("|") and id_in_url(told) is not None
        if pending and (begins or len(pending) == _MOST_LINES):
            yield begun, " ".join(pending)
            pending = []
        if not pending and not told.strip():
            continue
        if not pending:
            # Behind the table a page may go on with other words.
            if "|" not in told:
                return
            begun = line
        pending.append(told.strip())
        row = " ".join(pending)
        if row.endswith("|") and len(_cells(row)) >= len(table.columns):
            yield begun, row
            pending = []
    if pending:
        yield begun, " ".join(pending)


def _read_row(
    line: int, row: str, columns: list[str], day: str | None, findings: RecordDigestBuilder
) -> None:
    cells = _cells(row)
    if more := len(cells) - len(columns):
        cells = _fitted(cells, more)
    told = dict(zip(columns, cells, strict=False))
    if len(cells) < len(columns):
        findings.report(line, N_("the row has too few cells: what it tells is used"))
    title = told["title"]
    read_more = _READ_MORE.search(title)
    name = title[: read_more.start()] if read_more else _LINK_LABEL.sub(r"\1", title)
    summary = told.get("summary") or told.get("abstract") or ""
    findings.add_paper(
        line,
        arxiv_id=id_in_url(title) or id_in_url(told.get("link", "")),
        day=day,
        title=plain_text(_unescaped(name)),
        authors=parse_authors(_unescaped(told.get("authors") or told.get("author") or "")),
        summary=escape_blocks(_LINE_BREAK.sub("\n", _unescaped(summary))),
    )


def _fitted(cells: list[str], more: int) -> list[str]:
    """Put together the cells that pipes without a backslash divided; ``more`` are too many."""
    if more < 0:
        return cells
    # The title is known by its link; all other pipes are likeliest in the summary.
    ends = (at for at, cell in enumerate(cells[: more + 1]) if _READ_MORE.search(cell))
    end = next(ends, 0)
    cells = [" | ".join(cells[: end + 1]), *cells[end + 1 :]]
    rest = more - end
    return [*cells[:2], " | ".join(cells[2 : 3 + rest]), *cells[3 + rest :]]


def _unescaped(cell: str) -> str:
    return cell.replace("\\|", "|")


DIALECT = Dialect(NAME, _claims, _read)
