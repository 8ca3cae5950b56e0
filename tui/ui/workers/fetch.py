"""Download recent days from the hub, as a background job."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from tui.i18n import _, ngettext
from tui.library.periods import format_period
from tui.runtime.task import Progress, Task
from tui.storage.disk_errors import path_and_reason
from tui.storage.tables import StorageError
from tui.ui.messages import FetchFinished, FetchProgressed
from tui.ui.workers.jobs import Job


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
    from tui.config.paths import fetch_state_folder
    from tui.sources.huggingface import RECENT_DAYS, last_days, today
    from tui.sources.huggingface.client import HubError, endpoint_from_environment
    from tui.sources.huggingface.day_records import DayRecords
    from tui.sources.huggingface.fetch import DownloadFolder, fetch
    from tui.sources.lookup import containing_source

    def report(progress: Progress) -> None:
        job.report(FetchProgressed(progress.done, progress.total, progress.wait_seconds))

    folder = folder.resolve()
    downloads = DownloadFolder(folder, DayRecords(fetch_state_folder()))
    try:
        fetched = fetch(
            last_days(RECENT_DAYS, today()),
            downloads,
            endpoint_from_environment(),
            task=Task(report, job.is_cancelled),
        )
    except HubError as error:
        return FetchFinished(str(error))
    sentences = []
    if fetched.papers:
        days, papers = list(map(str, fetched.papers)), sum(fetched.papers.values())
        sentences.append(_fetched_text(days, papers))
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


def _fetched_text(days: list[str], papers: int) -> str:
    count = ngettext("{number} paper", "{number} papers", papers).format(number=papers)
    if len(days) == 1:
        return _("Fetched {day}: {papers}.").format(day=format_period(days[0]), papers=count)
    return _("Fetched {number} days: {papers}.").format(number=len(days), papers=count)


def _add_source(folder: Path) -> list[str]:
    """Add a folder to the reader's sources; return why that failed, or nothing."""
    from tui.config.paths import config_files
    from tui.config.settings_file import change_sources

    try:
        change_sources(config_files(), add=(folder,))
    except (ValueError, OSError, StorageError) as error:
        return [_("The settings cannot be written: {why}").format(why=path_and_reason(error))]
    return []
