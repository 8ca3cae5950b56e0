"""The controllers that the first screen does not need: most keys, and what runs in the background.

They are created once it is painted, or when a key is pressed before that.
"""

from __future__ import annotations

from tui.ui.screens.main.back_controller import BackController
from tui.ui.screens.main.context import Controller, MainContext
from tui.ui.screens.main.decision_controller import DecisionController
from tui.ui.screens.main.export_controller import ExportController
from tui.ui.screens.main.find_controller import FindController
from tui.ui.screens.main.full_text_controller import FullTextController
from tui.ui.screens.main.list_controller import ListController
from tui.ui.screens.main.marks_controller import MarksController
from tui.ui.screens.main.navigator import Navigator
from tui.ui.screens.main.news_controller import NewsController
from tui.ui.screens.main.on_demand_controllers import OnDemandControllers
from tui.ui.screens.main.ranking_controller import RankingController
from tui.ui.screens.main.reading_controller import ReadingController
from tui.ui.screens.main.search_controller import SearchController
from tui.ui.screens.main.selection_controller import SelectionController
from tui.ui.screens.main.share_controller import ShareController
from tui.ui.screens.main.sources_controller import SourcesController
from tui.ui.screens.main.step_controller import StepController
from tui.ui.screens.main.summary_controller import SummaryController
from tui.ui.screens.main.sync_controller import SyncController
from tui.ui.screens.main.undo_controller import UndoController


class LaterControllers:
    """Creates these controllers and connects them.

    Args:
        context: the objects that all controllers share.
        papers, navigator, summaries: the controllers of the first screen.
    """

    def __init__(
        self,
        context: MainContext,
        papers: ListController,
        navigator: Navigator,
        summaries: SummaryController,
    ) -> None:
        self.sharing = ShareController(context, summaries)
        self.search = SearchController(context, papers, navigator)
        self.sync = SyncController(context, papers, navigator)
        self.sources = SourcesController(context, self.sync)
        self.find = FindController(context, self.search, summaries)
        self.texts = FullTextController(context, papers, summaries)
        self.back = BackController(context, papers, navigator, self.find, self.texts)
        self.undo = UndoController(context)
        self.marks = MarksController(context, navigator, summaries, self.undo)
        self.reading = ReadingController(context, self.undo)
        self.steps = StepController(context, navigator, self.reading.expect_paper)
        self.decisions = DecisionController(context, papers, self.undo, self.steps)
        self.news = NewsController(context, navigator)
        self.ranking = RankingController(context, papers, navigator, summaries)
        self.exports = ExportController(context, navigator, self.undo)
        self.selecting = SelectionController(context, papers, self.undo)
        self.on_demand = OnDemandControllers(context, papers, navigator, summaries, later=self)
        self.sharing.on_paper_chosen = navigator.visit_paper
        context.panes.on_prompt_closed = self.reading.restart
        summaries.on_no_search = self.steps.step_unread

    def all(self) -> tuple[Controller, ...]:
        """Return the controllers, in the order in which they handle a message."""
        return (
            self.search, self.sync, self.sources, self.find, self.texts, self.back, self.undo,
            self.marks, self.sharing, self.reading, self.steps, self.decisions, self.news,
            self.ranking, self.exports, self.selecting,
        )  # fmt: skip
