"""Highlight the reader's interests everywhere, and show the papers about them."""

from __future__ import annotations

from tui.i18n import _
from tui.library.scope import interests_scope
from tui.query.columns import AUTHORS, TITLE
from tui.query.conditions import PaperField
from tui.query.interests import InterestHighlighter
from tui.query.query import Query
from tui.ui.screens.main.context import Controller, MainContext
from tui.ui.screens.main.navigator import Navigator


class InterestsController(Controller):
    """Created at the start if the settings have interests, and otherwise by the key for them.

    Args:
        context: the objects that all controllers share.
        navigator: goes to the papers about the interests.
    """

    def __init__(self, context: MainContext, navigator: Navigator) -> None:
        super().__init__(context)
        self._navigator = navigator
        self._interests = context.options.settings.interests

    def highlight(self) -> None:
        """Highlight the words of the interests in the table and in summaries."""
        of, interests = InterestHighlighter.of, self._interests
        self._panes.table.interests = {
            TITLE: of(interests, [PaperField.TITLE]),
            AUTHORS: of(interests, [PaperField.AUTHOR]),
        }
        self._panes.viewer.interests = of(interests)

    def show(self) -> None:
        """Go to the papers about the interests, or say how to set them."""
        if self._interests:
            self._navigator.visit(interests_scope(self._interests), Query())
        else:
            text = _('No interests yet: write interests = ["diffusion"] into the settings.')
            self._status.show_message(text)
