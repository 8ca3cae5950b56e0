"""The labelled values of a paper in its part of a page, and the lines they are on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import takewhile

from tui.digests.general.fields.block_ids import is_field_row
from tui.digests.general.tree.document_tree import Block, BlockKind, split_row
from tui.digests.general.tree.inline_html import inline_markdown
from tui.digests.general.tree.line_labels import label_kind, label_text, labelled_parts
from tui.digests.general.vocabulary.labels import Field, field_of
from tui.digests.parsing.written_days import day_written_in, short_day

_MAX_DAY_CHARS = 60
_DAYS = frozenset({Field.ISSUE_DAY, Field.DATE, Field.PUBLISHED})
_ON_THEIR_LINES = _DAYS | {Field.ID, Field.LINK, Field.TITLE, Field.AUTHORS, Field.VOTES}
"""Fields whose lines are not part of the summary."""


class LabelledFields:
    """The labelled values of a paper.

    Args:
        year: of days without one; empty if unknown.

    Attributes:
        by_field: label and value of each field, in order.
        used_lines: numbers of the lines that belong to fields, and not to the summary.
    """

    def __init__(self, year: str) -> None:
        self._year = year
        self.by_field: dict[Field, list[tuple[str, str]]] = {}
        self.used_lines: set[int] = set()

    def values(self, kind: Field) -> list[str]:
        """Return the values of a field, in order."""
        return [value for _, value in self.by_field.get(kind, ())]

    def day(self, kind: Field) -> str | None:
        """Return the first day in the values of a field, or None."""
        return next(filter(None, map(self._day_in, self.values(kind))), None)

    def collect(self, block: Block) -> None:
        """Add the labelled values in a part of a page."""
        for number, child in enumerate(block.children):
            if child.kind is BlockKind.SECTION:
                self._add_section(child)
                self.collect(child)
            elif child.kind is BlockKind.ROW:
                self._add_row(child)
            else:
                self._add_line(child, takewhile(_is_item, _below(block, number)))
                if child.kind is BlockKind.ITEM:
                    self.collect(child)

    def _add(self, kind: Field, label: str, value: str) -> None:
        self.by_field.setdefault(kind, []).append((label, value))

    def _add_row(self, row: Block) -> None:
        if is_field_row(row):
            label, value = split_row(row.text)
            if kind := field_of(label.strip("*_ ")):
                self._add(kind, label, inline_markdown(value))

    def _add_section(self, section: Block) -> None:
        """Add a section whose heading is a label: "Authors" has them as its text."""
        kind = field_of(label_text(section.text))
        if kind and _has_value(section, kind):
            lines = _value_lines(section)
            self._add(kind, section.text, ", ".join(line.text for line in lines))
            self.used_lines |= {section.line, *(line.line for line in lines)}

    def _add_line(self, line: Block, items_below: Iterable[Block]) -> None:
        kinds = set()
        for label, value in labelled_parts(line):
            kind = field_of(label)
            if kind is Field.AUTHORS and not value:
                value = self._names_in(items_below)  # noqa: PLW2901
            if kind and (value or not line.children):
                self._add(kind, label, value)
                has_day = kind not in _DAYS or self._day_in(value)
                kinds.add(kind if has_day else Field.SUMMARY)
        if kinds and kinds <= _ON_THEIR_LINES:
            self.used_lines.update(range(line.line, line.last_line + 1))

    def _names_in(self, items: Iterable[Block]) -> str:
        """Return the names in the list below a label for authors, up to another label."""
        names = list(takewhile(lambda item: label_kind(item.text) is None, items))
        self.used_lines |= {name.line for name in names}
        return ", ".join(name.text for name in names)

    def _day_in(self, value: str) -> str | None:
        value = value[:_MAX_DAY_CHARS]
        return day_written_in(value, self._year) or short_day(value, self._year)


def _has_value(section: Block, kind: Field) -> bool:
    """Return whether a section that is a label has a value for a field other than the summary."""
    if not section.children:
        return False
    if kind in _DAYS:
        return day_written_in(section.children[0].text[:_MAX_DAY_CHARS]) is not None
    return kind in {Field.AUTHORS, Field.VOTES, Field.TITLE}


def _value_lines(section: Block) -> list[Block]:
    """Return the value of a section that is a label: its first line, or the items of its list."""
    items = [child for child in section.children if child.kind is BlockKind.ITEM]
    return items if items and items[0] is section.children[0] else section.children[:1]


def _is_item(block: Block) -> bool:
    return block.kind is BlockKind.ITEM


def _below(block: Block, number: int) -> Iterator[Block]:
    """Yield what is within a part of a block, else what follows it; copied, it would take long."""
    part = block.children[number]
    yield from part.children or map(
        block.children.__getitem__, range(number + 1, len(block.children))
    )
