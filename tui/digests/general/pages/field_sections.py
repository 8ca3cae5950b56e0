"""Papers whose fields are sections below the heading with the title, as forms and templates have.

Such a section has a label as its heading (``### Paper link``) and the value below it, or it holds
nothing but links, whatever its heading is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tui.digests.general.fields.block_ids import field_id, header_blocks
from tui.digests.general.fields.titles import is_generic
from tui.digests.general.found_paper import preferred_id, value_id
from tui.digests.general.tree.document_tree import Block, BlockKind
from tui.digests.general.tree.line_labels import bare, label_text, labelled_parts
from tui.digests.general.vocabulary.labels import Field, field_of
from tui.digests.parsing.markdown_lines import labelled_links
from tui.paper_ids import arxiv_id_of
from tui.paper_ids.references import arxiv_ids_in

_OWN_LINES = frozenset({Field.AUTHORS, Field.VOTES, Field.PUBLISHED})
"""Labels of lines that a paper has, but hardly a digest as a whole."""

_OWN_SECTIONS = _OWN_LINES | {Field.DATE, Field.ISSUE_DAY, Field.TITLE, Field.ORIGINAL_TITLE}
_INSTRUCTIONS = re.compile(
    r"install|usage|getting started|quick ?start|requirements|license|contribut"
    r"|安装|使用|快速开始|许可|설치|사용법|라이선스|インストール|使い方|ライセンス",
    re.IGNORECASE,
)
_MIN_LABELS = 2
"""Sections with labels that show that the others are parts of one paper, too."""

_MAX_VALUE_LINES = 8
_MAX_LINK_WORDS = 4
_MAX_GENERIC_WORDS = 2
_WORD = re.compile(r"[^\W\d_]+")
_LINKS = re.compile(r"\[[^\[\]]{0,300}\]\([^()]{0,2000}\)|https?://\S+")


def id_in_sections(section: Block) -> str | None:
    """Return the only id in sections for links below a title; None without other fields of a paper.

    Args:
        section: the section with the title; the fields are one or two levels below it.
    """
    kinds: set[Field] = set()
    ids: set[str] = set()
    for part in _field_sections(section):
        kind = _label_of(part)
        if kind in {Field.ID, Field.LINK}:
            for child in part.children[:_MAX_VALUE_LINES]:
                ids.update(_ids_of_value(child))
        elif kind:
            kinds.add(kind)
    if not ids and section.level == 1:
        return _id_in_first_section(section)
    on_arxiv = sum(1 for each in ids if arxiv_id_of(each))
    if not ids or (on_arxiv or len(ids)) > 1:
        return None
    return preferred_id(ids) if kinds & _OWN_SECTIONS or has_field_lines(section) else None


def _id_in_first_section(page: Block) -> str | None:
    """Return the labelled id in the introduction of a note below its title, or None.

    A page with instructions is about a program, which a paper may describe.
    """
    parts = _sections_of(page)
    if not parts or _label_of(parts[0]) is not Field.SUMMARY:
        return None
    if any(_INSTRUCTIONS.search(part.text) for part in parts):
        return None
    return field_id(parts[0], labelled=True)


def has_field_lines(section: Block) -> bool:
    """Return whether directly below a heading stand labels of a paper, such as its authors."""
    parts = (part for line in header_blocks(section) for part in labelled_parts(line))
    return any(value and field_of(label) in _OWN_LINES for label, value in parts)


def is_only_links(block: Block) -> bool:
    """Return whether a part of a page has links, perhaps with the names of sites, and no title."""
    if block.kind is not BlockKind.SECTION and not _has_only_links(block.text):
        return False
    return all(map(is_only_links, block.children))


def _field_sections(section: Block) -> Iterator[Block]:
    """Yield the sections with labels; those two levels below only if what is above is a field."""
    parts = _sections_of(section)
    labels = sum(_label_of(part) is not None for part in parts)
    for part in parts:
        is_field = _label_of(part) is not None
        if is_field:
            yield part
        if labels and (is_field or labels >= _MIN_LABELS):
            yield from (inner for inner in _sections_of(part) if _label_of(inner))


def _sections_of(section: Block) -> Sequence[Block]:
    return [child for child in section.children if child.kind is BlockKind.SECTION]


def _label_of(section: Block) -> Field | None:
    return field_of(label_text(section.text))


def _ids_of_value(block: Block) -> Iterator[str]:
    found = list(arxiv_ids_in(block.text))
    other = None if found else value_id(bare(block.text))
    yield from found or filter(None, [other])


def _has_only_links(text: str) -> bool:
    if len(_WORD.findall(_LINKS.sub("", text))) > _MAX_LINK_WORDS:
        return False
    labels = (label for _, label, url in labelled_links(text) if value_id(url))
    return all(
        is_generic(label) or len(_WORD.findall(label)) <= _MAX_GENERIC_WORDS for label in labels
    )
