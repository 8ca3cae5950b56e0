"""Downloads in worker threads: days of the hub, lists of arXiv, feeds, and details of papers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tui.config.paths import config_files, fetch_state_folder
from tui.i18n import _, ngettext
from tui.library.periods import format_period
from tui.runtime.task import Progress, Task
from tui.storage.disk_errors import path_and_reason
from tui.storage.tables import StorageError
from tui.ui.task_messages import FetchFinished, FetchProgressed
from tui.ui.workers.jobs import Job

if TYPE_CHECKING:
    from tui.config.settings import Settings
    from tui.library.download_plan import DownloadPlan
    from tui.library.library import Library
    from tui.marks.store import MarkStore
    from tui.models import Paper


def fetch_recent_days(
    folder: Path, sources: Sequence[Path], job: Job, *, may_add: bool
) -> FetchFinished:
    """Fetch the days that are new or may have changed lately, and return the outcome.

    Args:
        folder: the download folder.
        sources: the sources on screen.
        job: receives the progress, and can be cancelled.
        may_add: whether to add the folder to the reader's sources if it is in none of them.
    """
    from tui.sources.http.errors import HttpError
    from tui.sources.huggingface import RECENT_DAYS, last_days, today
    from tui.sources.huggingface.day_files import fetch
    from tui.sources.huggingface.endpoint import endpoint_from_environment

    def report(progress: Progress) -> None:
        job.report(FetchProgressed(progress.done, progress.total, progress.wait_seconds))

    folder = folder.resolve()
    try:
        days = last_days(RECENT_DAYS, today())
        endpoint = endpoint_from_environment()
        task = Task(report, job.is_cancelled)
        fetched = fetch(days, folder, endpoint, state=fetch_state_folder(), task=task)
    except HttpError as error:
        return FetchFinished(str(error))
    sentences = []
    if fetched.papers:
        number = sum(fetched.papers.values())
        papers = ngettext("{number} paper", "{number} papers", number).format(number=f"{number:,}")
        text = _("Fetched {number} days: {papers}.")
        if len(fetched.papers) == 1:
            text = _("Fetched {day}: {papers}.")
        day = format_period(str(next(iter(fetched.papers))))
        sentences.append(text.format(day=day, number=f"{len(fetched.papers):,}", papers=papers))
    if fetched.cancelled:
        sentences.append(_("Stopped."))
    elif fetched.failures:
        sentences.append(fetched.failures[0].message)
    elif not fetched.papers:
        sentences.append(_("The hub has nothing new."))
    added, more = add_sources([folder] if fetched.has_any_day else [], sources, may_add=may_add)
    return FetchFinished(" ".join((*sentences, *more)), bool(fetched.papers), added)


def fetch_configured(
    settings: Settings,
    library: Library,
    marks: MarkStore,
    job: Job,
    *,
    may_add: bool,
) -> FetchFinished:
    """Fetch the lists, feeds and details that the settings ask for, and return the outcome."""
    from tui.library import download_plan
    from tui.sources.arxiv.announcements import RECENT_DAYS, current_day, last_days

    def find() -> download_plan.DownloadPlan:
        days = last_days(RECENT_DAYS, current_day())
        downloads = download_plan.configured(settings, days)
        if settings.fetch_details:
            # What this run brings is completed by the next one.
            task = Task(is_cancelled=job.is_cancelled)
            downloads += download_plan.details(
                library,
                library.papers(),
                marks.all_marks(),
                endpoint=settings.arxiv_endpoint,
                is_automatic=True,
                task=task,
            )
        return downloads

    return _download(find, library, job, may_add=may_add)


def fetch_feeds(urls: Sequence[str], library: Library, job: Job) -> FetchFinished:
    """Fetch feeds, and return the outcome, which is silent if nothing is new."""
    from tui.library import download_plan

    return _download(lambda: download_plan.feeds(urls), library, job, may_add=True, is_silent=True)


def fetch_details(
    settings: Settings,
    library: Library,
    papers: Sequence[Paper],
    marks: MarkStore,
    job: Job,
    *,
    may_add: bool,
) -> FetchFinished:
    """Fetch what papers lack, and return the outcome."""
    from tui.library import download_plan

    task = Task(is_cancelled=job.is_cancelled)
    return _download(
        lambda: download_plan.details(
            library, papers, marks.all_marks(), endpoint=settings.arxiv_endpoint, task=task
        ),
        library,
        job,
        may_add=may_add,
    )


def _download(
    find: Callable[[], DownloadPlan],
    library: Library,
    job: Job,
    *,
    may_add: bool,
    is_silent: bool = False,
) -> FetchFinished:
    """Run downloads, and return the outcome.

    Args:
        find: returns what to download.
        library: the library on screen.
        job: receives the progress, and can be cancelled.
        may_add: whether to add folders to the reader's sources that are in none of them.
        is_silent: whether to say nothing if nothing is new.
    """
    from tui.sources.http.downloads import run_downloads
    from tui.sources.http.errors import HttpError

    def report(progress: Progress) -> None:
        wait = progress.wait_seconds
        job.report(FetchProgressed(progress.done, progress.total, wait, progress.item))

    try:
        downloads = find()
        task = Task(report, job.is_cancelled)
        result = run_downloads(downloads.items, fetch_state_folder(), task=task)
    except HttpError as error:
        return FetchFinished(str(error))
    sentences = []
    if result.papers:
        number = result.paper_count
        text = ngettext("Fetched {number} paper.", "Fetched {number} papers.", number)
        sentences.append(text.format(number=f"{number:,}"))
    if result.cancelled:
        sentences.append(_("Stopped."))
    elif result.failures:
        sentences.append(result.failures[0].message)
    elif not (result.papers or is_silent):
        sentences.append(_("Nothing new was found."))
    folders = [folder for folder in downloads.folders if folder.is_dir()]
    shown = [cache.source for cache in library.caches]
    added, more = add_sources(folders, shown, may_add=may_add)
    return FetchFinished(" ".join((*sentences, *more)), bool(result.papers), added)


def add_sources(
    folders: Sequence[Path], sources: Sequence[Path], *, may_add: bool
) -> tuple[tuple[Path, ...], list[str]]:
    """Add folders to the reader's sources unless these contain them.

    Returns:
        The folders to show from now on, even if the settings could not be written, and sentences
        about what went wrong.
    """
    from tui.config.settings_file import change_sources
    from tui.sources.lookup import containing_source

    resolved = [folder.resolve() for folder in folders]
    new = tuple(folder for folder in resolved if containing_source(folder, sources) is None)
    if not may_add:
        text = _("Saved in {folder}, which is not one of the sources shown.")
        return (), [text.format(folder=folder) for folder in new[:1]]
    if not new:
        return (), []
    try:
        change_sources(config_files(), add=new)
    except (ValueError, OSError, StorageError) as error:
        text = _("The settings cannot be written: {why}")
        return new, [text.format(why=path_and_reason(error))]
    return new, []
