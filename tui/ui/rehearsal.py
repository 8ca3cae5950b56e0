"""Draw the opening screen of the next start, and store it for ``tui/runtime/first_frame.py``.

The rehearsal starts the app as the next start will, without a terminal, and notes each file,
folder and variable that is read meanwhile. It runs in a process of its own, which ends with it: the
functions that it replaces stay replaced.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from textual.drivers.headless_driver import HeadlessDriver

from tui.query import relative_dates
from tui.runtime import first_frame
from tui.runtime.first_frame import StartState
from tui.storage.atomic_write import replace_file
from tui.ui.app import BroadsheetApp
from tui.ui.drivers.screen_buffer import ScreenBuffer
from tui.ui.screens.main.main_screen import MainScreen
from tui.ui.screens.main.startup_options import StartupOptions
from tui.ui.textual_internals import current_driver

_VARIABLES = (
    "COLORTERM", "COLUMNS", "ESCDELAY", "FORCE_COLOR", "HOME", "LANG", "LANGUAGE", "LINES",
    "NO_COLOR", "TERM", "TERM_PROGRAM", "TTY_COMPATIBLE", "TTY_INTERACTIVE", "TZ",
)  # fmt: skip
"""Variables that may have been read before the rehearsal."""

_PRESENT_VARIABLES = (
    "DISPLAY",
    "SSH_CLIENT",
    "SSH_CONNECTION",
    "SSH_TTY",
    "TMUX",
    "WAYLAND_DISPLAY",
)
"""Variables whose values differ between terminals, so that only their presence is compared."""

_RECENT_SECONDS = 2.0
"""Within the grain of a file system's clock, a file that is edited in place may look unchanged."""

_EDITED_SUFFIX = ".toml"
"""Files that the reader edits; the program replaces its own."""


class Dependencies:
    """Everything that the opening screen depends on, with its state before it is read. Thread-safe.

    Args:
        start: how the process was started.

    Attributes:
        are_known: whether each of them can be checked at the next start.
    """

    def __init__(self, start: StartState) -> None:
        self._start = start
        self._states: dict[tuple[str, str], str] = {}
        self.are_known = True

    def watch(self) -> None:
        """Note from now on what is read, until the process ends."""
        for name in _VARIABLES:
            self._note("variable", name)
        for name in _PRESENT_VARIABLES:
            self._note("set", name)
        self._note_program()
        sys.addaudithook(self._note_event)
        for function, kind in (
            ("stat", "file"),
            ("access", "file"),
            ("lstat", "link"),
            ("readlink", "link"),
        ):
            setattr(os, function, self._noting_calls(kind, getattr(os, function)))
        self._watch_variables(type(os.environ))
        relative_dates.on_day_read = lambda: self._note("day", "")

    def _watch_variables(self, environment: Any) -> None:
        """Note which variables are read, but not which ones are copied with all others."""
        read, iterate = environment.__getitem__, environment.__iter__
        copies: list[object] = []

        def note_and_read(variables: object, name: str) -> str:
            if not copies and name not in _PRESENT_VARIABLES:
                self._note("variable", name)
            value: str = read(variables, name)
            return value

        def iterate_without_notes(variables: object) -> Iterator[str]:
            copies.append(variables)
            try:
                yield from iterate(variables)
            finally:
                copies.pop()

        environment.__getitem__, environment.__iter__ = note_and_read, iterate_without_notes

    def _note_program(self) -> None:
        """Note the modules of the program, and the folders of all others."""
        modules = dict(sys.modules)
        for name, module in modules.items():
            if file := getattr(module, "__file__", None):
                package, _, inner = name.partition(".")
                if package == "tui":
                    self._note("file", file)
                elif not inner:
                    folder = Path(file).parent
                    self._note(
                        "list", str(folder.parent if hasattr(module, "__path__") else folder)
                    )

    def _note_event(self, event: str, arguments: tuple[object, ...]) -> None:
        kind = {"open": "file", "os.listdir": "list", "os.scandir": "list"}.get(event)
        path = arguments[0] if kind else None
        if kind and isinstance(path, str | bytes):
            # Only a path that is opened can be relative to another folder than the working one.
            self.are_known &= kind != "file" or os.path.isabs(path)  # noqa: PTH117
            self._note(kind, os.path.abspath(os.fsdecode(path)))  # noqa: PTH100

    def _noting_calls(self, kind: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return a function that does the same, and notes the paths that it gets."""

        def note_and_call(path: Any, *arguments: Any, **options: Any) -> Any:
            self.are_known &= options.get("dir_fd") is None
            if not isinstance(path, int):
                is_link = options.get("follow_symlinks") is False
                self._note("link" if is_link else kind, os.path.abspath(os.fsdecode(path)))  # noqa: PTH100
            return function(path, *arguments, **options)

        return note_and_call

    def _note(self, kind: str, name: str) -> None:
        key = kind, name
        if key not in self._states:
            # Describing a file calls the replaced functions again.
            self._states[key] = ""
            self._states[key] = self._start.describe(*key)

    def lines(self) -> Iterator[str]:
        """Yield a line for each; clear ``are_known`` if one was just edited or has no such line."""
        for (kind, name), state in list(self._states.items()):
            self.are_known &= not any(map(name.__contains__, "\t\n"))
            if name.endswith(_EDITED_SUFFIX):
                with suppress(OSError):
                    age = time.time() - Path(name).stat().st_ctime
                    self.are_known &= age > _RECENT_SECONDS
            yield f"{kind}\t{name}\t{state}"


class _RecordingDriver(HeadlessDriver):
    """A driver that applies what is painted to a screen buffer."""

    is_headless = False  # Textual paints nothing otherwise

    def __init__(self, app: Any, **options: Any) -> None:
        super().__init__(app, **options)
        self.screen = ScreenBuffer(*self._get_terminal_size())

    def write(self, data: str) -> None:
        self.screen.apply(data)


def _keep_opening_screen(app: BroadsheetApp, frames: list[str]) -> None:
    """Add what draws the screen on a terminal, unless it shows no papers, and end the app."""
    driver, screen = current_driver(app), app.screen
    has_papers = isinstance(screen, MainScreen) and screen.panes.table.paper is not None
    if isinstance(driver, _RecordingDriver) and has_papers:
        frames.append(ScreenBuffer(*driver.screen.size).update_to(driver.screen))
    app.exit()


def rehearse(
    start: StartState, size: tuple[int, int], prepare: Callable[[], StartupOptions | None]
) -> None:
    """Draw the opening screen of the next start, and store it.

    Args:
        start: how the process was started; the next one has to be started in the same way.
        size: columns and lines of the terminal.
        prepare: returns what the app opens, or None if nothing should be stored.

    Raises:
        OSError: it could not be stored.
    """
    dependencies = Dependencies(start)
    dependencies.watch()
    options = prepare()
    if options is None:
        return
    frames: list[str] = []
    app = BroadsheetApp(options._replace(is_rehearsal=True))
    app.driver_class = _RecordingDriver
    app.on_opened = lambda: _keep_opening_screen(app, frames)
    app.run(size=size)
    lines = [start.describe_process(size), *dependencies.lines()]
    if frames and app.crash_report is None and dependencies.are_known:
        data = os.fsencode("\n".join(lines)) + b"\n\n" + frames[0].encode()
        if len(data) <= first_frame.MAX_BYTES:
            replace_file(Path(first_frame.frame_file(start.environment)), data)
