"""Find papers: by a query, by author, tag or similarity, and by way of the statistics."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.i18n import _
from tui.library.scope import ALL, by_author, similar_to, with_tag
from tui.query.query import Query
from tui.ui.screens.main.context import Controller, MainContext
from tui.ui.screens.main.list_controller import ListController
from tui.ui.screens.main.navigator import Navigator
from tui.ui.widgets.prompt import Choice

if TYPE_CHECKING:
    from tui.ui.messages import ValuesLoaded
    from tui.ui.screens.main.query_prompt import QueryPrompt
    from tui.ui.screens.statistics import StatisticsState


class SearchController(Controller):
    """Finds papers.

    Args:
        context: the objects that all controllers share.
        papers: shows other views.
        navigator: goes to other scopes.
    """

    def __init__(self, context: MainContext, papers: ListController, navigator: Navigator) -> None:
        super().__init__(context)
        self._papers = papers
        self._navigator = navigator
        self._context = context
        self._query_prompt: QueryPrompt | None = None
        self._statistics: StatisticsState | None = None

    async def action_prompt_for_query(self) -> None:
        """Prompt for a query, and show its results while it is typed."""
        from tui.ui.screens.main.query_prompt import QueryPrompt

        self._query_prompt = QueryPrompt(
            self._context, self._papers, self._navigator, self._loader.load_values
        )
        await self._panes.show_prompt(self._query_prompt.prompt)

    def on_values_loaded(self, message: ValuesLoaded) -> None:
        """Offer the values of a field in the prompt for a query."""
        if self._query_prompt is not None:
            self._query_prompt.add_values(message.field, message.values)

    # Related papers

    def action_choose_author_or_tag(self) -> None:
        """Let the reader choose an author or a tag of the paper, and show all papers with it."""
        paper = self._panes.table.paper
        if paper is None:
            return
        tags = self._marks.get(paper.paper_id).tags
        scopes = [*map(by_author, paper.authors), *map(with_tag, tags)]
        choices = [Choice(name, group=_("All papers by")) for name in paper.authors]
        choices += [Choice(f"#{tag}", group=_("All papers tagged")) for tag in tags]
        if not choices:
            self._status.show_message(_("The authors of this paper are unknown."))
            return

        def show(index: int) -> None:
            self._navigator.visit(scopes[index], Query())

        self._choose(_("Authors and tags"), choices, show)

    def action_show_similar(self) -> None:
        """Show the papers most similar to this one."""
        if self._panes.table.paper is not None:
            self._navigator.visit(similar_to(self._panes.table.paper), Query())

    def action_show_statistics(self) -> None:
        """Show the statistics of the list, and then the papers chosen there."""
        from tui.ui.screens.statistics import ChosenItem, CountedList, StatisticsScreen

        view, model = self._model.view, self._model
        if not model.is_complete:
            self._status.show_message(_("The list is still loading; nothing was counted."))
            return

        def remember(state: StatisticsState) -> None:
            self._statistics = state

        def show(chosen: ChosenItem | None) -> None:
            if chosen is None:
                return
            scope, query = chosen.scope, Query()
            if chosen.is_of_list:
                scope, query = view.restricted_to(chosen.scope)
            self._navigator.visit(scope, query)

        name = " ".join(filter(None, (view.scope.title, view.filter_text)))
        counted = CountedList(name, model.listing.papers) if view.is_restricted else None
        statistics = StatisticsScreen(
            self._library.get(),
            counted,
            self._options.settings.keymap,
            self._statistics,
            remember,
            left_out=lambda papers: self._omission_rules.of(ALL, Query(), papers),
            can_add=self._policy.may_change_sources,
        )
        self._screen.app.push_screen(statistics, show)
