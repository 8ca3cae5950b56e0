"""Convert tables to Markdown, which has one header row and no spans."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tui.sources.fulltext.latexml.inline_elements import PageContext, children, classes_of, inline

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

MAX_COLUMNS = 60

MAX_ROWS = 2000

_MAX_HEADER_ROWS = 4


def table_markdown(table: LexborNode, page: PageContext) -> str:
    """Return a table as Markdown; empty if it has no cells.

    A cell that spans rows or columns is in the first of them. In the header it is in all columns,
    and several rows of the header become one.
    """
    rows: list[list[str]] = []
    header_count = 0
    # Cells of earlier rows that reach into the next ones: rows left, by column.
    pending: dict[int, int] = {}
    for row, has_heads in _rows(table):
        is_header = has_heads and header_count == len(rows) < _MAX_HEADER_ROWS
        header_count += is_header
        rows.append(_cells(row, pending, page, repeat=is_header))
    width = max(map(len, rows), default=0)
    if not width:
        return ""
    rows = [row + [""] * (width - len(row)) for row in rows]
    header = rows[:header_count] or rows[:1]
    body = rows[len(header) :]
    names = [" ".join(dict.fromkeys(filter(None, column))) for column in zip(*header, strict=True)]
    lines = [names, ["---"] * width, *body]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _rows(table: LexborNode) -> Iterator[tuple[LexborNode, bool]]:
    """Yield the rows of a table, and whether each is part of the header."""
    count = 0
    groups = [(table, False)]
    while groups:
        group, is_header = groups.pop(0)
        for child in children(group):
            if not child.is_element_node:
                continue
            classes = classes_of(child)
            if "ltx_tr" in classes or child.tag == "tr":
                cells = [cell for cell in children(child) if cell.is_element_node]
                heads = [cell for cell in cells if "ltx_th_column" in classes_of(cell)]
                yield child, is_header or (bool(cells) and len(heads) == len(cells))
                count += 1
                if count == MAX_ROWS:
                    return
            elif child.tag in {"thead", "tbody", "tfoot"} or "ltx_tbody" in classes:
                groups.append((child, child.tag == "thead"))


def _cells(
    row: LexborNode, pending: dict[int, int], page: PageContext, *, repeat: bool
) -> list[str]:
    """Return the texts of a row, with empty cells where others reach into it."""
    texts: list[str] = []

    def skip_pending() -> None:
        while pending.get(len(texts), 0) > 0:
            pending[len(texts)] -= 1
            texts.append("")

    for cell in children(row):
        if not cell.is_element_node or len(texts) >= MAX_COLUMNS:
            continue
        skip_pending()
        # Line breaks would end the row, and an unescaped bar the cell.
        text = " ".join(inline(cell, page).split())
        text = text.replace("\\|", "|").replace("|", "\\|")
        columns = min(_span(cell, "colspan"), MAX_COLUMNS - len(texts))
        height = _span(cell, "rowspan")
        for number in range(max(columns, 1)):
            if height > 1:
                pending[len(texts)] = height - 1
            texts.append(text if repeat or not number else "")
    skip_pending()
    return texts


def _span(cell: LexborNode, name: str) -> int:
    value = cell.attributes.get(name) or "1"
    return (
        min(int(value), MAX_ROWS) if value.isascii() and value.isdecimal() and len(value) < 9 else 1
    )
