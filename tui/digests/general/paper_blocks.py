"""Find papers in a page: headings, list items and rows of tables with an id on or below them.

A section whose heading has an id is a paper, and so is one whose fields have it. Of a section that
holds several papers, the parts are asked in turn; a section that is a paper is not searched for
others, because what it mentions are references.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from tui.digests.general.document_tree import Block, Kind, split_row
from tui.digests.general.found_paper import mentioned_ids, value_id
from tui.digests.general.labels import Field, field_of
from tui.digests.general.line_labels import (
    bare,
    is_label,
    label_kind,
    label_text,
    labelled_parts,
    without_number,
)
from tui.digests.general.titles import is_generic, split_title
from tui.digests.parsing.dates import contains_date
from tui.digests.parsing.markdown_lines import link_label, link_targets, plain_text
from tui.digests.parsing.written_days import day_written_in, exact_day_in, short_day, year_in
from tui.paper_ids.arxiv import parse_id, split_leading_id

_MAX_DAY_LINE_CHARS = 80
_MAX_HEADER_LINES = 12
"""Lines below a title that may have its id without a label."""

_UPDATED = re.compile(
    r"updat|generated|last modified|更新|生成|갱신|업데이트|更新日|cập nhật", re.IGNORECASE
)
_REFERENCES = re.compile(
    r"\W*(?:references?|related (?:work|papers?|reading)|bibliography|see also|参考文献|"
    r"相关工作|相关论文|参考|"
    r"関連研究|参考資料|참고\s?문헌|관련\s?연구|관련\s?논문|tài liệu tham khảo)\W*",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Candidate:
    """A part of a page that is a paper.

    Attributes:
        block: the part.
        paper_id: the canonical id.
        rule: which rule found it.
        day: the day in a heading above, or None.
    """

    block: Block
    paper_id: str
    rule: str
    day: str | None = None


class _Above(NamedTuple):
    """What headings above say: the day, or None; and the year, or an empty text."""

    day: str | None = None
    year: str = ""


def find_candidates(root: Block, year: str = "") -> list[Candidate]:
    """Return the parts of a page that are papers, in order.

    Args:
        root: the page as a tree.
        year: of days without one; empty if unknown.
    """
    candidates = _find(root, _Above(year=year))
    return [] if len(candidates) == 1 and _is_project_page(candidates[0]) else candidates


def _is_project_page(candidate: Candidate) -> bool:
    """Return whether a page describes a project, and its first heading links to the paper."""
    sections = [child for child in candidate.block.children if child.kind is Kind.SECTION]
    is_title = candidate.rule == "heading" and candidate.block.level == 1
    return is_title and bool(sections) and not any(is_label(section.text) for section in sections)


def page_title(root: Block) -> str:
    """Return the first heading of a page, or an empty text."""
    heading = next((child for child in root.children if child.kind is Kind.SECTION), None)
    return split_title(heading.text)[0] if heading else ""


def _find(block: Block, above: _Above) -> list[Candidate]:
    if block.kind is Kind.ROW:
        return _find_in_row(block, above.day)
    if block.kind is Kind.ITEM:
        return _find_in_item(block, above)
    if block.kind is Kind.TEXT:
        return []
    return _find_in_section(block, above)


def _find_in_section(section: Block, above: _Above) -> list[Candidate]:
    if is_label(section.text) or _REFERENCES.fullmatch(section.text):
        return []
    if paper_id := _heading_id(section.text):
        return [Candidate(section, paper_id, "heading", above.day)]
    day = _day_of_section(section, above.year)
    below = _Above(day or above.day, (day or "")[:4] or year_in(section.text) or above.year)
    found = [candidate for child in section.children for candidate in _find(child, below)]
    if section.level == 0:
        return found
    own = _field_id(section)
    if own is None:
        return found
    others = {
        candidate.paper_id for candidate in found if candidate.rule in {"heading", "field"}
    } - {own}
    if len(others) < 2 and not _names_digest(section.text):
        day = above.day or exact_day_in(section.text, above.year)
        return [Candidate(section, own, "field", day)]
    return found


def _day_of_section(section: Block, year: str) -> str | None:
    """Return the day in a section's heading, or in a short line above everything in it."""
    texts = [section.text]
    for child in section.children[:3]:
        if child.kind is not Kind.TEXT or len(child.text) > _MAX_DAY_LINE_CHARS:
            break
        texts.append(child.text)
    for text in texts:
        if text and not _UPDATED.search(text):
            text = label_text(plain_text(text))  # noqa: PLW2901
            if day := day_written_in(text, year) or short_day(text, year):
                return day
    return None


def _names_digest(heading: str) -> bool:
    return contains_date(heading) or exact_day_in(heading) is not None or not plain_text(heading)


def _heading_id(heading: str) -> str | None:
    if found := next(mentioned_ids(heading), None):
        return found
    leading = split_leading_id(without_number(heading))
    return leading[0] if leading else None


def _field_id(block: Block) -> str | None:
    """Return the id in a paper's fields: a labelled one, else a line that is little but a link."""
    links: list[str] = []
    for number, child in enumerate(_header_blocks(block)):
        for label, value in labelled_parts(child):
            kind = field_of(label)
            if kind is Field.ID and (found := value_id(bare(value))):
                return found
            if kind is Field.LINK and (found := value_id(bare(value))):
                links.append(found)
        if number < _MAX_HEADER_LINES and (found := _linked_id(child.text)):
            links.append(found)
    return links[0] if links else None


def _header_blocks(block: Block) -> Iterator[Block]:
    """Yield the lines that may be fields of a paper: its own text, and items with labels."""
    for child in block.children:
        if child.kind is Kind.TEXT:
            yield child
        elif child.kind is Kind.ITEM and (label_kind(child.text) or block.kind is Kind.ITEM):
            yield child
            yield from (below for below in child.children if below.kind is not Kind.SECTION)
        elif child.kind is Kind.ROW and len(split_row(child.text)) == 2:
            label, value = split_row(child.text)
            yield Block(Kind.TEXT, f"{label.strip('*_ ')}: {value}", child.line, 0, child.end)


def _linked_id(text: str) -> str | None:
    """Return the id if a line is little but links: to a paper, its code and the like."""
    if "://" not in text and "rxiv" not in text:
        return None
    found = next(mentioned_ids(text), None)
    if found is None:
        return None
    rest = re.sub(
        r"\[[^\]]{0,60}\]\([^)]*\)|https?://\S+|`[^`]*`|\d{4}[-/.]\d\d?[-/.]\d\d?", "", text
    )
    words = re.findall(r"\w+", rest)
    labels = re.findall(r"\[([^\]]{0,60})\]\(", text)
    return found if len(words) <= 4 and all(map(is_generic, labels)) else None


def _find_in_item(item: Block, above: _Above) -> list[Candidate]:
    kind = label_kind(item.text)
    if kind is not None and not _labels_a_title(item.text, kind):
        return []
    if paper_id := next(mentioned_ids(item.text), None) or _leading_item_id(item.text):
        return [Candidate(item, paper_id, "item", above.day)]
    day = None
    if item.children and len(item.text) <= _MAX_DAY_LINE_CHARS and not kind:
        text = label_text(plain_text(item.text))
        day = exact_day_in(text, above.year) or short_day(text, above.year)
    below = above._replace(day=day or above.day)
    found = [candidate for child in item.children for candidate in _find(child, below)]
    own = _field_id(item)
    if own and len({candidate.paper_id for candidate in found} - {own}) < 2:
        return [Candidate(item, own, "item", above.day)]
    return found


def _leading_item_id(text: str) -> str | None:
    leading = split_leading_id(text)
    return leading[0] if leading else None


def _labels_a_title(text: str, kind: Field) -> bool:
    """Return whether an item like ``Paper: [A Title](…)`` has the title of a paper."""
    if kind is Field.TITLE:
        return True
    if kind is not Field.LINK:
        return False
    labels = [link_label(text, end) for end, _ in link_targets(text)]
    return any(not is_generic(label) for label in labels)


def _find_in_row(row: Block, day: str | None) -> list[Candidate]:
    cells = split_row(row.text)
    if len(cells) == 2 and field_of(cells[0].strip("*_ ")):
        return []  # a field of the section
    paper_id = next(mentioned_ids(row.text), None)
    paper_id = paper_id or next(filter(None, (parse_id(bare(cell)) for cell in cells)), None)
    return [Candidate(row, paper_id, "row", day)] if paper_id else []
