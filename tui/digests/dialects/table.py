"""The dialect ``table``: the papers of a day as a Markdown table, with a model's summaries.

::

    ## Papers for 2025-04-02

    | Title | Authors | Summary |
    |-------|---------|---------|
    | Title (Read more on [arXiv](https://arxiv.org/abs/2503.20783) or [HuggingFace](…))| A, B | … |

The title comes from Hugging Face and is arXiv's own. There are no votes, and often no authors.
Older tables have the link in its own column. A page may have many days, like a README that
grows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, pairwise
from typing import NamedTuple

from tui.digests.builder import RecordDigestBuilder
from tui.digests.general.vocabulary.labels import Field, field_of
from tui.digests.parsing.dates import contains_date, day_in
from tui.digests.parsing.markdown_lines import LineKind, MarkdownLine, plain_text, scan_lines
from tui.digests.parsing.record_values import escape_blocks
from tui.digests.parsing.votes_and_authors import parse_authors
from tui.digests.registry import Dialect
from tui.i18n import N_
from tui.models import Digest
from tui.paper_ids.arxiv import id_in_url

NAME = "table"

_HEADER = re.compile(
    r"(?:\A|\n)[ ]{0,3}\|?[ \t]*[*_]{0,3}title[*_]{0,3}[ \t]*\|(?P<others>[^\n]{1,300})\n"
    r"[ ]{0,3}\|?(?:[ \t]*:?-+:?[ \t]*\|)+(?:[ \t]*:?-+:?[ \t]*)?(?=\n|\Z)",
    re.IGNORECASE,
)
_COLUMNS = frozenset({"title", "authors", "author", "summary", "abstract", "link"})
_PIPE = re.compile(r"(?<!\\)\|")
_READ_MORE = re.compile(r"\(\s*Read more\b", re.IGNORECASE)
_LINK_LABEL = re.compile(r"\[([^\[\]]*)\]\([^()\s]*\)")
_LINE_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)

_MAX_LINE_CHARS = 100_000
"""Of a row; a longer one is cut."""

_MAX_ROW_LINES = 40
"""Lines of a row whose cells contain newlines; a row that is never closed ends there."""


class _Table(NamedTuple):
    """A table of papers.

    Attributes:
        columns: the names of the columns, in lower case.
        start: offset of the first row.
        end: offset of the end of the table at the latest.
        line: line number of the first row.
        heading: the heading above the table.
    """

    columns: list[str]
    start: int
    end: int
    line: int
    heading: MarkdownLine | None


def _claims(text: str) -> bool:
    if next(_tables(text), None) is None:
        return False
    # The general reader knows what other columns are: votes, days, summaries by other names.
    return all(
        name in _COLUMNS or field_of(name) is Field.FACT
        for header in _HEADER.finditer(text)
        for name in (cell.strip(" \t*_").lower() for cell in _cells(header["others"]))
    )


def _tables(text: str) -> Iterator[_Table]:
    """Yield the tables of papers, each up to the next table or heading."""
    headings = (line for line in scan_lines(text) if line.kind is LineKind.HEADING)
    above: MarkdownLine | None = None
    below = next(headings, None)
    line, line_offset = 1, 0
    for header, next_header in pairwise(chain(_HEADER.finditer(text), [None])):
        if header is None:
            return
        while below and below.start <= header.start() + 1:
            above, below = below, next(headings, None)
        end = min(
            below.start if below else len(text),
            next_header.start() if next_header else len(text),
        )
        start = min(header.end() + 1, len(text))
        line += text.count("\n", line_offset, start)
        line_offset = start
        columns = ["title", *(name.strip(" \t*_").lower() for name in _cells(header["others"]))]
        has_authors = not {"authors", "author"}.isdisjoint(columns)
        if has_authors and not {"summary", "link", "abstract"}.isdisjoint(columns):
            yield _Table(columns, start, end, line, above)


def _cells(row: str) -> list[str]:
    """Return the texts between the pipes of a row."""
    row = row.strip().removeprefix("|")
    if row.endswith("|") and not row.endswith("\\|"):
        row = row[:-1]
    return [cell.strip() for cell in _PIPE.split(row)]


def _read(text: str, path: str) -> Digest:
    builder = RecordDigestBuilder(path, NAME)
    for table in _tables(text):
        day = _day(table, builder)
        for line, row in _rows(text, table, builder):
            _read_row(line, row, table.columns, day, builder)
    return builder.build()


def _day(table: _Table, builder: RecordDigestBuilder) -> str | None:
    if table.heading is None:
        return None
    day = day_in(table.heading.text)
    if day is None and contains_date(table.heading.text):
        template = N_("the date in this heading does not exist; using the path's date")
        builder.note(table.heading.line, template)
    return day


def _rows(text: str, table: _Table, builder: RecordDigestBuilder) -> Iterator[tuple[int, str]]:
    """Yield the line number and the text of each row.

    A newline within a cell splits a row over several lines. Lines are joined until the row has all
    its pipes, or the next row starts.
    """
    pending: list[str] = []
    row_line = table.line
    for number, line in enumerate(_lines(text, table.start, table.end), start=table.line):
        if len(line) > _MAX_LINE_CHARS:
            template = N_("the row has {number} characters; only the first {limit} are read")
            builder.report(number, template, number=len(line), limit=_MAX_LINE_CHARS)
            line = line[:_MAX_LINE_CHARS]  # noqa: PLW2901
        starts_row = line.lstrip().startswith("|") and _paper_id(line) is not None
        if pending and (starts_row or len(pending) == _MAX_ROW_LINES):
            yield row_line, " ".join(pending)
            pending = []
        if not pending and not line.strip():
            continue
        if not pending:
            # The page may continue with prose after the table.
            if "|" not in line:
                return
            row_line = number
        pending.append(line.strip())
        row = " ".join(pending)
        if row.endswith("|") and len(_cells(row)) >= len(table.columns):
            yield row_line, row
            pending = []
    if pending:
        yield row_line, " ".join(pending)


def _lines(text: str, start: int, end: int) -> Iterator[str]:
    """Yield the lines of a part of a text."""
    while start <= end:
        newline = text.find("\n", start, end)
        line_end = end if newline < 0 else newline
        yield text[start:line_end]
        start = line_end + 1


def _read_row(
    line: int, row: str, columns: list[str], day: str | None, builder: RecordDigestBuilder
) -> None:
    cells = _cells(row)
    if (extra := len(cells) - len(columns)) > 0:
        cells = _rejoin(cells, extra)
    elif extra < 0:
        builder.note(line, N_("the row has too few cells; using those that are there"))
    fields = dict(zip(columns, [cell.replace("\\|", "|") for cell in cells], strict=False))
    title = fields["title"]
    read_more = _READ_MORE.search(title)
    name = title[: read_more.start()] if read_more else _LINK_LABEL.sub(r"\1", title)
    summary = fields.get("summary") or fields.get("abstract") or ""
    builder.add_paper(
        line,
        paper_id=_paper_id(title) or _paper_id(fields.get("link", "")),
        day=day,
        title=plain_text(name),
        authors=parse_authors(fields.get("authors") or fields.get("author") or ""),
        summary=escape_blocks(_LINE_BREAK.sub("\n", summary)),
    )


def _paper_id(cell: str) -> str | None:
    """Return the id in a cell: the first one of arXiv, else any other."""
    if arxiv_id := id_in_url(cell):
        return arxiv_id
    from tui.paper_ids.elsewhere import mentioned_elsewhere

    return next(mentioned_elsewhere(cell), None)


def _rejoin(cells: list[str], extra: int) -> list[str]:
    """Join cells that were split at a pipe without a backslash; ``extra`` is how many too many."""
    # The link marks the end of the title. Any other pipe is most likely in the summary.
    ends = (index for index, cell in enumerate(cells[: extra + 1]) if _READ_MORE.search(cell))
    end = next(ends, 0)
    cells = [" | ".join(cells[: end + 1]), *cells[end + 1 :]]
    rest = extra - end
    return [*cells[:2], " | ".join(cells[2 : 3 + rest]), *cells[3 + rest :]]


DIALECT = Dialect(NAME, _claims, _read)
