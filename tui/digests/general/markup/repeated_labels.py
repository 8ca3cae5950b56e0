"""Lines in bold that are labels because every paper of a page has them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from tui.digests.general.tree.document_tree import BOLD_LEVEL, Block, BlockKind
from tui.digests.general.tree.line_labels import is_label, label_text

_MIN_REPEATS = 3
_MIN_TITLE_SPACES = 2


def demote_repeated_labels(root: Block) -> None:
    """Turn lines in bold into text below the headings that all have the same ones.

    ``**Why read it**`` below each title would be a title itself, with the link at its end.

    Args:
        root: the page as a tree.
    """
    parents = list(_sections_with_bold_lines(root))
    if len(parents) < _MIN_REPEATS:
        return
    counts = Counter(
        label for parent in parents for label in {label_text(bold.text) for bold in _bold(parent)}
    )
    for parent in parents:
        bold = _bold(parent)
        if all(
            counts[label_text(each.text)] >= _MIN_REPEATS or is_label(each.text) for each in bold
        ):
            unknown = {id(each) for each in bold if not is_label(each.text)}
            parent.children = list(_with_texts(parent, unknown))


def _sections_with_bold_lines(block: Block) -> Iterator[Block]:
    """Yield the sections of several words that have parts whose headings are lines in bold."""
    for child in block.children:
        if child.kind is BlockKind.SECTION and child.level < BOLD_LEVEL:
            if child.text.count(" ") >= _MIN_TITLE_SPACES and _bold(child):
                yield child
            yield from _sections_with_bold_lines(child)


def _bold(section: Block) -> list[Block]:
    return [child for child in section.children if child.level == BOLD_LEVEL]


def _with_texts(section: Block, demoted: set[int]) -> Iterator[Block]:
    """Yield the parts of a section, with the heading and parts of some of them one by one."""
    for child in section.children:
        if id(child) not in demoted:
            yield child
            continue
        yield Block(BlockKind.TEXT, child.text, child.line, end=child.last_line)
        yield from child.children
