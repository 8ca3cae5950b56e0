"""Download digests, pull cloned sources, and read changed digests, as background jobs."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from tui.cache.source_cache import CacheLocator, SourceCache
from tui.cache.sync import SyncReport, sync
from tui.cache.temporary import temporary_cache_root
from tui.config.paths import clones_folder
from tui.i18n import _
from tui.models import Problem
from tui.runtime.task import Progress, Task
from tui.runtime.tuning import collect_all, no_full_collection
from tui.storage.disk_errors import path_and_reason, reason_and_path
from tui.storage.locks import BusyError
from tui.storage.tables import StorageError
from tui.ui.task_messages import SyncFinished, SyncProgressed
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
        if progress.is_saved:
            collect_all()
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
        # What a sync that fails has written of a first cache is not shown.
        was_readable = cache.is_readable()
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
            if isinstance(error, OSError) and not was_readable:
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
