"""A box to choose one of several things from: a section, a link, an author, a tag."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from tui.config.resources import stylesheets
from tui.ui.messages import ItemSelected
from tui.ui.widgets.choice_list import CHOICE_KEYS, Choice, ChoiceList

__all__ = ["Choice", "Chooser"]


class Chooser(ModalScreen[int | None]):
    """Asks which one; answers with its number, counted from 0, or None.

    A row's key chooses it at once, Enter and a click choose, Escape leaves.

    Args:
        title: what is to be chosen.
        rows: what there is, at least one.
        chosen: the row of the cursor at first.
    """

    CSS_PATH = stylesheets("chooser")  # type: ignore[assignment]  # absolute paths are fine
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "leave", show=False),
        Binding("enter", "choose", show=False),
        *(Binding(sign, f"choose_by('{sign}')", show=False) for sign in CHOICE_KEYS),
    ]

    def __init__(self, title: str, rows: Sequence[Choice], chosen: int = 0) -> None:
        super().__init__()
        self._list = ChoiceList(title, rows, chosen)

    def compose(self) -> ComposeResult:
        """Show the rows in a box."""
        with Vertical():
            yield self._list

    def on_mount(self) -> None:
        """Let the reader move, and choose by keys that do not move: these are the reader's own."""
        self.set_focus(self._list)
        active = self.active_bindings.items()
        self._list.show_keys(key for key, binding in active if binding.node is not self)

    def action_choose_by(self, sign: str) -> None:
        """Choose what a key stands before."""
        self._list.choose_by_key(sign)

    @on(ItemSelected)
    def action_choose(self) -> None:
        """Answer with the row of the cursor."""
        self.dismiss(self._list.selected)

    def action_leave(self) -> None:
        """Answer with none."""
        self.dismiss(None)
