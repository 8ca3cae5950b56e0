"""Read CSV and TSV with a row of column names: exports of Zotero, arXiv-sanity and Broadsheet."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from io import StringIO

from tui.marks.references import PaperReference, first_id
from tui.marks.sync.json_values import RejectedFileError

_ID_COLUMNS = (
    "id", "arxiv_id", "arxiv", "pid", "paper_id", "eprint", "doi", "url", "link", "pdf",
    "archive id", "archiveid", "archive location", "number", "extra", "publication title",
)  # fmt: skip
_TAG_COLUMNS = ("tags", "tag", "keywords", "manual tags", "automatic tags")
_NOTE_COLUMNS = ("note", "notes")
_FORMULA_PREFIX = re.compile(r"(?:(?<=\A)|(?<=[;\t\r\n]))([ '\"]*)'(?=[=+\-@＝＋－＠])")
"""The quote that an export puts before what a spreadsheet would evaluate."""

_FLAGS = {"true": True, "false": False}


def is_table(header: str) -> bool:
    """Return whether a line is a row of column names with a column for ids."""
    columns = {name.strip().strip('"').lower() for name in re.split("[,;\t]", header)}
    return len(columns) > 1 and not columns.isdisjoint(_ID_COLUMNS)


def read(text: str) -> Iterator[PaperReference]:
    """Yield the rows of a table.

    Raises:
        RejectedFileError: a cell in quotes has no end, or is far too long.
    """
    header = text.partition("\n")[0]
    delimiter = max(",;\t", key=header.count)
    rows = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        names = [name.strip().lower() for name in next(rows)]
        # Only Broadsheet has this column, and its cells are marks.
        is_own = {"arxiv_id", "starred"} <= set(names)
        while True:
            line = rows.line_num + 1
            cells = dict(zip(names, next(rows), strict=False))
            if any(cells.values()):
                yield _reference(line, cells, is_own=is_own)
    except StopIteration:
        return
    except csv.Error as error:
        message = f"is not a valid row ({error}); the file is damaged or incomplete"
        raise RejectedFileError(line, message) from error


def _reference(line: int, cells: dict[str, str], *, is_own: bool) -> PaperReference:
    values = (cells.get(name, "") for name in _ID_COLUMNS)
    unquote = _without_formula_prefix if is_own else str
    tags = [unquote(cells.get(name, "")) for name in _TAG_COLUMNS]
    keywords = (word.strip() for text in tags for word in re.split("[;,]", text))
    note = next(filter(None, (cells.get(name, "") for name in _NOTE_COLUMNS)), "")
    return PaperReference(
        line,
        first_id(values),
        tuple(filter(None, keywords)),
        unquote(note),
        read=_FLAGS.get(cells.get("read", "")) if is_own else None,
        starred=_FLAGS.get(cells.get("starred", "")) if is_own else None,
        hidden=is_own and cells.get("hidden") == "true",
    )


def _without_formula_prefix(text: str) -> str:
    return _FORMULA_PREFIX.sub(r"\1", text)
