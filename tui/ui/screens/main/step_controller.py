"""Go to the next paper, or the next unread one, from one day on to the others."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice

from tui.i18n import _
from tui.library.periods import format_period
from tui.ui.messages import PaperFound
from tui.ui.screens.main.context import Controller, MainContext
from tui.ui.screens.main.navigator import Navigator
from tui.ui.workers.paper_finder import PaperFinder

MAX_ROWS = 20_000
"""Rows that are looked at for an unread paper: a hundredth of a second."""


class StepController(Controller):
    """Moves the cursor, and on to other days where a list ends.

    Args:
        context: the objects that all controllers share.
        navigator: goes to other days.
        expect_paper: called with the id of a paper of another day before it is shown: the cursor
            moves to it because the reader asked for that.
    """

    def __init__(
        self, context: MainContext, navigator: Navigator, expect_paper: Callable[[str], None]
    ) -> None:
        super().__init__(context)
        self._navigator = navigator
        self._expect_paper = expect_paper
        self._finder = PaperFinder(
            context.jobs, context.library, context.options.marks, context.omission_rules
        )
        self._seeks_unread, self._reports_end = False, True
        self.is_searching = False
        """Whether other days are being searched, so that the next key has to wait."""

    def go_on(self) -> None:
        """Go to the next paper after a decision about this one.

        At the end of all papers, what was decided stays in the status line.
        """
        self.action_step_paper(1, reports_end=False)

    def action_step_paper(self, by: int, *, reports_end: bool = True) -> None:
        """Move the cursor down (1) or up (-1), or several rows, whichever pane has the focus.

        From the last paper of a date, it goes on to an older day, and from the first to a newer.
        """
        table = self._panes.table
        if abs(by) > 1:
            # At most to the end of the list, from which another step goes on.
            to = min(max(table.cursor + by, 0), max(table.line_count - 1, 0))
            by = to - table.cursor or (1 if by > 0 else -1)
        if 0 <= table.cursor + by < table.line_count:
            table.cursor += by
        elif self._spans_days:
            self._find(by, unread=False, reports_end=reports_end)
        elif table.papers and reports_end:
            self._status.show_message(
                _("This is the last paper.") if by > 0 else _("This is the first paper.")
            )

    def step_unread(self, by: int) -> None:
        """Go to the next (1) or previous (-1) unread paper, or on by several at once.

        Several end at the last unread paper of the list, from which another step goes on: from a
        date to older days, and then to the newest ones, and elsewhere to the other end of the list.
        """
        table = self._panes.table
        direction = 1 if by > 0 else -1
        rows = range(table.cursor + direction, table.line_count if by > 0 else -1, direction)
        if self._go_to_unread_row(rows, abs(by)):
            return
        if self._spans_days:
            self._find(direction, unread=True)
        else:
            self._go_round(direction)

    @property
    def _spans_days(self) -> bool:
        view = self._model.view
        return view.scope.is_period and not view.query.clauses and self._model.is_complete

    def _find(self, by: int, *, unread: bool, reports_end: bool = True) -> None:
        self._seeks_unread, self._reports_end, self.is_searching = unread, reports_end, True
        counts = self._navigator.counts if unread else None
        paper = self._panes.table.paper
        cursor = paper.paper_id if paper else None
        self._finder.find(self._model.view, cursor, by, counts)

    def on_paper_found(self, message: PaperFound) -> None:
        """Go to the paper, unless the reader has gone elsewhere."""
        self.is_searching = False
        paper = self._panes.table.paper
        cursor = paper.paper_id if paper else None
        if (message.view, message.cursor) != (self._model.view, cursor):
            return
        if message.day:
            self._expect_paper(message.paper)
            self._navigator.visit_day(message.day, message.paper)
            is_ahead = (message.day < message.view.period) == (message.by > 0)
            if not is_ahead:
                self._status.show_message(_("Continued from the other end."))
        elif self._seeks_unread:
            self._go_round(message.by)
        elif self._reports_end:
            self._report_end(message.by)

    def _go_round(self, by: int) -> None:
        """Go to an unread paper from the other end of the list, or report that all are read."""
        table = self._panes.table
        rows = range(table.cursor) if by > 0 else range(table.line_count - 1, table.cursor, -1)
        if self._go_to_unread_row(rows):
            self._status.show_message(_("Continued from the other end."))
            return
        paper = table.paper
        if paper is not None and not self._marks.get(paper.paper_id).read:
            self._status.show_message(_("No other unread paper in this list."))
        elif self._spans_days:
            self._status.show_message(_("Everything is read."))
        else:
            self._status.show_message(_("Everything in this list is read."))

    def _go_to_unread_row(self, rows: range, count: int = 1) -> bool:
        """Put the cursor on an unread paper of some rows; return whether there is one.

        Args:
            rows: the rows, in order.
            count: which of the unread papers; the last one if there are fewer.
        """
        table, marks_of = self._panes.table, self._marks.get
        papers = table.papers
        unread = (row for row in islice(rows, MAX_ROWS) if not marks_of(papers[row].paper_id).read)
        reached = list(islice(unread, count))
        if reached:
            # Papers that are passed stay unread.
            table.cursor = reached[-1]
        return bool(reached)

    def _report_end(self, by: int) -> None:
        days = self._library.get().period_counts.days()
        if days:
            text = _("{day} is the oldest day.") if by > 0 else _("{day} is the newest day.")
            day = days[-1] if by > 0 else days[0]
            self._status.show_message(text.format(day=format_period(day)))
