"""Lists whose items have their texts below them, not indented, as editors and models write them.

Markdown ends an item at a line after a blank one that is not indented.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from itertools import pairwise

from tui.digests.general.tree.document_tree import Block, BlockKind
from tui.digests.general.tree.line_labels import label_kind
from tui.digests.id_search import names_paper

_MIN_ITEMS = 2
_TEXTS = frozenset({BlockKind.TEXT, BlockKind.ITEM})


def take_texts_below_items(
    section: Block, items: Collection[int], day_of: Callable[[Block], str | None]
) -> None:
    """Give items that are papers the texts between them, if most of them have one.

    Args:
        section: the section with the list.
        items: what `id` returns for each item that is a paper.
        day_of: returns the day that a line consists of; such a line is of no item.
    """
    children = section.children
    starts = [number for number, child in enumerate(children) if id(child) in items]
    if len(starts) < _MIN_ITEMS:
        return
    ends = [*starts[1:], len(children)]
    texts = [
        _texts(children[start + 1 : end], day_of) for start, end in zip(starts, ends, strict=True)
    ]
    filled = sum(map(bool, texts[:-1]))
    if not filled or filled * 2 < len(texts) - 1:
        return
    # What is below the last one may be the end of the page.
    texts[-1] = _first_paragraph(texts[-1])
    taken: set[int] = set()
    for start, lines in zip(starts, texts, strict=True):
        if lines:
            children[start].children += lines
            children[start].end = lines[-1].end
            taken |= {id(line) for line in lines}
    section.children = [child for child in children if id(child) not in taken]


def _texts(blocks: list[Block], day_of: Callable[[Block], str | None]) -> list[Block]:
    """Return blocks that are texts and items without papers and days; none if there are others.

    Items without a text above them are those of the paper if the first one is a field.
    """
    is_text = all(block.kind in _TEXTS and day_of(block) is None for block in blocks)
    if blocks and blocks[0].kind is BlockKind.ITEM:
        is_text = is_text and label_kind(blocks[0].text) is not None
    lines = (line for block in blocks for line in (block, *block.children))
    return blocks if is_text and not any(names_paper(line.text) for line in lines) else []


def _first_paragraph(lines: list[Block]) -> list[Block]:
    for number, (line, following) in enumerate(pairwise(lines), 1):
        if following.line > line.last_line + 1:
            return lines[:number]
    return lines
