"""The sources, and what is cached of them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime

from tui.cache.source_cache import SourceCache
from tui.cli.commands.doctor.check_result import CheckResult
from tui.library.view import count
from tui.storage.tables import StorageError


def source(cache: SourceCache) -> Iterator[CheckResult]:
    """Tell what was read of a source and when, and whether it can be read again."""
    path = cache.source
    owner = cache.kept_by()
    try:
        total = cache.calendar().total
        problems = sum(len(document["problems"]) for document in cache.digests().values())
        damaged = _damaged(cache)
    except (StorageError, OSError) as error:
        to_do = f"tell {owner}" if owner else "'broadsheet sync' makes it anew"
        yield CheckResult(False, "source", f"{path}: {error}; {to_do}")
        return
    told = f"{count(total, 'paper')}{_last_change(cache)}" if cache.exists() else "not read yet"
    odd = f", {count(problems, 'problem')} in its digests" if problems else ""
    if owner is not None:
        yield CheckResult(True, "source", f"{path} ({owner} reads it for all): {told}{odd}")
    elif os.access(path, os.R_OK):
        more = f"{odd} ('broadsheet sync' lists them)" if odd else ""
        yield CheckResult(True, "source", f"{path}: {told}{more}")
    else:
        to_do = "; mount it, or 'broadsheet remove' it"
        yield CheckResult(False, "source", f"{path} (cannot be reached): {told}{odd}{to_do}")
    if damaged:
        to_do = "if nothing is reading digests now, 'broadsheet sync' makes it anew"
        yield CheckResult(False, "source", f"{damaged}: is not as it was written; {to_do}")


def _damaged(cache: SourceCache) -> str:
    """Return a file of the cache that has another size than was noted; empty if there is none."""
    sizes = cache.catalogue().sizes.items()
    names = (name for name, size in sizes if cache.folder.size(name) != size)
    return next((str(cache.folder.file(name)) for name in names), "")


def _last_change(cache: SourceCache) -> str:
    """Tell when a sync last found something new; one that does not writes nothing."""
    # The last file that a sync writes.
    stamp = cache.folder.stamp("catalogue")
    if stamp is None:
        return ""
    return f", last change read {datetime.fromtimestamp(stamp[1] / 1e9):%Y-%m-%d %H:%M}"
