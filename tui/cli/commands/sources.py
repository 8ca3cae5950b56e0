"""``broadsheet add``, ``remove`` and ``sources``."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from tui.cache.source_cache import SourceCache
from tui.cli.commands.git_sources import (
    clone_of,
    cloned,
    delete_clone,
    origin_of,
    place_of,
    url_named,
)
from tui.cli.commands.open_library import (
    SourceSelection,
    cache_place,
    expanded,
    sync_sources,
    why_unreachable,
)
from tui.cli.output import NOTHING_MATCHED, OK, CommandError, reason, say, warn
from tui.config.loading import load_settings
from tui.config.paths import config_file, config_files
from tui.config.writing import change_sources
from tui.library.view import count
from tui.storage.tables import StorageError


def run_add(arguments: argparse.Namespace) -> int:
    """Add sources to those that the browser opens."""
    known = [path.resolve() for path in listed()]
    urls = {name: url_named(name) for name in arguments.path}
    paths = [cloned(url) if url else expanded(name) for name, url in urls.items()]
    place = cache_place()
    for path in paths:
        told = why_unreachable(path)
        if told is not None and not place.cache_of(path).kept_by():
            raise CommandError(f"{path}: {told}")
    for path in (path.resolve() for path in paths):
        library, _ = sync_sources(SourceSelection((path,), place, named=True))
        papers = count(library.calendar.total, "paper")
        if path in known:
            say(f"{path} is a source already: {papers}.")
            continue
        known.append(path)
        change(add=(path,))
        say(f"Added {path}: {papers}.")
    return OK


def run_remove(arguments: argparse.Namespace) -> int:
    """Remove sources; neither their files nor what is cached of them is touched.

    What was cloned for a source is deleted where that is asked for, and no other source is in it.
    """
    known = list(listed())
    code = OK
    for name in arguments.path:
        path = _path_of(name)
        kept = [each for each in known if each.resolve() != path]
        if len(kept) == len(known):
            warn(f"{name}: is no source; 'broadsheet sources' lists them")
            code = NOTHING_MATCHED
            continue
        known = kept
        change(remove=(path,))
        say(f"Removed {path}. {_what_became_of(path, known, delete=arguments.delete)}")
    return code


def _path_of(name: str) -> Path:
    """Return the source that a person named: by its path, or by the address it was cloned from."""
    url = url_named(name)
    return (place_of(url) if url else expanded(name)).resolve()


def _what_became_of(path: Path, listed: Sequence[Path], *, delete: bool) -> str:
    """Delete the clone that a removed source was in, if that is asked for; say what became of it.

    Args:
        path: the source.
        listed: those that are left.
        delete: whether it is asked for.
    """
    clone = clone_of(path)
    if clone is None:
        kept = "" if not delete else ", for they are not what Broadsheet cloned"
        return f"Its files are where they were{kept}."
    if any(each.resolve().is_relative_to(clone) for each in listed):
        return f"Its clone {clone} stays: another source is in it."
    if not delete:
        return f"Its clone is in {clone}; 'remove --delete' deletes it."
    delete_clone(clone)
    return "Its clone is deleted."


def run_sources(arguments: argparse.Namespace) -> int:  # noqa: ARG001
    """List the sources, with what is cached of them."""
    settings, problems = load_settings(*config_files())
    for problem in problems:
        warn(str(problem))
    if not settings.sources:
        print("No sources: the sample data is shown. 'broadsheet add PATH' adds one.")
        return OK
    place = cache_place(settings)
    for path in settings.sources:
        cache = place.cache_of(path)
        say(f"{path}  {_cached(cache)}{_remark(cache)}")
    return OK


def _remark(cache: SourceCache) -> str:
    remark = _standing(cache)
    clone = clone_of(cache.source)
    url = origin_of(clone) if clone else ""
    return f"{remark}  (a clone of {url})" if url else remark


def _standing(cache: SourceCache) -> str:
    if (owner := cache.kept_by()) is not None:
        return f"  ({owner} reads them for all)"
    return "" if why_unreachable(cache.source) is None else "  (cannot be reached)"


def _cached(cache: SourceCache) -> str:
    try:
        calendar = cache.calendar()
    except (StorageError, OSError):
        told = "the cache of it cannot be read"
        return told if cache.kept_by() else f"{told}; 'broadsheet sync' makes it anew"
    days = calendar.days()
    papers = count(calendar.total, "paper")
    if not days:
        return papers if cache.exists() else f"{papers}, nothing read yet"
    reach = f"{days[-1]} to {days[0]}" if len(days) > 1 else days[0]
    return f"{papers}, {reach}"


def listed() -> tuple[Path, ...]:
    """Return the sources as the settings list them, fit to be changed.

    Raises:
        CommandError: the list is there and not understood; writing would lose it.
    """
    settings, problems = load_settings(*config_files())
    for problem in problems:
        if problem.file == str(config_file()) and problem.message.startswith("sources:"):
            raise CommandError(f"{problem}; correct it first")
        warn(str(problem))
    return settings.sources


def change(*, add: tuple[Path, ...] = (), remove: tuple[Path, ...] = ()) -> None:
    """Change the list of sources as it stands by now; another process may have changed it, too.

    Raises:
        CommandError: it cannot be written.
    """
    try:
        change_sources(config_files(), add=add, remove=remove)
    except (ValueError, OSError, StorageError) as error:
        told = reason(error) if isinstance(error, OSError) else str(error)
        raise CommandError(f"the settings cannot be written: {told}") from error
