"""``broadsheet`` itself: opens the browser."""

from __future__ import annotations

import os
import sys
import threading
from typing import TYPE_CHECKING

from tui.cli.commands.open_library import configured_sources, named_sources
from tui.cli.output import (
    BROKEN,
    FAILED,
    OK,
    CommandError,
    reason,
    warn,
    warn_of_failure,
)
from tui.config.loading import load_settings
from tui.config.paths import config_files, marks_folder, state_folder, views_file
from tui.config.session import load_session, save_session
from tui.i18n import LANGUAGES, detect_language, use_language
from tui.marks import MarkStore
from tui.query import Query
from tui.runtime import garbage_collector as garbage
from tui.runtime.crash_report import record
from tui.storage.tables import StorageError
from tui.terminal.capabilities import UNUSABLE, terminal_of
from tui.terminal.glyphs import ASCII, UNICODE, draw

if TYPE_CHECKING:
    import argparse

SWITCH = 0.001
"""Seconds for which one thread goes on while another waits; Python's own are 0.005. A key waits
several times until it is drawn, each time as long, while digests are read in another thread."""

FRAMES_A_SECOND = "240"
"""Where the terminal is on the same machine. Textual's own are 60."""


def run(arguments: argparse.Namespace) -> int:
    """Open the browser, and remember afterwards where the reader was.

    Raises:
        CommandError: there is no terminal, or a path or date that cannot be.
    """
    # Nearly all that is made from here to the first screen stays to the end.
    garbage.pause()
    period = _period(arguments.date)
    query = _query(arguments.query)
    if query.clauses and period is None:
        period = ""
    settings, problems = load_settings(*config_files())
    use_language(detect_language() if settings.lang == "auto" else settings.lang)
    if problems:
        # Only now is it known in which language to tell them.
        settings, problems = load_settings(*config_files())
    try:
        sources = configured_sources(settings)
        if arguments.path:
            sources = named_sources(arguments.path, sources.place)
    except CommandError as error:
        # It may have been meant as a command.
        raise CommandError(f"{error}; 'broadsheet -h' lists the commands") from error
    _need_terminal()
    session = load_session(state_folder())
    session.of_sources([str(path) for path in sources.paths])
    library = sources.library()

    terminal = terminal_of(os.environ, sys.stderr.encoding)
    is_ascii = settings.signs == "ascii" or (settings.signs == "auto" and not terminal.has_signs)
    draw(ASCII if is_ascii else UNICODE)
    os.environ.setdefault("TEXTUAL_COLOR_SYSTEM", terminal.colour_system)
    if settings.animations != "auto":
        os.environ["TEXTUAL_ANIMATIONS"] = "full" if settings.animations == "on" else "none"
    elif terminal.is_remote:
        # Animations are for the eye, and cost a thin line its breath.
        os.environ.setdefault("TEXTUAL_ANIMATIONS", "none")
    if not terminal.is_remote:
        # What is drawn after a key waits for the next frame, and sometimes for one more.
        os.environ.setdefault("TEXTUAL_FPS", FRAMES_A_SECOND)
    _set_kitty_keys(settings.kitty_keys)
    # Textual takes longer to import than all of the above: only the browser needs it.
    from tui.ui.app import BroadsheetApp
    from tui.ui.screens.main.startup import StartupOptions

    opening = StartupOptions(
        library=library,
        settings=settings,
        session=session,
        marks=MarkStore(marks_folder()),
        views_file=views_file(),
        problems=(*problems, *sources.problems),
        period=period,
        query=query,
        min_votes=arguments.min_votes,
        named_sources=sources.named,
        is_sample=sources.is_sample,
        terminal=terminal,
        place=sources.place,
    )
    app = BroadsheetApp(opening)
    threading.excepthook = _note
    sys.setswitchinterval(SWITCH)
    app.run(mouse=settings.mouse)
    code = app.return_code or OK
    for failure in opening.marks.flush():
        warn(f"a mark could not be kept: {failure}")
        code = FAILED
    # What follows is said on the command line, which speaks English.
    use_language(LANGUAGES[0])
    if app.failure is not None:
        # Where the reader was may be what led to it, and is not what to open with again.
        warn_of_failure(app.failure, "the browser")
        return BROKEN
    if sources.named:
        return code
    try:
        save_session(state_folder(), session)
    except (StorageError, OSError) as error:
        told = reason(error) if isinstance(error, OSError) else str(error)
        warn(f"where you were cannot be remembered: {told}")
    return code


def _note(failed: threading.ExceptHookArgs) -> None:
    """Log what stopped a thread that nobody waits for, in place of a traceback on the screen."""
    if failed.exc_value is not None:
        record(failed.exc_value, "the browser")


def _set_kitty_keys(wish: str) -> None:
    """Tell Textual, before it is imported, whether to ask for keys as escape codes."""
    name = "TEXTUAL_DISABLE_KITTY_KEY"
    if wish != "auto":
        os.environ[name] = "0" if wish == "on" else "1"
    elif os.environ.get("TERM_PROGRAM") == "iTerm.app" or os.environ.get("LC_TERMINAL") == "iTerm2":
        # It would lose what an input method composes. Over SSH it tells by LC_TERMINAL who it is.
        os.environ.setdefault(name, "1")


def _need_terminal() -> None:
    """Refuse to go on where nothing could be drawn, or no key could come from."""
    # Textual draws on standard error. A stream that was closed is None.
    streams = (sys.stdin, sys.stdout, sys.stderr)
    if not all(stream is not None and stream.isatty() for stream in streams):
        raise CommandError("needs a terminal; 'broadsheet list' prints the papers")
    name = os.environ.get("TERM", "")
    if name in UNUSABLE:
        raise CommandError(f"TERM={name} cannot show it; 'broadsheet list' prints the papers")


def _query(text: str | None) -> Query:
    if not text:
        return Query()
    # The parser is wanted only here.
    from tui.query import QueryError, parse

    try:
        return parse(text)
    except QueryError as error:
        raise CommandError(f"--query: {error}") from error


def _period(text: str | None) -> str | None:
    if text is None:
        return None
    from datetime import date

    from tui.library.periods import parse_period

    period = parse_period(text, date.today().isoformat())
    if period is None:
        raise CommandError(f"--date {text}: is no date; write it as 2025-05-22, 2025-05 or 2025")
    return period
