"""``broadsheet sources``."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from tui.cli.output import plural, print_line, print_lines

if TYPE_CHECKING:
    from tui.cache.source_cache import SourceCache


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare no arguments."""


def run(arguments: argparse.Namespace) -> None:
    """List the sources and what is cached of each."""
    from tui.cli.source_list import clone_containing, git_clones
    from tui.cli.source_selection import cache_locator, settings_with_warnings, unreachable_reason
    from tui.sources.git.git_errors import without_secrets

    settings = settings_with_warnings()
    if not settings.sources:
        hint = " Add one with 'broadsheet add PATH'." if arguments.policy.may_change_sources else ""
        print_line(f"No sources; the sample data is shown.{hint}")
        return
    locator = cache_locator(settings)
    rows: list[tuple[str, ...]] = []
    for path in settings.sources:
        cache = locator.cache_of(path)
        facts = [str(path), *_cache_summary(cache)]
        if (owner := cache.other_owner()) is not None:
            facts.append(f"(maintained by {owner})")
        elif unreachable_reason(cache.source):
            facts.append("(cannot be reached)")
        # Only git knows the URL.
        clone = clone_containing(cache.source) if arguments.policy.may_run_programs else None
        if clone and (url := git_clones().url_of(clone)):
            facts.append(f"(clone of {without_secrets(url)})")
        rows.append(tuple(facts))
    print_lines(_aligned(rows))
    for url in settings.feeds:
        print_line(f"feed {url}")
    for category in settings.arxiv:
        print_line(f"arXiv {category}")


def _aligned(rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    """Yield rows with their paths and their numbers of papers below each other."""
    from rich.cells import cell_len

    path_width = max(cell_len(path) for path, *_facts in rows)
    papers_width = max(cell_len(papers) for _path, papers, *_facts in rows)
    for path, papers, *facts in rows:
        gap = " " * (path_width - cell_len(path) + papers_width - cell_len(papers))
        yield "  ".join((f"{path}{gap}", papers, *facts))


def _cache_summary(cache: SourceCache) -> tuple[str, ...]:
    """Return the number of papers and their dates, or what else is known."""
    from tui.storage.tables import StorageError

    try:
        counts = cache.period_counts()
    except (StorageError, OSError):
        message = "its cache cannot be read"
        advice = "" if cache.other_owner() else "; 'broadsheet sync' rebuilds it"
        return "", f"{message}{advice}"
    days = counts.days()
    papers = plural(counts.total, "paper")
    if not days:
        return (papers,) if cache.exists() else (papers, "not read yet")
    dates = f"{days[-1]} to {days[0]}" if len(days) > 1 else days[0]
    return papers, dates
