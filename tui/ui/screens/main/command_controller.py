"""Run typed commands: every action by name, and marks on the selection or on a query.

A query selects among all papers of the library, or among the selected ones.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from tui.i18n import _, ngettext
from tui.library.omissions import HIDDEN_QUERY
from tui.library.view import selected_text
from tui.models import Paper
from tui.runtime.task import Task
from tui.ui.messages import CommandPapersFound
from tui.ui.screens.main.context import Controller, MainContext
from tui.ui.screens.main.export_controller import ExportController
from tui.ui.screens.main.list_controller import ListController
from tui.ui.screens.main.navigator import Navigator
from tui.ui.screens.main.undo_controller import UndoController
from tui.ui.widgets.prompt import Prompt
from tui.ui.workers.jobs import Job, JobGroup

if TYPE_CHECKING:
    from tui.marks.commands import MarkCommand
    from tui.marks.edits import MarkEdit
    from tui.query.query import Query
    from tui.ui.screens.main.command_prompt import Command

MAX_DIGITS = 6
"""Digits of the number of a row, or of a number of votes."""


class CommandController(Controller):
    """Prompts for commands and runs them.

    Args:
        context: the objects that all controllers share.
        papers: sorts, and sets the threshold.
        navigator: searches, and supplies the tags in use.
        exports: writes files.
        undo: makes edits, so that they can be undone: each command is one step.
    """

    def __init__(
        self,
        context: MainContext,
        papers: ListController,
        navigator: Navigator,
        exports: ExportController,
        undo: UndoController,
    ) -> None:
        super().__init__(context)
        self._papers = papers
        self._navigator = navigator
        self._exports = exports
        self._undo = undo

    async def prompt(self) -> None:
        """Prompt for a command."""
        from tui.ui.screens.main.command_prompt import CommandAssistant, parse_command

        confirmed: list[Path] = []

        def accept(text: str) -> str | None:
            command = parse_command(text)
            error = self._run(command, confirmed) if command.name else None
            if error is None:
                self._session.remember_command(" ".join(filter(None, command)))
            return error

        assistant = CommandAssistant(
            list(reversed(self._session.commands)),
            tuple(self._navigator.counts.tags),
            self._targets,
        )
        await self._panes.show_prompt(Prompt(":", "", accept, assistant=assistant))

    def _targets(self, *, has_query: bool) -> str:
        """Return what a command for marks is about, in words."""
        if selected := selected_text(len(self._selection.ids)):
            return selected
        return _("all papers that match") if has_query else _("the paper under the cursor")

    def _run(self, command: Command, confirmed: list[Path]) -> str | None:
        """Run a command; return a sentence about a mistake, or None.

        Args:
            command: the command.
            confirmed: existing files that the reader was asked about; extended by more of them.
        """
        from tui.marks.commands import MARK_VERBS

        if command.name in MARK_VERBS:
            return self._mark(command)
        handlers: dict[str, Callable[[str], str | None]] = {
            "export": partial(self._export, confirmed),
            "sort": self._sort,
            "search": self._search,
            "votes": self._set_votes,
            "theme": self._change_theme,
            "q": lambda _rest: self._run_action("app.quit"),
            "quit": lambda _rest: self._run_action("app.quit"),
        }
        if handler := handlers.get(command.name):
            return handler(command.rest)
        if (row := _number(command.name)) is not None:
            self._panes.table.cursor = max(min(row, self._panes.table.line_count) - 1, 0)
            return None
        return self._run_action(command.name)

    def _export(self, confirmed: list[Path], file: str) -> str | None:
        papers = self._selection.papers or self._panes.table.papers
        return self._exports.export_to(file, lambda: papers, confirmed)

    def _set_votes(self, text: str) -> str | None:
        if (votes := _number(text)) is None:
            return _("Enter a whole number.")
        self._papers.set_votes(votes)
        return None

    def _sort(self, columns: str) -> str | None:
        query = _parsed(f"sort:{columns.replace(' ', '')}")
        if isinstance(query, str):
            return query
        self._papers.set_sort(query.sort)
        return None

    def _search(self, text: str) -> str | None:
        query = _parsed(text)
        if isinstance(query, str):
            return query
        self._navigator.search(query)
        return None

    def _run_action(self, name: str) -> str | None:
        """Run the action of a key binding, once the prompt is closed."""
        from tui.config.keybindings import BY_ID, KeyContext
        from tui.ui.screens.main.command_prompt import actions

        if name not in actions() or not self._policy.has_key(name):
            return _("Unknown command: {name}").format(name=name)
        binding, screen = BY_ID[name], self._screen

        def run() -> None:
            widgets = {
                KeyContext.PANE: screen.focused or screen,
                KeyContext.SIDEBAR: self._panes.sidebar,
            }
            target = widgets.get(binding.context, screen)
            screen.run_worker(target.run_action(binding.action), exit_on_error=False)

        screen.call_after_refresh(run)
        return None

    def _change_theme(self, name: str) -> str | None:
        from tui.terminal.themes import THEME_NAMES

        if name not in THEME_NAMES:
            return _("Themes: {names}").format(names=", ".join(THEME_NAMES))
        action = self._screen.app.run_action(f"choose_theme('{name}')")
        self._screen.run_worker(action, exit_on_error=False)
        return None

    # Marks

    def _mark(self, command: Command) -> str | None:
        from tui.marks.commands import parse_mark_command

        try:
            parsed = parse_mark_command(*command)
        except ValueError as error:
            return str(error)
        query = _parsed(parsed.query)
        if isinstance(query, str):
            return query
        if not query.clauses:
            return self._edit(parsed, self._selection.take())
        selected, library, marks = self._selection.take_selected(), self._library.get(), self._marks
        shows_hidden = selected or parsed.verb == "unhide" or HIDDEN_QUERY in parsed.query

        def find(job: Job) -> CommandPapersFound | None:
            from tui.library.search.search import search

            task = Task(is_cancelled=job.is_cancelled)
            papers = selected or library.papers(with_replaced=query.needs_replaced)
            found = list(search(library, papers, query, marks, task))
            if not shows_hidden:
                hidden = marks.hidden_ids(paper.paper_id for paper in found)
                found = [paper for paper in found if paper.paper_id not in hidden]
            return None if job.is_cancelled() else CommandPapersFound(parsed, found)

        self._jobs.start(JobGroup.COMMAND, find)
        return None

    def on_command_papers_found(self, message: CommandPapersFound) -> None:
        """Mark the papers that were found for a command."""
        if not message.papers:
            text = _("No paper to mark matches {query}")
            self._status.show_message(text.format(query=message.command.query))
        elif error := self._edit(message.command, message.papers):
            self._status.show_message(error)

    def _edit(self, command: MarkCommand, papers: Sequence[Paper]) -> str | None:
        """Mark papers; return a sentence about a mistake, or None."""
        from tui.marks.commands import command_edits
        from tui.marks.limits import MarkTooLargeError

        if not papers:
            return _("There is no paper to mark.")
        ids = [paper.paper_id for paper in papers]
        try:
            edits = command_edits(command, ids, self._marks)
        except MarkTooLargeError as error:
            return _("This mark could not be saved: {why}").format(why=error)
        undo = self._options.key_label("mark.undo")

        def describe(made: Sequence[MarkEdit]) -> str:
            number = len({edit.paper for edit in made})
            text = ngettext(
                "{command}: {number} paper changed; {key} undoes it.",
                "{command}: {number} papers changed; {key} undoes it.",
                number,
            )
            name = " ".join((command.verb, *command.tags))
            return text.format(command=name, number=number, key=undo)

        self._undo.edit_marks(edits, papers[0].title, describe, _("Nothing was changed."))
        return None


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= MAX_DIGITS else None


def _parsed(text: str) -> Query | str:
    """Return a parsed query, or a sentence about a mistake in it."""
    from tui.query.errors import QueryError
    from tui.query.parser import parse

    try:
        return parse(text)
    except QueryError as error:
        return str(error)
