"""``broadsheet sources``."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from tui.cli.output import plural, print_line

if TYPE_CHECKING:
    from tui.cache.source_cache import SourceCache


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare no arguments."""


def run(arguments: argparse.Namespace) -> None:  # noqa: ARG001
    """List the sources and what is cached of each."""
    from tui.cli.open_library import cache_locator, settings_with_warnings

    settings = settings_with_warnings()
    if not settings.sources:
        print("No sources; the sample data is shown. Add one with 'broadsheet add PATH'.")
        return
    locator = cache_locator(settings)
    for path in settings.sources:
        cache = locator.cache_of(path)
        print_line(f"{path}  {_cache_summary(cache)}{_access_note(cache)}{_clone_note(cache)}")


def _cache_summary(cache: SourceCache) -> str:
    from tui.storage.tables import StorageError

    try:
        counts = cache.period_counts()
    except (StorageError, OSError):
        message = "its cache cannot be read"
        return message if cache.other_owner() else f"{message}; 'broadsheet sync' rebuilds it"
    days = counts.days()
    papers = plural(counts.total, "paper")
    if not days:
        return papers if cache.exists() else f"{papers}, not read yet"
    dates = f"{days[-1]} to {days[0]}" if len(days) > 1 else days[0]
    return f"{papers}, {dates}"


def _access_note(cache: SourceCache) -> str:
    from tui.cli.open_library import unreachable_reason

    if (owner := cache.other_owner()) is not None:
        return f"  (maintained by {owner})"
    return "  (cannot be reached)" if unreachable_reason(cache.source) else ""


def _clone_note(cache: SourceCache) -> str:
    from tui.cli.source_list import clone_containing, git_sources
    from tui.sources.git.command import without_secrets

    clone = clone_containing(cache.source)
    url = git_sources().url_of(clone) if clone else ""
    return f"  (clone of {without_secrets(url)})" if url else ""
