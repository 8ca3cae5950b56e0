"""Export papers to files and to Zotero, and save or delete views."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tui.config.policy import NotAllowedError
from tui.i18n import _, ngettext
from tui.library.scope import ALL, Scope
from tui.library.view import paper_count_text
from tui.models import Paper
from tui.paper_ids import slug
from tui.query.query import Query
from tui.storage.disk_errors import reason, reason_and_path
from tui.storage.tables import StorageError
from tui.ui.messages import Notice
from tui.ui.screens.main.context import Controller, MainContext
from tui.ui.screens.main.navigator import Navigator
from tui.ui.screens.main.undo_controller import UndoController
from tui.ui.widgets.prompt import Choice, Prompt

if TYPE_CHECKING:
    from tui.library.saved_views import ViewChange


class PaperChoice(NamedTuple):
    """Papers that the reader may choose to export.

    Attributes:
        label: what they are.
        hint: how many, or which.
        find: returns them; may be slow.
        name: a name for their file, without an extension.
    """

    label: str
    hint: str
    find: Callable[[], Sequence[Paper]]
    name: str


class ExportController(Controller):
    """Exports papers and changes the file of saved views; the outcome is a ``Notice``.

    Args:
        context: the objects that all controllers share.
        navigator: supplies the saved views, and opens them.
        undo: changes the file of saved views, so that the changes can be undone.
    """

    def __init__(self, context: MainContext, navigator: Navigator, undo: UndoController) -> None:
        super().__init__(context)
        self._navigator = navigator
        self._undo = undo

    # Export

    def action_export(self) -> None:
        """Let the reader choose papers, and then prompt for a file."""

        def prompt(papers: PaperChoice) -> None:
            prompting = self._prompt_for_file(papers.find, papers.name)
            self._screen.run_worker(prompting, group="prompt", exit_on_error=False)

        self._choose_papers(_("Export"), prompt)

    def action_send_to_zotero(self) -> None:
        """Let the reader choose papers, and send them to Zotero."""
        if not self._policy.may_send_papers:
            return

        def send(papers: PaperChoice) -> None:
            self._status.show_message(_("Sending to Zotero"))
            self._run(lambda: self._send_to_zotero(papers.find()))

        self._choose_papers(_("Send to Zotero"), send)

    def _choose_papers(self, title: str, on_choice: Callable[[PaperChoice], None]) -> None:
        """Let the reader choose between the selection or this paper, the list and the stars."""
        paper, listed = self._panes.table.paper, self._panes.table.papers
        if paper is None:
            self._status.show_message(_("There is nothing to export."))
            return
        listed_number = paper_count_text(len(listed))
        starred_number = paper_count_text(self._navigator.counts.starred or 0)
        selected = self._selection.papers
        selection = PaperChoice(
            _("The selection"), paper_count_text(len(selected)), lambda: selected, "papers"
        )
        papers = [
            *([selection] if selected else []),
            PaperChoice(_("This paper"), paper.paper_id, lambda: [paper], slug(paper.paper_id)),
            PaperChoice(_("The list"), listed_number, lambda: listed, "papers"),
            PaperChoice(_("All starred papers"), starred_number, self._starred, "starred"),
        ]
        choices = [Choice(each.label, each.hint) for each in papers]
        self._choose(title, choices, lambda index: on_choice(papers[index]))

    def _starred(self) -> Sequence[Paper]:
        papers = self._library.get().papers()
        return [paper for paper in papers if self._marks.get(paper.paper_id).starred]

    def export_to(
        self, text: str, papers: Callable[[], Sequence[Paper]], confirmed: list[Path]
    ) -> str | None:
        """Export papers to a file; return why that cannot be done, or None.

        Args:
            text: the path of the file.
            papers: returns the papers.
            confirmed: existing files that the reader was asked about; extended by this one.
        """
        try:
            file = self._policy.reader_file(text.strip(), lambda name: Path(name).expanduser())
            error = _("Enter the path of a file.") if not text.strip() else None
            error = error or _reason_against(file, confirmed)
        except NotAllowedError as refusal:
            return str(refusal)
        except RuntimeError:
            return _("Unknown home folder.")
        except OSError as failure:
            return reason(failure)
        if error is None:
            self._run(lambda: self._export(papers(), file))
        return error

    async def _prompt_for_file(self, papers: Callable[[], Sequence[Paper]], name: str) -> None:
        """Prompt for a file; an existing one has to be confirmed with a second Enter."""
        confirmed: list[Path] = []

        def accept(text: str) -> str | None:
            return self.export_to(text, papers, confirmed)

        folder = "" if self._policy.is_restricted else "~/"
        label, example = _("Export to file:"), f"{folder}papers.bib .ris .md .digest.md .atom .csv"
        prompt = Prompt(label, example, accept, f"{folder}{name}.bib", selects_value=True)
        await self._panes.show_prompt(prompt)

    def _export(self, papers: Sequence[Paper], file: Path) -> str:
        """Write papers to a file, and return a sentence about it."""
        from tui.library.export import formats

        if not papers:
            return _("There is nothing to export.")
        if formats.is_digest(file):
            return _("This file is a digest and was not overwritten.")
        name = formats.format_for_path(file)
        if name is None:
            raise ValueError(f"unknown export format: {file}")
        records = formats.collect_records(papers, self._library.get(), self._marks, name)
        title = self._model.view.scope.name or str(self._model.view.query)
        formats.write_export(file, records, name, title)
        number = len(papers)
        text = ngettext("Wrote {number} paper to {file}", "Wrote {number} papers to {file}", number)
        return text.format(number=f"{number:,}", file=file)

    def _send_to_zotero(self, papers: Sequence[Paper]) -> str:
        """Send papers, and return a sentence about it."""
        from tui.library.export import formats, zotero

        records = formats.with_marks(papers, self._marks)
        try:
            number = zotero.send(records, self._options.settings.zotero_port)
        except zotero.ZoteroError as error:
            return str(error)
        text = ngettext("Sent {number} paper to Zotero.", "Sent {number} papers to Zotero.", number)
        return text.format(number=f"{number:,}")

    # Saved views

    async def action_save_view(self) -> None:
        """Prompt for a name, and save the current view under it.

        The name of another view has to be confirmed with a second Enter.
        """
        from tui.library.saved_views import save_view, view_name

        view = self._model.view
        try:
            query = view.as_query()
        except ValueError:
            self._status.show_message(_("A list of similar papers cannot be saved as a view."))
            return

        def describe(change: ViewChange) -> str:
            is_new = change.replaced is None
            text = _("Saved as view {name}.") if is_new else _("Replaced view {name}.")
            return text.format(name=change.name)

        def save(name: str) -> None:
            def write() -> ViewChange:
                return save_view(self._options.views_file, name, query)

            def show() -> None:
                # The reader may have moved on in the meantime.
                if self._model.view != view_at_save:
                    return
                # The view takes the place of a search, which lists the same papers.
                navigator = self._navigator
                show_scope = navigator.go if view_at_save.query.clauses else navigator.visit
                show_scope(Scope(query_text=str(query), name=name), Query())

            view_at_save = self._model.view
            self._undo.change_view(write, describe, show)

        current = view.scope.name if self._is_view_saved() else ""
        others = {scope.name for scope, _papers in self._navigator.counts.views} - {current}
        confirmed: list[str] = []

        def accept(text: str) -> str | None:
            try:
                name = view_name(text)
            except ValueError as error:
                return str(error)
            if name in others and name not in confirmed:
                confirmed[:] = [name]
                return _("A view of this name exists; Enter again replaces it.")
            save(name)
            return None

        example = _("for example RL in spring")
        prompt = Prompt(_("Save view as:"), example, accept, current, selects_value=True)
        await self._panes.show_prompt(prompt)

    def action_delete_view(self) -> None:
        """Delete the saved view that is shown."""
        if not self._is_view_saved():
            self._status.show_message(
                _("This is not a saved view; choose one in the sidebar first.")
            )
            return
        scope = self._model.view.scope
        view = self._model.view_of(ALL, self._model.view.query)
        undo = self._options.key_label("mark.undo")

        def write() -> ViewChange | None:
            from tui.library.saved_views import remove_view

            return remove_view(self._options.views_file, scope.name)

        def describe(change: ViewChange) -> str:
            text = _("Deleted view {name}; {key} undoes it.")
            return text.format(name=change.name, key=undo)

        def return_to_view() -> None:
            # The reader may have moved on in the meantime.
            if self._model.view == view:
                self._navigator.go(scope)

        self._undo.change_view(write, describe, lambda: self._navigator.go(ALL), return_to_view)

    def _is_view_saved(self) -> bool:
        scope = self._model.view.scope
        return any(scope == saved for saved, _papers in self._navigator.counts.views)

    # Background

    def _run(self, task: Callable[[], str]) -> None:
        """Run a task in a thread that writes, and returns a sentence about it."""

        async def run() -> None:
            try:
                text = await asyncio.to_thread(task)
            except (OSError, ValueError, StorageError) as error:
                text = _("Not written: {why}").format(why=reason_and_path(error))
            self._screen.post_message(Notice(text))

        self._screen.run_worker(run(), group="files", exit_on_error=False)


def is_export_file(name: str) -> bool:
    """Return whether papers can be exported to a file of this name."""
    from tui.library.export import formats

    return formats.format_for_path(Path(name)) is not None


def _reason_against(file: Path, confirmed: list[Path]) -> str | None:
    """Return why papers cannot be exported to a file; one that exists has to be confirmed."""
    from tui.library.export import formats

    if file.is_dir():
        return _("Enter the path of a file.")
    if formats.format_for_path(file) is None:
        endings = " ".join(each.suffixes[0] for each in formats.FORMATS.values())
        return _("The file name must end with one of: {endings}").format(endings=endings)
    if not file.parent.is_dir():
        return _("Folder {folder} does not exist.").format(folder=file.parent)
    if file.exists() and file not in confirmed:
        confirmed[:] = [file]
        return _("The file exists; Enter again replaces it.")
    return None
