"""The day of the issue in a heading, a line below it, or an item of a list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from tui.digests.general.fields.line_days import DIGIT, only_day, split_day
from tui.digests.general.tree.document_tree import BOLD_LEVEL, Block, BlockKind, split_row
from tui.digests.general.tree.line_labels import label_kind, without_symbols
from tui.digests.general.vocabulary.labels import Field, field_of
from tui.digests.id_search import may_have_papers
from tui.digests.parsing.dates import contains_date
from tui.digests.parsing.markdown_lines import plain_text
from tui.digests.parsing.written_days import (
    day_of_month,
    day_written_in,
    exact_day_in,
    short_day,
    short_day_at_start,
)

_MAX_DAY_LINE_CHARS = 80

_MAX_INTRODUCTION_CHARS = 400
_MAX_INTRODUCTION_LINES = 6

_UPDATED = (
    "updat", "generated", "last modified", "last edited", "exported", "unrolled", "更新", "导出",
    "生成", "갱신", "업데이트", "cập nhật",
)  # fmt: skip
"""Words beside the day on which a page was written, in lower case."""

_MIN_UPDATE_LEVEL, _MAX_UPDATE_CHARS = 2, 20
"""The level of a heading that may be of an update, and the characters before the day in it."""

_CLOCK = re.compile(r"\d[T ]\s?\d?\d:\d\d(?::\d\d)?")
"""A date and a time of day."""

_DATES = frozenset({Field.ISSUE_DAY, Field.DATE, Field.PUBLISHED})


def day_of_section(section: Block, day_above: str | None, year: str) -> str | None:
    """Return the day in a section's heading, or in a short line above everything in it, or None.

    Args:
        section: the section.
        day_above: the day in a heading above, which may be of the same month; or None.
        year: of days without one; empty if unknown.
    """
    texts = [section.text]
    for child in section.children[:3]:
        is_line = child.kind is BlockKind.TEXT or _is_field_with_day(child)
        if not is_line or len(child.text) > _MAX_DAY_LINE_CHARS:
            break
        if may_have_papers(child.text):
            break  # what follows may be the day of this paper only
        texts.append(child.text)
    for number, text in enumerate(texts):
        bare = _undecorated(text)
        day = day_written_in(bare, year) or short_day(bare, year) or short_day_at_start(bare)
        day = day or day_of_month(bare, day_above)
        is_update = any(word in text.lower() for word in _UPDATED)
        if day is None or (is_update and not _is_heading_of_update(section, number, bare)):
            continue
        if not (number and _is_time_of_writing(text) and _has_dated_rows(section)):
            return day
    return None


def _is_heading_of_update(section: Block, number: int, text: str) -> bool:
    """Return whether a text is the heading of what was added on a day: ``更新日期：2025.11.19``."""
    if number or section.level < _MIN_UPDATE_LEVEL or _has_dated_rows(section):
        return False
    return len(DIGIT.split(text)[0]) <= _MAX_UPDATE_CHARS


def day_of_introduction(page: Block, first_line: int) -> str | None:
    """Return the only day in the sentences above all papers of a page, or None.

    ``Here are the papers of **9 January 2026** about reasoning:``

    Args:
        page: the page.
        first_line: the line of its first paper.
    """
    days = set()
    for block in _lines_above(page, first_line):
        text = block.text[:_MAX_INTRODUCTION_CHARS]
        if not any(word in text.lower() for word in _UPDATED) and (
            day := exact_day_in(plain_text(text))
        ):
            days.add(day)
    return days.pop() if len(days) == 1 else None


def day_of_update(page: Block, first_line: int) -> str | None:
    """Return the only day above all papers of a page on which it was updated, or None.

    Args:
        page: the page.
        first_line: the line of its first paper.
    """
    days = {
        exact_day_in(plain_text(block.text))
        for block in _texts_above(page, first_line)
        if len(block.text) <= _MAX_DAY_LINE_CHARS and label_kind(block.text) is Field.UPDATED
    } - {None}
    return days.pop() if len(days) == 1 else None


def _texts_above(section: Block, first_line: int) -> Iterator[Block]:
    """Yield the text above a line, in whatever section."""
    for child in section.children:
        if child.line >= first_line:
            return
        if child.kind is BlockKind.TEXT or child.level == BOLD_LEVEL:
            yield child
        if child.kind is BlockKind.SECTION:
            yield from _texts_above(child, first_line)


def _lines_above(section: Block, first_line: int) -> Iterator[Block]:
    """Yield the headings of the sections that hold a line, and the text above all their parts."""
    yield section
    for child in section.children[:_MAX_INTRODUCTION_LINES]:
        if child.line >= first_line:
            return
        if child.kind is BlockKind.TEXT:
            yield child
        elif child.kind is BlockKind.SECTION and child.end >= first_line:
            yield from _lines_above(child, first_line)
        elif child.level == BOLD_LEVEL:
            # A title in bold, and the sentences below it.
            yield child
            yield from (line for line in child.children if line.kind is BlockKind.TEXT)


def _is_field_with_day(item: Block) -> bool:
    """Return whether an item or a row is the day of the issue: ``- Date: 2025-05-01``."""
    if item.kind is BlockKind.ROW:
        cells = split_row(item.text)
        return len(cells) == 2 and field_of(cells[0].strip("*_ ")) in {Field.ISSUE_DAY, Field.DATE}
    if item.kind is not BlockKind.ITEM or item.children:
        return False
    return label_kind(item.text) in {Field.ISSUE_DAY, Field.DATE}


def day_of_subtitle(block: Block, following: Block | None, year: str) -> str | None:
    """Return the day in a line above all papers that looks like a heading, or None.

    It may be in bold, or a heading of a level below that of the next one, and is no heading of what
    follows: ``**Issue 41 · February 14, 2025**``. A list of one item is such a line, too.

    Args:
        block: a part of a page without papers in it.
        following: the part after it.
        year: of days without one; empty if unknown.
    """
    if following is None or len(block.text) > _MAX_DAY_LINE_CHARS:
        return None
    if block.kind is BlockKind.ITEM:
        is_line = not block.children and following.kind is not BlockKind.ITEM
    else:
        is_line = block.kind is BlockKind.SECTION and following.level < block.level
    if not is_line or "](" in block.text or DIGIT.search(block.text) is None:
        return None
    text = _undecorated(block.text)
    return only_day(text, year) or split_day(text)[0]


def _is_time_of_writing(text: str) -> bool:
    """Return whether a line says when a program wrote the page: words and a time of day."""
    if _CLOCK.search(text) is None or label_kind(text) in _DATES:
        return False
    return any(char.isalpha() for char in text)


def _has_dated_rows(section: Block) -> bool:
    """Return whether papers below are rows of a table with a column of dates."""
    waiting = [section]
    while waiting:
        block = waiting.pop()
        if block.kind is BlockKind.ROW and any(
            field_of(name.strip("*_ ")) in _DATES for name in block.columns
        ):
            return True
        waiting += block.children
    return False


def day_of_item(item: Block, year: str) -> str | None:
    """Return the day that an item of a list is, with papers below it, or None.

    Args:
        item: the item.
        year: of days without one; empty if unknown.
    """
    if not item.children or len(item.text) > _MAX_DAY_LINE_CHARS or label_kind(item.text):
        return None
    text = _undecorated(item.text)
    return exact_day_in(text, year) or short_day(text, year)


def day_line(block: Block, year: str) -> str | None:
    """Return the day that a line of text consists of, or None: ``📅 2025-06-11``, ``June 11:``.

    Args:
        block: a part of a page.
        year: of days without one; empty if unknown.
    """
    is_bold = block.kind is BlockKind.SECTION and block.level == BOLD_LEVEL and not block.children
    if not (is_bold or block.kind is BlockKind.TEXT) or len(block.text) > _MAX_DAY_LINE_CHARS:
        return None
    if DIGIT.search(block.text) is None or label_kind(block.text):
        return None
    return only_day(_undecorated(block.text), year)


def take_last_day(section: Block, year: str) -> str | None:
    """Return the day on the last line of a paper whose heading is in bold, and end the paper there.

    No heading shows that such a line belongs to the papers below it.
    """
    if section.level != BOLD_LEVEL or section.kind is not BlockKind.SECTION or not section.children:
        return None
    last = section.children[-1]
    day = day_line(last, year)
    if day is None or not any("://" in child.text for child in section.children):
        return None
    section.children.pop()
    section.end = last.line - 1
    return day


def _undecorated(text: str) -> str:
    """Return a text without symbols and emphasis around it."""
    return without_symbols(plain_text(text)).strip("*_ \t:：#[]()【】-–—=~")


@lru_cache(maxsize=64)
def names_digest(heading: str) -> bool:
    """Return whether a heading is that of a digest: it has a date, or no words."""
    if DIGIT.search(heading) is None:
        return not plain_text(heading)
    return contains_date(heading) or exact_day_in(heading) is not None
