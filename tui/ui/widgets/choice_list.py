"""A list of choices: each has a key that selects it, or typing filters them if there are more."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.geometry import Size

from tui.i18n import _
from tui.sanitize import clean
from tui.terminal.hangul import compose
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

    If there are more choices than keys, or after ``start_filter``, typing filters them instead.

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
        self.filter = ""
        self.is_filtering = len(choices) > len(CHOICE_KEYS)
        # The choice on each row, or None for the name of a group. A group always has a choice.
        self._rows = self._arrange(range(len(choices)))
        self._all_rows = len(self._rows)
        self.set_reactive(ChoiceList.cursor, self._rows.index(selected))

    def _arrange(self, numbers: Iterable[int]) -> list[int | None]:
        """Return the rows of these choices, with the names of their groups."""
        rows: list[int | None] = []
        for group, members in groupby(numbers, lambda number: self._choices[number].group):
            if group:
                rows.append(None)
            rows += members
        return rows

    @property
    def line_count(self) -> int:
        """The number of rows, with the names of groups."""
        return len(self._rows)

    @property
    def selected(self) -> int | None:
        """The number of the choice under the cursor; None if no choice matches the filter."""
        return self._rows[self.cursor] if self._rows else None

    def show_keys(self, reserved: Iterable[str]) -> None:
        """Assign a key to each choice, as far as there are any that are not reserved."""
        self._keys = "".join(key for key in CHOICE_KEYS if key not in set(reserved))
        self.is_filtering = len(self._choices) > len(self._keys)
        self.refresh()

    # Filter

    def start_filter(self) -> None:
        """Filter the choices by what is typed from now on."""
        self.is_filtering = True
        self.refresh()

    def set_filter(self, text: str) -> None:
        """Show only the choices that contain a text, and put the cursor on the first."""
        from tui.query.highlight import Highlighter

        self.filter = text
        numbers: Iterable[int] = range(len(self._choices))
        if highlighter := Highlighter.for_text(text):
            numbers = (
                number
                for number, choice in enumerate(self._choices)
                if highlighter.spans(f"{choice.label} {choice.detail}")
            )
        self._rows = self._arrange(numbers)
        self.window.set_top_silently(0)
        self.set_reactive(ChoiceList.cursor, int(bool(self._rows) and self._rows[0] is None))
        self.refresh()

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Return whether a key is typed into the filter."""
        is_typed = character is not None and character.isprintable()
        return self.is_filtering and (is_typed or key == "backspace")

    def on_key(self, event: events.Key) -> None:
        """Type into the filter."""
        if not self.check_consume_key(event.key, event.character):
            return
        event.prevent_default()
        event.stop()
        if event.key == "backspace":
            self.set_filter(self.filter[:-1])
        else:
            self._type(event.character or "")

    def on_paste(self, event: events.Paste) -> None:
        """Type the first line of pasted text into the filter."""
        if self.is_filtering:
            self._type(next(iter(clean(event.text).splitlines()), ""))

    def _type(self, text: str) -> None:
        # Letters of Hangul that arrive one by one become syllables.
        start, text = compose(self.filter, text)
        self.set_filter(self.filter[:start] + text)

    # Choosing

    def action_choose_by_key(self, key: str) -> None:
        """Choose the row with this key, if there is one."""
        number = self._keys.find(key)
        if 0 <= number < len(self._choices) and not self.is_filtering:
            self.cursor = self._rows.index(number)
            self.post_message(ItemSelected())

    def validate_cursor(self, cursor: int) -> int:
        """Clamp the cursor to the rows and skip the name of a group."""
        cursor = super().validate_cursor(cursor)
        if not self._rows or self._rows[cursor] is not None:
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
        return min(self.heading_lines + self._all_rows, viewport.height - _MIN_BORDER.height)

    def draw_heading(self, line: int, width: int) -> list[Segment]:
        """Draw the title, and below it the filter."""
        title_style = self.get_component_rich_style("choice-list--title")
        if line == 0:
            return [Segment(truncate(f" {self._title}", width), title_style)]
        if not self.is_filtering:
            return [Segment("", self.window.base_style)]
        muted = self.get_component_rich_style("choice-list--muted")
        if not self.filter:
            return [Segment(truncate(" " + _("Type to filter."), width), muted)]
        return [Segment(truncate(f" > {self.filter}", width), self.window.base_style)]

    def draw_blank(self, line: int, width: int) -> list[Segment]:
        """Draw that no choice matches the filter."""
        if self._rows or line:
            return []
        muted = self.get_component_rich_style("choice-list--muted")
        return [Segment(truncate(" " + _("No matches."), width), muted)]

    def draw_row(self, row: int, width: int) -> list[Segment]:
        """Draw a choice, or the name of a group."""
        muted = self.get_component_rich_style("choice-list--muted")
        number = self._rows[row]
        if number is None:
            following = self._rows[row + 1] or 0
            return [Segment(truncate(f" {self._choices[following].group}", width), muted)]
        choice = self._choices[number]
        style = self.window.base_style
        if row == self.cursor:
            style = muted = self.cursor_style()
        key = "" if self.is_filtering else self._keys[number : number + 1]
        key = key or " "
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
