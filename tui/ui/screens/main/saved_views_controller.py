"""Save views under a name, and delete saved views."""

from __future__ import annotations

from tui.i18n import _
from tui.library.scope import ALL, Scope
from tui.query import Query
from tui.ui.screens.main.context import MainContext
from tui.ui.screens.main.file_tasks import FileTasks
from tui.ui.screens.main.navigator import Navigator
from tui.ui.screens.main.prompts import view_name_prompt


class SavedViewsController:
    """Changes the file of saved views.

    Args:
        context: the objects that all controllers share.
        navigator: knows the saved views, and goes to them.
        files: writes the file.
    """

    def __init__(self, context: MainContext, navigator: Navigator, files: FileTasks) -> None:
        self._model = context.model
        self._panes = context.panes
        self._file = context.options.views_file
        self._navigator = navigator
        self._files = files

    async def save(self) -> None:
        """Prompt for a name, and save the current view under it."""
        view = self._model.view
        try:
            query = view.as_query()
        except ValueError:
            self._panes.status.show_message(
                _("A list of similar papers cannot be saved as a view.")
            )
            return

        def save(name: str) -> None:
            def write() -> str:
                from tui.library.saved_views import save_view

                is_replaced = save_view(self._file, name, query)
                text = _("Replaced view {name}.") if is_replaced else _("Saved as view {name}.")
                return text.format(name=name)

            def show() -> None:
                # The user may have moved on in the meantime.
                if self._model.view == view_at_save:
                    self._navigator.visit(Scope(query_text=str(query), name=name), Query())

            view_at_save = self._model.view
            self._files.run(write, show)

        name = view.scope.name if self._is_saved() else ""
        others = {scope.name for scope, _papers in self._navigator.counts.views} - {name}
        await self._panes.show_prompt(view_name_prompt(name, others, save))

    def delete(self) -> None:
        """Delete the saved view that is shown."""
        if not self._is_saved():
            self._panes.status.show_message(
                _("This is not a saved view; choose one in the sidebar first.")
            )
            return
        scope = self._model.view.scope

        def write() -> str:
            from tui.library.saved_views import remove_view

            remove_view(self._file, scope.name)
            text = _("Deleted view {name}: {query}")
            return text.format(name=scope.name, query=scope.query_text)

        self._files.run(write, lambda: self._navigator.go(ALL))

    def _is_saved(self) -> bool:
        scope = self._model.view.scope
        return any(scope == saved for saved, _papers in self._navigator.counts.views)
