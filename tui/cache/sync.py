"""Brings a source's cache up to date: reads what changed, forgets what is gone."""

from __future__ import annotations

import os
import time

from tui.cache.file_check import is_fresh, look_at
from tui.cache.manifest import DialectVersions, Documents, Manifest
from tui.cache.report import SyncReport
from tui.cache.source_cache import SourceCache
from tui.cache.writer import WriteBatch, write_batch
from tui.digests.plugins import are_loaded, fingerprint, plugin_problems
from tui.digests.registry import UNAFFECTED_BY_PLUGINS
from tui.i18n import N_, _
from tui.models import Problem
from tui.runtime.cooperative import INPUT_PRIORITY
from tui.sources.scan import FoundFile, ScanResult
from tui.sources.source import Source, source_at
from tui.storage.tables import DamagedFileError, OlderSchemaError, StorageError
from tui.task import UNATTENDED, Progress, Task

BATCH_ENTRIES = 3000
"""Entries read before the shards are written: bounds the memory, and what a kill loses."""

DAMAGED_KEPT = 3
"""How many damaged caches of a source are kept; the oldest go."""

_LEADS_OUT = N_(
    "is a link that leads out of the source, to {target}; "
    "it is not followed, unless the settings say follow_links = true"
)


def sync(
    cache: SourceCache,
    *,
    rebuild: bool = False,
    task: Task = UNATTENDED,
) -> SyncReport:
    """Bring one source's cache up to date.

    A digest is read if its size or time changed, and its content with them. A source that cannot
    be reached loses nothing. A cache that cannot be used is set aside and made anew. One that
    another user keeps is theirs to bring up to date: neither it nor the source is touched.

    Args:
        cache: the source's cache.
        rebuild: forget all that can be reached, and read every file.
        task: gets the progress after every file and every write, and can cancel the sync before
            each file; what was read by then is kept.

    Returns:
        Counts and problems.

    Raises:
        BusyError: another process is writing the cache.
        StorageError: a newer program wrote it, or another user keeps it and it cannot be used.
        OSError: the cache cannot be written, or another user's cannot be read.
    """
    if (owner := cache.kept_by()) is not None:
        digests, readers, _sizes = cache.catalogue()
        return _count(SyncReport(kept_by=owner), cache, ScanResult(), digests, readers)
    if not cache.exists() and not os.access(cache.source, os.F_OK):
        # Nothing is known and nothing can be: leave no folder behind.
        return _count(SyncReport(), cache, _source(cache).scan({}), {}, DialectVersions())
    stamp, source = cache.stamp(), _source(cache)
    seen = None if rebuild else _look(cache, source)
    # Most syncs have nothing to do. They need neither the lock nor the readers, and go well in a
    # cache folder that cannot be written.
    if seen is not None and cache.folder.is_open_as_asked() and not _has_changed(*seen):
        task.report(Progress(0, 0))
        return _count(SyncReport(), cache, seen[1], seen[0].digests, seen[0].readers)
    with cache.folder.locked():
        cache.folder.open_as_asked()
        # Whoever had the lock may have read newer files than were there before.
        seen = seen if stamp == cache.stamp() else None
        return _sync_locked(cache, source, seen, rebuild=rebuild, task=task)


def _look(cache: SourceCache, source: Source) -> tuple[Manifest, ScanResult] | None:
    """Return what is known and what is there now, without the lock; None if that is no use."""
    if not cache.exists():
        return None
    try:
        known = _checked(cache)
    except (StorageError, OSError):
        return None
    if not known.digests or known.readers.fingerprint != fingerprint():
        return None
    return known, source.scan(known.digests)


def _has_changed(known: Manifest, found: ScanResult) -> bool:
    """Tell whether something is there that may not be as it is known, or is there no more."""
    return bool(_stale(known.digests, found) or _gone(known.digests, found))


def _stale(known: Documents, found: ScanResult) -> list[FoundFile]:
    """Return the files that may not be as they are known, in the order in which they were found."""
    return [file for file in found.files if not is_fresh(known.get(file.name), file)]


def _gone(known: Documents, found: ScanResult) -> list[str]:
    """Return the files that are there no more, by name."""
    missing = known.keys() - {file.name for file in found.files}
    return sorted(name for name in missing if not found.may_hold(name))


def _source(cache: SourceCache) -> Source:
    return source_at(cache.source, follow_links=cache.follow_links)


def _sync_locked(
    cache: SourceCache,
    source: Source,
    seen: tuple[Manifest, ScanResult] | None,
    *,
    rebuild: bool,
    task: Task,
) -> SyncReport:
    """Do what ``sync`` promises, with the lock held; make a cache anew that cannot be used."""
    known, found = seen or (None, source.scan({}))
    if found.unreachable.get("") and not cache.exists():
        return _count(SyncReport(), cache, found, {}, DialectVersions())
    try:
        known = known or _checked(cache)
        wanted = None if rebuild else known
        return _sync(cache, source, found, wanted, task=task)
    except OlderSchemaError:
        if found.unreachable.get(""):
            raise
        # Nothing is wrong with it: a newer program keeps more.
        _clear(cache)
        told = _("This Broadsheet is newer than its cache: all digests were read anew.")
    except StorageError as error:
        if not error.can_rebuild or found.unreachable.get(""):
            raise
        _set_aside(cache)
        told = _("The cache was made anew: {why}").format(why=error)
    # Looked at anew, for what was known spared it the look into archives.
    report = _sync(cache, source, source.scan({}), None, task=task)
    report.rebuilt = told
    return report


def _sync(
    cache: SourceCache,
    source: Source,
    found: ScanResult,
    catalogue: Manifest | None,
    *,
    task: Task,
) -> SyncReport:
    """Do what ``sync`` promises, with the lock held, on files that can be used.

    Args:
        cache: the source's.
        source: reads what was found.
        found: what is there.
        catalogue: what is known; None to read all of it anew.
        task: see ``sync``.
    """
    rebuild = catalogue is None
    if (rebuild and not found.unreachable) or not cache.folder.file("catalogue").exists():
        _clear(cache)
        catalogue = None
    known, before, _sizes = catalogue or _checked(cache)
    readers = DialectVersions(fingerprint(), before.failures)
    trusted = {} if rebuild else _trusted(known, before, readers)
    report = SyncReport()
    batch = WriteBatch(gone=_gone(known, found))
    report.removed = sum(known[name]["dialect"] is not None for name in batch.gone)
    stale = _stale(trusted, found)
    entries = 0
    with source.reading() as read:
        for done, file in enumerate(stale):
            INPUT_PRIORITY.yield_to_input()
            if task.is_cancelled():
                report.cancelled = True
                break
            task.report(Progress(done, len(stale)))
            digest = look_at(file, read, trusted.get(file.name), batch, report)
            if digest is not None:
                was_digest = known.get(file.name, {}).get("dialect") is not None
                report.read += digest.dialect is not None
                report.removed += was_digest and digest.dialect is None
                entries += len(digest.entries)
            if entries >= BATCH_ENTRIES:
                known = write_batch(cache, known, batch, before)
                batch, entries = WriteBatch(), 0
                task.report(Progress(done + 1, len(stale), is_saved=True))
    if are_loaded():
        readers = readers._replace(failures=plugin_problems())
    if report.cancelled:
        # What is left may be another dialect's.
        readers = before
    if batch or readers != before or not cache.exists():
        known = write_batch(cache, known, batch, readers)
    task.report(Progress(len(stale), len(stale), is_saved=bool(batch)))
    return _count(report, cache, found, known, readers)


def _trusted(known: Documents, before: DialectVersions, now: DialectVersions) -> Documents:
    """Return what is known of files that no dialect claims that was not there before."""
    if before.fingerprint == now.fingerprint:
        return known
    return {
        name: document
        for name, document in known.items()
        if document["dialect"] in UNAFFECTED_BY_PLUGINS
    }


def _checked(cache: SourceCache) -> Manifest:
    """Return the catalogue; look for damage as far as that costs little: in sizes.

    Raises:
        StorageError: a file of the cache cannot be used.
        OSError: one cannot be read.
    """
    cache.calendar()
    known = cache.catalogue()
    for name, size in known.sizes.items():
        there = cache.folder.size(name)
        if there != size:
            path = cache.folder.file(name)
            why = _("{there} of {size} bytes").format(there=there, size=size)
            raise DamagedFileError(path, _("is damaged ({why})").format(why=why))
    return known


def _count(
    report: SyncReport,
    cache: SourceCache,
    found: ScanResult,
    known: Documents,
    readers: DialectVersions,
) -> SyncReport:
    """Add what the catalogue tells to a report."""
    report.problems += readers.failures
    report.unreachable = bool(found.unreachable)
    for folder, why in found.unreachable.items():
        place = str(cache.source / folder) if folder else str(cache.source)
        is_there = not folder and cache.source.is_file()
        words = _("cannot be read ({reason})") if is_there else _("cannot be reached ({reason})")
        words = words.format(reason=why)
        report.problems.append(Problem(place, 0, words))
    for link, target in found.outward.items():
        report.problems.append(Problem(link, 0, _LEADS_OUT, {"target": target}))
    # Several plain passes over the documents cost less than one that does it all.
    odd = sorted(name for name, document in known.items() if document["problems"])
    report.problems += [Problem(name, *told) for name in odd for told in known[name]["problems"]]
    report.entries += sum(document["entries"] for document in known.values())
    skipped = sum(document["dialect"] is None for document in known.values())
    report.skipped += skipped
    report.unchanged = len(known) - skipped - report.read
    return report


def _clear(cache: SourceCache) -> None:
    """Remove the files of a cache; the catalogue first, so that a half-cleared one is read anew."""
    files = cache.folder.path.glob("*.json")
    for file in sorted(files, key=lambda path: path.stem != "catalogue"):
        file.unlink()


def _set_aside(cache: SourceCache) -> None:
    """Put the files of a cache into a folder of their own, for whoever wants to look at them."""
    aside = (
        cache.folder.path / f"damaged-{time.strftime('%Y%m%d-%H%M%S')}-{time.time_ns() % 10**9:09}"
    )
    aside.mkdir(mode=0o700)
    for file in cache.folder.path.glob("*.json"):
        file.rename(aside / file.name)
    # Damage is rare, and so is what this needs.
    import shutil

    for old in sorted(cache.folder.path.glob("damaged-*"))[:-DAMAGED_KEPT]:
        shutil.rmtree(old, ignore_errors=True)
