"""``broadsheet add``, ``remove`` and ``sources``."""

from __future__ import annotations

import argparse
from pathlib import Path

from tui.cache.source_cache import SourceCache
from tui.commands.collection import Sources, settings_with_warnings, sync_sources
from tui.commands.output import NOTHING_MATCHED, OK, CommandError, warn
from tui.config import write_sources
from tui.paths import cache_folder, config_file
from tui.view import count


def run_add(arguments: argparse.Namespace) -> int:
    """Add sources to those that the browser opens."""
    settings = settings_with_warnings()
    listed = [path.resolve() for path in settings.sources]
    for name in arguments.path:
        path = Path(name).expanduser().resolve()
        if not path.exists():
            raise CommandError(f"{name}: there is no such file or folder")
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
    settings = settings_with_warnings()
    listed = list(settings.sources)
    code = OK
    for name in arguments.path:
        path = Path(name).expanduser()
        kept = [each for each in listed if each not in (path, path.resolve())]
        kept = [each for each in kept if each.resolve() != path.resolve()]
        if len(kept) == len(listed):
            warn(f"{name}: is no source; 'broadsheet sources' lists them")
            code = NOTHING_MATCHED
            continue
        listed = kept
        _write(listed)
        print(f"Removed {path.resolve()}. Its files are where they were.")
    return code


def run_sources(arguments: argparse.Namespace) -> int:  # noqa: ARG001
    """List the sources, with what is cached of them."""
    settings = settings_with_warnings()
    if not settings.sources:
        print("No sources: the sample data is shown. 'broadsheet add PATH' adds one.")
        return OK
    for path in settings.sources:
        calendar = SourceCache(cache_folder(), path).calendar()
        days = calendar.days()
        reach = f"{days[-1]} to {days[0]}" if days else "nothing read yet"
        there = "" if path.exists() else "  (cannot be reached)"
        print(f"{path}  {count(calendar.total, 'paper')}, {reach}{there}")
    return OK


def _write(sources: list[Path]) -> None:
    try:
        write_sources(config_file(), sources)
    except (ValueError, OSError) as error:
        raise CommandError(f"the settings cannot be written: {error}") from error
