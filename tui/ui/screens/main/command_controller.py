"""Run typed commands: every action by name, and marks on the selection or on a query.

A query selects among all papers of the library, or among the selected ones.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from tui.i18n import _, ngettext
from tui.library.omissions import HIDDEN_QUERY
from tui.library.view import selected_text
from tui.models import Paper
from tui.query.invalid_query import QueryError
from tui.runtime.task import UNATTENDED, Task
from tui.storage.disk_errors import reason
from tui.ui.messages import CommandPapersCounted, CommandPapersFound
from tui.ui.screens.main.context import Controller, MainContext
from tui.ui.screens.main.decision_controller import hidden_text
from tui.ui.screens.main.export_controller import ExportController, is_export_file
from tui.ui.screens.main.list_controller import ListController
from tui.ui.screens.main.marks_controller import describer, tags_text
from tui.ui.screens.main.navigator import Navigator
from tui.ui.screens.main.sources_controller import SourcesController
from tui.ui.screens.main.undo_controller import UndoController
from tui.ui.widgets.prompt import Prompt
from tui.ui.workers.jobs import Job, JobGroup

if TYPE_CHECKING:
    from tui.marks.commands import MarkCommand
    from tui.marks.edits import MarkEdit
    from tui.query.query import Query
    from tui.ui.screens.main.command_prompt import Command, CommandAssistant

_FILE_COMMANDS = frozenset({"export", "write"})


class CommandController(Controller):
    """Prompts for commands and runs them.

    Args:
        context: the objects that all controllers share.
        papers: sorts, and sets the threshold.
        navigator: searches, and supplies the tags in use.
        undo: makes edits, so that they can be undone: each command is one step.
        exports: writes files.
        sources: adds sources.
    """

    def __init__(
        self,
        context: MainContext,
        papers: ListController,
        navigator: Navigator,
        undo: UndoController,
        *,
        exports: ExportController,
        sources: SourcesController,
    ) -> None:
        super().__init__(context)
        self._papers = papers
        self._navigator = navigator
        self._undo = undo
        self._exports = exports
        self._sources = sources
        self._counted: CommandPapersCounted | None = None

    async def prompt(self) -> None:
        """Prompt for a command."""
        from tui.ui.screens.main.command_prompt import CommandAssistant, parse_command

        confirmed: list[Path] = []
        self._counted = None

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
            is_available=self._is_available,
            is_export_file=is_export_file,
        )
        prompt = Prompt(
            ":",
            "",
            accept,
            on_change=lambda text: self._count(text, assistant),
            assistant=assistant,
        )
        await self._panes.show_prompt(prompt)

    def _is_available(self, name: str) -> bool:
        is_source = name == "add"
        return self._policy.may_change_sources if is_source else self._policy.has_key(name)

    # What a command is about

    def _targets(self, verb: str, query: str) -> str:
        """Return what a command is about, in words: how many papers once they are counted."""
        selected = len(self._selection.ids)
        if not query:
            others = _("the list") if verb in _FILE_COMMANDS else _("the paper under the cursor")
            return selected_text(selected) or others
        if isinstance(parsed := _parsed(query), QueryError):
            return parsed.hint
        if self._counted is None or self._counted.query != query:
            return _("all papers that match")
        number = self._counted.number
        if selected:
            text = _("{number} of {total} selected")
            return text.format(number=f"{number:,}", total=f"{selected:,}")
        text = ngettext("{number} paper matches", "{number} papers match", number)
        return text.format(number=f"{number:,}")

    def _count(self, text: str, assistant: CommandAssistant) -> None:
        """Count the papers of the query in a command that is being typed."""
        from tui.ui.screens.main.command_prompt import parse_command

        command = parse_command(text)
        typed = assistant.query(*command)
        query = _parsed(typed)
        if isinstance(query, QueryError) or not query.clauses or command.name == "search":
            self._jobs.cancel(JobGroup.COMMAND)
            return
        find = self._finder(command.name, query)

        def count(job: Job) -> CommandPapersCounted | None:
            number = len(find(Task(is_cancelled=job.is_cancelled)))
            return None if job.is_cancelled() else CommandPapersCounted(typed, number)

        self._jobs.start(JobGroup.COMMAND, count)

    def on_command_papers_counted(self, message: CommandPapersCounted) -> None:
        """Show the number in the prompt."""
        self._counted = message
        self._panes.refresh_hint()

    def _finder(self, verb: str, query: Query) -> Callable[[Task], Sequence[Paper]]:
        """Return a function for a worker that returns the papers of a query.

        They are among the selected ones, or else among all but the hidden ones.
        """
        selected, library, marks = self._selection.papers, self._library.get(), self._marks
        shows_hidden = selected or verb == "unhide" or HIDDEN_QUERY in str(query)

        def find(task: Task) -> Sequence[Paper]:
            from tui.library.search.search import search

            papers = selected or library.papers(with_replaced=query.needs_replaced)
            found = list(search(library, papers, query, marks, task))
            if shows_hidden:
                return found
            hidden = marks.hidden_ids(paper.paper_id for paper in found)
            return [paper for paper in found if paper.paper_id not in hidden]

        return find

    # Commands

    def _run(self, command: Command, confirmed: list[Path]) -> str | None:
        """Run a command; return a sentence about a mistake, or None.

        Args:
            command: the command.
            confirmed: existing files that the reader was asked about; extended by more of them.
        """
        from tui.marks.commands import MARK_VERBS
        from tui.ui.screens.main.command_prompt import parse_number

        if command.name in MARK_VERBS:
            return self._mark(command)
        handlers: dict[str, Callable[[str], str | None]] = {
            "export": partial(self._export, confirmed),
            "sort": self._sort,
            "search": self._search,
            "votes": self._set_votes,
            "theme": self._change_theme,
            "add": self._add,
            "write": partial(self._write, confirmed),
            "set": self._refer_to_settings,
        }
        if handler := handlers.get(command.name):
            return handler(command.rest)
        if (row := parse_number(command.name)) is not None:
            self._panes.table.cursor = max(min(row, self._panes.table.line_count) - 1, 0)
            return None
        return self._run_action(command.name)

    def _export(self, confirmed: list[Path], text: str) -> str | None:
        from tui.ui.screens.main.command_prompt import parse_export

        file, typed = parse_export(text, is_export_file)
        query = _parsed(typed)
        if isinstance(query, QueryError):
            return str(query)
        listed = self._selection.papers or self._panes.table.papers
        find = self._finder("export", query) if query.clauses else None

        def papers() -> Sequence[Paper]:
            if find is None:
                return listed
            if not (found := find(UNATTENDED)):
                raise ValueError(_no_match_text(typed))
            return found

        return self._exports.export_to(file, papers, confirmed)

    def _write(self, confirmed: list[Path], text: str) -> str | None:
        """Export to a file; without one, say that there is nothing to write."""
        if text:
            return self._export(confirmed, text)
        self._status.show_message(_("Marks are saved at once; write FILE exports papers."))
        return None

    def _refer_to_settings(self, _text: str) -> str:
        from tui.config.paths import config_files

        text = _("Settings are in {file}; theme, sort and votes are commands.")
        return text.format(file=config_files()[0])

    def _add(self, text: str) -> str | None:
        if not text:
            return _("Enter the path of a file or folder.")
        if "://" in text or text.startswith("git@"):
            return _("In a shell, broadsheet add adds repositories and feeds.")
        try:
            source = Path(os.path.abspath(Path(text).expanduser()))  # noqa: PTH100
            if error := self._sources.reason_against(source):
                return error
        except RuntimeError:
            return _("Unknown home folder.")
        except OSError as failure:
            return reason(failure)
        adding = self._sources.add(source)
        self._screen.run_worker(adding, group="sources", exit_on_error=False)
        return None

    def _set_votes(self, text: str) -> str | None:
        from tui.ui.screens.main.command_prompt import parse_number

        if (votes := parse_number(text)) is None:
            return _("Enter a whole number.")
        self._papers.set_votes(votes)
        return None

    def _sort(self, columns: str) -> str | None:
        query = _parsed(f"sort:{columns.replace(' ', '')}")
        if isinstance(query, QueryError):
            return str(query)
        self._papers.set_sort(query.sort)
        return None

    def _search(self, text: str) -> str | None:
        query = _parsed(text)
        if isinstance(query, QueryError):
            return str(query)
        self._navigator.search(query)
        return None

    def _run_action(self, name: str) -> str | None:
        """Run the action of a key binding, once the prompt is closed."""
        from tui.config.keybindings import BY_ID, KeyContext
        from tui.ui.screens.main.command_prompt import actions, unknown_command_text

        if (action := actions().get(name)) is None:
            return unknown_command_text(name)
        if not self._policy.has_key(action):
            return _("{name} is not available in restricted mode.").format(name=name)
        binding, screen = BY_ID[action], self._screen

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
        from tui.terminal.themes import AUTO_THEME, THEME_NAMES

        names = (*THEME_NAMES, AUTO_THEME)
        if name not in names:
            return _("Themes: {names}").format(names=", ".join(names))
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
        if isinstance(query, QueryError):
            return str(query)
        if not query.clauses:
            return self._edit(parsed, self._selection.take())
        find_papers = self._finder(parsed.verb, query)
        self._selection.take_selected()

        def find(job: Job) -> CommandPapersFound | None:
            found = find_papers(Task(is_cancelled=job.is_cancelled))
            return None if job.is_cancelled() else CommandPapersFound(parsed, found)

        self._jobs.start(JobGroup.COMMAND, find)
        return None

    def on_command_papers_found(self, message: CommandPapersFound) -> None:
        """Mark the papers that were found for a command."""
        if not message.papers:
            self._status.show_message(_no_match_text(message.command.query))
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

        def describe(made: Sequence[MarkEdit]) -> str:
            return self._sentence(command, made)

        self._undo.edit_marks(edits, papers[0].title, describe, _("Nothing was changed."))
        return None

    def _sentence(self, command: MarkCommand, made: Sequence[MarkEdit]) -> str:
        """Return what a command has done, in the words of the key that does the same."""
        if command.verb in {"hide", "unhide"}:
            return hidden_text(len(made), self._options, hides=command.verb == "hide")
        texts = {
            "star": _("Starred."),
            "unstar": _("Star removed."),
            "read": _("Marked as read."),
            "unread": _("Marked as unread."),
            "later": _("Added to the reading list."),
            "unlater": _("Removed from the reading list."),
            "tag": _("Tagged {tags}."),
            "untag": _("Untagged {tags}."),
        }
        done = describer(texts[command.verb].format(tags=tags_text(command.tags)))(made)
        undo = self._options.key_label("mark.undo")
        return _("{done}; {key} undoes it.").format(done=done.removesuffix("."), key=undo)


def _no_match_text(query: str) -> str:
    return _("No papers match {query}.").format(query=repr(query))


def _parsed(text: str) -> Query | QueryError:
    """Return a parsed query, or the mistake in it."""
    from tui.query.parser import parse

    try:
        return parse(text)
    except QueryError as error:
        return error
