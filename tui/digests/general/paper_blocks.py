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

from tui.digests.general.document_tree import BOLD_LEVEL, Block, Kind, split_row
from tui.digests.general.found_paper import elsewhere_id, link_id, preferred_id, value_id
from tui.digests.general.labels import Field, field_of
from tui.digests.general.line_labels import (
    bare,
    is_label,
    label_kind,
    labelled_parts,
    without_number,
    without_symbols,
)
from tui.digests.general.paragraphs import split_into_papers
from tui.digests.general.titles import id_alone, is_generic, split_title
from tui.digests.id_search import names_paper
from tui.digests.parsing.dates import contains_date
from tui.digests.parsing.markdown_lines import link_label, link_targets, plain_text
from tui.digests.parsing.written_days import (
    day_of_month,
    day_written_in,
    exact_day_in,
    short_day,
    year_in,
)
from tui.paper_ids import arxiv_id_of
from tui.paper_ids.arxiv import parse_id, split_leading_id
from tui.paper_ids.references import arxiv_ids_in

_MAX_DAY_LINE_CHARS = 80
_MAX_HEADER_LINES = 12
"""Lines below a title that may have its id without a label."""

_TITLED_LINK = re.compile(r"[^\w\[]{0,8}\[[^\[\]]{12,400}\]\(")
_TITLE_AND_LINK = re.compile(r"[^.!\n]{8,300}?\s?[:：–—(-]\s?<?https?://[^\s()<>]{1,300}[>)]?")
_PAPER_LABELS = frozenset(
    {"paper", "pdf", "paper link", "paper url", "paper pdf", "论文", "论文链接", "論文", "논문"}
    | {"논문 링크", "bài báo"}
)
"""Labels of links that lead to a paper, wherever that is."""

_MAX_ITEM_WORDS = 80
"""Words of an item that is a title with a link, and not a text with a reference."""

_MAX_LINK_WORDS = 4
"""Words besides links on a line that is little but links."""

_WORD = re.compile(r"\w+")
_LINKS = re.compile(
    r"\[[^\]]{0,60}\]\([^()]{0,2000}\)|https?://\S+|`[^`]*`|\d{4}[-/.]\d\d?[-/.]\d\d?"
)
_LABELS = re.compile(r"\[([^\]]{0,60})\]\(([^)]{1,2000})\)")
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
    return [] if _describe_project(candidates) else candidates


def is_list_of_references(heading: str) -> bool:
    """Return whether a heading says that the papers below it are references."""
    return _REFERENCES.fullmatch(heading) is not None


def is_project_page(root: Block) -> bool:
    """Return whether a page describes a project, and its first heading links to the paper."""
    return _describe_project(_find(root, _Above()))


def _describe_project(candidates: list[Candidate]) -> bool:
    if len(candidates) != 1:
        return False
    [candidate] = candidates
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
    if _holds_no_papers(section):
        return []
    if paper_id := _heading_id(section.text):
        return [Candidate(section, paper_id, "heading", above.day)]
    day = _day_of_section(section, above)
    below = _Above(day or above.day, (day or "")[:4] or year_in(section.text) or above.year)
    found = [candidate for child in section.children for candidate in _find(child, below)]
    own = _field_id(section) if section.level else None
    if in_text := _find_in_text(section, below, is_alone=not (own or found)):
        return sorted([*found, *in_text], key=lambda candidate: candidate.block.line)
    if own is None or (not arxiv_id_of(own) and _are_on_arxiv(found)):
        return found
    others = {
        candidate.paper_id for candidate in found if candidate.rule in {"heading", "field"}
    } - {own}
    if len(others) < 2 and not _names_digest(section.text):
        day = above.day or exact_day_in(section.text, above.year)
        return [Candidate(section, own, "field", day)]
    return found


def _are_on_arxiv(found: list[Candidate]) -> bool:
    """Return whether parts are several papers on arXiv, so that another link is not theirs."""
    return len({each.paper_id for each in found if arxiv_id_of(each.paper_id)}) > 1


def _find_in_text(section: Block, above: _Above, *, is_alone: bool) -> list[Candidate]:
    """Return the papers in the paragraphs of a section.

    Args:
        section: the section.
        above: what it and the headings above say.
        is_alone: whether the section has no other papers, so that a single one counts.
    """
    mentions = sum(
        child.kind is Kind.TEXT and names_paper(child.text) for child in section.children
    )
    if mentions < (1 if is_alone else 2):
        return []
    papers = split_into_papers(section, _line_id)
    if len({paper_id for paper_id, _ in papers}) < 2:
        # A title directly above its link, or a title that is a link.
        parts = [part for _, part in papers if _is_paper_in_text(part)]
        if not (parts and is_alone and (section.level == 0 or _names_digest(section.text))):
            return []
    return [Candidate(part, paper_id, "text", above.day) for paper_id, part in papers]


def _is_paper_in_text(part: Block) -> bool:
    if _TITLED_LINK.match(part.text):
        return True
    first = part.children[0] if part.children else None
    is_next = first is not None and first.line == part.line + 1
    return is_next and not names_paper(part.text)


def _holds_no_papers(section: Block) -> bool:
    """Return whether a section is a field of a paper, or lists references."""
    if is_list_of_references(section.text):
        return True
    return is_label(section.text) and not any(map(_is_heading, section.children))


def _line_id(line: Block) -> str | None:
    """Return the id in a line that has a link to a paper and hardly anything else."""
    if found := id_alone(line.text) or _linked_id(line.text):
        return found
    for label, value in labelled_parts(line):
        if field_of(label) in {Field.ID, Field.LINK} and (found := value_id(bare(value))):
            return found
    is_title = _TITLED_LINK.match(line.text) or _TITLE_AND_LINK.fullmatch(line.text)
    return next(arxiv_ids_in(line.text), None) if is_title else None


def _is_heading(block: Block) -> bool:
    return block.kind is Kind.SECTION and block.level < BOLD_LEVEL


def _day_of_section(section: Block, above: _Above) -> str | None:
    """Return the day in a section's heading, or in a short line above everything in it."""
    texts = [section.text]
    for child in section.children[:3]:
        if child.kind is not Kind.TEXT or len(child.text) > _MAX_DAY_LINE_CHARS:
            break
        texts.append(child.text)
    for text in texts:
        if text and not _UPDATED.search(text):
            text = _undecorated(text)  # noqa: PLW2901
            if day := day_written_in(text, above.year) or short_day(text, above.year):
                return day
            if day := day_of_month(text, above.day):
                return day
    return None


def _undecorated(text: str) -> str:
    """Return a text without symbols and emphasis around it."""
    return without_symbols(plain_text(text)).strip("*_ \t:：#[]()【】")


def _names_digest(heading: str) -> bool:
    return contains_date(heading) or exact_day_in(heading) is not None or not plain_text(heading)


def _heading_id(heading: str) -> str | None:
    if found := next(arxiv_ids_in(heading), None):
        return found
    leading = split_leading_id(without_number(heading))
    return leading[0] if leading else _titled_link_id(heading) or elsewhere_id(heading)


def _titled_link_id(text: str) -> str | None:
    """Return the id of a paper outside arXiv whose title is a link, or None."""
    for end, url in link_targets(text):
        if not is_generic(link_label(text, end)) and (found := link_id(url)):
            return found
    return None


def _field_id(block: Block) -> str | None:
    """Return the id in a paper's fields: a labelled one, else a line that is little but a link."""
    links: list[str] = []
    others: list[str] = []
    for number, child in enumerate(_header_blocks(block)):
        for label, value in labelled_parts(child):
            kind = field_of(label)
            if kind not in {Field.ID, Field.LINK} or not (found := value_id(bare(value))):
                if kind is Field.LINK and (url := _paper_url(label, bare(value))):
                    others.append(url)
            elif not arxiv_id_of(found):
                others.append(found)
            elif kind is Field.ID:
                return found
            else:
                links.append(found)
        if number < _MAX_HEADER_LINES and (found := _linked_id(child.text)):
            links.append(found)
    return preferred_id([*links, *others])


def _paper_url(label: str, value: str) -> str | None:
    """Return the id of the URL after a label such as ``Paper``, or None."""
    if label.strip().casefold() not in _PAPER_LABELS or "://" not in value:
        return None
    from tui.paper_ids.urls import url_id

    return url_id(next((url for _, url in link_targets(value)), value))


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


def is_link_line(text: str) -> bool:
    """Return whether a line has links and hardly anything else."""
    has_link = "://" in text or "](" in text
    return has_link and len(_WORD.findall(_LINKS.sub("", text))) <= _MAX_LINK_WORDS


def _linked_id(text: str) -> str | None:
    """Return the id if a line is little but links: to a paper, its code and the like."""
    if "://" not in text and "rxiv" not in text:
        return None
    found = next(arxiv_ids_in(text), None) or elsewhere_id(text)
    if found is None:
        links = (_paper_url(label, url) for label, url in _LABELS.findall(text))
        found = next(filter(None, links), None)
    if found is None:
        return None
    if len(_WORD.findall(_LINKS.sub("", text))) > _MAX_LINK_WORDS:
        return None
    own = [label for label, url in _LABELS.findall(text) if value_id(url)]
    return found if all(map(is_generic, own)) else None


def _find_in_item(item: Block, above: _Above) -> list[Candidate]:
    kind = label_kind(item.text)
    if kind is not None and not _labels_a_title(item.text, kind):
        return []
    if paper_id := next(arxiv_ids_in(item.text), None) or _leading_item_id(item.text):
        return [Candidate(item, paper_id, "item", above.day)]
    day = None
    if item.children and len(item.text) <= _MAX_DAY_LINE_CHARS and not kind:
        text = _undecorated(item.text)
        day = exact_day_in(text, above.year) or short_day(text, above.year)
    below = above._replace(day=day or above.day)
    found = [candidate for child in item.children for candidate in _find(child, below)]
    own = _field_id(item)
    if not (own and arxiv_id_of(own)):
        # A paper in a part of the item counts more than what may be a reference.
        own = None if found else _item_elsewhere_id(item.text) or own
    if own and len({candidate.paper_id for candidate in found} - {own}) < 2:
        return [Candidate(item, own, "item", above.day)]
    return found


def _item_elsewhere_id(text: str) -> str | None:
    """Return the id of a paper outside arXiv that an item is about, or None.

    A title is a link, or bold, or stands before a single link.
    """
    if found := _titled_link_id(text):
        return found
    if "](" not in text and "://" not in text and "**" not in text:
        return None
    found = elsewhere_id(text)
    words = len(_WORD.findall(_LINKS.sub("", text)))
    return found if found and words <= _MAX_ITEM_WORDS and split_title(text)[0] else None


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
    paper_id = next(arxiv_ids_in(row.text), None)
    paper_id = paper_id or next(filter(None, (parse_id(bare(cell)) for cell in cells)), None)
    if paper_id is None and _has_title_column(row):
        paper_id = preferred_id(map(elsewhere_id, cells)) or _titled_link_id(row.text)
    return [Candidate(row, paper_id, "row", day)] if paper_id else []


def _has_title_column(row: Block) -> bool:
    return any(field_of(name.strip("*_ ")) is Field.TITLE for name in row.columns)
