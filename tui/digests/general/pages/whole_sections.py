"""Decide whether a section is one paper as a whole, or holds several."""

from __future__ import annotations

import re

from tui.digests.general.fields.block_ids import describes_paper, field_id, has_title_column
from tui.digests.general.fields.section_days import names_digest
from tui.digests.general.fields.table_rows import linked_title
from tui.digests.general.fields.titles import title_of_block
from tui.digests.general.pages.candidate import Candidate
from tui.digests.general.pages.field_sections import has_field_lines, is_only_links
from tui.digests.general.tree.document_tree import Block, BlockKind
from tui.digests.general.tree.line_labels import is_label, label_kind, label_text
from tui.digests.general.vocabulary.labels import Field
from tui.paper_ids import arxiv_id_of

_FACTS = re.compile(
    r"(?:(?:paper|basic|bibliographic|publication)\s)?(?:info(?:rmation)?|metadata|meta|details)"
    r"|(?:论文|文章)?(?:基本|元)?信息|论文概况|元数据|(?:논문|기본|서지)\s?정보|書誌(?:情報|事項)|論文情報|基本情報"
    r"|thông tin(?: bài báo| chung)?|metadaten|(?:meta)?datos|метаданные",
    re.IGNORECASE,
)
"""Headings of a part that has the fields of a paper, whose title is above it."""

_MIN_OTHERS = 2
"""Papers besides the one in its fields that make a section a list of papers."""


def id_of_whole(section: Block, own: str | None, found: list[Candidate]) -> str | None:
    """Return the id of the paper that a section is, if the only one below is part of it; or None.

    Args:
        section: the section.
        own: the id in its fields.
        found: its parts that may be papers.
    """
    if not section.level:
        return None
    part = _only_facts(found) or _only_field(section, found) or _only_links(section, own, found)
    return part.paper_id if part else None


def is_about_one(section: Block, own: str, found: list[Candidate]) -> bool:
    """Return whether a section is a paper itself, so that its parts are references.

    Args:
        section: the section.
        own: the id in its fields.
        found: its parts that may be papers.
    """
    if not arxiv_id_of(own) and _are_on_arxiv(found):
        return False
    if not found and names_digest(section.text):
        return True
    others = {each.paper_id for each in found if each.rule in {"heading", "field"}} - {own}
    if len(others) >= _MIN_OTHERS or names_digest(section.text):
        return False
    return not _links_to_own_paper(section, own) or len(_listed(found) - {own}) < _MIN_OTHERS


def _links_to_own_paper(section: Block, own: str) -> bool:
    """Return whether a section is a page that says nothing of its paper but a link or badge.

    Such a page may be a list of papers, whose writers have published a survey of them.
    """
    if section.level != 1 or describes_paper(section) or field_id(section, labelled=True) == own:
        return False
    return not any(
        child.kind is BlockKind.SECTION and is_label(child.text) for child in section.children
    )


def _listed(found: list[Candidate]) -> set[str]:
    """Return the ids of the items and rows that have a title of their own."""
    return {each.paper_id for each in found if _has_title(each)}


def _has_title(candidate: Candidate) -> bool:
    block = candidate.block
    if candidate.rule == "row":
        return has_title_column(block) or bool(linked_title(block.text, candidate.paper_id))
    return candidate.rule == "item" and bool(title_of_block(block)[0])


def _only_facts(found: list[Candidate]) -> Candidate | None:
    """Return the only paper of a section, if that part of it is named after its fields."""
    if len(found) != 1 or found[0].block.kind is not BlockKind.SECTION:
        return None
    return found[0] if is_list_of_facts(found[0].block.text) else None


def _only_field(section: Block, found: list[Candidate]) -> Candidate | None:
    """Return the only paper of a section, if it is in a field: ``- Paper: [A](…)``."""
    if len(found) != 1 or found[0].block not in section.children or not has_field_lines(section):
        return None
    return found[0] if label_kind(found[0].block.text) in {Field.LINK, Field.TITLE} else None


def _only_links(section: Block, own: str | None, found: list[Candidate]) -> Candidate | None:
    """Return the paper of a section that has its fields, while parts below only link to it."""
    ids = {each.paper_id for each in found}
    if len(ids) != 1 or (own and own not in ids) or not has_field_lines(section):
        return None
    if names_digest(section.text) or not all(map(_is_link, found)):
        return None
    return found[0]


def _is_link(candidate: Candidate) -> bool:
    """Return whether a part only links to a paper; its heading has no title, or is not one."""
    if candidate.rule == "heading":
        return not title_of_block(candidate.block)[0]
    return candidate.rule != "text" and is_only_links(candidate.block)


def is_list_of_facts(heading: str) -> bool:
    """Return whether a heading is that of the fields of a paper: ``1. Paper information``."""
    return _FACTS.fullmatch(label_text(heading)) is not None


def _are_on_arxiv(found: list[Candidate]) -> bool:
    """Return whether parts are several papers on arXiv, so that another link is not theirs."""
    return len({each.paper_id for each in found if arxiv_id_of(each.paper_id)}) > 1
