"""Choose, sync and open the sources that a command reads, and find papers in them."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from tui.cache.source_cache import CacheLocator
from tui.cli.output import CommandError, command_errors, describe_error, plural, progress_line, warn
from tui.cli.temporary_cache import temporary_cache_folder, unwritable_cache_fallback
from tui.config.paths import cache_folder, config_files, marks_folder, sample_data
from tui.i18n import N_
from tui.library.library import Library
from tui.models import Paper, Problem
from tui.runtime.task import Progress
from tui.storage.disk_errors import reason
from tui.storage.locks import BusyError
from tui.storage.ownership import take_over
from tui.storage.tables import StorageError

if TYPE_CHECKING:
    import argparse

    from tui.cache.sync import SyncReport
    from tui.config.policy import Policy
    from tui.config.settings import Settings
    from tui.marks.store import MarkStore

_RECOGNIZED_FORMATS = (
    "'## Daily Papers (DATE)', '# … Daily Papers – DATE' or '## Papers for DATE' followed by"
    " papers, JSON from Hugging Face or an arXiv reader, a note with front matter, or headings that"
    " link to arXiv"
)

Result = TypeVar("Result")


class SourceSelection(NamedTuple):
    """The sources that a command reads.

    Attributes:
        paths: files and folders.
        locator: finds their caches.
        is_named: whether they were given on the command line.
        is_sample: whether they are the sample digests that come with the program.
        problems: paths of the command line that cannot be used.
    """

    paths: tuple[Path, ...]
    locator: CacheLocator
    is_named: bool = False
    is_sample: bool = False
    problems: tuple[Problem, ...] = ()

    def library(self) -> Library:
        """Open their caches, without a sync."""
        return Library([self.locator.cache_of(path) for path in self.paths])


def cache_locator(settings: Settings | None = None) -> CacheLocator:
    """Return the locator of caches for some settings, or else for the reader's settings."""
    if settings is None:
        if not any(os.access(file, os.F_OK) for file in config_files()):
            return CacheLocator(cache_folder(), fallback=unwritable_cache_fallback)
        from tui.config.settings_file import load_settings

        settings, _problems = load_settings(*config_files())
    return CacheLocator(
        cache_folder(),
        settings.cache,
        is_open=settings.share_cache,
        follow_links=settings.follow_links,
        fallback=unwritable_cache_fallback,
    )


def settings_with_warnings() -> Settings:
    """Load the settings and warn of problems in them."""
    from tui.config.settings_file import load_settings

    settings, problems = load_settings(*config_files())
    warn(*problems)
    return settings


def named_sources(paths: Sequence[str], locator: CacheLocator) -> SourceSelection:
    """Return the distinct sources given on the command line.

    Args:
        paths: as typed.
        locator: finds their caches.

    Raises:
        CommandError: none of them can be used.
    """
    usable: dict[str, Path] = {}
    problems = []
    for name in paths:
        path = expand_path(name)
        if reason := unusable_reason(path, locator):
            problems.append(Problem(name, 0, reason))
        else:
            usable.setdefault(os.path.realpath(path), absolute_path(path))
    if not usable:
        raise CommandError("; ".join(map(str, problems)))
    return SourceSelection(tuple(usable.values()), locator, is_named=True, problems=tuple(problems))


def expand_path(name: str) -> Path:
    """Return a path with ``~`` expanded; an unknown user's home is left as it is."""
    return Path(os.path.expanduser(name))  # noqa: PTH111  # Path.expanduser raises


def reader_file(name: str, policy: Policy) -> Path:
    """Return the file of a command's argument that is written, or read apart from digests.

    Raises:
        CommandError: the policy forbids it.
    """
    from tui.config.policy import NotAllowedError

    with command_errors(NotAllowedError):
        return policy.reader_file(name, expand_path)


def absolute_path(path: Path) -> Path:
    """Return an absolute path. Symbolic links stay, because their targets may change."""
    absolute = path.absolute()
    # "link/.." is not the folder of the link.
    return Path(os.path.realpath(absolute)) if ".." in absolute.parts else absolute


def unreachable_reason(path: Path) -> str | None:
    """Return why a path cannot be reached; None if it can."""
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return N_("no such file or folder")
    except OSError as error:
        return f"cannot be reached ({reason(error)})"
    return None


def unusable_reason(path: Path, locator: CacheLocator) -> str | None:
    """Return why a path cannot be a source; None if it can.

    A path that only another user can read is usable if that user shares its cache.
    """
    return None if locator.cache_of(path).other_owner() else unreachable_reason(path)


def configured_sources(settings: Settings) -> SourceSelection:
    """Return the sources in the settings, or else the sample digests."""
    locator = cache_locator(settings)
    if settings.sources:
        return SourceSelection(settings.sources, locator)
    return SourceSelection((sample_data(),), locator, is_sample=True)


def choose_sources(paths: Sequence[str]) -> SourceSelection:
    """Return the sources given on the command line, or else those in the settings.

    Raises:
        CommandError: paths are given and none can be used.
    """
    if not paths:
        return configured_sources(settings_with_warnings())
    sources = named_sources(paths, cache_locator())
    warn(*sources.problems)
    return sources


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
    return Library(caches), total


def _describe_progress(progress: Progress) -> str:
    return f"Reading digests: {progress.done} of {progress.total}" if progress.total else ""


def sync_source(path: Path) -> Library:
    """Sync one source and open it.

    Raises:
        CommandError: it cannot be read.
    """
    return sync_sources(SourceSelection((path,), cache_locator(), is_named=True))[0]


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
    explanation = str(next(iter(report.problems), f"expected {_RECOGNIZED_FORMATS}"))
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
    if report.problems and (report.changed or report.unreachable):
        problems = plural(len(report.problems), "problem")
        files = plural(len({problem.file for problem in report.problems}), "file")
        command = "broadsheet sync -p …" if sources.is_named else "broadsheet sync"
        them = "them" if len(report.problems) > 1 else "it"
        warn(f"{problems} in {files}; '{command}' lists {them}")
    result = find(library)
    if library.read_errors and all(cache.other_owner() for cache in library.caches):
        warn(f"the cache cannot be read: {library.read_errors[0]}")
    elif library.read_errors:
        warn(f"rebuilding the cache: {library.read_errors[0]}")
        library, _ = sync_sources(sources, rebuild=True)
        result = find(library)
    return result


def open_marks() -> MarkStore:
    """Return the store of the reader's marks."""
    from tui.marks.store import MarkStore

    return MarkStore(marks_folder())


def paper_finder(text: str | None, marks: MarkStore) -> Callable[[Library], Sequence[Paper]]:
    """Return a function that finds and sorts a library's papers.

    Args:
        text: a query; without one, the function returns all papers, the newest first.
        marks: read if the query depends on them.

    Raises:
        CommandError: the query has a syntax error.
    """
    if not text:
        return Library.papers
    # These take longer to import than a list without a query takes to print.
    from tui.library.search.search import search
    from tui.query.parser import QueryError, parse
    from tui.query.sorting import sort_papers

    with command_errors(QueryError):
        query = parse(text)

    def find(library: Library) -> Sequence[Paper]:
        matches = search(library, library.papers(), query, marks.all_marks())
        return sort_papers(list(matches), query.sort)

    return find


def find_papers(arguments: argparse.Namespace, marks: MarkStore) -> Sequence[Paper]:
    """Sync the sources in a command's arguments; return matching papers, sorted.

    Raises:
        CommandError: the query has a syntax error, or none of the sources can be read.
    """
    find = paper_finder(arguments.query, marks)
    return read_library(choose_sources(arguments.path), find)


def no_papers_message(query: str | None) -> str:
    """Return the message for an empty result."""
    return "no paper matches the query" if query else "there are no papers"
