"""Bring a source's cache up to date: plan, read the stale files, then write."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from tui.cache.changes import CheckedFile, SyncPlan, compare
from tui.cache.manifest import DialectVersions, FileRecords, Manifest
from tui.cache.reading import open_helpers, read_stale_files
from tui.cache.removal import clear, quarantine
from tui.cache.source_cache import SourceCache
from tui.cache.writer import WriteBatch, write_batch
from tui.digests.plugins import are_loaded, fingerprint, plugin_problems
from tui.i18n import N_, _
from tui.models import Problem
from tui.runtime.task import UNATTENDED, Progress, Task
from tui.runtime.tuning import INPUT_PRIORITY
from tui.sources.lookup import source_at
from tui.sources.scan import FoundFile, ScanResult, Source
from tui.storage.tables import DamagedFileError, OlderSchemaError, StorageError

BATCH_ENTRIES = 3000
"""Entries read before they are written: bounds what a kill loses."""

BATCH_BYTES = 16 << 20
"""Memory of the entries read before they are written."""

MAX_PROBLEMS = 50_000
"""Problems listed for a source, and as many notes. For each file that is read after that, one
problem says how many it has."""

_UNLISTED = (
    N_("{number} problems; this source has too many to list them"),
    N_("{number} notes; this source has too many to list them"),
)
"""Replace the problems of such a file, and its notes."""

_UNFOLLOWED_LINK = N_(
    "is a link to {target}, outside the source, and is not followed; "
    "to follow it, set follow_links = true"
)

_EMPTY = Manifest({}, DialectVersions(), {})


@dataclass(slots=True)
class SyncReport:
    """What a sync did.

    Attributes:
        read: digests read because they were new or had changed.
        unchanged: digests left as they were.
        removed: digests that no longer exist, or are no longer digests.
        skipped: files that are not digests.
        entries: entries of all digests in the cache.
        problems: problems and notes of all digests in the cache, whenever they were read.
        unreachable: whether the source or one of its folders could not be listed.
        cancelled: whether the sync was cancelled.
        rebuilt: a sentence that says why the cache was rebuilt; None if it was not.
        other_owner: name of the other user who owns the cache, so that nothing was done; None if
            the cache is the reader's.
    """

    read: int = 0
    unchanged: int = 0
    removed: int = 0
    skipped: int = 0
    entries: int = 0
    problems: list[Problem] = field(default_factory=list)
    unreachable: bool = False
    cancelled: bool = False
    rebuilt: str | None = None
    other_owner: str | None = None

    @property
    def changed(self) -> bool:
        """Whether the sync changed the cached entries."""
        return bool(self.read or self.removed or self.rebuilt)

    def __iadd__(self, other: SyncReport) -> SyncReport:
        """Add the report of another source, except its owner."""
        self.read += other.read
        self.unchanged += other.unchanged
        self.removed += other.removed
        self.skipped += other.skipped
        self.entries += other.entries
        self.problems += other.problems
        self.unreachable |= other.unreachable
        self.cancelled |= other.cancelled
        self.rebuilt = self.rebuilt or other.rebuilt
        return self


class _CacheState(NamedTuple):
    """The two sides that a sync compares, and the result if they were compared already."""

    manifest: Manifest
    scan: ScanResult
    plan: SyncPlan | None = None


def sync(cache: SourceCache, *, rebuild: bool = False, task: Task = UNATTENDED) -> SyncReport:
    """Bring one source's cache up to date.

    A digest is read if its size or time changed, and replaced if its content did. A source that
    cannot be reached loses nothing. A damaged cache is moved aside and rebuilt. A cache owned by
    another user is for them to update: neither it nor the source is touched.

    Args:
        cache: the source's cache.
        rebuild: whether to read every file that can be reached.
        task: gets the progress after every file and every write, and can cancel the sync before
            each file; what was read by then is kept.

    Returns:
        Counts and problems.

    Raises:
        BusyError: another process is writing the cache.
        StorageError: the cache was written by a newer program, or cannot be used and is owned by
            another user.
        OSError: the cache cannot be written, or another user's cannot be read.
    """
    if (owner := cache.other_owner()) is not None:
        return _complete(
            SyncReport(other_owner=owner), cache, _CacheState(cache.manifest(), ScanResult())
        )
    source = source_at(cache.source, follow_links=cache.follow_links)
    if not cache.exists() and not os.access(cache.source, os.F_OK):
        # Leave no empty cache folder behind.
        return _complete(SyncReport(), cache, _CacheState(_EMPTY, source.scan({})))
    stamp = cache.stamp()
    state = None if rebuild else _scan_without_lock(cache, source)
    # Most syncs find nothing to do. They need neither the lock nor a writable cache folder.
    if (
        state is not None
        and state.plan is not None
        and state.plan.is_empty
        and cache.folder.has_expected_permissions()
    ):
        task.report(Progress(0, 0))
        return _complete(SyncReport(), cache, state)
    with cache.folder.locked():
        cache.folder.apply_permissions()
        # The previous holder of the lock may have read newer files.
        if stamp != cache.stamp():
            state = None
        return _sync_locked(cache, source, state, rebuild=rebuild, task=task)


def _scan_without_lock(cache: SourceCache, source: Source) -> _CacheState | None:
    """Read the manifest, list the source's files and compare them.

    Returns:
        None if the cache is empty, cannot be used, or was written with other dialects.
    """
    if not cache.exists():
        return None
    try:
        manifest = _read_checked(cache)
    except (StorageError, OSError):
        return None
    if not manifest.files or manifest.dialects.fingerprint != fingerprint():
        return None
    scan = source.scan(manifest.files)
    return _CacheState(manifest, scan, compare(manifest, scan, manifest.dialects.fingerprint))


def _sync_locked(
    cache: SourceCache, source: Source, state: _CacheState | None, *, rebuild: bool, task: Task
) -> SyncReport:
    """Perform ``sync`` while holding the lock; rebuild a damaged or outdated cache."""
    scan = state.scan if state else source.scan({})
    is_unreachable = "" in scan.unreachable
    has_manifest = cache.folder.file("catalogue").exists()
    if is_unreachable and not (has_manifest and cache.exists()):
        return _complete(SyncReport(), cache, _CacheState(_EMPTY, scan))
    try:
        state = state or _CacheState(_read_checked(cache), scan)
        if (rebuild and not scan.unreachable) or not has_manifest:
            clear(cache)
            state = _CacheState(_EMPTY, scan)
        return _update(cache, source, state, rebuild=rebuild, task=task)
    except OlderSchemaError:
        if is_unreachable:
            raise
        clear(cache)
        notice = _("The cache was written by an older Broadsheet; all digests were read again.")
    except DamagedFileError as error:
        if is_unreachable:
            raise
        quarantine(cache)
        notice = _("The cache was rebuilt: {why}").format(why=error)
    # The first scan may have skipped archives because of the manifest.
    report = _update(cache, source, _CacheState(_EMPTY, source.scan({})), rebuild=True, task=task)
    report.rebuilt = notice
    return report


def _update(
    cache: SourceCache, source: Source, state: _CacheState, *, rebuild: bool, task: Task
) -> SyncReport:
    """Read the stale files and write them in batches, holding the lock."""
    before = state.manifest.dialects
    dialects = DialectVersions(fingerprint(), before.failures)
    plan = state.plan or compare(state.manifest, state.scan, dialects.fingerprint, rebuild=rebuild)
    files = state.manifest.files
    report = SyncReport(removed=sum(files[name]["dialect"] is not None for name in plan.gone))
    batch, limit = WriteBatch(gone=plan.gone), _ProblemLimit(files)
    with source.reading() as read, open_helpers(plan) as pool:
        stale_files = _until_cancelled(plan, read_stale_files(plan, read, pool), task, report)
        for done, (file, unlimited) in enumerate(stale_files, start=1):
            checked = limit.apply(file.name, unlimited)
            batch.add(file.name, checked)
            report.problems += checked.problems
            if checked.digest is not None:
                was_digest = file.name in files and files[file.name]["dialect"] is not None
                is_digest = checked.digest.dialect is not None
                report.read += is_digest
                report.removed += was_digest and not is_digest
            # The content must not stay in memory while the next file is read.
            del unlimited, checked
            if batch.entry_count >= BATCH_ENTRIES or batch.byte_count >= BATCH_BYTES:
                files = write_batch(cache, files, batch, before, pool)
                batch = WriteBatch()
                task.report(Progress(done, len(plan.stale), is_saved=True))
        if are_loaded():
            dialects = dialects._replace(failures=tuple(plugin_problems()))
        if report.cancelled:
            # The remaining files may belong to a new dialect.
            dialects = before
        if batch or dialects != before or not cache.exists():
            files = write_batch(cache, files, batch, dialects, pool)
    task.report(Progress(len(plan.stale), len(plan.stale), is_saved=bool(batch)))
    return _complete(report, cache, _CacheState(Manifest(files, dialects, {}), state.scan))


class _ProblemLimit:
    """Limits the number of problems of a source, which are kept in memory.

    Args:
        files: the records of its files.
    """

    def __init__(self, files: FileRecords) -> None:
        self._files = files
        self._counts = Counter(
            problem[-1] for record in files.values() for problem in record["problems"]
        )

    def apply(self, name: str, checked: CheckedFile) -> CheckedFile:
        """Return a file that was read, with one problem if the source has too many, or one note."""
        digest = checked.digest
        if digest is None or not (digest.problems or name in self._files):
            return checked
        if name in self._files:
            self._counts.subtract(problem[-1] for problem in self._files[name]["problems"])
        problems: list[Problem] = []
        for is_note in (False, True):
            same = [problem for problem in digest.problems if problem.is_note is is_note]
            if self._counts[is_note] >= MAX_PROBLEMS and len(same) > 1:
                values = {"number": len(same)}
                same = [Problem(digest.path, 0, _UNLISTED[is_note], values, is_note)]
            self._counts[is_note] += len(same)
            problems += same
        if len(problems) < len(digest.problems):
            digest = digest._replace(problems=tuple(problems))
            checked = checked._replace(digest=digest)
        return checked


def _until_cancelled(
    plan: SyncPlan, checked_files: Iterator[CheckedFile], task: Task, report: SyncReport
) -> Iterator[tuple[FoundFile, CheckedFile]]:
    """Yield each stale file with its content; stop early if the task is cancelled."""
    for done, file in enumerate(plan.stale):
        INPUT_PRIORITY.yield_to_input()
        if task.is_cancelled():
            report.cancelled = True
            return
        task.report(Progress(done, len(plan.stale)))
        yield file, next(checked_files)


def _read_checked(cache: SourceCache) -> Manifest:
    """Read the manifest, and check the cache for damage that shows in the sizes of its files.

    Raises:
        StorageError: a file of the cache is damaged, or newer than this program.
        OSError: a file cannot be read.
    """
    cache.period_counts()
    manifest = cache.manifest()
    for name, size in manifest.sizes.items():
        actual = cache.folder.size(name)
        if actual != size:
            why = _("{actual} of {size} bytes").format(actual=actual, size=size)
            raise DamagedFileError.because(cache.folder.file(name), why)
    return manifest


def _complete(report: SyncReport, cache: SourceCache, state: _CacheState) -> SyncReport:
    """Add the counts and problems of all cached files, and those of the scan, to a report."""
    manifest, scan, _plan = state
    report.unreachable = bool(scan.unreachable)
    for folder, why in scan.unreachable.items():
        path = str(cache.source / folder) if folder else str(cache.source)
        is_file = not folder and cache.source.is_file()
        message = _("cannot be read ({reason})") if is_file else _("cannot be reached ({reason})")
        report.problems.append(Problem(path, 0, message.format(reason=why)))
    for link, target in scan.unfollowed_links.items():
        report.problems.append(Problem(link, 0, _UNFOLLOWED_LINK, {"target": target}))
    report.problems += manifest.problems()
    # Several simple passes over the records are faster than one that does it all.
    records = manifest.files
    report.entries += sum(record["entries"] for record in records.values())
    report.skipped += sum(record["dialect"] is None for record in records.values())
    report.unchanged = len(records) - report.skipped - report.read
    return report
