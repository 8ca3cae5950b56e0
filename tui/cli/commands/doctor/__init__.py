"""``broadsheet doctor``: where things are, and whether they are well."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from tui.cli.commands.doctor.environment import log, styles, terminal, versions
from tui.cli.commands.doctor.files import folder, locks, marks, permissions, shared_cache, views
from tui.cli.commands.doctor.finding import CheckResult
from tui.cli.commands.doctor.sources import source
from tui.cli.commands.open_library import cache_place
from tui.cli.output import NOTHING_MATCHED, OK, say
from tui.config.loading import load_settings
from tui.config.paths import config_file, config_files, log_file, marks_folder, state_folder
from tui.config.resources import sample_data


def run(arguments: argparse.Namespace) -> int:  # noqa: ARG001
    """Look at everything; say of each thing whether it is well."""
    findings = list(_findings())
    width = max(len(finding.what) for finding in findings)
    for finding in findings:
        say(f"{'ok ' if finding.is_well else 'BAD'}  {finding.what:<{width}}  {finding.found}")
    return OK if all(finding.is_well for finding in findings) else NOTHING_MATCHED


def _findings() -> Iterator[CheckResult]:
    yield versions()
    yield from styles()
    settings, problems = load_settings(*config_files())
    there = "" if config_file().exists() else " (not there: defaults)"
    yield CheckResult(not problems, "settings", f"{config_file()}{there}")
    for file in config_files()[1:]:
        if file.exists():
            yield CheckResult(True, "settings", f"{file} (for all readers)")
    for problem in problems:
        yield CheckResult(False, "settings", str(problem))
    yield from views()
    place = cache_place(settings)
    if place.shared is not None:
        yield shared_cache(place.shared, is_open=settings.share_cache)
    yield folder("cache" if place.shared is None else "own cache", place.own)
    yield folder("state", state_folder())
    yield from marks()
    private = [config_file().parent, state_folder(), log_file().parent]
    if place.shared is not None or not settings.share_cache:
        private.append(place.own)
    yield from permissions(private)
    caches = [place.cache_of(path) for path in settings.sources or (sample_data(),)]
    yield from locks([*(cache.folder.path for cache in caches), state_folder(), marks_folder()])
    for cache in caches:
        yield from source(cache)
    yield log()
    yield terminal()
