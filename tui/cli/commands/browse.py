"""``broadsheet`` without a command: open the browser.

Start-up with nothing but paths must not import argparse, which is therefore imported for type
checking only.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from tui.cli import output
from tui.cli.commands import COMMANDS, RESTRICTED
from tui.runtime.crash_log import record

if TYPE_CHECKING:
    import argparse
    import threading

    from tui.cli.source_selection import SourceSelection
    from tui.config.policy import Policy
    from tui.config.session import Session
    from tui.config.settings import Settings
    from tui.library.visits import VisitLog
    from tui.models import Problem
    from tui.query.query import Query
    from tui.terminal.capabilities import Terminal
    from tui.ui.app import BroadsheetApp
    from tui.ui.screens.main.startup_options import StartupOptions


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    from argparse import SUPPRESS, RawDescriptionHelpFormatter

    from tui.cli.arguments import PrintVersion, non_negative_int, valid_text

    parser.description = "Read the day's research papers in a terminal."
    parser.epilog = (
        "commands:\n"
        + "".join(f"  {name:<11} {summary}\n" for name, summary in COMMANDS.items())
        + "\nRun 'broadsheet COMMAND -h' for the options of a command.\n"
        + "A first word that is not a command is a path."
    )
    parser.formatter_class = RawDescriptionHelpFormatter
    text = "print the version"
    parser.add_argument("--version", action=PrintVersion, nargs=0, default=SUPPRESS, help=text)
    parser.add_argument("path", nargs="*", metavar="PATH", help="a digest, or a folder of digests")
    text = "the initial vote threshold"
    parser.add_argument("--min-votes", type=non_negative_int, metavar="N", help=text)
    text = "the initial day, month or year"
    parser.add_argument("--date", type=valid_text, metavar="D", help=text)
    parser.add_argument("--query", type=valid_text, metavar="Q", help="the initial query")
    text = "only read, without a way to other programs and files; with commands, too"
    parser.add_argument(RESTRICTED, action="store_true", default=SUPPRESS, help=text)


def run(arguments: argparse.Namespace) -> int:
    """Open the browser, and save the session afterwards.

    Raises:
        CommandError: there is no terminal, or an argument is invalid.
    """
    from tui.runtime import tuning

    # Nearly every object created before the first screen lives as long as the program.
    tuning.pause_collection()
    with tuning.uncompiled_annotations():
        app, options, sources = _create_app(arguments)
    tuning.shorten_thread_switches()
    app.run(mouse=options.settings.mouse)
    code = app.return_code or output.OK
    for failure in options.marks.flush():
        output.warn(f"a mark could not be saved: {failure}")
        code = output.FAILED
    # The command line is not translated.
    from tui.i18n import LANGUAGES, use_language

    use_language(LANGUAGES[0])
    if app.crash_report is not None:
        # The session may have caused the crash, so the next start must not restore it.
        output.warn_of_crash(app.crash_report, "the browser")
        return output.INTERNAL_ERROR
    if not sources.is_named:
        _save_state(options.session, None if app.was_cut_off else options.visits)
    if not app.was_cut_off:
        _rehearse(arguments.path, options)
    return code


def _create_app(
    arguments: argparse.Namespace,
) -> tuple[BroadsheetApp, StartupOptions, SourceSelection]:
    import threading

    from tui.runtime.tuning import configure_textual
    from tui.terminal.capabilities import detect_terminal, ignore_exported_size

    period, query = _parse_start(arguments.date, arguments.query)
    settings, problems = _load_settings()
    sources = _choose_sources(arguments.path, settings)
    _require_terminal()
    ignore_exported_size(sys.stdin.fileno(), os.environ)
    terminal = detect_terminal(os.environ, sys.stderr.encoding)
    configure_textual(settings, terminal)
    options = _startup_options(settings, problems, sources, terminal, arguments.policy)
    options = options._replace(period=period, query=query, min_votes=arguments.min_votes)
    # Textual takes longer to import than everything above.
    from tui.ui.lean_imports import import_textual

    import_textual()
    from tui.ui.app import BroadsheetApp

    threading.excepthook = _log_thread_error
    return BroadsheetApp(options), options, sources


def _startup_options(
    settings: Settings,
    problems: Sequence[Problem],
    sources: SourceSelection,
    terminal: Terminal,
    policy: Policy,
) -> StartupOptions:
    """Return what the browser opens unless the command line says more."""
    from tui.config.paths import marks_folder, state_folder, views_file
    from tui.config.session import load_session
    from tui.library.visits import VisitLog
    from tui.marks.store import MarkStore
    from tui.terminal.glyphs import ASCII, UNICODE, use_glyphs
    from tui.ui.screens.main.startup_options import StartupOptions

    is_ascii = settings.signs == "ascii" or (settings.signs == "auto" and not terminal.has_unicode)
    use_glyphs(ASCII if is_ascii else UNICODE)
    session = load_session(state_folder())
    session.reset_unless_same_sources([str(path) for path in sources.paths])
    return StartupOptions(
        library=sources.library(),
        settings=settings,
        session=session,
        marks=MarkStore(marks_folder()),
        views_file=views_file(),
        problems=(*problems, *sources.problems),
        named_sources=sources.is_named,
        is_sample=sources.is_sample,
        terminal=terminal,
        cache_locator=sources.locator,
        policy=policy,
        visits=None if sources.is_named else VisitLog(state_folder(), lambda: session.newest),
    )


def _rehearse(paths: Sequence[str], last: StartupOptions) -> None:
    """Draw and store the opening screen of the next start, in a process that outlives this one.

    Args:
        paths: the paths of the command line.
        last: what this process has opened.
    """
    from tui.runtime.first_frame import start_state, terminal_size

    start, size = start_state(), terminal_size()
    # Other arguments are rare, and what has no terminal of its own does not show a frame.
    if start is None or size is None or start.arguments != list(paths):
        return
    if last.policy.is_restricted or (sys.stderr.encoding or "").lower() != "utf-8":
        return

    from tui.runtime.background_process import run_in_background

    def prepare() -> StartupOptions | None:
        from tui.config.policy import load_policy

        policy = load_policy(is_requested=False)
        settings, problems = _load_settings()
        # Changed settings may take effect only in a new process.
        if policy.is_restricted or settings != last.settings:
            return None
        sources = _choose_sources(paths, settings)
        return _startup_options(settings, problems, sources, last.terminal, policy)

    def draw() -> None:
        from tui.ui.rehearsal import rehearse

        rehearse(start, size, prepare)

    run_in_background(draw)


def _load_settings() -> tuple[Settings, Sequence[Problem]]:
    """Load the settings and switch to their language."""
    from tui.config.paths import config_files
    from tui.config.settings_file import load_settings
    from tui.i18n import detect_language, use_language

    settings, problems = load_settings(*config_files())
    use_language(detect_language() if settings.lang == "auto" else settings.lang)
    if problems:
        # Load them again, so that the problems are in the language that was just set.
        settings, problems = load_settings(*config_files())
    return settings, problems


def _choose_sources(paths: Sequence[str], settings: Settings) -> SourceSelection:
    """Return the sources of the command line, or else of the settings."""
    from tui.cli.source_selection import configured_sources, named_sources

    try:
        sources = configured_sources(settings)
        return named_sources(paths, sources.locator) if paths else sources
    except output.CommandError as error:
        # The first word may be a misspelled command.
        raise output.CommandError(f"{error}; 'broadsheet -h' lists the commands") from error


def _save_state(session: Session, visits: VisitLog | None) -> None:
    """Save the session and, unless the program was cut off, the end of the visit."""
    from tui.config.paths import state_folder
    from tui.config.session import save_session
    from tui.storage.tables import StorageError

    try:
        if visits is not None:
            visits.save()
            # From now on the log knows what is new.
            session.newest = None
        save_session(state_folder(), session)
    except (StorageError, OSError) as error:
        output.warn(f"the session could not be saved: {output.describe_error(error)}")


def _log_thread_error(error: threading.ExceptHookArgs) -> None:
    """Log an uncaught exception of a thread, instead of printing a traceback on the screen."""
    from tui.config.paths import log_file

    if error.exc_value is not None:
        record(error.exc_value, "the browser", log_file)


def _require_terminal() -> None:
    """Raise CommandError if there is no terminal to draw on or to read keys from."""
    # A closed stream is None. If standard error is redirected, the screen is drawn on the terminal
    # that controls the program.
    streams = (sys.stdin, sys.stdout)
    hint = "to print papers, use 'broadsheet list'"
    has_terminal = all(stream is not None and stream.isatty() for stream in streams)
    if not has_terminal or sys.__stderr__ is None:
        raise output.CommandError(f"needs a terminal; {hint}")
    from tui.terminal.capabilities import UNUSABLE_TERMS

    if (name := os.environ.get("TERM", "")) in UNUSABLE_TERMS:
        raise output.CommandError(f"TERM={name} is not supported; {hint}")


def _parse_query(text: str | None) -> Query:
    from tui.query.query import Query

    if not text:
        return Query()
    from tui.query.invalid_query import QueryError
    from tui.query.parser import parse

    with output.command_errors(QueryError, prefix="--query: "):
        return parse(text)


def _parse_start(date_text: str | None, query_text: str | None) -> tuple[str | None, Query]:
    """Return the first period, which is None for the newest day, and the first query."""
    query = _parse_query(query_text)
    if date_text is None:
        return "" if query.clauses else None, query
    from tui.library.date_entry import parse_date_entry
    from tui.query.relative_dates import current_day

    scope = parse_date_entry(date_text, current_day().isoformat())
    if scope is None:
        hint = "write 2025-05-22, 2025-05, 2025, today or 7d"
        raise output.CommandError(f"--date {date_text}: not a date; {hint}")
    return scope.period, query if scope.is_period else scope.query() & query
