"""The checks of ``broadsheet doctor`` for a source and its cache."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime

from tui.cache.source_cache import SourceCache
from tui.cli.check_result import CheckResult
from tui.cli.output import describe_error, plural
from tui.cli.problem_output import note_lines
from tui.library.problem_groups import count_groups
from tui.storage.tables import StorageError


def check_source(cache: SourceCache) -> Iterator[CheckResult]:
    """Check that a source can be read and that its cache is intact."""
    path = cache.source
    owner = cache.other_owner()
    try:
        papers = cache.period_counts().total
        found = cache.manifest().problems()
        damaged_file = _damaged_file(cache)
    except (StorageError, OSError) as error:
        remedy = f"report it to {owner}" if owner else "run 'broadsheet sync' to rebuild it"
        details = describe_error(error)
        if isinstance(error, OSError):
            # Rebuilding the cache would fail in the same way.
            remedy = f"report it to {owner}" if owner else ""
        yield CheckResult(False, "source", "; ".join(filter(None, [f"{path}: {details}", remedy])))
        return
    state = f"{plural(papers, 'paper')}{_last_change(cache)}" if cache.exists() else "not read yet"
    problems = count_groups(found)
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
    for line in note_lines(found):
        yield CheckResult(True, "notes", line)
    if damaged_file:
        remedy = "unless digests are being read now, run 'broadsheet sync' to rebuild it"
        yield CheckResult(False, "source", f"{damaged_file}: damaged; {remedy}")
    elif owner is None:
        yield from _check_checksums(cache)


def _damaged_file(cache: SourceCache) -> str:
    """Return a cache file whose size differs from the manifest; empty if all match."""
    sizes = cache.manifest().sizes.items()
    damaged = (name for name, size in sizes if cache.folder.size(name) != size)
    return next((str(cache.folder.file(name)) for name in damaged), "")


def _check_checksums(cache: SourceCache) -> Iterator[CheckResult]:
    """Read every file of a cache, which takes about a second for 50,000 papers."""
    for name in cache.manifest().sizes:
        try:
            cache.folder.read(name)
        except StorageError as error:
            remedy = "run 'broadsheet sync --rebuild'"
            yield CheckResult(False, "source", f"{describe_error(error)}; {remedy}")
            return


def _last_change(cache: SourceCache) -> str:
    """Return when a sync last found changes, to be appended to a sentence."""
    # A sync writes the manifest last, and only if something changed.
    stamp = cache.folder.stamp("catalogue")
    if stamp is None:
        return ""
    return f", last changed {datetime.fromtimestamp(stamp[1] / 1e9):%Y-%m-%d %H:%M}"
