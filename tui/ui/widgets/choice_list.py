"""A list of choices, each with a key that selects it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.geometry import Size

from tui.ui.messages import ItemSelected
from tui.ui.typeset.cell_width import fit, truncate
from tui.ui.widgets.cursor_list import CursorList
from tui.ui.widgets.prompt import Choice

CHOICE_KEYS = "123456789abcdefimnoprstuvwxyz"
"""The keys that select a row; keys that move in lists or close them are left out."""

_LABEL_X = 4
"""Cells before a row's label: a margin, the key, and a gap."""

_GAP = 3
"""Cells between a label and its detail."""

_MAX_WIDTH = 74
_MIN_BORDER = Size(4, 6)
"""Cells of the screen outside the list at least: the padding of its box, and a border."""


class ChoiceList(CursorList):
    """Choices below a title, with the names of their groups between them.

    Args:
        title: the title; it does not scroll.
        choices: at least one.
        selected: the number of the choice that the cursor is on at first.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"choice-list--title", "choice-list--muted"}

    heading_lines = 2

    def __init__(self, title: str, choices: Sequence[Choice], selected: int = 0) -> None:
        super().__init__()
        self._title = title
        self._choices = choices
        self._keys = ""
        # The choice on each row, or None for the name of a group. A group always has a choice.
        self._rows: list[int | None] = []
        for group, numbers in groupby(range(len(choices)), lambda number: choices[number].group):
            if group:
                self._rows.append(None)
            self._rows += numbers
        self.set_reactive(ChoiceList.cursor, self._rows.index(selected))

    @property
    def line_count(self) -> int:
        """The number of rows, with the names of groups."""
        return len(self._rows)

    @property
    def selected(self) -> int:
        """The number of the choice under the cursor."""
        return self._rows[self.cursor] or 0

    def show_keys(self, reserved: Iterable[str]) -> None:
        """Assign a key to each choice, as far as there are any that are not reserved."""
        self._keys = "".join(key for key in CHOICE_KEYS if key not in set(reserved))
        self.refresh()

    def action_choose_by_key(self, key: str) -> None:
        """Choose the row with this key, if there is one."""
        number = self._keys.find(key)
        if 0 <= number < len(self._choices):
            self.cursor = self._rows.index(number)
            self.post_message(ItemSelected())

    def validate_cursor(self, cursor: int) -> int:
        """Clamp the cursor to the rows and skip the name of a group."""
        cursor = super().validate_cursor(cursor)
        if self._rows[cursor] is not None:
            return cursor
        return cursor - 1 if 0 < cursor < self.cursor else cursor + 1

    def cursor_moved(self) -> None:
        """Bring the name of a group into view together with its first choice."""
        above = self.cursor - 1
        if above >= 0 and self._rows[above] is None and self.window.top > above:
            self.window.top = above

    def row_clicked(self, row: int, event: events.Click) -> None:  # noqa: ARG002
        """Choose the clicked row."""
        if self._rows[row] is not None:
            self.cursor = row
            self.post_message(ItemSelected())

    # Size and drawing

    def get_content_width(self, container: Size, viewport: Size) -> int:  # noqa: ARG002
        """Return the width of the longest row with the scroll bar, within the screen."""
        rows = max(
            cell_len(choice.label) + (_GAP + cell_len(choice.detail) if choice.detail else 0)
            for choice in self._choices
        )
        groups = (choice.group for choice in self._choices)
        titles = max(cell_len(title) for title in (self._title, *groups))
        width = max(_LABEL_X + rows, 1 + titles) + 2
        return min(width, _MAX_WIDTH, viewport.width - _MIN_BORDER.width)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """Return the number of lines with the title, within the screen."""
        return min(self.heading_lines + self.line_count, viewport.height - _MIN_BORDER.height)

    def draw_heading(self, line: int, width: int) -> list[Segment]:
        """Draw the title, and an empty line below it."""
        text = truncate(f" {self._title}", width) if line == 0 else ""
        title_style = self.get_component_rich_style("choice-list--title")
        return [Segment(text, title_style), Segment("", self.base_style)]

    def draw_row(self, row: int, width: int) -> list[Segment]:
        """Draw a choice, or the name of a group."""
        muted = self.get_component_rich_style("choice-list--muted")
        number = self._rows[row]
        if number is None:
            following = self._rows[row + 1] or 0
            return [Segment(truncate(f" {self._choices[following].group}", width), muted)]
        choice = self._choices[number]
        style = self.base_style
        if row == self.cursor:
            style = muted = self.cursor_style()
        key = self._keys[number : number + 1] or " "
        room = max(width - _LABEL_X - 1, 0)
        # A long detail is cut off before the label, but keeps a third of the row.
        reserved = min(cell_len(choice.detail), room // 3)
        label = truncate(choice.label, room - reserved - _GAP if reserved else room)
        rest = room - cell_len(label)
        detail = truncate(choice.detail, max(rest - _GAP, 0))
        return [
            Segment(f" {key}  ", muted),
            Segment(label, style),
            Segment(fit(detail, rest, right=True), muted),
            Segment(" ", style),
        ]
