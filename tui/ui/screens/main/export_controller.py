"""Write files: export papers, and save or delete views."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path

from tui.i18n import _, ngettext
from tui.library.scope import ALL, Scope
from tui.library.view import paper_count_text
from tui.models import Paper
from tui.query.query import Query
from tui.storage.disk_errors import reason_and_path
from tui.storage.tables import StorageError
from tui.ui.messages import Notice
from tui.ui.screens.main.context import Controller, MainContext
from tui.ui.screens.main.navigator import Navigator
from tui.ui.screens.main.prompts import choose, export_file_prompt, view_name_prompt
from tui.ui.widgets.prompt import Choice


class ExportController(Controller):
    """Exports papers and changes the file of saved views; the outcome is a ``Notice``.

    Args:
        context: the objects that all controllers share.
        navigator: supplies the saved views, and opens them.
    """

    def __init__(self, context: MainContext, navigator: Navigator) -> None:
        super().__init__(context)
        self._navigator = navigator

    # Export

    def action_export(self) -> None:
        """Let the reader choose papers, and then prompt for a file."""
        paper, listed = self._panes.table.paper, self._panes.table.papers
        if paper is None:
            self._status.show_message(_("There is nothing to export."))
            return
        choices = [
            Choice(_("This paper"), paper.arxiv_id),
            Choice(_("The list"), paper_count_text(len(listed))),
            Choice(_("All starred papers"), paper_count_text(self._navigator.counts.starred or 0)),
        ]
        selections: list[Callable[[], Sequence[Paper]]] = [
            lambda: [paper],
            lambda: listed,
            self._starred,
        ]
        names = (paper.arxiv_id.replace("/", "-"), "papers", "starred")

        def on_choice(index: int) -> None:
            prompting = self._prompt_for_file(selections[index], names[index])
            self._screen.run_worker(prompting, group="prompt", exit_on_error=False)

        choose(self._screen, _("Export"), choices, on_choice)

    def _starred(self) -> Sequence[Paper]:
        papers = self._library.get().papers()
        return [paper for paper in papers if self._marks.get(paper.arxiv_id).starred]

    async def _prompt_for_file(self, papers: Callable[[], Sequence[Paper]], name: str) -> None:
        def save(file: Path) -> None:
            self._run(lambda: self._export(papers(), file))

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

    # Saved views

    async def action_save_view(self) -> None:
        """Prompt for a name, and save the current view under it."""
        view = self._model.view
        try:
            query = view.as_query()
        except ValueError:
            self._status.show_message(_("A list of similar papers cannot be saved as a view."))
            return

        def save(name: str) -> None:
            def write() -> str:
                from tui.library.saved_views import save_view

                is_replaced = save_view(self._options.views_file, name, query)
                text = _("Replaced view {name}.") if is_replaced else _("Saved as view {name}.")
                return text.format(name=name)

            def show() -> None:
                # The reader may have moved on in the meantime.
                if self._model.view == view_at_save:
                    self._navigator.visit(Scope(query_text=str(query), name=name), Query())

            view_at_save = self._model.view
            self._run(write, show)

        name = view.scope.name if self._is_view_saved() else ""
        others = {scope.name for scope, _papers in self._navigator.counts.views} - {name}
        await self._panes.show_prompt(view_name_prompt(name, others, save))

    def action_delete_view(self) -> None:
        """Delete the saved view that is shown."""
        if not self._is_view_saved():
            self._status.show_message(
                _("This is not a saved view; choose one in the sidebar first.")
            )
            return
        scope = self._model.view.scope

        def write() -> str:
            from tui.library.saved_views import remove_view

            remove_view(self._options.views_file, scope.name)
            text = _("Deleted view {name}: {query}")
            return text.format(name=scope.name, query=scope.query_text)

        self._run(write, lambda: self._navigator.go(ALL))

    def _is_view_saved(self) -> bool:
        scope = self._model.view.scope
        return any(scope == saved for saved, _papers in self._navigator.counts.views)

    # Background

    def _run(self, task: Callable[[], str], on_success: Callable[[], None] | None = None) -> None:
        """Run a task in a thread.

        Args:
            task: writes, and returns a sentence about it.
            on_success: called on the event loop afterwards.
        """

        async def run() -> None:
            try:
                text = await asyncio.to_thread(task)
            except (OSError, ValueError, StorageError) as error:
                text = _("Not written: {why}").format(why=reason_and_path(error))
            else:
                if on_success is not None:
                    on_success()
            self._screen.post_message(Notice(text))
            self._counter.count()

        self._screen.run_worker(run(), group="files", exit_on_error=False)
