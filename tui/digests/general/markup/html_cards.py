"""Papers as cards in HTML: a table, or a row of one, that lays out what belongs to one paper.

E-mails do this, because their readers know little of CSS. A card becomes a section, whose heading
is its first line in bold, else its first line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from tui.digests.general.fields.titles import is_generic, split_title
from tui.digests.general.found_paper import elsewhere_id
from tui.digests.general.names.author_lists import unlabelled_names
from tui.digests.general.tree.line_labels import is_label, label_kind
from tui.digests.parsing.written_days import exact_day_in
from tui.paper_ids.references import arxiv_ids_in

TABLE, TABLE_END, ROW, CELL, BREAK, BOLD = "\x1d", "\x1c", "\x1f", "\x1a", "\x19", "\x18"
"""Marks in the Markdown of tables: their parts, line breaks by tags, and the start of bold text."""

_MARKS = {ord(mark): None for mark in (TABLE, TABLE_END, ROW, CELL, BREAK, BOLD)}
_BOUNDARY = re.compile(f"([{TABLE}{TABLE_END}])")
_BOLD_LINE = re.compile(r"\*\*[^*]{1,600}\*\*|\[\*\*[^*\[\]]{1,600}\*\*\]\([^()\s]{1,2000}\)")
_LINK_LINE = re.compile(r"\[([^\[\]]{1,600})\]\([^()\s]{1,2000}\)")
_BOLD_STYLE = re.compile(r"\bfont-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_RULE = re.compile(r"\n\|(?:---\|)+\n")
_MAX_CELL_LINES = 6
"""Lines in a cell of data; one with more is a part of a layout."""

_MAX_NESTING = 20
_MIN_LINES = 2
_MIN_TITLE_WORDS = 3
_MAX_TITLE_CHARS = 600


@dataclass(slots=True)
class _HtmlTable:
    """A table that is open, or the page.

    Attributes:
        has_title: whether a heading above may be the title of the paper in it.
        has_cards: whether cards were found in it.
        parts: its text so far.
    """

    has_title: bool = False
    has_cards: bool = False
    parts: list[str] = field(default_factory=list)


def without_marks(text: str) -> str:
    """Return a text without the marks of this module."""
    return text.translate(_MARKS)


def is_styled_bold(attributes: str) -> bool:
    """Return whether the attributes of a tag make its text bold."""
    return _BOLD_STYLE.search(attributes) is not None


def with_cards(markdown: str) -> str:
    """Return the Markdown of a page whose cards are sections, without marks.

    A table within a card belongs to it; a table around cards is not one.

    Args:
        markdown: the page with marks.
    """
    if TABLE not in markdown:
        return markdown
    tables = [_HtmlTable()]
    for part in _BOUNDARY.split(markdown):
        above = tables[-1]
        if part == TABLE and len(tables) <= _MAX_NESTING:
            has_title = bool(above.parts) and _ends_with_title(above.parts[-1])
            tables.append(_HtmlTable(has_title=has_title))
        elif part == TABLE_END and len(tables) > 1:
            table = tables.pop()
            content = "".join(table.parts)
            cards = "" if table.has_cards else _cards_in(content, has_title=table.has_title)
            tables[-1].parts.append(cards or _with_rows_on_lines(content))
            tables[-1].has_cards |= table.has_cards or bool(cards)
        else:
            above.parts.append(part)
    page, *unclosed = ("".join(table.parts) for table in tables)
    return without_marks("".join([page, *map(_with_rows_on_lines, unclosed)]))


def _ends_with_title(text: str) -> bool:
    """Return whether a text ends with a heading of several words."""
    heading = without_marks(text.rstrip().rpartition("\n")[2])
    return heading.startswith("#") and heading.count(" ") >= _MIN_TITLE_WORDS and _is_title(heading)


def _cards_in(table: str, *, has_title: bool) -> str:
    """Return the card that a table is, or those that its rows are; empty if it has none.

    Args:
        table: its content.
        has_title: whether a heading above may be the title, unless a line is in bold.
    """
    if card := _as_section(table, has_title=has_title):
        return card
    rows = table.split(ROW)
    cards = [_as_section(ROW + row, has_title=has_title) for row in rows[1:]]
    if not any(cards):
        return ""
    return rows[0] + "".join(card or row for card, row in zip(cards, rows[1:], strict=True))


def _as_section(block: str, *, has_title: bool) -> str:
    """Return a table or row as a section, or as text below its title.

    It is empty if the block is a table of data, or is not about one paper.
    """
    if not _has_one_id(block):
        return ""
    lines: list[str] = []
    for row in block.split(ROW):
        cells = [cell.strip() for cell in row.split(CELL) if without_marks(cell).strip(" |\n\t")]
        texts = [list(_lines_of(cell)) for cell in cells]
        texts = [text for text in texts if text]
        if len(texts) == 2 and len(texts[0]) == 1 and is_label(without_marks(texts[0][0])):
            texts = [[f"{texts[0][0].rstrip(':： ')}: {' '.join(texts[1])}"]]
        if len(texts) > 1:
            return ""
        lines += texts[0] if texts else []
    if len(lines) < _MIN_LINES or any(line.startswith("#") for line in lines):
        return ""
    titles = list(filter(_is_title, lines))
    title = next(filter(_is_bold, titles), "")
    if not title and has_title:
        return "\n" + "\n\n".join([*lines, ""])
    title = title or next(filter(_is_link, titles), "") or next(iter(titles), "")
    if not title:
        return ""
    start = lines.index(title)
    lines = [*lines[start + 1 :], *lines[:start]]  # what is above a title is a remark
    heading = without_marks(title).strip()
    return f"\n<details>\n<summary>{heading}</summary>\n\n" + "\n\n".join([*lines, "</details>\n"])


def _with_rows_on_lines(table: str) -> str:
    """Return a table of data with each row on one line, although its cells hold elements."""
    first, *rows = table.split(ROW)
    return ROW.join([first, *map(_on_one_line, rows)])


def _on_one_line(row: str) -> str:
    before, *cells = row.split(CELL)
    rule = _RULE.search(row)
    texts = [list(_lines_of(_RULE.sub("", cell).strip())) for cell in cells]
    is_data = len(texts) > 1 and "\n" in row.strip("\n") and TABLE not in row
    if not is_data or any(len(text) > _MAX_CELL_LINES or _has_blocks(text) for text in texts):
        return row
    line = " ".join(f"| {'<br>'.join(text)}" for text in texts)
    return f"{before}{line}{rule[0] if rule else ''}" + "\n" * row.count("\n")


def _has_blocks(lines: list[str]) -> bool:
    return any(without_marks(line).startswith(("#", "- ", "|")) for line in lines)


def _lines_of(cell: str) -> Iterator[str]:
    """Yield the lines of a cell; the ends of lines in the file are only spaces."""
    for line in cell.removeprefix("|").split(BREAK):
        text = " ".join(line.split())
        if without_marks(text).strip():
            yield text


def _has_one_id(text: str) -> bool:
    first = None
    for found in arxiv_ids_in(text):
        first = first or found
        if found != first:
            return False
    return first is not None or elsewhere_id(text) is not None


def _is_bold(line: str) -> bool:
    return BOLD in line or _BOLD_LINE.fullmatch(line) is not None


def _is_link(line: str) -> bool:
    return _LINK_LINE.fullmatch(without_marks(line)) is not None


def _is_title(line: str) -> bool:
    line = without_marks(line)
    link = _LINK_LINE.fullmatch(line)
    line = link[1] if link else line
    if len(line) > _MAX_TITLE_CHARS or label_kind(line) or is_generic(line) or exact_day_in(line):
        return False
    return bool(split_title(line)[0]) and (link is not None or not unlabelled_names(line))
