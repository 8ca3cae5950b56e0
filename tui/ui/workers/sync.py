"""Reading digests in a worker's thread, and saying in messages how far it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from textual.message import Message

from tui.cache.report import SyncReport
from tui.cache.source_cache import SourceCache
from tui.cache.sync import sync
from tui.i18n import _
from tui.models import Problem
from tui.storage.disk_errors import explain_before_path, explain_with_path
from tui.storage.folder import BusyError
from tui.storage.tables import StorageError
from tui.task import Progress, Task
from tui.ui.messages import SyncFinished, SyncProgressed


def sync_all(
    caches: Sequence[SourceCache],
    post: Callable[[Message], object],
    cancelled: Callable[[], bool],
    *,
    rebuild: bool = False,
    pull: bool = False,
) -> None:
    """Bring all sources up to date; always ends with ``SyncFinished``, unless it was cancelled.

    Args:
        caches: the sources' caches.
        post: posts a message to the screen; may be called in any thread.
        cancelled: tells whether to stop.
        rebuild: read every digest anew.
        pull: pull the sources that are clones before.
    """
    report = SyncReport()
    notices: list[str] = []
    if pull:
        from tui.ui.workers.pull import pull_clones

        unpulled = pull_clones([cache.source for cache in caches], post, cancelled)
        report.problems += unpulled
        notices += [f"{Path(problem.file).name} {problem.translated}" for problem in unpulled]
    theirs: list[Problem] = []
    keepers: list[str] = []
    for cache in caches:

        def report_progress(progress: Progress) -> None:
            if progress.total:
                post(SyncProgressed(progress.done, progress.total, written=progress.is_saved))

        try:
            done = sync(cache, rebuild=rebuild, task=Task(report_progress, cancelled))
        except BusyError:
            words = _("Another Broadsheet is reading these digests; this shows what it has.")
            notices.append(words)
        except (StorageError, OSError) as error:
            words = _("The cache cannot be written: {why}")
            if cache.other_owner() is not None:
                words = _("The cache cannot be read: {why}")
            notices.append(words.format(why=explain_before_path(error)))
            report.problems.append(Problem(str(cache.source), 0, explain_with_path(error)))
        else:
            if done.other_owner is None:
                report += done
            else:
                theirs += done.problems
                keepers.append(done.other_owner)
    if report.rebuilt:
        notices.append(report.rebuilt)
    notice = notices[0] if notices else None
    kept_by = ", ".join(dict.fromkeys(keepers)) if len(keepers) == len(caches) else None
    ended = SyncFinished(
        report.problems,
        changed=report.changed,
        cancelled=report.cancelled,
        notice=notice,
        theirs=theirs,
        kept_by=kept_by,
    )
    post(ended)
