"""Checks of the sources and their caches."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime

from tui.cache.source_cache import SourceCache
from tui.cli.commands.doctor.check_result import CheckResult
from tui.cli.output import plural
from tui.storage.tables import StorageError


def check_source(cache: SourceCache) -> Iterator[CheckResult]:
    """Check that a source can be read and that its cache is intact."""
    path = cache.source
    owner = cache.other_owner()
    try:
        papers = cache.period_counts().total
        problems = sum(len(document["problems"]) for document in cache.file_records().values())
        damaged_file = _damaged_file(cache)
    except (StorageError, OSError) as error:
        remedy = f"report it to {owner}" if owner else "run 'broadsheet sync' to rebuild it"
        yield CheckResult(False, "source", f"{path}: {error}; {remedy}")
        return
    state = f"{plural(papers, 'paper')}{_last_change(cache)}" if cache.exists() else "not read yet"
    if problems:
        state += f", {plural(problems, 'problem')} in its digests"
    if owner is not None:
        yield CheckResult(True, "source", f"{path} (maintained by {owner}): {state}")
    elif os.access(path, os.R_OK):
        hint = " ('broadsheet sync' lists them)" if problems else ""
        yield CheckResult(True, "source", f"{path}: {state}{hint}")
    else:
        remedy = "mount it, or remove it with 'broadsheet remove'"
        yield CheckResult(False, "source", f"{path} (cannot be reached): {state}; {remedy}")
    if damaged_file:
        remedy = "unless digests are being read now, run 'broadsheet sync' to rebuild it"
        yield CheckResult(False, "source", f"{damaged_file}: damaged; {remedy}")


def _damaged_file(cache: SourceCache) -> str:
    """Return a cache file whose size differs from the manifest; empty if all match."""
    sizes = cache.manifest().sizes.items()
    damaged = (name for name, size in sizes if cache.folder.size(name) != size)
    return next((str(cache.folder.file(name)) for name in damaged), "")


def _last_change(cache: SourceCache) -> str:
    """Return when a sync last found changes, to be appended to a sentence."""
    # A sync writes the manifest last, and only if something changed.
    stamp = cache.folder.stamp("catalogue")
    if stamp is None:
        return ""
    return f", last changed {datetime.fromtimestamp(stamp[1] / 1e9):%Y-%m-%d %H:%M}"
