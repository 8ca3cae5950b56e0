"""Find papers in a page: headings, list items and rows of tables with an id on or below them.

A section whose heading has an id is a paper, and so is one whose fields have it. Of a section that
holds several papers, the parts are asked in turn; a section that is a paper is not searched for
others, because what it mentions are references.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, partial
from itertools import pairwise, zip_longest
from typing import NamedTuple

from tui.digests.general.fields.block_ids import (
    field_id,
    heading_id,
    id_before_title,
    is_field_row,
    is_title_with_link,
    is_titled_link,
    item_elsewhere_id,
    item_id,
    lead_in_id,
    line_id,
    row_id,
)
from tui.digests.general.fields.section_days import (
    day_line,
    day_of_item,
    day_of_section,
    day_of_subtitle,
    names_digest,
    take_last_day,
)
from tui.digests.general.fields.titles import is_generic, title_of_block
from tui.digests.general.names.author_lists import unlabelled_names
from tui.digests.general.pages.candidate import Candidate
from tui.digests.general.pages.field_sections import id_in_sections
from tui.digests.general.pages.like_neighbours import (
    with_addresses,
    with_closing_links,
    with_paper_links,
)
from tui.digests.general.pages.paragraphs import split_into_papers
from tui.digests.general.pages.sections_without_papers import holds_no_papers
from tui.digests.general.pages.whole_sections import id_of_whole, is_about_one
from tui.digests.general.tree.document_tree import BOLD_LEVEL, Block, BlockKind
from tui.digests.general.tree.line_labels import is_label, label_kind
from tui.digests.general.tree.loose_lists import take_texts_below_items
from tui.digests.general.vocabulary.labels import Field
from tui.digests.id_search import may_have_papers, names_paper
from tui.digests.parsing.markdown_lines import labelled_links
from tui.digests.parsing.numeric_dates import year_of
from tui.digests.parsing.written_days import exact_day_in, year_in
from tui.paper_ids import arxiv_id_of

_MAX_LEAD_WORDS = 6
"""Words of an item above the title of a paper; below a longer text are references."""


class _Above(NamedTuple):
    """What headings above say.

    Attributes:
        day: the day, or None.
        year: the year, or an empty text.
        title: the only heading of the page without one above it; it is no label of a field.
    """

    day: str | None = None
    year: str = ""
    title: Block | None = None


def find_candidates(root: Block, year: str = "") -> list[Candidate]:
    """Return the parts of a page that are papers, in order.

    Args:
        root: the page as a tree.
        year: of days without one; empty if unknown.
    """
    sections = [child for child in root.children if child.kind is BlockKind.SECTION]
    title = sections[0] if len(sections) == 1 and sections[0].level == 1 else None
    candidates = _find(root, _Above(year=year, title=title))
    return [] if _describe_project(candidates) else with_paper_links(root, candidates)


def is_project_page(root: Block) -> bool:
    """Return whether a page describes a project, and its first heading links to the paper."""
    return _describe_project(_find(root, _Above()))


def _describe_project(candidates: list[Candidate]) -> bool:
    if len(candidates) != 1:
        return False
    [candidate] = candidates
    sections = [child for child in candidate.block.children if child.kind is BlockKind.SECTION]
    is_title = candidate.rule == "heading" and candidate.block.level == 1
    return is_title and bool(sections) and not any(is_label(section.text) for section in sections)


def page_title(root: Block) -> str:
    """Return the first heading of a page, or an empty text."""
    heading = next((child for child in root.children if child.kind is BlockKind.SECTION), None)
    return title_of_block(heading)[0] if heading else ""


def _find(block: Block, above: _Above) -> list[Candidate]:
    if block.kind is BlockKind.ROW:
        return _find_in_row(block, above.day)
    if block.kind is BlockKind.ITEM:
        return _find_in_item(block, above)
    if block.kind is BlockKind.TEXT:
        return []
    return _find_in_section(block, above)


def _find_in_section(section: Block, above: _Above) -> list[Candidate]:
    if section is not above.title and holds_no_papers(section):
        return []
    if paper_id := heading_id(section.text):
        return [Candidate(section, paper_id, "heading", above.day)]
    day = day_of_section(section, above.day, above.year)
    year = year_of(day) or year_in(section.text) or above.year
    below = above._replace(day=day or above.day, year=year)
    found = _find_below_days(section, below)
    own = (field_id(section) or id_in_sections(section)) if section.level else None
    if paper_id := id_of_whole(section, own, found):
        day = below.day if names_digest(section.text) else above.day
        return [Candidate(section, paper_id, "field", day)]
    is_alone = not found and (not own or names_digest(section.text))
    if in_text := _find_in_text(section, below, is_alone=is_alone):
        return sorted([*found, *in_text], key=lambda candidate: candidate.block.line)
    if own and is_about_one(section, own, found):
        if names_digest(section.text):
            day = below.day
        else:
            day = above.day or exact_day_in(section.text, above.year)
        return [Candidate(section, own, "field", day)]
    _extend_title_in_bold(section, found)
    return found


def _extend_title_in_bold(section: Block, found: list[Candidate]) -> None:
    """Add the sections of fields below the only paper of a section, whose title is in bold, to it.

    Their headings, such as ``### Abstract``, are above those in bold elsewhere.
    """
    if len(found) != 1 or section.level == 0 or found[0].block.level != BOLD_LEVEL:
        return
    paper = found[0].block
    if paper not in section.children:
        return
    below = section.children[section.children.index(paper) + 1 :]
    if below and below[0].kind is BlockKind.SECTION and is_label(below[0].text):
        paper.children += below
        paper.end = section.end
        del section.children[-len(below) :]


def _find_below_days(section: Block, below: _Above) -> list[Candidate]:
    """Return the papers in the parts of a section; lines between them may have another day."""
    found: list[Candidate] = []
    for child, following in zip_longest(section.children, section.children[1:]):
        if day := day_line(child, below.year):
            below = below._replace(day=day)
            continue
        if child.kind is BlockKind.TEXT:
            continue
        day = take_last_day(child, below.year)
        inner = _find(child, below)
        for candidate in inner:
            candidate.year = candidate.year or below.year
        found += inner
        if not (day or inner or found):
            day = day_of_subtitle(child, following, below.year)
        if day:
            below = below._replace(day=day)
    if len(found) > 1 and any(map(_may_be_below_item, section.children)):
        items = {id(candidate.block) for candidate in found if candidate.rule == "item"}
        take_texts_below_items(section, items, partial(day_line, year=below.year))
    found = with_closing_links(section, found, below.day)
    return with_addresses(section, found, below.day)


def _may_be_below_item(block: Block) -> bool:
    """Return whether a part of a list may belong to an item above: a text, or a labelled field."""
    if block.kind is BlockKind.ITEM:
        return label_kind(block.text) is not None
    return block.kind is BlockKind.TEXT


def _find_in_text(section: Block, above: _Above, *, is_alone: bool) -> list[Candidate]:
    """Return the papers in the paragraphs of a section.

    Args:
        section: the section.
        above: what it and the headings above say.
        is_alone: whether the section has no other papers, so that a single one counts.
    """
    mentions = sum(
        child.kind is BlockKind.TEXT and may_have_papers(child.text) for child in section.children
    )
    if mentions < (1 if is_alone else 2):
        return []
    texts = [child for child in section.children if child.kind is BlockKind.TEXT]
    has_leads = is_alone and sum(lead_in_id(child) is not None for child in texts) > 1
    id_of = cache(_lead_or_line_id if has_leads else line_id)
    papers = split_into_papers(section, id_of, partial(day_line, year=above.year))
    if len({paper.paper_id for paper in papers}) < 2:
        # A title directly above its link, or a title that is a link.
        parts = [paper for paper in papers if _is_paper_in_text(paper.block)]
        is_page = section.level == 0 or names_digest(section.text)
        is_sure = any(id_before_title(paper.block.text) for paper in papers)
        may_be = parts and is_alone and (is_page or _names_authors(parts[0].block))
        is_bold = is_alone and any(paper.block.text.startswith("**[") for paper in papers)
        if not (is_sure or may_be or is_bold):
            return []
    return [
        Candidate(paper.block, paper.paper_id, "text", paper.day or above.day) for paper in papers
    ]


def _lead_or_line_id(line: Block) -> str | None:
    return lead_in_id(line) or line_id(line)


def _names_authors(paper: Block) -> bool:
    """Return whether a line of a paper has a label for its authors, or the one below them."""
    if any(label_kind(child.text) is Field.AUTHORS for child in paper.children):
        return True
    below = next(iter(paper.children), None)
    if below is None or below.line != paper.last_line + 1:
        return False
    return bool(unlabelled_names(below.text))


def _is_paper_in_text(part: Block) -> bool:
    if is_titled_link(part.text) or ("](" not in part.text and is_title_with_link(part.text)):
        return True
    below = next((child for child in part.children if child.line > part.last_line), None)
    is_next = below is not None and below.line == part.last_line + 1
    return is_next and not names_paper(part.text)


def _find_in_item(item: Block, above: _Above) -> list[Candidate]:
    kind = label_kind(item.text)
    if kind is not None and not _labels_a_title(item.text, kind):
        return []
    if paper_id := item_id(item.text):
        return [Candidate(item, paper_id, "item", above.day)]
    below = above._replace(day=day_of_item(item, above.year) or above.day)
    found = [candidate for child in item.children for candidate in _find(child, below)]
    own = None if item.text.startswith("#") else field_id(item)
    if not (own and arxiv_id_of(own)):
        # A paper in a part of the item counts more than what may be a reference.
        own = None if found else item_elsewhere_id(item.text) or own
    ids = {candidate.paper_id for candidate in found}
    if len(found) == 1 and own in ids and _has_fields_of_its_own(found[0].block):
        return found
    # A heading above papers has the link of the first one below it.
    if own and len(ids - {own}) < (1 if own in ids else 2):
        return [Candidate(item, own, "item", above.day)]
    return found or list(_below_lead(item, below))


def _has_fields_of_its_own(block: Block) -> bool:
    """Return whether the id of an item is in a field below a title, and not in its first line."""
    return item_id(block.text) is None and field_id(block, labelled=True) is not None


def _below_lead(item: Block, above: _Above) -> Iterator[Candidate]:
    """Yield the papers whose titles are links on lines below the few words of an item."""
    if len(item.text.split()) > _MAX_LEAD_WORDS:
        return
    ids = {
        number: paper_id
        for number, child in enumerate(item.children)
        if child.kind is BlockKind.TEXT
        and is_titled_link(child.text)
        and (paper_id := line_id(child))
    }
    for number, following in pairwise([*ids, len(item.children)]):
        line, rest = item.children[number], item.children[number + 1 : following]
        end = rest[-1].end if rest else line.end
        block = Block(BlockKind.ITEM, line.text, line.line, item.level, end, children=rest)
        yield Candidate(block, ids[number], "item", above.day)


def _labels_a_title(text: str, kind: Field) -> bool:
    """Return whether an item like ``Paper: [A Title](…)`` has the title of a paper."""
    if kind is Field.TITLE:
        return True
    if kind is not Field.LINK:
        return False
    return any(not is_generic(label) for _, label, _ in labelled_links(text))


def _find_in_row(row: Block, day: str | None) -> list[Candidate]:
    if is_field_row(row):
        return []
    paper_id = row_id(row)
    return [Candidate(row, paper_id, "row", day)] if paper_id else []
