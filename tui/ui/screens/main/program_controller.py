"""Run commands of the reader on papers, and show or keep what they print."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from functools import partial
from threading import Event
from typing import TYPE_CHECKING

from tui.i18n import _
from tui.library.view import paper_count_text
from tui.models import Paper
from tui.runtime.task import Task, TaskCancelledError
from tui.storage.disk_errors import reason_and_path
from tui.ui.messages import Notice
from tui.ui.screens.main.context import Controller, MainContext
from tui.ui.screens.main.sources_controller import SourcesController
from tui.ui.widgets.prompt import Choice, Prompt

if TYPE_CHECKING:
    from tui.config.own_commands import OwnCommand
    from tui.library.export import ExportRecord
    from tui.library.programs.command_line import CommandLine
    from tui.library.programs.process import ProgramOutput


class ProgramController(Controller):
    """Runs the commands in the settings, and those typed after ``|``.

    Args:
        context: the objects that all controllers share.
        sources: shows the summaries that commands printed.
    """

    def __init__(self, context: MainContext, sources: SourcesController) -> None:
        super().__init__(context)
        self._sources = sources
        self._running: list[tuple[str, Event]] = []
        self._last_output: tuple[str, str] | None = None

    # Choosing a command

    def choose(self) -> None:
        """Let the reader choose a command."""
        if not self._may_run():
            return
        commands = self._options.settings.commands
        choices = [Choice(command.name, command.run) for command in commands]
        if self._last_output is not None:
            choices.append(Choice(_("Show the last output"), self._last_output[0]))
        if not choices:
            self._status.show_message(_("The settings have no [[commands]]; see the manual."))
            return

        def on_choice(index: int) -> None:
            if index < len(commands):
                self.run(index)
            elif self._last_output is not None:
                self._show_page(*self._last_output)

        self._choose(_("Run a command"), choices, on_choice)

    def run(self, number: int) -> None:
        """Run a command of the settings, by its index."""
        paper = self._panes.table.paper
        if not self._may_run() or paper is None:
            return
        command = self._options.settings.commands[number]
        papers = self._selection.targets if command.on == "selection" else [paper]
        if command.mode == "summary" and self._options.is_sample:
            text = _("Add a source of your own first; the sample data takes no summaries.")
            self._status.show_message(text)
        elif command.confirm:
            papers_text = paper.title if len(papers) == 1 else paper_count_text(len(papers))
            choices = [Choice(_("Run"), papers_text), Choice(_("Cancel"))]

            def on_choice(index: int) -> None:
                if index == 0:
                    self._start(command, papers)

            self._choose(command.name, choices, on_choice)
        else:
            self._start(command, papers)

    def pipe(self) -> None:
        """Let the reader choose papers, and prompt for a command that reads them."""
        paper, listed = self._panes.table.paper, self._panes.table.papers
        if not self._may_run() or paper is None:
            return
        choices: list[tuple[Choice, Sequence[Paper]]] = [
            (Choice(_("This paper"), paper.paper_id), [paper])
        ]
        if selected := self._selection.papers:
            choices.append((Choice(_("The selection"), paper_count_text(len(selected))), selected))
        choices.append((Choice(_("The list"), paper_count_text(len(listed))), listed))

        def on_choice(index: int) -> None:
            prompting = self._prompt_for_command(choices[index][1])
            self._screen.run_worker(prompting, group="prompt", exit_on_error=False)

        self._choose(_("Pipe"), [choice for choice, _papers in choices], on_choice)

    async def _prompt_for_command(self, papers: Sequence[Paper]) -> None:
        from tui.config.own_commands import OwnCommand

        def accept(text: str) -> str | None:
            if not text.strip():
                return _("Enter a command.")
            # Papers come on its standard input only, so what is typed is all that the shell sees.
            braces = text.strip().replace("{", "{{").replace("}", "}}")
            name = text.strip().split()[0]
            self._start(OwnCommand(name, braces, input="markdown", shell=True), papers)
            return None

        example = "wc -w"
        await self._panes.show_prompt(Prompt(_("Pipe to:"), example, accept))

    def _may_run(self) -> bool:
        if not self._policy.may_run_programs:
            self._status.show_message(_("No programs can be run in restricted mode."))
        return self._policy.may_run_programs

    # Running

    def _start(self, command: OwnCommand, papers: Sequence[Paper]) -> None:
        running = self._run(command, papers)
        self._screen.run_worker(running, group="commands", exit_on_error=False)

    def stop(self) -> None:
        """Stop all running commands."""
        for _name, stopped in self._running:
            stopped.set()

    async def _run(self, command: OwnCommand, papers: Sequence[Paper]) -> None:
        from tui.library.export.placeholders import TemplateError
        from tui.library.programs.command_line import prepared

        running = (command.name, Event())
        self._running.append(running)
        self._show_running()
        try:
            records = await asyncio.to_thread(self._records, command, papers)
            line = prepared(command.run, records, input_format=command.input, shell=command.shell)
            with line as filled:
                await self._run_filled(command, filled, papers, running[1])
        except TaskCancelledError:
            self._notify(_("Stopped {name}."), command)
        except (OSError, TemplateError) as error:
            why = str(error) if isinstance(error, TemplateError) else reason_and_path(error)
            self._screen.post_message(
                Notice(_("Cannot run {program}: {why}").format(program=command.name, why=why))
            )
        finally:
            # Also when the program ends: a thread that still waits keeps it from ending.
            running[1].set()
            self._running.remove(running)
            self._show_running()

    def _show_running(self) -> None:
        names = ", ".join(name for name, _stopped in self._running)
        label = _("Running {name}").format(name=names) if names else ""
        stop = _("{key} stops").format(key=self._options.key_label("digests.stop"))
        self._status.show_activity(label, stop)

    def _records(self, command: OwnCommand, papers: Sequence[Paper]) -> Sequence[ExportRecord]:
        from tui.library.export.formats import with_marks, with_summaries
        from tui.library.programs.command_line import needs_summaries

        records = with_marks(papers, self._marks)
        if needs_summaries(command.run, command.input):
            return with_summaries(records, self._library.get())
        return records

    async def _run_filled(
        self, command: OwnCommand, line: CommandLine, papers: Sequence[Paper], stopped: Event
    ) -> None:
        from tui.library.programs.process import run_captured

        if command.mode == "terminal":
            code = self._run_in_terminal(line)
            if code:
                text = _("{name} failed with exit code {code}.")
                self._screen.post_message(Notice(text.format(name=command.name, code=code)))
            return
        task = Task(is_cancelled=stopped.is_set)
        output = await asyncio.to_thread(run_captured, line, task)
        if output.code and not output.is_cut:
            text = _("{name} failed with exit code {code}: {error}")
            text = text.format(name=command.name, code=output.code, error=output.error)
            self._screen.post_message(Notice(text.removesuffix(": ")))
        elif command.mode == "background":
            self._notify(_("{name} is done."), command)
        elif not output.text.strip():
            self._notify(_("{name} printed nothing."), command)
        elif command.mode == "summary":
            await self._keep_summary(command, papers[0], output)
        elif command.mode == "pager":
            from tui.library.programs.command_line import CommandLine
            from tui.ui.screens.main.terminal_program import pager_words

            self._run_in_terminal(
                CommandLine(pager_words(), line.environment, output.text.encode())
            )
        else:
            self._show(command.name, output)

    def _notify(self, text: str, command: OwnCommand) -> None:
        self._screen.post_message(Notice(text.format(name=command.name)))

    def _run_in_terminal(self, line: CommandLine) -> int:
        """Run a program that takes over the terminal; return its exit code."""
        from tui.ui.screens.main.terminal_program import run_in_terminal

        return run_in_terminal(self._screen.app, line)

    # What a command printed

    async def _keep_summary(self, command: OwnCommand, paper: Paper, output: ProgramOutput) -> None:
        from tui.config.paths import summaries_folder
        from tui.library.programs.summaries import keep_summary
        from tui.query.relative_dates import current_day

        folder, day = summaries_folder(), current_day().isoformat()
        await asyncio.to_thread(keep_summary, folder, command.name, paper, output.text, day)
        await self._sources.show_own(folder)
        key = self._options.key_label("summary.other")
        text = _("Kept as a summary of '{title}'; {key} shows it.")
        self._screen.post_message(Notice(text.format(title=paper.title, key=key)))

    def _show(self, name: str, output: ProgramOutput) -> None:
        """Show an output on a page, unless the reader is doing something else."""
        text = output.text
        if output.is_cut:
            text += "\n\n" + _("The rest was cut off: the command printed too much.")
        self._last_output = name, text
        if self._screen.is_current and not self._panes.is_prompting:
            self._show_page(name, text)
        else:
            key = self._options.key_label("program.run")
            notice = _("{name} is done; {key} shows its output.").format(name=name, key=key)
            self._screen.post_message(Notice(notice))

    def _show_page(self, name: str, text: str) -> None:
        from tui.ui.screens.pages import TextPage, lay_out_output

        keymap = self._options.settings.keymap
        self._screen.app.push_screen(TextPage(partial(lay_out_output, name, text), keymap))
