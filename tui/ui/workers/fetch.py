"""Fetching days from the hub in a worker's thread, and saying in messages how far it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from textual.message import Message

from tui.i18n import _, ngettext
from tui.library.periods import format_period
from tui.storage.disk_errors import explain_with_path
from tui.storage.tables import StorageError
from tui.task import Progress, Task
from tui.ui.messages import FetchFinished, FetchProgressed


def fetch_lately(
    folder: Path,
    sources: Iterable[Path],
    post: Callable[[Message], object],
    cancelled: Callable[[], bool],
    *,
    may_add: bool,
) -> None:
    """Fetch what is new or may have changed in the last days; ends with ``FetchFinished``.

    Args:
        folder: where days are kept.
        sources: those that are shown.
        post: posts a message to the screen; may be called in any thread.
        cancelled: tells whether to stop.
        may_add: whether the folder becomes a source of the reader's, where it is none yet.
    """
    # Only who fetches waits for the libraries that it needs.
    from tui.config.paths import fetch_state_folder
    from tui.sources.huggingface.containing_source import containing_source
    from tui.sources.huggingface.days import RECENT_DAYS, last_days, today
    from tui.sources.huggingface.endpoint import HubError, endpoint_from_environment
    from tui.sources.huggingface.etags import DayRecords
    from tui.sources.huggingface.fetch import DownloadFolder, fetch

    def report(progress: Progress) -> None:
        post(FetchProgressed(progress.done, progress.total, wait=progress.wait_seconds))

    folder = folder.resolve()
    shelving = DownloadFolder(folder, DayRecords(fetch_state_folder()))
    try:
        days = last_days(RECENT_DAYS, today())
        fetched = fetch(days, shelving, endpoint_from_environment(), task=Task(report, cancelled))
    except HubError as error:
        post(FetchFinished(str(error)))
        return
    words = []
    if fetched.papers:
        words.append(_came(list(map(str, fetched.papers)), sum(fetched.papers.values())))
    if fetched.cancelled:
        words.append(_("Stopped."))
    elif fetched.failures:
        words.append(fetched.failures[0].message)
    elif not fetched.papers:
        words.append(_("The hub has nothing new."))
    source = None
    if fetched.has_any_day and containing_source(folder, sources) is None:
        if may_add:
            source = folder
            words += _not_added(folder)
        else:
            words.append(_("It lies in {folder}, which is not shown here.").format(folder=folder))
    post(FetchFinished(" ".join(words), changed=bool(fetched.papers), source=source))


def _came(days: list[str], papers: int) -> str:
    count = ngettext("{number} paper", "{number} papers", papers).format(number=papers)
    if len(days) == 1:
        return _("Fetched {day}: {papers}.").format(day=format_period(days[0]), papers=count)
    return _("Fetched {number} days: {papers}.").format(number=len(days), papers=count)


def _not_added(folder: Path) -> list[str]:
    """Make a folder a source of the reader's; return why that failed, if it did."""
    from tui.config.paths import config_files
    from tui.config.writing import change_sources

    try:
        change_sources(config_files(), add=(folder,))
    except (ValueError, OSError, StorageError) as error:
        return [_("The settings cannot be written: {why}").format(why=explain_with_path(error))]
    return []
