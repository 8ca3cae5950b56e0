"""Show what is new since the last visit, until the reader has seen it."""

from __future__ import annotations

from tui.i18n import _, ngettext
from tui.library.periods import format_period, is_day, is_today
from tui.library.scope import new_since
from tui.query.query import Query
from tui.ui.messages import PaperHighlighted, SidebarCountsReady
from tui.ui.screens.main.context import Controller, MainContext
from tui.ui.screens.main.navigator import Navigator


class NewsController(Controller):
    """Knows which new papers were seen: those of a day that was opened, and rows in view.

    What the first screen shows has not been seen before the reader does something with it.

    Args:
        context: the objects that all controllers share.
        navigator: shows days with a dot.
    """

    def __init__(self, context: MainContext, navigator: Navigator) -> None:
        super().__init__(context)
        self._navigator = navigator
        self._seen: set[str] = set()
        navigator.on_leave = self.note_seen

    @property
    def seen(self) -> set[str]:
        """Ids of the new papers that the reader has seen or read."""
        arrivals = self._navigator.counts.arrivals
        return self._seen | {paper for paper in arrivals if self._marks.get(paper).read}

    def note_seen(self) -> None:
        """Note that the papers in view were seen."""
        arrivals, table = self._navigator.counts.arrivals, self._panes.table
        is_counted = self._navigator.counts.read is not None
        if is_counted and not arrivals:
            return
        papers = self._model.papers
        if not is_day(self._model.shown_scope.period if self._model.shown_scope else ""):
            top = table.window.top
            papers = table.papers[top : top + table.window.page]
        seen = {paper.paper_id for paper in papers}
        if is_counted:
            seen &= arrivals.keys()
        if not seen <= self._seen:
            self._seen |= seen
            self._show_days()

    def _show_days(self) -> None:
        arrivals = self._navigator.counts.arrivals
        unseen = arrivals.keys() - self._seen
        self._navigator.show_new_days({day for paper in unseen for day in arrivals[paper]})

    def on_paper_highlighted(self, message: PaperHighlighted) -> None:
        """Note what the reader sees by moving the cursor."""
        if message.by_reader or self._navigator.has_interacted:
            self.note_seen()

    def on_sidebar_counts_ready(self, message: SidebarCountsReady) -> None:
        """Show the days of new papers, and greet the reader with their number."""
        self._show_days()
        self._navigator.announce(
            self._announcement(len(message.counts.arrivals), message.counts.since)
        )

    def _announcement(self, number: int, since: str) -> str:
        if not number:
            return ""
        text = ngettext(
            "{number} new paper since {day}; {key} shows it.",
            "{number} new papers since {day}; {key} lists them.",
            number,
        )
        if is_today(since):
            text = ngettext(
                "{number} new paper since earlier today; {key} shows it.",
                "{number} new papers since earlier today; {key} lists them.",
                number,
            )
        key = self._options.key_label("list.new")
        text = text.format(number=f"{number:,}", day=format_period(since), key=key)
        if not self._options.last_position:
            return text
        back = _("{key} goes back to where you were.").format(
            key=self._options.key_label("place.back")
        )
        return f"{text} {back}"

    def action_show_new(self) -> None:
        """Show the papers that are new since the last visit."""
        counts = self._navigator.counts
        if counts.arrivals:
            self._navigator.visit(new_since(counts.since), Query())
        elif is_today(counts.since):
            self._status.show_message(_("Nothing is new since earlier today."))
        elif counts.since:
            text = _("Nothing is new since {day}.")
            self._status.show_message(text.format(day=format_period(counts.since)))
        else:
            self._status.show_message(_("Nothing is new: this is the first visit."))
