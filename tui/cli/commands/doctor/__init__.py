"""``broadsheet doctor``: check the installation, the reader's files and the sources."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING

from tui.cli.output import NOTHING_MATCHED, OK, print_line

if TYPE_CHECKING:
    from tui.cli.commands.doctor.check_result import CheckResult


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare no arguments."""


def run(arguments: argparse.Namespace) -> int:  # noqa: ARG001
    """Run all checks and print one line for each result."""
    results = list(_check_all())
    width = max(len(result.subject) for result in results)
    for result in results:
        status = "ok " if result.is_ok else "BAD"
        print_line(f"{status}  {result.subject:<{width}}  {result.details}")
    return OK if all(result.is_ok for result in results) else NOTHING_MATCHED


def _check_all() -> Iterator[CheckResult]:
    from tui.cli.commands.doctor import environment, files
    from tui.cli.commands.doctor.check_result import CheckResult
    from tui.cli.open_library import cache_locator
    from tui.config.loading import load_settings
    from tui.config.paths import config_file, config_files, log_file, marks_folder, state_folder
    from tui.config.resources import sample_data

    yield environment.check_versions()
    yield from environment.check_resources()
    settings, problems = load_settings(*config_files())
    note = "" if config_file().exists() else " (not found; using the defaults)"
    yield CheckResult(not problems, "settings", f"{config_file()}{note}")
    for file in config_files()[1:]:
        if file.exists():
            yield CheckResult(True, "settings", f"{file} (site-wide)")
    for problem in problems:
        yield CheckResult(False, "settings", str(problem))
    yield from files.check_views()
    locator = cache_locator(settings)
    if locator.shared is not None:
        yield files.check_shared_cache(locator.shared, is_open=settings.share_cache)
    yield files.check_folder("cache" if locator.shared is None else "own cache", locator.own)
    yield files.check_folder("state", state_folder())
    yield from files.check_marks()
    private = [config_file().parent, state_folder(), log_file().parent]
    if locator.shared is not None or not settings.share_cache:
        private.append(locator.own)
    yield from files.check_permissions(private)
    caches = [locator.cache_of(path) for path in settings.sources or (sample_data(),)]
    cache_folders = [cache.folder.path for cache in caches]
    yield from files.check_locks([*cache_folders, state_folder(), marks_folder()])
    for cache in caches:
        yield from files.check_source(cache)
    yield environment.check_log()
    yield environment.check_terminal()
