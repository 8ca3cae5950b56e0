"""The main screen: what else can be done with the papers that are looked at."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import BindingType
from textual.command import Provider

from tui.config.keybindings import KeyContext
from tui.i18n import N_, _
from tui.library import view
from tui.library.scope import ALL, Scope, by_author, similar_to, with_tag
from tui.query import Query
from tui.terminal.browser import has_browser, open_url
from tui.ui.messages import ItemSelected, KeyClicked, LinkFollowed, Notice
from tui.ui.screens.main.exporting import KeepingScreen
from tui.ui.screens.main.prompts import ask_date, ask_query, ask_votes
from tui.ui.widgets.bindings import bindings

if TYPE_CHECKING:
    from tui.ui.screens.statistics import StatisticsState


def _commands() -> type[Provider]:
    # Wanted when the palette opens.
    from tui.ui.screens.command_palette import KeyCommands

    return KeyCommands


class MainScreen(KeepingScreen):
    """Shelves, papers and a summary, and all their keys."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(KeyContext.MAIN)
    _looked: StatisticsState | None = None
    """Where the reader was among the numbers."""

    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {_commands}

    # In and out

    @on(ItemSelected)
    def action_read(self) -> None:
        """Go into what the cursor is on: from a date to its papers, from a paper to its text."""
        if self.focused is self.sidebar:
            self.set_focus(self.table)
        elif self.table.paper is not None:
            self.zoomed = True

    def action_back_out(self) -> None:
        """Back out one step: of a message, of reading, to the table, of search and threshold."""
        was_told = bool(self.status.message)
        self.status.show_message("")
        if self.zoomed:
            self.zoomed = False
        elif was_told:
            return
        elif self.focused is not self.table:
            self.set_focus(self.table)
        elif self._view.query.clauses:
            self._look(self._view._replace(query=Query()))
        elif self._view.min_votes:
            self._look(self._view._replace(min_votes=0))
        elif not self._view.scope.is_period:
            self.action_back()

    @on(KeyClicked)
    async def _key_clicked(self, message: KeyClicked) -> None:
        await self.run_action(message.action)

    # Questions

    async def action_ask_votes(self) -> None:
        """Ask for a threshold."""

        def then(votes: int) -> None:
            self._look(self._view._replace(min_votes=votes))

        await self.ask(ask_votes(self._view.min_votes, then))

    async def action_ask_date(self) -> None:
        """Ask for a date."""
        await self.ask(ask_date(self.library, self.action_show_period, self.status.show_message))

    async def action_ask_query(self) -> None:
        """Ask for a query, and show what it finds as it is typed."""
        before, place = self._view, self._place()
        self.stay_here()

        def words() -> str:
            return _("Search in {where}:").format(where=self._view.name)

        def then(query: Query) -> None:
            if query != self._view.query:
                self._look(self._view._replace(query=query))

        def switched() -> str:
            self._go(before.scope if self._view.scope == ALL else ALL)
            return words()

        def done() -> None:
            if self._view.scope != before.scope:
                self._history.push(place)

        def left() -> None:
            if self._view == before:
                return
            if self._view.scope != before.scope:
                self.sidebar.select(before.scope)
            self._wanted = place.paper
            self._look(before)

        now = str(before.query)
        await self.ask(ask_query(words(), now, then=then, done=done, left=left, switched=switched))

    def action_step_match(self, by: int) -> None:
        """Go to the next match in the summary, or the one before."""
        self.when_read(lambda: self._step_match(by))

    def _step_match(self, by: int) -> None:
        found = self.viewer.go_to_next_match(by)
        if found is not None:
            words = _("Match {number} of {total}")
            self.status.show_message(words.format(number=found[0], total=found[1]))
        elif self._view.query.clauses or self._view.scope.query_text:
            self.status.show_message(_("No match in this summary."))
        else:
            words = _("Nothing is searched for; {key} begins.")
            self.status.show_message(words.format(key=self.key_sign("list.search")))

    # Choices

    def action_choose_section(self) -> None:
        """Let the reader choose a section of the summary."""
        self.when_read(self._choose_section)

    def _choose_section(self) -> None:
        from tui.ui.screens.chooser import Choice

        sections = self.viewer.sections
        if not sections:
            self.status.show_message(_("This summary has no sections."))
            return
        rows = [Choice(label) for label, _line in sections]
        here = self.viewer.section or 0
        self.choose(
            _("Contents"), rows, lambda n: self.viewer.go_to_line(self.viewer.sections[n][1]), here
        )

    def action_step_section(self, by: int) -> None:
        """Go to the next section, or the one before."""
        self.when_read(lambda: self._step_section(by))

    def _step_section(self, by: int) -> None:
        if self.viewer.go_to_next_section(by) is None:
            self.status.show_message(_("There is no further section."))

    def action_other_summary(self) -> None:
        """Go to the paper's other summary."""
        self.when_read(self._step_summary)

    def _step_summary(self) -> None:
        found = self.viewer.go_to_next_summary()
        if found is None:
            self.status.show_message(_("No other digest tells a summary of this paper."))
        else:
            words = _("Summary {number} of {total}")
            self.status.show_message(words.format(number=found[0], total=found[1]))

    def action_choose_link(self) -> None:
        """Let the reader choose a link to follow."""
        self.when_read(self._choose_link)

    def _choose_link(self) -> None:
        from tui.ui.screens.chooser import Choice

        links = self.viewer.links
        if links:
            rows = [Choice(words, url.partition("://")[2]) for words, url in links]
            self.choose(_("Links"), rows, lambda number: self._open(links[number][1]))

    def action_choose_author(self) -> None:
        """Let the reader choose whose papers to see, or those with which tag."""
        from tui.ui.screens.chooser import Choice

        paper = self.table.paper
        if paper is None:
            return
        authors, tags = paper.authors, self._marks.get(paper.arxiv_id).tags
        shelves = [*map(by_author, authors), *map(with_tag, tags)]
        rows = [Choice(name, group=_("All papers by")) for name in authors]
        rows += [Choice(f"#{tag}", group=_("All papers tagged")) for tag in tags]
        if rows:
            title = _("Authors and tags")
            self.choose(title, rows, lambda number: self.visit(shelves[number], Query()))
        else:
            self.status.show_message(_("No digest tells who wrote this paper."))

    def action_show_like(self) -> None:
        """Show the papers most like this one."""
        if self.table.paper is not None:
            self.status.show_message(view.comparing_text())
            self.visit(similar_to(self.table.paper), Query())

    # In numbers

    def action_statistics(self) -> None:
        """Show the papers in numbers, and go to those that the reader chooses there."""
        from tui.ui.screens.statistics import StatisticsScreen

        def left(looked: StatisticsState) -> None:
            self._looked = looked

        def chosen(shelf: Scope | None) -> None:
            if shelf is not None:
                self.visit(shelf, Query())

        keymap = self.opening.settings.keymap
        self.app.push_screen(StatisticsScreen(self.library, keymap, self._looked, left), chosen)

    # Links

    @on(LinkFollowed)
    def _link_followed(self, message: LinkFollowed) -> None:
        self._open(message.url)

    def action_open_link(self, which: str) -> None:
        """Open the paper's abstract or PDF."""
        paper = self.table.paper
        if paper is not None:
            self._open(paper.pdf_url if which == "pdf" else paper.url)

    def _open(self, url: str) -> None:
        """Open an address; where the reader would not see that, copy and show it."""

        async def run() -> None:
            # A browser may take its time.
            if has_browser() and await asyncio.to_thread(open_url, url):
                self.post_message(Notice(_("Opened {address}").format(address=url), url))
            else:
                self._copy(
                    url,
                    url,
                    url=url,
                    # The address first: a narrow screen has no room for more.
                    copied=N_("{text} is copied; no browser opens here."),
                    perhaps=N_("{text} is copied, if this terminal can; no browser opens here."),
                )

        self.run_worker(run(), group="open", exit_on_error=False)
