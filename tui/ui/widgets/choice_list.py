"""A list of things of which one is to be chosen, with a key before each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar, NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from textual.geometry import Size

from tui.ui.messages import ItemSelected
from tui.ui.typeset.cell_width import fit, truncate
from tui.ui.widgets.cursor_list import CursorList

CHOICE_KEYS = "123456789abcdefimnoprstuvwxyz"
"""The keys that choose a row at once; those that move in lists, or leave them, are missing."""

_BEFORE = 4
"""Cells before a row's words: a margin, the key, and a gap."""

_GAP = 3

_WIDEST = 74
_AROUND = Size(4, 6)
"""Cells that the screen has more than the list, at least: of the box, and beside it."""


class Choice(NamedTuple):
    """One of the things to choose from.

    Attributes:
        words: what it is called.
        detail: more about it, to be glanced at.
        group: what it belongs to; neighbours with the same one stand below it.
    """

    label: str
    detail: str = ""
    group: str = ""


class ChoiceList(CursorList):
    """The rows, with their groups between them and a title above.

    Args:
        title: stands still.
        rows: what there is to choose from, at least one.
        chosen: the row of the cursor at first.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"choice-list--title", "choice-list--muted"}

    heading_lines = 2

    def __init__(self, title: str, rows: Sequence[Choice], chosen: int = 0) -> None:
        super().__init__()
        self._title = title
        self._rows = rows
        self._signs = ""
        # What stands on each line: a row's number, or None for the name of a group.
        self._lines: list[int | None] = []
        group = ""
        for number, row in enumerate(rows):
            if row.group and row.group != group:
                self._lines.append(None)
            group = row.group
            self._lines.append(number)
        self.set_reactive(ChoiceList.cursor, self._lines.index(chosen))

    @property
    def line_count(self) -> int:
        """How many lines there are, groups included."""
        return len(self._lines)

    @property
    def selected(self) -> int:
        """The row of the cursor."""
        return self._lines[self.cursor] or 0

    def show_keys(self, taken: Iterable[str]) -> None:
        """Show a key before each row, as far as there are any besides those that are taken."""
        self._signs = "".join(sign for sign in CHOICE_KEYS if sign not in set(taken))
        self.refresh()

    def choose_by_key(self, sign: str) -> bool:
        """Choose the row that has this key; tell whether there is one."""
        row = self._signs.find(sign) if sign else -1
        if not 0 <= row < len(self._rows):
            return False
        self.cursor = self._lines.index(row)
        self.post_message(ItemSelected())
        return True

    def validate_cursor(self, cursor: int) -> int:
        """Keep the cursor on a row: it leaps over the name of a group."""
        cursor = super().validate_cursor(cursor)
        if self._lines[cursor] is not None:
            return cursor
        # A group is never without a row, and never last.
        return cursor - 1 if 0 < cursor < self.cursor else cursor + 1

    def cursor_moved(self) -> None:
        """Show a group with its first row."""
        above = self.cursor - 1
        if above >= 0 and self._lines[above] is None and self.top > above:
            self.top = above

    def row_clicked(self, row: int, x: int) -> None:  # noqa: ARG002
        """Choose what was clicked."""
        if self._lines[row] is not None:
            self.cursor = row
            self.post_message(ItemSelected())

    # Size and drawing

    def get_content_width(self, container: Size, viewport: Size) -> int:  # noqa: ARG002
        """Return how many cells the longest line takes with the bar beside it, or how many fit."""
        rows = max(
            cell_len(row.label) + (_GAP + cell_len(row.detail) if row.detail else 0)
            for row in self._rows
        )
        names = max(cell_len(name) for name in (self._title, *(row.group for row in self._rows)))
        return min(max(_BEFORE + rows, 1 + names) + 2, _WIDEST, viewport.width - _AROUND.width)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """Return how many lines there are with the title's, or how many are seen at most."""
        return min(self.heading_lines + self.line_count, viewport.height - _AROUND.height)

    def draw_heading(self, line: int, width: int) -> list[Segment]:
        """Draw the title, and an empty line below it."""
        text = truncate(f" {self._title}", width) if line == 0 else ""
        return [Segment(text, self.tone("choice-list--title")), Segment("", self.plain)]

    def draw_row(self, row: int, width: int) -> list[Segment]:
        """Draw a row, or the name of a group."""
        muted = self.tone("choice-list--muted")
        number = self._lines[row]
        if number is None:
            group = next(each.group for each in self._following(row))
            return [Segment(truncate(f" {group}", width), muted)]
        choice = self._rows[number]
        style = self.plain
        if row == self.cursor:
            style = muted = self.cursor_tone()
        sign = self._signs[number : number + 1] or " "
        room = max(width - _BEFORE - 1, 0)
        # The words matter more: a detail that is too long gives way first.
        least = min(cell_len(choice.detail), room // 3)
        words = truncate(choice.label, room - least - _GAP if least else room)
        rest = room - cell_len(words)
        detail = truncate(choice.detail, max(rest - _GAP, 0))
        return [
            Segment(f" {sign}  ", muted),
            Segment(words, style),
            Segment(fit(detail, rest, right=True), muted),
            Segment(" ", style),
        ]

    def _following(self, line: int) -> Iterable[Choice]:
        return (self._rows[number] for number in self._lines[line:] if number is not None)
