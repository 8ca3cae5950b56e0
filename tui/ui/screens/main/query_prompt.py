"""The prompt for a query: results, completions and mistakes while it is typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rich.cells import cell_len

from tui.i18n import _
from tui.library.scope import ALL, Scope
from tui.library.search.field_values import FieldValues
from tui.query.invalid_query import QueryError
from tui.query.parser import parse
from tui.query.word_completion import Completion, complete
from tui.sanitize import clean
from tui.ui.screens.main.context import Controller, MainContext
from tui.ui.screens.main.list_controller import ListController
from tui.ui.screens.main.navigator import Navigator
from tui.ui.widgets.prompt import Prompt

MAX_VALUES = 20
"""Values of the library that are offered."""

_LOWER_CASE = ("and", "or", "not")
"""Words that may be meant as operators."""

_CLOSINGS = ('"', ")", '")', "))", '"))')
"""What is missing at the end of a query that is being typed."""


class QueryPrompt(Controller):
    """Shows the results of a query while it is typed, and helps to type it.

    Args:
        context: the objects that all controllers share.
        papers: shows other views.
        navigator: goes to other scopes.
        load_values: starts to collect the values of a field; they arrive at ``add_values``.
    """

    def __init__(
        self,
        context: MainContext,
        papers: ListController,
        navigator: Navigator,
        load_values: Callable[[str], None],
    ) -> None:
        super().__init__(context)
        self._papers = papers
        self._navigator = navigator
        self._load_values = load_values
        self._values: dict[str, FieldValues | None] = {}
        """By field; None while they are being collected."""
        self._before, self._position = self._model.view, navigator.position()
        self._chosen_scope: Scope | None = None
        """The scope that the reader has switched to."""
        # The cursor is in the list before if this one is still loading.
        is_loading = self._model.is_loading
        self._paper = self._model.target_paper if is_loading else self._position.paper
        self._model.pin_cursor(papers.cursor)
        self._model.hold(papers.cursor)

    @property
    def prompt(self) -> Prompt:
        """The prompt."""
        return Prompt(
            self._label,
            _("diffusion author:kim votes:>=20 -survey"),
            self._accept,
            self._before.query.editable,
            on_change=self._change,
            on_cancel=self._cancel,
            on_switch=self._switch_scope,
            assistant=self,
        )

    @property
    def _label(self) -> str:
        label = _("Search in {where}:").format(where=self._model.view.scope.title)
        # The status line has the scope as well.
        is_long = cell_len(label) > self._screen.app.size.width // 2
        return _("Search:") if is_long else label

    # Searching

    def _search(self, text: str) -> None:
        view, query = self._model.view, parse(text)
        scope = self._chosen_scope or self._before.with_query(query).scope
        if scope != view.scope:
            self._navigator.go(scope, query)
        # Equal queries may be typed differently, and are shown as typed.
        elif tuple(query) != tuple(view.query):
            self._papers.change_view(view._replace(query=query))

    def _change(self, text: str) -> str:
        """Search for a text that may be half typed; return the label.

        Without its last word if only that is invalid. If nothing is valid, the list stays.
        """
        texts = [text, *(text + closing for closing in _CLOSINGS)]
        mistake = self._mistake_in(text)
        if mistake is not None and text.endswith(mistake.word):
            others = text[: mistake.column - 1]
            texts += [others] if others.strip() else []
        valid = (text for text in texts if self._mistake_in(text) is None)
        if (text_to_search := next(valid, None)) is not None:
            self._search(text_to_search)
        return self._label

    def _mistake_in(self, text: str) -> QueryError | None:
        try:
            parse(text)
        except QueryError as error:
            return error
        return None

    def _accept(self, text: str) -> str | None:
        if mistake := self._mistake_in(text):
            return str(mistake)
        self._search(text)
        self._session.remember_query(clean(text).strip())
        view, before = self._model.view, self._before
        if (view.scope, view.query.clauses) != (before.scope, before.query.clauses):
            self._navigator.leave(self._position)
        self._model.release()
        return None

    def _switch_scope(self) -> str:
        self._chosen_scope = self._before.scope if self._model.view.scope == ALL else ALL
        self._navigator.go(self._chosen_scope)
        return self._label

    def _cancel(self) -> None:
        model, before = self._model, self._before
        if model.view.scope != before.scope:
            self._panes.sidebar.select(before.scope)
        if model.view != before and not self._papers.restore():
            self._papers.change_view(before, self._paper)
        model.release()

    # Assistance

    @property
    def history(self) -> Sequence[str]:
        """The queries that were typed last, newest first."""
        return [clean(query) for query in reversed(self._session.queries)]

    def completions(self, text: str) -> Sequence[str]:
        """Return texts in which the last word is completed, best first."""
        texts = (candidate.text for candidate in self._candidates(text))
        # A field goes on with a value.
        return [text if text.endswith(":") else f"{text} " for text in texts]

    def hint(self, text: str, cursor: int) -> str:
        """Return completions of the word at the cursor, or else a mistake, or else keys."""
        if candidates := self._candidates(text[:cursor]):
            return "  ".join(candidate.label for candidate in candidates)
        if mistake := self._mistake_in(text):
            return mistake.hint
        if word := next((word for word in text.split() if word in _LOWER_CASE), None):
            return _("{word} is a word here; write {operator} for the operator").format(
                word=repr(word), operator=word.upper()
            )
        return _("Shift+Tab: scope   Up: earlier searches   F2: help")

    def _candidates(self, text: str) -> Sequence[Completion]:
        return complete(text, self._values_of)

    def _values_of(self, field: str, beginning: str) -> Sequence[str]:
        if field == "tag" and field not in self._values:
            self._values[field] = FieldValues(self._navigator.counts.tags)
        if field not in self._values:
            self._values[field] = None
            self._load_values(field)
        values = self._values[field]
        return values.starting_with(beginning, MAX_VALUES) if values else ()

    def add_values(self, field: str, values: FieldValues) -> None:
        """Offer the values of a field that were collected."""
        self._values[field] = values
        self._panes.refresh_hint()
