"""Open links in a web browser, and copy links and citations."""

from __future__ import annotations

import asyncio

from tui.i18n import N_, _
from tui.terminal.browser import has_browser, open_url
from tui.ui.messages import Notice
from tui.ui.screens.main.context import Controller


class LinkController(Controller):
    """Opens and copies; the outcome is a ``Notice``."""

    def open_paper(self, which: str) -> None:
        """Open the ``pdf`` or the ``abstract`` of the paper under the cursor."""
        paper = self._panes.table.paper
        if paper is not None:
            self.open(paper.pdf_url if which == "pdf" else paper.url)

    def open(self, url: str) -> None:
        """Open an address in a browser; copy it where no browser can be seen, as over SSH."""

        async def run() -> None:
            # Starting a browser may take a while.
            if has_browser() and await asyncio.to_thread(open_url, url):
                self._screen.post_message(Notice(_("Opened {address}").format(address=url), url))
            else:
                # The address comes early, because a long line is cut off.
                await self._copy(
                    url,
                    url,
                    url=url,
                    copied=N_("Copied {text}: no browser can be opened here."),
                    sent=N_("Sent {text} to the terminal's clipboard: no browser here."),
                )

        self._screen.run_worker(run(), group="open", exit_on_error=False)

    def copy(self, which: str) -> None:
        """Copy the ``link`` or the ``citation`` of the paper under the cursor."""
        paper = self._panes.table.paper
        if paper is None:
            return
        if which == "link":
            copying = self._copy(paper.url, paper.url, url=paper.url)
        else:
            from tui.export.bibtex import bibtex_entry

            text = bibtex_entry(paper, self._marks.get(paper.arxiv_id))
            copying = self._copy(text, text.partition(",")[0])
        self._screen.run_worker(copying, group="copy", exit_on_error=False)

    async def _copy(
        self,
        text: str,
        name: str,
        *,
        url: str = "",
        copied: str = N_("Copied {text}"),
        sent: str = N_("Sent {text} to the terminal's clipboard."),
    ) -> None:
        """Copy a text and post a notice.

        Args:
            text: the text to copy.
            name: what the notice calls it, short enough for a line.
            url: the address in the name; may be empty.
            copied: the notice if it was copied.
            sent: the notice if it was sent to a terminal that may have ignored it.
        """
        from tui.terminal.clipboard import copy_text

        sequences: list[str] = []
        # Clipboard programs may take a while.
        result = await asyncio.to_thread(copy_text, text, sequences.append)
        for sequence in sequences:
            self._screen.app.copy_to_clipboard(sequence)
        notice = _(copied if result.is_confirmed else sent)
        self._screen.post_message(Notice(notice.format(text=name), url))
