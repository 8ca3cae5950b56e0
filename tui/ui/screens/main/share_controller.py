"""Open the pages of a paper, and copy its link, title, citation or id."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from tui.i18n import N_, _
from tui.models import Paper
from tui.storage.disk_errors import reason
from tui.terminal.desktop import copy_text, has_browser, open_url, open_with
from tui.ui.messages import LinkFollowed, Notice
from tui.ui.screens.main.context import Controller, MainContext
from tui.ui.screens.main.summary_controller import SummaryController
from tui.ui.screens.main.undo_stack import short_title
from tui.ui.widgets.prompt import Choice


class ShareController(Controller):
    """Opens and copies addresses and citations; the outcome is a ``Notice``.

    Args:
        context: the objects that all controllers share.
        summaries: shows the summary whose links are opened.
    """

    def __init__(self, context: MainContext, summaries: SummaryController) -> None:
        super().__init__(context)
        self._summaries = summaries
        self.on_paper_chosen: Callable[[Paper], None] = lambda _paper: None
        """Called instead of opening a link to a paper of the library."""

    # Opening

    def action_open_link(self, which: str) -> None:
        """Open a page of the paper under the cursor: ``abstract``, ``pdf``, ``hub`` or ``code``."""
        paper = self._panes.table.paper
        if paper is None:
            return
        if which == "abstract":
            self._open(paper.url, which)
        elif which == "pdf":
            self._open(paper.pdf_url or paper.url, which if paper.pdf_url else "abstract")
        else:
            open_linked = self._open_hub_page if which == "hub" else self._open_repository
            self._summaries.when_loaded(lambda: open_linked(paper))

    def open_page(self, paper: Paper) -> None:
        """Open the page that presents a paper."""
        self._open(paper.url, "abstract")

    def _open_hub_page(self, paper: Paper) -> None:
        from tui.library.paper_links import hub_url

        if url := hub_url(paper, self._panes.viewer.links):
            self._open(url, "link")
        else:
            self._status.show_message(_("Hugging Face has no page of this paper."))

    def _open_repository(self, _paper: Paper) -> None:
        from tui.library.paper_links import repository_urls

        urls = repository_urls(self._panes.viewer.links)
        if not urls:
            self._status.show_message(_("This summary names no code repository."))
        elif len(urls) == 1:
            self._open(urls[0], "code")
        else:
            choices = [Choice(url.partition("://")[2]) for url in urls]
            self._choose(_("Code"), choices, lambda index: self._open(urls[index], "code"))

    def action_choose_link(self) -> None:
        """Let the reader choose a link of the summary, and open it."""
        self._summaries.when_loaded(self._choose_link)

    def _choose_link(self) -> None:
        links = self._panes.viewer.links
        if links:
            choices = [Choice(text, _detail(text, url)) for text, url in links]
            self._choose(_("Links"), choices, lambda index: self._follow(links[index][1]))

    def on_link_followed(self, message: LinkFollowed) -> None:
        """Follow a link that was clicked."""
        self._follow(message.url)

    def _follow(self, url: str) -> None:
        """Go to the paper to which a link leads if the library has it; else open the link."""
        from tui.paper_ids.references import pasted_paper_id

        paper_id = pasted_paper_id(url)
        shown = self._panes.viewer.paper
        if paper_id is None or (shown is not None and shown.paper_id == paper_id):
            self._open(url, "link")
            return
        library = self._library.get()

        async def run() -> None:
            # Reading the paper's month may take a while.
            paper = await asyncio.to_thread(library.paper, paper_id)
            if paper is None:
                self._open(url, "link")
            else:
                self.on_paper_chosen(paper)

        self._screen.run_worker(run(), group="open", exit_on_error=False)

    def _open(self, url: str, kind: str) -> None:
        """Open an address with the reader's command, or in a browser.

        Where neither can be seen, as over SSH, the address is copied.

        Args:
            url: the address.
            kind: its kind, for which there may be a command in the settings.
        """
        command = getattr(self._options.settings.opener, kind)
        program = command.partition(" ")[0].rpartition("/")[2]

        async def run() -> None:
            # Starting a program may take a while.
            if not self._policy.may_run_programs:
                is_open = False
            elif command:
                try:
                    is_open = await asyncio.to_thread(open_with, command, url)
                except OSError as error:
                    text = _("Cannot run {program}: {why}")
                    text = text.format(program=program, why=reason(error))
                    self._screen.post_message(Notice(text))
                    return
            else:
                is_open = has_browser() and await asyncio.to_thread(open_url, url)
            if is_open:
                self._screen.post_message(Notice(_("Opened {address}").format(address=url), url))
            elif command and self._policy.may_run_programs:
                text = _("{program} failed for {address}")
                self._screen.post_message(Notice(text.format(program=program, address=url), url))
            else:
                # The address comes early, because a long line is cut off.
                await self._copy(
                    url,
                    copied=N_("Copied {text}; no browser here."),
                    sent=N_("Sent {text} to the terminal's clipboard; no browser here."),
                )

        self._screen.run_worker(run(), group="open", exit_on_error=False)

    # Copying

    def action_copy(self, which: str) -> None:
        """Copy something of the paper under the cursor.

        Args:
            which: ``link``, ``title`` (with the link), ``markdown``, ``citation`` or ``id``.
        """
        paper = self._panes.table.paper
        if paper is None:
            return
        if which == "link":
            copying = self._copy(paper.url)
        elif which == "title":
            copying = self._copy(f"{paper.title} {paper.url}", _("title and link"))
        elif which == "markdown":
            from tui.library.export.markdown import markdown_link

            copying = self._copy(markdown_link(paper.title, paper.url), _("Markdown link"))
        elif which == "citation":
            from tui.library.export.bibtex import bibtex_entry

            text = bibtex_entry(paper, self._marks.get(paper.paper_id))
            name = _("the citation of '{title}'").format(title=short_title(paper.title))
            copying = self._copy(text, name)
        else:
            copying = self._copy(paper.paper_id, paper.paper_id)
        self._screen.run_worker(copying, group="copy", exit_on_error=False)

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


def _detail(text: str, url: str) -> str:
    """Return the address of a link, unless its text says as much."""
    address = url.partition("://")[2]
    return "" if text.partition("://")[2] == address or text == address else address
