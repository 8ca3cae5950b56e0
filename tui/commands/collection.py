"""The sources a command is about, read and opened."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tui.cache.report import Progress, SyncReport
from tui.cache.source_cache import SourceCache
from tui.commands.output import CommandError, warn
from tui.config import Settings, load_settings
from tui.library import Library
from tui.paths import cache_folder, config_file
from tui.resources import sample_data
from tui.storage.folder import BusyError
from tui.storage.tables import StorageError

LOOKED_FOR = "'## Daily Papers (DATE)' or '# … Daily Papers – DATE' with papers below it"


@dataclass(frozen=True, slots=True)
class Sources:
    """Which sources a command is about.

    Attributes:
        paths: files and folders.
        named: whether they were named on the command line.
        is_sample: whether they are the digests that come with the program.
    """

    paths: tuple[Path, ...]
    named: bool = False
    is_sample: bool = False


def settings_with_warnings() -> Settings:
    """Load the settings and warn of what is odd in them."""
    settings, problems = load_settings(config_file())
    for problem in problems:
        warn(str(problem))
    return settings


def choose_sources(paths: Sequence[str], settings: Settings) -> Sources:
    """Return the sources named on the command line, else the reader's, else the samples.

    Raises:
        CommandError: a path does not exist.
    """
    if paths:
        named = tuple(Path(path).expanduser() for path in paths)
        missing = [str(path) for path in named if not path.exists()]
        if missing:
            raise CommandError(f"{missing[0]}: there is no such file or folder")
        return Sources(named, named=True)
    if settings.sources:
        return Sources(settings.sources)
    return Sources((sample_data(),), is_sample=True)


def sync_sources(
    sources: Sources,
    *,
    rebuild: bool = False,
    progress: Callable[[Progress], None] = lambda _: None,
) -> tuple[Library, SyncReport]:
    """Bring the caches of sources up to date and open them.

    Returns:
        The library, and what the sync did.

    Raises:
        CommandError: nothing could be read of any of the sources.
    """
    from tui.cache.sync import sync

    total = SyncReport()
    failures: list[str] = []
    caches = [SourceCache(cache_folder(), path) for path in sources.paths]
    for cache in caches:
        try:
            report = sync(cache, rebuild=rebuild, progress=progress)
        except BusyError as error:
            warn(f"{error}; what it has written so far is used")
            continue
        except (StorageError, OSError) as error:
            failures.append(f"the cache cannot be used: {error}")
            continue
        total += report
        if cache.source.is_file() and report.skipped:
            failures.append(f"{cache.source}: no digest found; looked for {LOOKED_FOR}")
        elif not cache.source.exists() and not report.entries:
            failures.append(f"{cache.source}: there is no such file or folder")
        if report.rebuilt:
            warn(report.rebuilt)
    if len(failures) == len(caches):
        raise CommandError("; ".join(failures))
    for failure in failures:
        warn(failure)
    return Library(caches), total


def warn_of_problems(report: SyncReport) -> None:
    """Say in one line that digests have problems, and where to read them."""
    if report.problems:
        files = len({problem.file for problem in report.problems})
        many = f"{len(report.problems)} problem{'s' * (len(report.problems) > 1)}"
        warn(f"{many} in {files} file{'s' * (files > 1)}; 'broadsheet sync' lists them")
