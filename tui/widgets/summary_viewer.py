"""The viewer: a paper's facts and summaries."""

from __future__ import annotations

from collections.abc import Sequence

from textual.reactive import reactive

from tui.model import Paper, Summary
from tui.typeset.line import Line
from tui.widgets.line_view import MARGIN, MEASURE, LineView


class SummaryViewer(LineView):
    """A paper to read."""

    centred: reactive[bool] = reactive(False)
    """Whether the text stands in the middle of a wide screen."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._paper: Paper | None = None
        self._summaries: Sequence[Summary] = ()

    @property
    def paper(self) -> Paper | None:
        """The paper that is shown."""
        return self._paper

    def show(self, paper: Paper | None, summaries: Sequence[Summary]) -> None:
        """Show another paper, from its beginning; or the same one told anew, where it was."""
        before = self._paper
        self._paper = paper
        self._summaries = summaries
        if before is None or paper is None or before.arxiv_id != paper.arxiv_id:
            self.top = 0
            if self.text_selection is not None:
                self.screen.clear_selection()
        self.text_changed()

    def lay_out(self, width: int) -> list[Line]:
        """Return the paper's facts and summaries."""
        if self._paper is None:
            return []
        # The typesetter brings markdown-it along: the first screen does not wait for it.
        from tui.typeset.page import typeset_page

        return typeset_page(self._paper, self._summaries, width)

    def margin(self) -> int:
        """Return how many cells stand free at the left."""
        return max(MARGIN, (self.text_width - MEASURE) // 2) if self.centred else MARGIN
