"""Show the full text of a paper in place of its summary."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.message import Message

from tui.i18n import _
from tui.models import NO_MARKS, Paper
from tui.ui.messages import PaperHighlighted, TextLayoutRequested
from tui.ui.screens.main.context import Controller, MainContext
from tui.ui.screens.main.list_controller import ListController
from tui.ui.screens.main.summary_controller import SummaryController
from tui.ui.task_messages import TextLoaded, TextUnavailable
from tui.ui.widgets.text_view import MARGIN
from tui.ui.workers.jobs import Job, JobGroup

if TYPE_CHECKING:
    from tui.library.paper_texts import PaperTexts


class FullTextController(Controller):
    """Loads the text of the paper that is read, and returns to its summary.

    Args:
        context: the objects that all controllers share.
        papers: draws the status line.
        summaries: shows the summary, to which the reader returns.
    """

    def __init__(
        self, context: MainContext, papers: ListController, summaries: SummaryController
    ) -> None:
        super().__init__(context)
        self._papers = papers
        self._summaries = summaries
        self._texts: PaperTexts | None = None
        self._loading: str | None = None
        """Id of the paper whose text is being loaded."""
        self._is_fetching = False

    def action_full_text(self) -> None:
        """Read the text of the paper under the cursor, or its summary again."""
        paper = self._panes.table.paper
        if self.back_out() or paper is None:
            return
        self._panes.zoom(is_zoomed=True)
        self._summaries.when_loaded(lambda: self._load(paper))

    def _load(self, paper: Paper) -> None:
        from tui.library.paper_texts import PaperTexts

        if self._texts is None:
            self._texts = PaperTexts(
                self._options.settings,
                lambda paper_id: self._marks.get(paper_id, NO_MARKS).starred,
                may_fetch=self._policy.may_fetch_texts,
            )
        self._loading = paper.paper_id
        self._is_fetching = paper.paper_id not in self._texts.store.ids
        if self._is_fetching:
            self._show_progress(JobGroup.TEXT, 0, 1, _("Fetching the text"))
        self._jobs.start(JobGroup.TEXT, partial(self._load_in_worker, paper, self._room))

    def _load_in_worker(self, paper: Paper, room: int, job: Job) -> Message | None:
        from tui.ui.workers.text_jobs import load_text

        return load_text(paper, self._texts, room, job) if self._texts else None

    @property
    def _room(self) -> int:
        """The cells for a line at full width; the last cell of the screen is the bar's."""
        return self._screen.size.width - 1 - 2 * MARGIN

    def on_text_loaded(self, message: TextLoaded) -> None:
        """Show a text, unless the reader has moved on."""
        page, viewer = message.page, self._panes.viewer
        is_wanted = page.paper_id == self._loading or viewer.text is not None
        if viewer.paper is None or viewer.paper.paper_id != page.paper_id or not is_wanted:
            return
        is_longer = viewer.text is not None and viewer.text.is_complete
        if not page.is_complete and (is_longer or viewer.has_left_text(page.paper_id)):
            # What is shown, or where the reader was, goes beyond the beginning.
            return
        if page.is_complete:
            self._end_loading()
        viewer.show_text(page)
        self._papers.draw_status()

    def on_text_unavailable(self, message: TextUnavailable) -> None:
        """Say why there is no text."""
        if message.paper_id == self._loading:
            self._end_loading()
            self._status.show_message(message.reason)

    def on_text_layout_requested(self, message: TextLayoutRequested) -> None:
        """Lay out the text for another width."""
        from tui.ui.workers.text_jobs import lay_out_text

        work = partial(lay_out_text, message.page, message.room)
        self._jobs.start(JobGroup.TEXT_LAYOUT, work)

    def on_paper_highlighted(self, message: PaperHighlighted) -> None:
        """Stop loading the text of another paper."""
        if message.paper is None or message.paper.paper_id != self._loading:
            self.stop()

    def back_out(self) -> bool:
        """Stop loading a text, or return to the summary; return whether there was a text."""
        return self.stop() or self.close()

    def stop(self) -> bool:
        """Stop loading a text; return whether one was loading."""
        if self._loading is None:
            return False
        self._jobs.cancel(JobGroup.TEXT)
        self._end_loading()
        self._panes.viewer.show_text(None)
        return True

    def close(self) -> bool:
        """Return to the summary; return whether a text was shown."""
        viewer = self._panes.viewer
        if viewer.text is None:
            return False
        viewer.show_text(None)
        self._papers.draw_status()
        return True

    def _end_loading(self) -> None:
        self._loading = None
        if self._is_fetching:
            self._is_fetching = False
            self._status.hide_progress(JobGroup.TEXT)
