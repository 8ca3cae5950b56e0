"""Go from a paper to others: by author, tag or similarity, and by way of the statistics."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.i18n import _
from tui.library import view as view_texts
from tui.library.scope import Scope, by_author, similar_to, with_tag
from tui.query import Query
from tui.ui.screens.main.context import MainContext
from tui.ui.screens.main.navigator import Navigator
from tui.ui.screens.main.prompts import choose

if TYPE_CHECKING:
    from tui.ui.screens.statistics import StatisticsState


class RelatedPapersController:
    """Goes to scopes that are related to the paper under the cursor.

    Args:
        context: the objects that all controllers share.
        navigator: goes to the scopes.
    """

    def __init__(self, context: MainContext, navigator: Navigator) -> None:
        self._screen = context.screen
        self._panes = context.panes
        self._options = context.options
        self._library = context.library
        self._navigator = navigator
        self._statistics: StatisticsState | None = None

    def choose_author_or_tag(self) -> None:
        """Let the user choose an author or a tag of the paper, and show all papers with it."""
        from tui.ui.screens.chooser import Choice

        paper = self._panes.table.paper
        if paper is None:
            return
        tags = self._options.marks.get(paper.arxiv_id).tags
        scopes = [*map(by_author, paper.authors), *map(with_tag, tags)]
        choices = [Choice(name, group=_("All papers by")) for name in paper.authors]
        choices += [Choice(f"#{tag}", group=_("All papers tagged")) for tag in tags]
        if not choices:
            self._panes.status.show_message(_("The authors of this paper are unknown."))
            return

        def show(index: int) -> None:
            self._navigator.visit(scopes[index], Query())

        choose(self._screen, _("Authors and tags"), choices, show)

    def show_similar(self) -> None:
        """Show the papers most similar to this one."""
        if self._panes.table.paper is not None:
            self._panes.status.show_message(view_texts.comparing_text())
            self._navigator.visit(similar_to(self._panes.table.paper), Query())

    def show_statistics(self) -> None:
        """Show the statistics, and then the papers chosen there."""
        from tui.ui.screens.statistics import StatisticsScreen

        def remember(state: StatisticsState) -> None:
            self._statistics = state

        def show(scope: Scope | None) -> None:
            if scope is not None:
                self._navigator.visit(scope, Query())

        keymap = self._options.settings.keymap
        statistics = StatisticsScreen(self._library.get(), keymap, self._statistics, remember)
        self._screen.app.push_screen(statistics, show)
