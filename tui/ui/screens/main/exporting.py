"""What leaves the program or is kept in files of the reader's: copies, exports, views."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tui.i18n import N_, _, ngettext
from tui.library.scope import ALL, Scope
from tui.library.view import paper_count_text
from tui.models import Paper
from tui.query import Query
from tui.storage.disk_errors import explain_before_path
from tui.storage.tables import StorageError
from tui.ui.messages import Notice
from tui.ui.screens.main.marking import MarkingScreen
from tui.ui.screens.main.prompts import ask_export_file, ask_view_name

if TYPE_CHECKING:
    from tui.ui.screens.chooser import Choice


class KeepingScreen(MarkingScreen):
    """Copies and exports papers, and keeps views."""

    def _apart(self, work: Callable[[], str], then: Callable[[], None] | None = None) -> None:
        """Do something with files apart, and say what it returns or why it failed."""

        async def run() -> None:
            try:
                words = await asyncio.to_thread(work)
            except (OSError, ValueError, StorageError) as error:
                words = _("Not written: {why}").format(why=explain_before_path(error))
            else:
                if then is not None:
                    then()
            self.post_message(Notice(words))
            self.loader.tally(self.library)

        self.run_worker(run(), group="files", exit_on_error=False)

    def choose(
        self, title: str, rows: Sequence[Choice], then: Callable[[int], None], chosen: int = 0
    ) -> None:
        """Let the reader choose a row; ``then`` takes its number."""
        # Wanted only now.
        from tui.ui.screens.chooser import Chooser

        def chose(number: int | None) -> None:
            if number is not None:
                then(number)

        self.app.push_screen(Chooser(title, rows, chosen), chose)

    # Copies

    def action_copy(self, which: str) -> None:
        """Copy the paper's link or citation."""
        paper = self.table.paper
        if paper is None:
            return
        if which == "link":
            self._copy(paper.url, paper.url, url=paper.url)
        else:
            # Wanted only now.
            from tui.export.bibtex import bibtex_entry

            text = bibtex_entry(paper, self._marks.get(paper.arxiv_id))
            self._copy(text, text.partition(",")[0])

    def _copy(
        self,
        text: str,
        called: str,
        *,
        url: str = "",
        copied: str = N_("Copied {text}"),
        perhaps: str = N_("{text} is copied, if this terminal can."),
    ) -> None:
        """Copy a text, and say so.

        Args:
            text: what to copy.
            called: a name for it that fits into a line.
            url: an address in the name; empty for none.
            copied: what to say of it.
            perhaps: what to say where it is not known whether the terminal took it.
        """

        async def run() -> None:
            # Tools are asked, and may take their time.
            from tui.terminal.clipboard import copy_text

            for_terminal: list[str] = []
            result = await asyncio.to_thread(copy_text, text, for_terminal.append)
            for each in for_terminal:
                self.app.copy_to_clipboard(each)
            words = _(copied if result.is_confirmed else perhaps)
            self.post_message(Notice(words.format(text=called), url))

        self.run_worker(run(), group="copy", exit_on_error=False)

    # Exports

    def action_export(self) -> None:
        """Export the paper, the list or what has a star."""
        from tui.ui.screens.chooser import Choice

        here, listed = self.table.paper, self.table.papers
        if here is None:
            self.status.show_message(_("There is nothing to export."))
            return
        rows = [
            Choice(_("This paper"), here.arxiv_id),
            Choice(_("The list"), paper_count_text(len(listed))),
            Choice(_("All with a star"), paper_count_text(self._tally.starred or 0)),
        ]

        def starred() -> Sequence[Paper]:
            papers = self.library.papers()
            return [paper for paper in papers if self._marks.get(paper.arxiv_id).starred]

        sets: list[Callable[[], Sequence[Paper]]] = [lambda: [here], lambda: listed, starred]
        names = (here.arxiv_id.replace("/", "-"), "papers", "starred")

        def then(number: int) -> None:
            self.run_worker(
                self._ask_file(sets[number], names[number]), group="ask", exit_on_error=False
            )

        self.choose(_("Export"), rows, then)

    async def _ask_file(self, papers: Callable[[], Sequence[Paper]], name: str) -> None:
        def then(file: Path) -> None:
            self._apart(lambda: self._export(papers(), file))

        await self.ask(ask_export_file(f"~/{name}.bib", then))

    def _export(self, papers: Sequence[Paper], file: Path) -> str:
        """Write papers to a file, and return what to say of it."""
        from tui.export.formats import (
            DigestOverwriteError,
            check_not_digest,
            collect_records,
            format_for_path,
            write_export,
        )

        if not papers:
            return _("There is nothing to export.")
        try:
            check_not_digest(file)
        except DigestOverwriteError:
            return _("A digest lies there; it is left as it is.")
        name = format_for_path(file)
        assert name is not None, "the question takes no other"
        write_export(file, collect_records(papers, self.library, self._marks, name), name)
        number = len(papers)
        words = ngettext(
            "Wrote {number} paper to {file}", "Wrote {number} papers to {file}", number
        )
        return words.format(number=number, file=file)

    # Views

    async def action_keep_view(self) -> None:
        """Keep what is looked at under a name."""
        try:
            query = self._view.as_query()
        except ValueError:
            self.status.show_message(_("Papers like another one cannot be kept as a view."))
            return

        def then(name: str) -> None:
            from tui.library.saved_views import save_view

            def work() -> str:
                replaced = save_view(self.opening.views_file, name, query)
                words = _("Replaced view {name}.") if replaced else _("Kept as view {name}.")
                return words.format(name=name)

            kept, kept_from = Scope(query_text=str(query), name=name), self._view

            def show() -> None:
                if self._view == kept_from:
                    self.visit(kept, Query())

            self._apart(work, show)

        name = self._view.scope.name if self._is_kept() else ""
        others = {kept.name for kept, _papers in self._tally.views} - {name}
        await self.ask(ask_view_name(name, others, then))

    def action_forget_view(self) -> None:
        """Forget the kept view that is looked at."""
        if not self._is_kept():
            self.status.show_message(_("This is no kept view; choose one in the sidebar first."))
            return
        from tui.library.saved_views import remove_view

        shelf = self._view.scope

        def work() -> str:
            remove_view(self.opening.views_file, shelf.name)
            words = _("Forgot view {name}: {query}")
            return words.format(name=shelf.name, query=shelf.query_text)

        self._apart(work, lambda: self._go(ALL))

    def _is_kept(self) -> bool:
        return any(self._view.scope == kept for kept, _papers in self._tally.views)
