"""Download digests, pull cloned sources, and read changed digests, as background jobs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from tui.cache.source_cache import CacheLocator, SourceCache
from tui.cache.sync import SyncReport, sync
from tui.cache.temporary import temporary_cache_root
from tui.config.paths import clones_folder, config_files, fetch_state_folder
from tui.i18n import _, ngettext
from tui.library.periods import format_period
from tui.models import Problem
from tui.runtime.task import Progress, Task
from tui.runtime.tuning import no_full_collection
from tui.storage.disk_errors import path_and_reason, reason_and_path
from tui.storage.locks import BusyError
from tui.storage.tables import StorageError
from tui.ui.messages import FetchFinished, FetchProgressed, SyncFinished, SyncProgressed
from tui.ui.workers.jobs import Job


@no_full_collection()
def sync_all(caches: Sequence[SourceCache], job: Job, *, rebuild: bool, pull: bool) -> SyncFinished:
    """Bring the caches of all sources up to date, and return the outcome.

    Args:
        caches: the caches.
        job: receives the progress, and can be cancelled.
        rebuild: read all digests again, not only the changed ones.
        pull: pull cloned repositories first.
    """

    def report_progress(progress: Progress) -> None:
        if progress.total:
            post = job.post if progress.is_saved else job.report
            post(SyncProgressed(progress.done, progress.total, written=progress.is_saved))

    report = SyncReport()
    notices: list[str] = []
    if pull:
        failures = _pull_clones([cache.source for cache in caches], job)
        report.problems += failures
        notices += [f"{Path(problem.file).name} {problem.translated}" for problem in failures]
    other_users_problems: list[Problem] = []
    owners: list[str] = []
    used = list(caches)
    for number, cache in enumerate(caches):
        task = Task(report_progress, job.is_cancelled)
        try:
            done = sync(cache, rebuild=rebuild, task=task)
        except BusyError:
            text = _("Another Broadsheet is reading these digests; showing what is cached.")
            notices.append(text)
        except (StorageError, OSError) as error:
            text = _("The cache cannot be written: {why}")
            if cache.other_owner() is not None:
                text = _("The cache cannot be read: {why}")
            notices.append(text.format(why=reason_and_path(error)))
            report.problems.append(Problem(str(cache.source), 0, path_and_reason(error)))
            if isinstance(error, OSError) and not cache.is_readable():
                # A temporary file may not be possible, either; the first error says enough.
                with suppress(StorageError, OSError):
                    temporary = CacheLocator(temporary_cache_root()).cache_of(cache.named)
                    report += sync(temporary, task=task)
                    used[number] = temporary
        else:
            if done.other_owner is None:
                report += done
            else:
                other_users_problems += done.problems
                owners.append(done.other_owner)
    if report.rebuilt:
        notices.append(report.rebuilt)
    has_own_cache = len(owners) < len(caches)
    return SyncFinished(
        report.problems,
        changed=report.changed,
        cancelled=report.cancelled,
        notice=notices[0] if notices else None,
        other_users_problems=other_users_problems,
        temporary_caches=() if used == list(caches) else used,
        owner=None if has_own_cache else ", ".join(dict.fromkeys(owners)),
    )


def _pull_clones(sources: Sequence[Path], job: Job) -> list[Problem]:
    """Pull the repositories that Broadsheet cloned, but not the reader's own checkouts.

    Returns:
        What could not be pulled, and why.
    """
    from tui.sources.git.repositories import GitSources

    def report_progress(progress: Progress) -> None:
        text = _("Pulling {name}").format(name=progress.item)
        job.report(SyncProgressed(progress.done, progress.total, written=False, text=text))

    task = Task(report_progress, job.is_cancelled)
    return GitSources(clones_folder(), task).pull(sources, checkouts=False)


def fetch_recent_days(
    folder: Path, sources: Iterable[Path], job: Job, *, may_add: bool
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
    from tui.sources.huggingface.endpoint import endpoint_from_environment
    from tui.sources.huggingface.fetch import fetch
    from tui.sources.lookup import containing_source

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
        papers = ngettext("{number} paper", "{number} papers", number).format(number=number)
        text = _("Fetched {number} days: {papers}.")
        if len(fetched.papers) == 1:
            text = _("Fetched {day}: {papers}.")
        day = format_period(str(next(iter(fetched.papers))))
        sentences.append(text.format(day=day, number=len(fetched.papers), papers=papers))
    if fetched.cancelled:
        sentences.append(_("Stopped."))
    elif fetched.failures:
        sentences.append(fetched.failures[0].message)
    elif not fetched.papers:
        sentences.append(_("The hub has nothing new."))
    source = None
    if fetched.has_any_day and containing_source(folder, sources) is None:
        if may_add:
            source = folder
            sentences += _add_source(folder)
        else:
            text = _("Saved in {folder}, which is not one of the sources shown.")
            sentences.append(text.format(folder=folder))
    return FetchFinished(" ".join(sentences), changed=bool(fetched.papers), source=source)


def _add_source(folder: Path) -> list[str]:
    """Add a folder to the reader's sources; return why that failed, or nothing."""
    from tui.config.settings_file import change_sources

    try:
        change_sources(config_files(), add=(folder,))
    except (ValueError, OSError, StorageError) as error:
        return [_("The settings cannot be written: {why}").format(why=path_and_reason(error))]
    return []
