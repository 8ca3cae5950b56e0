"""Sync and open the sources that a command reads."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from tui.cli.output import CommandError, describe_error, plural, progress_line, warn
from tui.cli.source_selection import SourceSelection, cache_locator, unreachable_reason
from tui.cli.temporary_cache import temporary_cache_folder
from tui.config.paths import cache_folder
from tui.library.library import Library
from tui.runtime.task import Progress
from tui.storage.locks import BusyError
from tui.storage.ownership import take_over
from tui.storage.tables import StorageError

if TYPE_CHECKING:
    from tui.cache.sync import SyncReport
    from tui.library.visits import VisitLog

_RECOGNIZED_FORMATS = (
    "'## Daily Papers (DATE)', '# … Daily Papers – DATE' or '## Papers for DATE' followed by"
    " papers, JSON from Hugging Face or an arXiv reader, a note with front matter, or headings that"
    " link to arXiv"
)

Result = TypeVar("Result")


def sync_sources(
    sources: SourceSelection, *, rebuild: bool = False, allow_stale: bool = True
) -> tuple[Library, SyncReport]:
    """Bring the caches of sources up to date and open them.

    Args:
        sources: the sources.
        rebuild: whether to re-read every digest.
        allow_stale: whether to use a cache as it is if it cannot be written, or if another user
            maintains it.

    Returns:
        The library, and the report of the sync.

    Raises:
        CommandError: none of the sources can be read.
    """
    from tui.cache.sync import SyncReport, sync

    total = SyncReport()
    failures: list[str] = []
    caches = [sources.locator.cache_of(path) for path in sources.paths]
    for number, cache in enumerate(caches):
        try:
            with progress_line(_describe_progress) as task:
                report = sync(cache, rebuild=rebuild, task=task)
        except (StorageError, OSError) as error:
            message = describe_error(error)
            if not allow_stale or not isinstance(error, OSError | BusyError):
                failures.append(message)
                continue
            if cache.is_readable():
                warn(f"{message}; using the cache as it is")
                continue
            locator = sources.locator._replace(own=temporary_cache_folder(message), shared=None)
            caches[number] = locator.cache_of(cache.source)
            report = sync(caches[number])
        if report.other_owner is not None:
            # The problems in these digests are for their owner to solve.
            message = f"{cache.source}: {report.other_owner} maintains its cache"
            is_own = cache.folder.path.is_relative_to(cache_folder())
            if is_own:
                # Nobody maintains it: a run with sudo made it.
                remedy = take_over(cache_folder())
                message = f"{cache.folder.path} belongs to {report.other_owner}; {remedy}"
            if not allow_stale:
                failures.append(message)
            elif is_own:
                warn(f"{message}; using the cache as it is")
            continue
        total += report
        if report.rebuilt:
            warn(report.rebuilt)
        failures += _check_entries(cache.source, report)
    if len(failures) == len(caches):
        raise CommandError("; ".join(failures))
    warn(*failures)
    library = Library(caches)
    library.searches_texts = sources.searches_texts
    if not sources.is_named:
        library.visits = _visit_log(sources)
    return library, total


def _visit_log(sources: SourceSelection) -> VisitLog:
    """Return the log of the visits to the configured sources."""
    from tui.config.paths import state_folder
    from tui.library.visits import VisitLog

    def newest() -> str | None:
        from tui.config.session import load_session

        session = load_session(state_folder())
        session.reset_unless_same_sources([str(path) for path in sources.paths])
        return session.newest

    return VisitLog(state_folder(), newest)


def _describe_progress(progress: Progress) -> str:
    return f"Reading digests: {progress.done} of {progress.total}" if progress.total else ""


def sync_source(path: Path) -> tuple[Library, SyncReport]:
    """Sync one source and open it; also return the report of the sync.

    Raises:
        CommandError: it cannot be read.
    """
    return sync_sources(SourceSelection((path,), cache_locator(), is_named=True))


def _check_entries(source: Path, report: SyncReport) -> list[str]:
    """Return a message if a source without entries is a failure; only warn of an empty folder."""
    if report.entries:
        return []
    from tui.sources.scan import printable_path

    # A folder that exists but cannot be listed has a problem without a file.
    names = {str(source)} if source.is_dir() else {str(source), printable_path(source.name)}
    own_problems = [problem.message for problem in report.problems if problem.file in names]
    reasons = list(filter(None, [unreachable_reason(source), *own_problems]))
    # A problem, such as a pointer of Git LFS, says more than the formats.
    problems = (problem for problem in report.problems if not problem.is_note)
    explanation = str(next(problems, f"expected {_RECOGNIZED_FORMATS}"))
    if not reasons and not source.is_dir():
        reasons = [f"no digest found; {explanation}"]
    if reasons:
        return [f"{source}: {reasons[0]}"]
    if not report.removed:
        warn(f"{source}: no digest found in it; {explanation}")
    return []


def read_library(sources: SourceSelection, find: Callable[[Library], Result]) -> Result:
    """Bring sources up to date and compute something from their library.

    Warns of new problems in the digests on one line that says how to list them. If the cache turns
    out to be damaged, it is rebuilt and ``find`` is called again.

    Args:
        sources: the sources.
        find: called with the library.

    Returns:
        The result of ``find``.

    Raises:
        CommandError: none of the sources can be read.
    """
    library, report = sync_sources(sources)
    problems = [problem for problem in report.problems if not problem.is_note]
    if problems and (report.changed or report.unreachable):
        from tui.library.problem_groups import count_groups

        number = count_groups(problems)
        files = plural(len({problem.file for problem in problems}), "file")
        command = "broadsheet sync -p …" if sources.is_named else "broadsheet sync"
        them = "them" if number > 1 else "it"
        warn(f"{plural(number, 'problem')} in {files}; '{command}' lists {them}")
    result = find(library)
    if library.read_errors and all(cache.other_owner() for cache in library.caches):
        warn(f"the cache cannot be read: {library.read_errors[0]}")
    elif library.read_errors:
        warn(f"rebuilding the cache: {library.read_errors[0]}")
        library, _ = sync_sources(sources, rebuild=True)
        result = find(library)
    return result
