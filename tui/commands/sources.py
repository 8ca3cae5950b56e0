"""``broadsheet add``, ``remove`` and ``sources``."""

from __future__ import annotations

import argparse
from pathlib import Path

from tui.cache.source_cache import SourceCache
from tui.commands.collection import Sources, expanded, sync_sources, why_unreachable
from tui.commands.output import NOTHING_MATCHED, OK, CommandError, reason, warn
from tui.config import load_settings, write_sources
from tui.paths import cache_folder, config_file
from tui.storage.tables import StorageError
from tui.view import count


def run_add(arguments: argparse.Namespace) -> int:
    """Add sources to those that the browser opens."""
    listed = [path.resolve() for path in _listed()]
    paths = [expanded(name) for name in arguments.path]
    for path in paths:
        told = why_unreachable(path)
        if told is not None:
            raise CommandError(f"{path}: {told}")
    for path in (path.resolve() for path in paths):
        library, _ = sync_sources(Sources((path,), named=True))
        papers = count(library.calendar.total, "paper")
        if path in listed:
            print(f"{path} is a source already: {papers}.")
            continue
        listed.append(path)
        _write(listed)
        print(f"Added {path}: {papers}.")
    return OK


def run_remove(arguments: argparse.Namespace) -> int:
    """Remove sources; neither their files nor what is cached of them is touched."""
    listed = list(_listed())
    code = OK
    for name in arguments.path:
        path = expanded(name).resolve()
        kept = [each for each in listed if each.resolve() != path]
        if len(kept) == len(listed):
            warn(f"{name}: is no source; 'broadsheet sources' lists them")
            code = NOTHING_MATCHED
            continue
        listed = kept
        _write(listed)
        print(f"Removed {path}. Its files are where they were.")
    return code


def run_sources(arguments: argparse.Namespace) -> int:  # noqa: ARG001
    """List the sources, with what is cached of them."""
    settings, problems = load_settings(config_file())
    for problem in problems:
        warn(str(problem))
    if not settings.sources:
        print("No sources: the sample data is shown. 'broadsheet add PATH' adds one.")
        return OK
    for path in settings.sources:
        print(f"{path}  {_cached(path)}{'' if why_unreachable(path) is None else _UNREACHED}")
    return OK


_UNREACHED = "  (cannot be reached)"


def _cached(path: Path) -> str:
    try:
        calendar = SourceCache(cache_folder(), path).calendar()
    except (StorageError, OSError):
        return "the cache of it cannot be read; 'broadsheet sync' makes it anew"
    days = calendar.days()
    reach = f"{days[-1]} to {days[0]}" if days else "nothing read yet"
    return f"{count(calendar.total, 'paper')}, {reach}"


def _listed() -> tuple[Path, ...]:
    """Return the sources as the settings list them, fit to be changed.

    Raises:
        CommandError: the list is there and not understood; writing would lose it.
    """
    settings, problems = load_settings(config_file())
    for problem in problems:
        if problem.message.startswith("sources:"):
            raise CommandError(f"{problem}; correct it first")
        warn(str(problem))
    return settings.sources


def _write(sources: list[Path]) -> None:
    try:
        write_sources(config_file(), sources)
    except (ValueError, OSError) as error:
        told = reason(error) if isinstance(error, OSError) else str(error)
        raise CommandError(f"the settings cannot be written: {told}") from error
