"""The controllers of rare keys, each of which is created when it is first needed."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from tui.ui.screens.main.context import Controller, MainContext
from tui.ui.screens.main.list_controller import ListController
from tui.ui.screens.main.navigator import Navigator
from tui.ui.screens.main.summary_controller import SummaryController

if TYPE_CHECKING:
    from tui.ui.screens.main.command_controller import CommandController
    from tui.ui.screens.main.later_controllers import LaterControllers
    from tui.ui.screens.main.picture_controller import PictureController
    from tui.ui.screens.main.program_controller import ProgramController
    from tui.ui.screens.main.triage_controller import TriageController


class OnDemandControllers:
    """Creates these controllers, and has their actions, which can be called at any time.

    Args:
        context: the objects that all controllers share.
        papers, navigator, summaries: the controllers of the first screen.
        later: the controllers that are always created.

    Attributes:
        on_created: called with each controller that handles messages.
    """

    def __init__(
        self,
        context: MainContext,
        papers: ListController,
        navigator: Navigator,
        summaries: SummaryController,
        *,
        later: LaterControllers,
    ) -> None:
        self._context = context
        self._papers = papers
        self._navigator = navigator
        self._summaries = summaries
        self._later = later
        self.on_created: Callable[[Controller], None] = lambda _controller: None

    @cached_property
    def triage(self) -> TriageController:
        """Shows papers one by one."""
        from tui.ui.screens.main.triage_controller import TriageController

        later = self._later
        controller = TriageController(
            self._context,
            self._papers,
            later.marks,
            later.undo,
            later.sharing,
            navigator=self._navigator,
            pictures=lambda: self.pictures,
        )
        self.on_created(controller)
        return controller

    @cached_property
    def commands(self) -> CommandController:
        """Runs typed commands."""
        from tui.ui.screens.main.command_controller import CommandController

        later = self._later
        controller = CommandController(
            self._context,
            self._papers,
            self._navigator,
            later.undo,
            exports=later.exports,
            sources=later.sources,
        )
        self.on_created(controller)
        return controller

    @cached_property
    def programs(self) -> ProgramController:
        """Runs the reader's own commands."""
        from tui.ui.screens.main.program_controller import ProgramController

        return ProgramController(self._context, self._later.sources)

    @cached_property
    def pictures(self) -> PictureController:
        """Shows pictures."""
        from tui.ui.screens.main.picture_controller import PictureController

        controller = PictureController(self._context, self._summaries)
        self.on_created(controller)
        return controller

    def stop(self) -> None:
        """Stop running programs, and loading pictures."""
        # Looking them up would create them.
        if "programs" in vars(self):
            self.programs.stop()
        if "pictures" in vars(self):
            self.pictures.stop()

    def end(self) -> None:
        """Remove pictures from the terminal, at the end of the program."""
        if "pictures" in vars(self):
            self.pictures.end()

    def action_toggle_pictures(self) -> None:
        """Show the pictures in view, or hide those that are shown."""
        self.pictures.toggle()

    def action_choose_own_command(self) -> None:
        """Let the reader choose a command of the settings."""
        self.programs.choose()

    def action_run_own_command(self, number: int) -> None:
        """Run a command of the settings, by its index."""
        self.programs.run(number)

    def action_pipe(self) -> None:
        """Pipe papers to a command."""
        self.programs.pipe()

    def action_triage(self) -> None:
        """Show the selected papers one by one, or else the undecided ones of the list."""
        self.triage.open()

    async def action_command_line(self) -> None:
        """Prompt for a command."""
        await self.commands.prompt()
