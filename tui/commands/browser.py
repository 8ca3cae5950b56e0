"""``broadsheet`` itself: opens the browser."""

from __future__ import annotations

import argparse
import os
import sys

from tui import garbage
from tui.commands.collection import configured_sources, named_sources
from tui.commands.output import OK, CommandError, reason, warn
from tui.config import load_settings
from tui.i18n import LANGUAGES, language_of, use_language
from tui.library import Library
from tui.marks import MarkStore
from tui.paths import cache_folder, config_file, marks_folder, state_folder, views_file
from tui.query import Query
from tui.session import load_session, save_session
from tui.storage.tables import StorageError


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
    settings, problems = load_settings(config_file())
    use_language(language_of() if settings.lang == "auto" else settings.lang)
    if problems:
        # Only now is it known in which language to tell them.
        settings, problems = load_settings(config_file())
    try:
        sources = named_sources(arguments.path) if arguments.path else configured_sources(settings)
    except CommandError as error:
        # It may have been meant as a command.
        raise CommandError(f"{error}; 'broadsheet -h' lists the commands") from error
    _need_terminal()
    session = load_session(state_folder())
    session.of_sources([str(path) for path in sources.paths])
    library = Library.open(cache_folder(), sources.paths)

    if os.environ.get("SSH_CONNECTION"):
        # Animations are for the eye, and cost a thin line its breath.
        os.environ.setdefault("TEXTUAL_ANIMATIONS", "none")
    # Textual takes longer to import than all of the above: only the browser needs it.
    from tui.app import BroadsheetApp
    from tui.screens.opening import Opening

    opening = Opening(
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
    )
    app = BroadsheetApp(opening)
    app.run()
    for failure in opening.marks.wait():
        warn(f"a mark could not be kept: {failure}")
    # What follows is said on the command line, which speaks English.
    use_language(LANGUAGES[0])
    if sources.named:
        return app.return_code or OK
    try:
        save_session(state_folder(), session)
    except (StorageError, OSError) as error:
        told = reason(error) if isinstance(error, OSError) else str(error)
        warn(f"where you were cannot be remembered: {told}")
    return app.return_code or OK


def _need_terminal() -> None:
    """Refuse to go on where nothing could be drawn, or no key could come from."""
    # Textual draws on standard error. A stream that was closed is None.
    streams = (sys.stdin, sys.stdout, sys.stderr)
    if not all(stream is not None and stream.isatty() for stream in streams):
        raise CommandError("needs a terminal; 'broadsheet list' prints the papers")
    if os.environ.get("TERM") == "dumb":
        raise CommandError("TERM=dumb cannot show it; 'broadsheet list' prints the papers")


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

    from tui.periods import parse_period

    period = parse_period(text, date.today().isoformat())
    if period is None:
        raise CommandError(f"--date {text}: is no date; write it as 2025-05-22, 2025-05 or 2025")
    return period
