"""Fetch lists, feeds and details of papers, as ``broadsheet fetch`` does after the days."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tui.cli import output

if TYPE_CHECKING:
    from tui.config.settings import Settings
    from tui.library.download_plan import DownloadPlan
    from tui.runtime.task import Progress
    from tui.sources.http.downloads import DownloadResult
    from tui.sources.http.retry import RetryPolicy


def requested_lists(arguments: argparse.Namespace, settings: Settings) -> DownloadPlan:
    """Return the downloads of lists and feeds that the arguments and the settings ask for.

    Raises:
        CommandError: an argument is invalid.
    """
    from tui.cli.source_selection import expand_path
    from tui.library import download_plan
    from tui.sources.arxiv.lists import is_category
    from tui.sources.http.errors import HttpError

    categories = arguments.arxiv or ()
    for name in categories:
        if not is_category(name):
            message = f"--arxiv {name}: not a category; write it as cs.CL, or cs for all of them"
            raise output.CommandError(message)
    with output.command_errors(HttpError):
        if categories:
            return download_plan.lists(
                list(dict.fromkeys(categories)),
                _list_days(arguments),
                folder=expand_path(arguments.to).resolve() if arguments.to else None,
                new_only=arguments.new_only or settings.arxiv_new_only,
                refetch=arguments.again,
                endpoint=settings.arxiv_endpoint,
            )
        if arguments.details is not None or not (settings.arxiv or settings.feeds):
            return download_plan.DownloadPlan()
        return download_plan.configured(settings, _list_days(arguments), refetch=arguments.again)


def _list_days(arguments: argparse.Namespace) -> list[date]:
    """Return the days of arXiv's lists, newest first: by default only that of the newest list."""
    from tui.sources.arxiv.announcements import current_day, days_since, last_days

    today = current_day()
    if arguments.days:
        return last_days(arguments.days, today)
    if arguments.date is None and arguments.since is None:
        return [today]
    first = min(first_day(arguments, today), today)
    days = days_since(first, today)
    if arguments.date is not None:
        return [day for day in days if day == first]
    return days


def first_day(arguments: argparse.Namespace, current_day: date) -> date:
    """Return the day of ``--date``, or else the first one of ``--since``.

    Raises:
        CommandError: ``--date`` is not a day, ``--since`` not a period, or it is in the future.
    """
    from tui.library.periods import is_day, parse_period

    option, text = "--date", arguments.date
    if text is None:
        option, text = "--since", arguments.since
    period = parse_period(text, current_day.isoformat())
    if not period:
        raise output.CommandError(f"{option} {text}: not a date; write it as 2025-05-22")
    if option == "--date" and not is_day(period):
        raise output.CommandError(f"--date {text}: not a day; for a month or year, use --since")
    first = date.fromisoformat(period + "-01-01"[len(period) - 4 :])
    if first > current_day:
        raise output.CommandError(f"{option} {first}: in the future; today is {current_day} (UTC)")
    return first


def requested_details(arguments: argparse.Namespace, settings: Settings) -> DownloadPlan:
    """Return the downloads of details that the arguments and the settings ask for.

    Raises:
        CommandError: the query is invalid, or no source can be read.
    """
    from tui.cli.find_papers import open_marks, paper_finder
    from tui.cli.open_library import read_library
    from tui.cli.source_selection import configured_sources
    from tui.library import download_plan
    from tui.sources.http.errors import HttpError

    is_requested = arguments.details is not None
    if not is_requested and (arguments.arxiv or not settings.fetch_details):
        return download_plan.DownloadPlan()
    sources = configured_sources(settings)
    if sources.is_sample:
        if not is_requested:
            return download_plan.DownloadPlan()
        raise output.CommandError("there are no papers of your own to complete; add digests first")
    marks = open_marks()
    find = paper_finder(arguments.details or None, marks)
    with output.command_errors(HttpError):
        return read_library(
            sources,
            lambda library: download_plan.details(
                library,
                find(library),
                marks.all_marks(),
                refetch=arguments.again and is_requested,
                is_automatic=not is_requested,
                endpoint=settings.arxiv_endpoint,
            ),
        )


def download(downloads: DownloadPlan, policy: RetryPolicy) -> DownloadResult:
    """Run downloads, add their folders to the sources unless these contain them, and read them.

    Raises:
        CommandError: nothing can be downloaded.
    """
    from tui.config.paths import fetch_state_folder
    from tui.sources.http.downloads import run_downloads
    from tui.sources.http.errors import HttpError

    with output.command_errors(HttpError), output.progress_line(_describe_progress) as task:
        result = run_downloads(downloads.items, fetch_state_folder(), policy=policy, task=task)
    result.kept += downloads.kept
    return result


def read_folders(folders: Sequence[Path]) -> list[Path]:
    """Read the folders of downloads that have files; return those that were added to the sources.

    Raises:
        CommandError: the settings cannot be written, or a folder cannot be read.
    """
    from tui.cli.open_library import sync_source
    from tui.cli.source_list import listed_sources, update_sources
    from tui.sources.lookup import containing_source

    added = []
    for folder in folders:
        if not folder.is_dir():
            continue
        source = containing_source(folder.resolve(), listed_sources())
        if source is None:
            update_sources(add=(folder,))
            added.append(folder)
        sync_source(source or folder)
    return added


def _describe_progress(progress: Progress) -> str:
    wait = f", retrying in {progress.wait_seconds:.0f} s" if progress.wait_seconds else ""
    return f"Fetching {progress.item}: {progress.done} of {progress.total}{wait}"


def as_json(result: DownloadResult, added: Sequence[Path]) -> dict[str, Any]:
    """Return the outcome of downloads as documented in the manual."""
    return {
        "fetched": [{"name": name, "papers": papers} for name, papers in result.papers.items()],
        "unchanged": result.unchanged,
        "kept": result.kept,
        "failed": [{"name": name, "message": why} for name, why in result.failures],
        "untried": result.not_requested,
        "added": list(map(str, added)),
    }


def print_text(result: DownloadResult, added: Sequence[Path]) -> None:
    """Print the outcome of downloads."""
    for name, papers in result.papers.items():
        output.print_line(f"{name}: {output.plural(papers, 'paper')}")
    for folder in added:
        output.print_line(f"Added {folder} to the sources.")
    counts = {
        "fetched": len(result.papers),
        "unchanged": len(result.unchanged),
        "kept": result.kept,
        "failed": len(result.failures),
    }
    output.print_line(", ".join(f"{name} {number}" for name, number in counts.items()))
