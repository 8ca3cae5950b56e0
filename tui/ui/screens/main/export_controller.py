"""Export papers to files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from tui.i18n import _, ngettext
from tui.library.view import paper_count_text
from tui.models import Paper
from tui.ui.screens.main.context import MainContext
from tui.ui.screens.main.file_tasks import FileTasks
from tui.ui.screens.main.prompts import choose, export_file_prompt


class ExportController:
    """Exports the paper under the cursor, the list, or all starred papers.

    Args:
        context: the objects that all controllers share.
        files: writes the file.
    """

    def __init__(self, context: MainContext, files: FileTasks) -> None:
        self._screen = context.screen
        self._panes = context.panes
        self._marks = context.options.marks
        self._library = context.library
        self._files = files

    def export(self, starred_count: int) -> None:
        """Let the user choose the papers, and then prompt for a file.

        Args:
            starred_count: number of starred papers, to be shown as a choice.
        """
        from tui.ui.screens.chooser import Choice

        paper, listed = self._panes.table.paper, self._panes.table.papers
        if paper is None:
            self._panes.status.show_message(_("There is nothing to export."))
            return
        choices = [
            Choice(_("This paper"), paper.arxiv_id),
            Choice(_("The list"), paper_count_text(len(listed))),
            Choice(_("All starred papers"), paper_count_text(starred_count)),
        ]
        selections: list[Callable[[], Sequence[Paper]]] = [
            lambda: [paper],
            lambda: listed,
            self._starred,
        ]
        names = (paper.arxiv_id.replace("/", "-"), "papers", "starred")

        def ask(index: int) -> None:
            asking = self._ask_file(selections[index], names[index])
            self._screen.run_worker(asking, group="ask", exit_on_error=False)

        choose(self._screen, _("Export"), choices, ask)

    def _starred(self) -> Sequence[Paper]:
        papers = self._library.get().papers()
        return [paper for paper in papers if self._marks.get(paper.arxiv_id).starred]

    async def _ask_file(self, papers: Callable[[], Sequence[Paper]], name: str) -> None:
        def save(file: Path) -> None:
            self._files.run(lambda: self._export(papers(), file))

        await self._panes.show_prompt(export_file_prompt(f"~/{name}.bib", save))

    def _export(self, papers: Sequence[Paper], file: Path) -> str:
        """Write papers to a file, and return a sentence about it."""
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
            return _("This file is a digest and was not overwritten.")
        name = format_for_path(file)
        if name is None:
            raise ValueError(f"unknown export format: {file}")
        write_export(file, collect_records(papers, self._library.get(), self._marks, name), name)
        number = len(papers)
        text = ngettext("Wrote {number} paper to {file}", "Wrote {number} papers to {file}", number)
        return text.format(number=number, file=file)
