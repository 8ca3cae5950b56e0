"""Papers that are recognized by what is beside them: parts of a page in the same form as others."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from tui.digests.general.fields.address_ids import paper_link_id
from tui.digests.general.fields.block_ids import closing_id, sole_address
from tui.digests.general.fields.titles import title_of_block
from tui.digests.general.pages.candidate import Candidate
from tui.digests.general.pages.sections_without_papers import holds_no_papers
from tui.digests.general.tree.document_tree import Block, BlockKind

_MIN_NEIGHBOURS = 2
"""Papers with an id that show what its neighbours in the same form are."""

_MIN_TITLE_SPACES = 2
"""Spaces in the title of a paper whose id is only in a link behind it."""

_LINK_IN_PROSE = re.compile(r"\w \[[^\[\]]{1,20}\]\(")


def with_closing_links(section: Block, found: list[Candidate], day: str | None) -> list[Candidate]:
    """Return the papers of a section, and parts with a title and a text that ends with a link.

    There have to be several, because the text of a post may end with a link, too.

    Args:
        section: the section.
        found: its papers that have an id elsewhere.
        day: the day above, or None.
    """
    sections = [child for child in section.children if child.kind is BlockKind.SECTION]
    if len(sections) < _MIN_NEIGHBOURS:
        return found
    papers = {id(candidate.block) for candidate in found}
    others = [
        child for child in sections if id(child) not in papers and not _holds_any(child, found)
    ]
    closing = [
        Candidate(child, paper_id, "text", day)
        for child in others
        if child.text.count(" ") >= _MIN_TITLE_SPACES and not holds_no_papers(child)
        if (paper_id := closing_id(child))
    ]
    known = sum(id(child) in papers for child in sections)
    ids = {candidate.paper_id for candidate in closing}
    if not ids or known + len(ids) < _MIN_NEIGHBOURS:
        return found
    return sorted([*found, *closing], key=_line_of)


def with_addresses(section: Block, found: list[Candidate], day: str | None) -> list[Candidate]:
    """Return the papers of a section, and parts like them that only have an address.

    Args:
        section: the section.
        found: its papers that have an id.
        day: the day above, or None.
    """
    papers = {id(candidate.block) for candidate in found}
    children = [child for child in section.children if child.kind is not BlockKind.TEXT]
    known = [child for child in children if id(child) in papers]
    if len(known) < _MIN_NEIGHBOURS or len(known) == len(children):
        return found
    shapes = {(child.kind, child.level) for child in known}
    in_order = sorted(found, key=_line_of)
    for child in children:
        if not _holds_any(child, in_order) and (child.kind, child.level) in shapes:
            address = sole_address(child)
            found += [Candidate(child, address, "field", day)] if address else []
    return sorted(found, key=_line_of)


def with_paper_links(root: Block, found: list[Candidate]) -> list[Candidate]:
    """Return the papers of a page, and items of lists like them whose links say ``Paper``.

    Args:
        root: the page as a tree.
        found: its papers that have an id, in order.
    """
    levels = {candidate.block.level for candidate in found if candidate.rule == "item"}
    if len(found) < _MIN_NEIGHBOURS or not levels:
        return found
    linked = []
    for item in _other_items(root, found):
        paper_id = paper_link_id(item) if item.level in levels else None
        if paper_id and _may_have_title(item):
            above = max(0, bisect_left(found, item.line, key=_line_of) - 1)
            linked.append(Candidate(item, paper_id, "item", found[above].day))
    return sorted([*found, *linked], key=_line_of) if linked else found


def _may_have_title(item: Block) -> bool:
    """Return whether an item starts with a title, and not with a sentence that has a link."""
    has_words = title_of_block(item)[0].count(" ") >= _MIN_TITLE_SPACES
    return has_words and (item.text.startswith("**") or not _LINK_IN_PROSE.search(item.text))


def _other_items(section: Block, found: list[Candidate]) -> Iterator[Block]:
    """Yield the items of lists in which there are no papers yet, outside of those found."""
    papers = {id(candidate.block) for candidate in found}
    waiting = [section]
    while waiting:
        for child in waiting.pop().children:
            if child.kind is BlockKind.ITEM and not _holds_any(child, found):
                yield child
                continue
            is_inside = child.kind is BlockKind.SECTION and id(child) not in papers
            if is_inside and not holds_no_papers(child):
                waiting.append(child)


def _holds_any(block: Block, found: list[Candidate]) -> bool:
    """Return whether one of some papers, which are in order, is in a part of the page."""
    within = bisect_left(found, block.line, key=_line_of)
    return within < len(found) and found[within].block.line <= block.end


def _line_of(candidate: Candidate) -> int:
    return candidate.block.line
