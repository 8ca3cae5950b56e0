"""``broadsheet fetch``."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tui.cli import output
from tui.cli.arguments import add_format, positive_int, valid_text

if TYPE_CHECKING:
    from tui.config.settings import Settings
    from tui.library.download_plan import DownloadPlan
    from tui.runtime.task import Progress
    from tui.sources.http.retry import RetryPolicy
    from tui.sources.huggingface.day_files import FetchResult


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.epilog = (
        "Without --arxiv and --details, the papers of Hugging Face are fetched, and the categories "
        "and feeds of the settings. Days are in UTC, as on the hub; those of arXiv's lists are the "
        "days from Monday to Friday on which they appear. A day that was fetched more than a week "
        "after its end is not fetched again. HF_ENDPOINT, HF_TOKEN, ARXIV_ENDPOINT and the proxy "
        "settings of the environment are respected."
    )
    days = parser.add_mutually_exclusive_group()
    text = "a day such as 2025-05-22 (default: today)"
    days.add_argument("--date", type=valid_text, metavar="D", help=text)
    text = "all days since a day, month or year"
    days.add_argument("--since", type=valid_text, metavar="D", help=text)
    days.add_argument("--days", type=positive_int, metavar="N", help="the last N days")
    text = "fetch the full text of the papers that match a query, except those that are kept"
    days.add_argument("--text", type=valid_text, metavar="QUERY", help=text)
    text = "the daily lists of an arXiv category, such as cs.CL; can be repeated"
    parser.add_argument("--arxiv", action="append", type=valid_text, metavar="CATEGORY", help=text)
    text = "without cross-listed and replaced papers"
    parser.add_argument("--new-only", action="store_true", help=text)
    text = "what papers lack, of all that match a query; and news about starred ones"
    parser.add_argument("--details", nargs="?", const="", type=str, metavar="QUERY", help=text)
    parser.add_argument("--to", metavar="FOLDER", help="save to this folder, one file per day")
    parser.add_argument(
        "--again", action="store_true", help="also fetch days and texts already fetched"
    )
    text = "tries per request (default: 4)"
    parser.add_argument("--tries", type=positive_int, default=4, metavar="N", help=text)
    text = "how long to wait for the hub to send something (default: 30)"
    parser.add_argument("--timeout", type=positive_int, default=30, metavar="SECONDS", help=text)
    add_format(parser, "text", "json")


def run(arguments: argparse.Namespace) -> int:
    """Fetch days, lists, feeds and details, and read them. New folders become sources.

    With a query, fetch the full text of papers instead.

    Raises:
        CommandError: nothing could be fetched.
    """
    if arguments.text is not None:
        from tui.cli.fetch_texts import fetch_texts

        return fetch_texts(arguments)
    from tui.cli import fetch_lists
    from tui.cli.source_selection import settings_with_warnings
    from tui.sources.http import missing_dependency_message

    wants_hub = not arguments.arxiv and arguments.details is None
    days = _requested_days(arguments) if wants_hub else []
    if unable := missing_dependency_message():
        raise output.CommandError(unable)
    settings = settings_with_warnings()
    lists = fetch_lists.requested_lists(arguments, settings)
    printed: dict[str, Any] = {}
    code = output.OK
    if wants_hub:
        try:
            code = _fetch_days(days, settings, arguments, printed)
        except output.CommandError as error:
            if not lists.items:
                raise
            output.warn(error)
            code = output.FAILED
    code = max(code, _fetch_lists(lists, settings, arguments, printed))
    if arguments.format == "json":
        output.print_json(printed)
    return code


def _fetch_days(
    days: list[date], settings: Settings, arguments: argparse.Namespace, printed: dict[str, Any]
) -> int:
    """Fetch days of the hub, and print the outcome, or add it to what is printed as JSON."""
    from tui.cli.source_selection import expand_path
    from tui.config.paths import download_folder

    requested = expand_path(arguments.to) if arguments.to else settings.fetch_folder
    folder = (requested or download_folder()).resolve()
    if folder.exists() and not folder.is_dir():
        raise output.CommandError(f"{folder}: not a folder")
    result = _fetch(days, folder, arguments)
    if result.failures and not result.has_any_day and not result.empty:
        raise output.CommandError(result.failures[0].message)
    papers, added = _read_folder(folder) if result.has_any_day else (0, False)
    if arguments.format == "json":
        printed |= _as_json(result, folder, papers, added=added)
    else:
        _print(result, folder, papers, added=added)
    sys.stdout.flush()
    for failure in result.failures:
        output.warn(f"{failure.day}: {failure.message}")
    if result.not_requested:
        done = len(days) - len(result.failures) - result.not_requested
        total = output.plural(len(days), "day")
        output.warn(f"{done} of {total} done; run the same command to continue")
    return output.FAILED if result.failures else output.OK


def _fetch_lists(
    lists: DownloadPlan, settings: Settings, arguments: argparse.Namespace, printed: dict[str, Any]
) -> int:
    """Fetch lists and feeds, and then details, which papers in the lists may lack as well."""
    from tui.cli import fetch_lists

    policy = _retry_policy(arguments)
    result = fetch_lists.download(lists, policy)
    added = fetch_lists.read_folders(lists.folders)
    details = fetch_lists.requested_details(arguments, settings)
    if details.items:
        result.add(fetch_lists.download(details, policy))
        added += fetch_lists.read_folders(details.folders)
    is_requested = arguments.arxiv or arguments.details is not None
    if not (is_requested or lists.folders or details.items):
        return output.OK
    if arguments.format == "json":
        printed["downloads"] = fetch_lists.as_json(result, added)
    else:
        fetch_lists.print_text(result, added)
    sys.stdout.flush()
    for failure in result.failures:
        output.warn(f"{failure.name}: {failure.message}")
    if result.not_requested:
        number = output.plural(result.not_requested, "download")
        output.warn(f"{number} not tried; run the same command to continue")
    return output.FAILED if result.failures else output.OK


def _requested_days(arguments: argparse.Namespace) -> list[date]:
    """Return the days to fetch, the newest first.

    Raises:
        CommandError: ``--date`` is not a day, ``--since`` not a period, or it is in the future.
    """
    from tui.sources.huggingface import days_between, last_days, today

    current_day = today()
    if arguments.days:
        return last_days(arguments.days, current_day)
    if arguments.date is None and arguments.since is None:
        return [current_day]
    from tui.cli.fetch_lists import first_day

    first = first_day(arguments, current_day)
    return [first] if arguments.date is not None else days_between(first, current_day)


def _fetch(days: list[date], folder: Path, arguments: argparse.Namespace) -> FetchResult:
    from tui.config.paths import fetch_state_folder
    from tui.sources.http.errors import HttpError
    from tui.sources.huggingface.day_files import fetch
    from tui.sources.huggingface.endpoint import endpoint_from_environment

    with output.command_errors(HttpError), output.progress_line(_describe_progress) as task:
        return fetch(
            days, folder, endpoint_from_environment(), state=fetch_state_folder(),
            policy=_retry_policy(arguments), refetch=arguments.again, task=task,
        )  # fmt: skip


def _retry_policy(arguments: argparse.Namespace) -> RetryPolicy:
    from tui.sources.http.retry import DEFAULT_POLICY

    return DEFAULT_POLICY._replace(
        attempts=arguments.tries,
        connect_timeout=min(arguments.timeout, DEFAULT_POLICY.connect_timeout),
        read_timeout=arguments.timeout,
        total_timeout=max(arguments.timeout, DEFAULT_POLICY.total_timeout),
    )


def _describe_progress(progress: Progress) -> str:
    wait = f", retrying in {progress.wait_seconds:.0f} s" if progress.wait_seconds else ""
    return f"Fetching days: {progress.done} of {progress.total}{wait}"


def _read_folder(folder: Path) -> tuple[int, bool]:
    """Read the fetched digests; return the number of papers, and whether the folder was added."""
    from tui.cli.open_library import sync_source
    from tui.cli.source_list import listed_sources, update_sources
    from tui.sources.lookup import containing_source

    source = containing_source(folder, listed_sources())
    if source is None:
        update_sources(add=(folder,))
    return sync_source(source or folder)[0].period_counts.total, source is None


def _as_json(result: FetchResult, folder: Path, papers: int, *, added: bool) -> dict[str, Any]:
    return {
        "folder": str(folder),
        "fetched": [{"date": str(day), "papers": n} for day, n in result.papers.items()],
        "unchanged": list(map(str, result.unchanged)),
        "empty": list(map(str, result.empty)),
        "kept": list(map(str, result.up_to_date)),
        "failed": [{"date": str(day), "message": why} for day, why in result.failures],
        "unasked": result.not_requested,
        "added": added,
        "papers": papers,
    }


def _print(result: FetchResult, folder: Path, papers: int, *, added: bool) -> None:
    for day, number in result.papers.items():
        output.print_line(f"{day}: {output.plural(number, 'paper')}")
    if len(result.empty) == 1 and not result.has_any_day:
        output.print_line(f"No papers are listed for {result.empty[0]} (UTC) yet.")
    if added:
        output.print_line(f"Added {folder} to the sources.")
    counts = {
        "fetched": len(result.papers),
        "unchanged": len(result.unchanged),
        "empty": len(result.empty),
        "kept": len(result.up_to_date),
        "failed": len(result.failures),
        "papers": papers,
    }
    output.print_line(", ".join(f"{name} {number}" for name, number in counts.items()))
