"""Show the summary of the paper under the cursor, move within it, open links, and copy."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from time import monotonic

from textual.timer import Timer

from tui.i18n import N_, _
from tui.terminal.desktop import copy_text, has_browser, open_url
from tui.ui.messages import LinkFollowed, Notice, PaperHighlighted, SummariesLoaded
from tui.ui.screens.main.context import Controller, MainContext
from tui.ui.screens.main.list_controller import ListController
from tui.ui.widgets.prompt import Choice

KEY_REPEAT_SECONDS = 0.08
"""Cursor moves that follow each other faster come from a held key; the summary waits for its
release."""


class SummaryController(Controller):
    """Keeps the summary viewer in step with the table's cursor, and opens and copies links.

    Args:
        context: the objects that all controllers share.
        papers: draws the status line.
        on_painted: called whenever a summary has become visible.
    """

    def __init__(
        self, context: MainContext, papers: ListController, on_painted: Callable[[], None]
    ) -> None:
        super().__init__(context)
        self._papers = papers
        self._on_painted = on_painted
        self.on_no_search: Callable[[int], None] = lambda _by: None
        """Called instead of going to a match where no text is searched for."""
        self._loaded: SummariesLoaded | None = None
        self._waiting_action: Callable[[], None] | None = None
        self._moved_at = 0.0
        self._timer: Timer | None = None

    def on_paper_highlighted(self, _message: PaperHighlighted) -> None:
        """Load the summary of another paper, once the cursor rests on it."""
        if self._timer is not None:
            self._timer.stop()
        self._waiting_action = None
        now = monotonic()
        is_repeated, self._moved_at = now - self._moved_at < KEY_REPEAT_SECONDS, now
        if self._panes.table.paper is None:
            self._loaded = None
            self._panes.viewer.show(None, [])
        elif is_repeated:
            self._timer = self._screen.set_timer(KEY_REPEAT_SECONDS, self._load)
        else:
            self._load()

    def _load(self) -> None:
        if self._panes.table.paper is not None:
            self._loader.load_summaries(self._panes.table.paper)

    def on_summaries_loaded(self, message: SummariesLoaded) -> None:
        """Show summaries that were loaded, unless the cursor has moved on."""
        if message.paper != self._panes.table.paper:
            return
        self._loaded = message
        self.draw()
        # First the viewer has to request its repaint, then the screen has to paint it.
        self._panes.viewer.call_after_refresh(self._screen.call_after_refresh, self._on_painted)
        action, self._waiting_action = self._waiting_action, None
        if action is not None:
            action()

    def draw(self) -> None:
        """Draw the loaded paper with its current marks."""
        if self._loaded is not None:
            paper = self._loaded.paper
            marks = self._marks.get(paper.paper_id)
            highlighter = self._model.highlighters.summary
            self._panes.viewer.show(paper, self._loaded.summaries, marks, highlighter)
            self._papers.draw_status()

    def _when_loaded(self, action: Callable[[], None]) -> None:
        """Run an action once the summary of the paper under the cursor is shown.

        Keys typed ahead are not meant for the summary that is still visible.
        """
        if self._panes.viewer.paper == self._panes.table.paper:
            action()
        else:
            self._waiting_action = action

    # Moving within the summary

    def action_step_match(self, by: int) -> None:
        """Go to the next (1) or previous (-1) match of the search, or else unread paper."""
        if not self._model.highlighters.summary:
            self.on_no_search(by)
        else:
            self._when_loaded(lambda: self._step_match(by))

    def _step_match(self, by: int) -> None:
        position = self._panes.viewer.go_to_next_match(by)
        if position is not None:
            text = _("Match {number} of {total}")
            self._status.show_message(text.format(number=position[0], total=position[1]))
        else:
            self._status.show_message(_("No match in this summary."))

    def action_step_section(self, by: int) -> None:
        """Go to the next (1) or previous (-1) section."""
        self._when_loaded(lambda: self._step_section(by))

    def _step_section(self, by: int) -> None:
        if self._panes.viewer.go_to_next_section(by) is None:
            self._status.show_message(_("No more sections."))

    def action_choose_section(self) -> None:
        """Let the reader choose a section to go to, once the summaries are loaded."""
        self._when_loaded(self._choose_section)

    def _choose_section(self) -> None:
        viewer = self._panes.viewer
        if not viewer.sections:
            self._status.show_message(_("This summary has no sections."))
            return
        choices = [Choice(label) for label, _line in viewer.sections]

        def go_to(index: int) -> None:
            viewer.go_to_line(viewer.sections[index][1])

        self._choose(_("Contents"), choices, go_to, viewer.section or 0)

    def action_next_summary(self) -> None:
        """Show the paper's next summary."""
        self._when_loaded(self._step_summary)

    def _step_summary(self) -> None:
        position = self._panes.viewer.go_to_next_summary()
        if position is None:
            self._status.show_message(_("This paper has no other summary."))
        else:
            text = _("Summary {number} of {total}")
            self._status.show_message(text.format(number=position[0], total=position[1]))

    # Links and citations; the outcome is a ``Notice``

    def action_choose_link(self) -> None:
        """Let the reader choose a link of the summary, and open it."""
        self._when_loaded(self._choose_link)

    def _choose_link(self) -> None:
        links = self._panes.viewer.links
        if links:
            choices = [Choice(text, url.partition("://")[2]) for text, url in links]
            self._choose(_("Links"), choices, lambda index: self._open(links[index][1]))

    def action_open_link(self, which: str) -> None:
        """Open the ``pdf`` or the ``abstract`` of the paper under the cursor."""
        paper = self._panes.table.paper
        if paper is not None:
            self._open((which == "pdf" and paper.pdf_url) or paper.url)

    def on_link_followed(self, message: LinkFollowed) -> None:
        """Open a link that was clicked."""
        self._open(message.url)

    def action_copy(self, which: str) -> None:
        """Copy the ``link`` or the ``citation`` of the paper under the cursor."""
        paper = self._panes.table.paper
        if paper is None:
            return
        if which == "link":
            copying = self._copy(paper.url)
        else:
            from tui.export.bibtex import bibtex_entry

            text = bibtex_entry(paper, self._marks.get(paper.paper_id))
            copying = self._copy(text, text.partition(",")[0])
        self._screen.run_worker(copying, group="copy", exit_on_error=False)

    def _open(self, url: str) -> None:
        """Open an address in a browser; copy it where no browser can be seen, as over SSH."""

        async def run() -> None:
            # Starting a browser may take a while.
            can_open = self._policy.may_run_programs and has_browser()
            if can_open and await asyncio.to_thread(open_url, url):
                self._screen.post_message(Notice(_("Opened {address}").format(address=url), url))
            else:
                # The address comes early, because a long line is cut off.
                await self._copy(
                    url,
                    copied=N_("Copied {text}: no browser can be opened here."),
                    sent=N_("Sent {text} to the terminal's clipboard: no browser here."),
                )

        self._screen.run_worker(run(), group="open", exit_on_error=False)

    async def _copy(
        self,
        text: str,
        name: str = "",
        *,
        copied: str = N_("Copied {text}"),
        sent: str = N_("Sent {text} to the terminal's clipboard."),
    ) -> None:
        """Copy a text and post a notice.

        Args:
            text: the text to copy.
            name: what the notice calls it, short enough for a line; empty for an address, which
                becomes a link.
            copied: the notice if it was copied.
            sent: the notice if it was sent to a terminal that may have ignored it.
        """
        for_terminal: list[str] = []
        is_copied = False
        if self._policy.may_run_programs:
            # Clipboard programs may take a while. Textual has to be called from this thread.
            is_copied = await asyncio.to_thread(copy_text, text, for_terminal.append)
        else:
            for_terminal.append(text)
        for each in for_terminal:
            self._screen.app.copy_to_clipboard(each)
        notice = _(copied if is_copied else sent)
        self._screen.post_message(Notice(notice.format(text=name or text), "" if name else text))
