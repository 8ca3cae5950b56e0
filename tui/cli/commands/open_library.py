"""The sources a command is about, read and opened."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from tui.cache.location import CacheLocator
from tui.cli.output import CommandError, reason, warn
from tui.cli.progress import ProgressLine
from tui.config.paths import cache_folder, config_files
from tui.config.resources import sample_data
from tui.i18n import N_
from tui.library.library import Library
from tui.models import Problem
from tui.storage.folder import BusyError
from tui.storage.tables import StorageError

if TYPE_CHECKING:
    from tui.cache.report import SyncProgress, SyncReport
    from tui.config.settings import Settings

LOOKED_FOR = (
    "'## Daily Papers (DATE)', '# … Daily Papers – DATE' or '## Papers for DATE' with papers below"
    " it, JSON of papers as Hugging Face and arXiv's readers write it, a note with fields in front,"
    " or headings that link to arXiv"
)

Found = TypeVar("Found")


class SourceSelection(NamedTuple):
    """Which sources a command is about.

    Attributes:
        paths: files and folders.
        place: where they are cached.
        named: whether they were named on the command line.
        is_sample: whether they are the digests that come with the program.
        problems: what was named and cannot be used.
    """

    paths: tuple[Path, ...]
    place: CacheLocator
    named: bool = False
    is_sample: bool = False
    problems: tuple[Problem, ...] = ()

    def library(self) -> Library:
        """Open what is cached of them."""
        return Library([self.place.cache_of(path) for path in self.paths])


def cache_place(settings: Settings | None = None) -> CacheLocator:
    """Return where sources are cached, by these settings or else by those of the reader."""
    if settings is None:
        if not any(file.exists() for file in config_files()):
            return CacheLocator(cache_folder())
        from tui.config.loading import load_settings

        settings, _problems = load_settings(*config_files())
    return CacheLocator(
        cache_folder(),
        settings.cache,
        is_open=settings.share_cache,
        follow_links=settings.follow_links,
    )


def settings_with_warnings() -> Settings:
    """Load the settings and warn of what is odd in them."""
    # Whoever has no settings and names the sources does without the time they take.
    from tui.config.loading import load_settings

    settings, problems = load_settings(*config_files())
    for problem in problems:
        warn(str(problem))
    return settings


def named_sources(paths: Sequence[str], place: CacheLocator) -> SourceSelection:
    """Return the sources named on the command line, each once.

    Args:
        paths: as they are named. One may be for another user's eyes only, who keeps its cache.
        place: where they are cached.

    Raises:
        CommandError: none of them can be reached.
    """
    reached: dict[Path, None] = {}
    problems = []
    for name in paths:
        path = expanded(name)
        told = why_unreachable(path)
        if told is None or place.cache_of(path).kept_by():
            reached[path.resolve()] = None
        else:
            problems.append(Problem(name, 0, told))
    if not reached:
        raise CommandError("; ".join(map(str, problems)))
    return SourceSelection(tuple(reached), place, named=True, problems=tuple(problems))


def expanded(name: str) -> Path:
    """Return a path that a person named; a home that nobody has is left as it is written."""
    return Path(os.path.expanduser(name))  # noqa: PTH111  # Path's own raises


def why_unreachable(path: Path) -> str | None:
    """Say why a path cannot be reached; None if it can."""
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return N_("there is no such file or folder")
    except OSError as error:
        return f"cannot be reached ({error.strerror})"
    return None


def configured_sources(settings: Settings) -> SourceSelection:
    """Return the reader's sources; without any, the digests that come with the program."""
    place = cache_place(settings)
    if settings.sources:
        return SourceSelection(settings.sources, place)
    return SourceSelection((sample_data(),), place, is_sample=True)


def choose_sources(paths: Sequence[str]) -> SourceSelection:
    """Return the sources named on the command line, else the reader's, else the samples.

    Raises:
        CommandError: paths are named, and none can be reached.
    """
    if not paths:
        return configured_sources(settings_with_warnings())
    sources = named_sources(paths, cache_place())
    for problem in sources.problems:
        warn(str(problem))
    return sources


def sync_sources(
    sources: SourceSelection, *, rebuild: bool = False, stale_will_do: bool = True
) -> tuple[Library, SyncReport]:
    """Bring the caches of sources up to date and open them.

    Args:
        sources: which.
        rebuild: whether to read every digest anew.
        stale_will_do: whether a cache that cannot be written, or is for another user to write,
            serves as it is.

    Returns:
        The library, and what the sync did.

    Raises:
        CommandError: nothing could be read of any of the sources.
    """
    # The browser's first screen is of what is cached.
    from tui.cache.report import SyncReport
    from tui.cache.sync import sync

    total = SyncReport()
    failures: list[str] = []
    caches = [sources.place.cache_of(path) for path in sources.paths]
    line = ProgressLine()

    def moved(progress: SyncProgress) -> None:
        if progress.total:
            line.show(f"Reading digests: {progress.done} of {progress.total}")

    for cache in caches:
        try:
            report = sync(cache, rebuild=rebuild, progress=moved)
        except (StorageError, OSError) as error:
            line.clear()
            told = reason(error) if isinstance(error, OSError) else str(error)
            is_readable = isinstance(error, OSError | BusyError) and cache.exists()
            if is_readable and stale_will_do:
                warn(f"{told}; digests are not read now, the cache is used as it is")
            else:
                failures.append(told)
            continue
        finally:
            line.clear()
        if report.kept_by is not None:
            # They see to what is odd in their digests, and this reader cannot.
            if not stale_will_do:
                failures.append(f"{cache.source}: {report.kept_by} reads these digests for all")
            continue
        total += report
        if report.rebuilt:
            warn(report.rebuilt)
        failures += _why_nothing(cache.source, report)
    if len(failures) == len(caches):
        raise CommandError("; ".join(failures))
    for failure in failures:
        warn(failure)
    return Library(caches), total


def _why_nothing(source: Path, report: SyncReport) -> list[str]:
    """Return why a source that gave nothing is a failure; warn of a folder that is only empty."""
    if report.entries:
        return []
    told = why_unreachable(source)
    if told is None:
        # A folder that is there and cannot be listed.
        whole = (problem for problem in report.problems if problem.file == str(source))
        told = next((problem.message for problem in whole), None)
    if told is None and not source.is_dir():
        told = f"no digest found; looked for {LOOKED_FOR}"
    if told is not None:
        return [f"{source}: {told}"]
    if not report.removed:
        warn(f"{source}: no digest found in it; looked for {LOOKED_FOR}")
    return []


def read_library(sources: SourceSelection, find: Callable[[Library], Found]) -> Found:
    """Bring sources up to date and find something in them.

    Problems of the digests are told in one line. A cache that turns out to be damaged is made
    anew, and the search repeated.

    Args:
        sources: which.
        find: what to do with the library.

    Returns:
        What ``find`` returned.

    Raises:
        CommandError: nothing could be read of any of the sources.
    """
    library, report = sync_sources(sources)
    _warn_of_problems(report, sources)
    found = find(library)
    if library.damage and all(cache.kept_by() for cache in library.caches):
        warn(f"the cache cannot be read: {library.damage[0]}")
    elif library.damage:
        warn(f"the cache is made anew: {library.damage[0]}")
        library, _ = sync_sources(sources, rebuild=True)
        found = find(library)
    return found


def _warn_of_problems(report: SyncReport, sources: SourceSelection) -> None:
    """Say in one line that digests have problems, and where to read them: when that is news."""
    if report.problems and (report.changed or report.unreachable):
        files = len({problem.file for problem in report.problems})
        many = f"{len(report.problems)} problem{'s' * (len(report.problems) > 1)}"
        command = "broadsheet sync -p …" if sources.named else "broadsheet sync"
        them = "them" if len(report.problems) > 1 else "it"
        warn(f"{many} in {files} file{'s' * (files > 1)}; '{command}' lists {them}")
