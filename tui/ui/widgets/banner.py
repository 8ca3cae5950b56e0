"""The banner: a notice at the top of the main screen."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.widget import Widget

from tui.ui.messages import KeyClicked
from tui.ui.typeset.cell_width import truncate

MARGIN = 1


class Banner(Widget):
    """One line, in the longest wording that fits.

    Args:
        texts: wordings, the longest first.
        action: what a click does; empty for nothing.
    """

    ALLOW_SELECT = False

    def __init__(self, texts: Sequence[str], action: str) -> None:
        super().__init__(id="banner")
        self._texts = texts
        self._action = action

    def render(self) -> Content:
        """Return the wording, without markup."""
        room = max(self.size.width - 2 * MARGIN, 0)
        fitting = (text for text in self._texts if truncate(text, room) == text)
        return Content(" " * MARGIN + next(fitting, truncate(self._texts[-1], room)))

    def on_click(self) -> None:
        """Do what the notice offers."""
        if self._action:
            self.post_message(KeyClicked(self._action))
