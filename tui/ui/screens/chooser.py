"""A dialog to choose one item from a list: a section, a link, an author, a tag."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from tui.config.paths import stylesheets
from tui.ui.messages import ItemSelected
from tui.ui.widgets.bindings import binding
from tui.ui.widgets.choice_list import CHOICE_KEYS, ChoiceList
from tui.ui.widgets.prompt import Choice


class Chooser(ModalScreen[int | None]):
    """Returns the number of the choice, counted from 0, or None.

    The key of a row chooses it at once, Enter and a click choose a row, Escape cancels. If there
    are more rows than keys, or after the key that searches, typing filters the rows.

    Args:
        title: what is to be chosen.
        choices: at least one.
        selected: the number of the choice that the cursor is on at first.
    """

    CSS_PATH = stylesheets("chooser")  # type: ignore[assignment]  # absolute paths are fine
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "cancel", show=False),
        Binding("enter", "choose", show=False),
        binding("list.search", "filter"),
        *(Binding(key, f"focused.choose_by_key('{key}')", show=False) for key in CHOICE_KEYS),
    ]

    def __init__(self, title: str, choices: Sequence[Choice], selected: int = 0) -> None:
        super().__init__()
        self._list = ChoiceList(title, choices, selected)

    def compose(self) -> ComposeResult:
        """Show the choices in a box."""
        with Vertical():
            yield self._list

    def on_mount(self) -> None:
        """Focus the list, and reserve the keys that move in it, which the reader may have set."""
        self.set_focus(self._list)
        active = self.active_bindings.items()
        self._list.show_keys(key for key, binding in active if binding.node is not self)

    @on(ItemSelected)
    def action_choose(self) -> None:
        """Choose the row under the cursor, if there is one."""
        if self._list.selected is not None:
            self.dismiss(self._list.selected)

    def action_filter(self) -> None:
        """Filter the rows by what is typed from now on."""
        self._list.start_filter()

    def action_cancel(self) -> None:
        """Show all rows again if some are filtered out; else close the dialog without a choice."""
        if self._list.filter:
            self._list.set_filter("")
        else:
            self.dismiss(None)
