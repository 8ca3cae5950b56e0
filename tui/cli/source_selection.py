"""Choose the sources that a command reads."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tui.cache.source_cache import CacheLocator
from tui.cli.output import CommandError, command_errors, warn
from tui.cli.temporary_cache import unwritable_cache_fallback
from tui.config.paths import cache_folder, config_files, sample_data
from tui.i18n import N_
from tui.library.library import Library
from tui.models import Problem
from tui.storage.disk_errors import reason

if TYPE_CHECKING:
    from tui.config.policy import Policy
    from tui.config.settings import Settings


class SourceSelection(NamedTuple):
    """The sources that a command reads.

    Attributes:
        paths: files and folders.
        locator: finds their caches.
        is_named: whether they were given on the command line.
        is_sample: whether they are the sample digests that come with the program.
        problems: paths of the command line that cannot be used.
        searches_texts: whether searches include the full texts that are kept.
    """

    paths: tuple[Path, ...]
    locator: CacheLocator
    is_named: bool = False
    is_sample: bool = False
    problems: tuple[Problem, ...] = ()
    searches_texts: bool = False

    def library(self) -> Library:
        """Open their caches, without a sync."""
        library = Library([self.locator.cache_of(path) for path in self.paths])
        library.searches_texts = self.searches_texts
        return library


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
        if obstacle := unusable_reason(path, locator):
            problems.append(Problem(name, 0, obstacle))
        else:
            usable.setdefault(os.path.realpath(path), absolute_path(path))
    if not usable:
        raise CommandError("; ".join(map(str, problems)))
    return SourceSelection(tuple(usable.values()), locator, is_named=True, problems=tuple(problems))


def expand_path(name: str) -> Path:
    """Return a path with ``~`` expanded; an unknown user's home is left as it is."""
    return Path(os.path.expanduser(name))  # noqa: PTH111  # Path.expanduser raises


def reader_file(name: str, policy: Policy) -> Path:
    """Return the file that an argument names: one to write, or to read as no digest.

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
        return SourceSelection(settings.sources, locator, searches_texts=settings.search_texts)
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
